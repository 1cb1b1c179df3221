"""When does the public door take a file? Only where a page has said so, and never more than a telephone makes."""

from typing import Any

from django.core.files.uploadhandler import SkipFile

from astra.hotline.rules.files import LARGEST
from astra.kernel.errors import Invalid, Problem
from astra.vault.services.attachments import TOO_LARGE
from astra.vault.uploads import SealingUploadHandler

MOST_OF_A_FORM = 4 * LARGEST


class VisitorUploadHandler(SealingUploadHandler):
    """Seals a file while it arrives, if the page behind the address has looked whether there is room for it."""

    largest = LARGEST

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803  # Any: Django's handler protocol, and its name
        """Refuse what is far too long before it is read."""
        if content_length > MOST_OF_A_FORM:
            raise Invalid(Problem("file", TOO_LARGE, parts={"largest": LARGEST // 1024 // 1024}))

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's handler protocol
        """A file begins."""
        if not getattr(self.request, "takes_file", False):
            raise SkipFile
        super().new_file(*args, **kwargs)
