"""How does an upload reach the vault without touching the disk in clear? Sealed chunk by chunk as it arrives."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from astra.kernel.errors import Invalid, Problem
from astra.kernel.ids import new_id
from astra.vault.crypto import streams
from astra.vault.scanner import ScannerDown, new_scanner
from astra.vault.services.attachments import EMPTY, LARGEST, NO_SCANNER, FileFacts, Incoming


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic for the checker only
    """A file that has arrived sealed: what is left is to give it a place, or to abandon it."""

    def __init__(self, name: str, incoming: Incoming | None, facts: FileFacts | None, problem: Problem | None) -> None:
        super().__init__(None, name=name, size=facts.size if facts else 1)
        self.incoming = incoming
        self.facts = facts
        self.problem = problem

    def kept(self) -> tuple[UUID, FileFacts]:
        """Where the file lies and what is known of it, or `Invalid` with what was wrong with it."""
        if self.incoming is None or self.facts is None:
            raise Invalid(self.problem or Problem("file", EMPTY))
        return self.incoming.record_id, self.facts


class SealingUploadHandler(FileUploadHandler):
    """The only upload handler: every file that reaches Astra is scanned and sealed on its way in."""

    chunk_size = streams.CHUNK
    largest = LARGEST
    """Bytes of one file."""
    incoming: Incoming | None = None
    problem: Problem | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's handler protocol
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.problem = self.incoming = None
        try:
            self.incoming = Incoming(new_id(), new_scanner(), largest=self.largest)
        except ScannerDown:
            self.problem = Problem("file", NO_SCANNER)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Its next bytes."""
        if self.incoming is None:
            return
        try:
            self.incoming.write(raw_data)
        except Invalid as error:
            self._refuse(error)

    def file_complete(self, file_size: int) -> SealedUpload:
        """It has arrived; the form says what is wrong with it, if anything is."""
        facts = None
        if self.incoming is not None:
            try:
                facts = self.incoming.finish(name=self.file_name or "", content_type=self.content_type or "")
            except Invalid as error:
                self._refuse(error)
        return SealedUpload(self.file_name or "", self.incoming, facts, self.problem)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        if self.incoming is not None:
            self.incoming.abandon()

    def _refuse(self, error: Invalid) -> None:
        self.problem = error.problems[0]
        self.incoming = None
