"""How does a file come into a conversation? Sealed as it came and once more clean; then it is a message like others."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import Talk
from astra.hotline.rules import files as rules
from astra.hotline.sections import US, VISITOR, Message, SentFile
from astra.hotline.selectors.conversations import Visiting, conversation
from astra.hotline.selectors.files import sent_file
from astra.hotline.services.answering import store_answer
from astra.hotline.services.messages import Stored, store_from_visitor
from astra.kernel.clock import now
from astra.kernel.errors import AstraError
from astra.kernel.ids import new_id
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.attachments import FileFacts, discard, read_pieces
from astra.vault.services.cleaning import clean_copy, seal_clean

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Arrived:
    """A file that has arrived sealed: where it lies, and what is known of it."""

    file_id: UUID
    facts: FileFacts


def check_room_for_file(*, visiting: Visiting) -> None:
    """Raise `NotAllowedNow` when a visitor may send no file now; asked before a file is let in."""
    row, since = visiting.conversation, now() - AN_HOUR
    own = Talk.objects.filter(conversation=row.pk).values_list("pk", flat=True)
    unanswered = Talk.objects.filter(conversation__answered_at=None, conversation__last_at__gt=since)
    room = rules.Room(
        sizes=vault.files_since(list(own), since),
        unanswered=sum(vault.files_since(list(unanswered.values_list("pk", flat=True)), since)),
        free=shutil.disk_usage(settings.ENV.home).free,
    )
    rules.check_room(room, is_answered=row.answered_at is not None)


def write_file(*, visiting: Visiting, arrived: Arrived, mark: UUID) -> Stored:
    """Store a file that a visitor sends; the same mark again is the same message."""

    def store(file: SentFile) -> Stored:
        return store_from_visitor(visiting, Message(VISITOR, file=file), mark, (file.clean, file.original))

    return _kept(arrived, store)


def answer_with_file(*, actor: Actor, conversation_id: UUID, arrived: Arrived, mark: UUID) -> Stored:
    """Send a file to a visitor; she gets the clean copy, which says nothing of who made it and where."""

    def store(file: SentFile) -> Stored:
        return store_answer(actor, conversation_id, Message(US, file=file), mark, (file.clean, file.original))

    conversation(actor, conversation_id)
    return _kept(arrived, store)


def open_original(*, actor: Actor, talk_id: UUID, number: int) -> SentFile:
    """A file as it came, with all that it tells; for evidence, and on the log as such."""
    file = sent_file(actor, talk_id, number)
    with transaction.atomic():
        subjects = list(vault.pseudonyms([talk_id]).values())
        audit.record(actor_id=actor.id, verb="hotline.original_opened", subjects=subjects)
    return file


def _kept(arrived: Arrived, store: Callable[[SentFile], Stored]) -> Stored:
    """Make the clean copy, store both with their message; whatever comes of it, no file is left that nothing names."""
    file, files = sealed_twice(arrived)
    try:
        stored = store(file)
    except (AstraError, OSError):
        discard(files)
        raise
    if not stored.is_new:
        discard(files)
    return stored


def sealed_twice(arrived: Arrived) -> tuple[SentFile, list[UUID]]:
    """A file that has arrived, with its clean copy beside it; nothing of it is left where there can be none."""
    files = [arrived.file_id]
    try:
        clean = clean_copy(read_pieces(arrived.file_id, arrived.facts.key))
        files.append(new_id())
        return _sent_file(arrived, files[-1], seal_clean(clean, files[-1])), files
    except (AstraError, OSError):
        discard(files)
        raise


def _sent_file(arrived: Arrived, clean_id: UUID, clean: FileFacts) -> SentFile:
    came = arrived.facts
    return SentFile(
        content_type=clean.content_type,
        size=clean.size,
        clean=clean_id,
        clean_key=clean.key,
        original=arrived.file_id,
        original_key=came.key,
        original_name=came.name,
        original_type=came.content_type,
        original_size=came.size,
        sha256=came.sha256,
        scan=came.scan,
    )
