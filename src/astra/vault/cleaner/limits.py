"""What may the cleaner use? Set by itself before it looks at a single byte of what somebody sent."""

import resource

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
OPEN_FILES = 3
"""Input, output and errors; nothing else can be opened any more, no file and no connection."""


def confine(seconds: int | None = None) -> None:
    """Take away what cleaning does not need; for the rest of this process."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds or SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))
