"""How do many small objects come into memory without being looked through again and again?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of cycles rest while many objects are made that are no cycles: it would add a tenth of time.

    Other threads go on; what they leave behind is collected afterwards.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
