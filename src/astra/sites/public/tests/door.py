"""How do tests stand at the public door, whichever door this process is?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import override_settings


@contextmanager
def public_door() -> Iterator[None]:
    """The process is the public site's until the block ends."""
    frame: dict[str, Any] = dict(settings.TEMPLATES[0])  # Any: settings of every type
    around = ["django.template.context_processors.request", *settings.FRAMES["public"]]
    frame["OPTIONS"] = {**frame["OPTIONS"], "context_processors": around}
    with override_settings(
        ROOT_URLCONF="astra.sites.public.urls",
        MIDDLEWARE=settings.PUBLIC_MIDDLEWARE,
        TEMPLATES=[frame],
        FILE_UPLOAD_HANDLERS=["astra.sites.public.uploads.VisitorUploadHandler"],
        LANGUAGE_CODE="en",
        LANGUAGES=settings.LANGUAGES,  # named again so that Django forgets what languages fell back to
    ):
        yield
