"""Is the log what it was? Every leaf hashed again from its row, and compared with all that was ever signed.

One pass over the entries in their order, with the outside files beside them, in constant memory. It stops at
the first thing that is wrong: what comes after a bad leaf proves nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.db.models import Max

from astra.audit.errors import Unreadable
from astra.audit.findings import Found, Verdict
from astra.audit.keys import read_verifiers
from astra.audit.models import Checkpoint, Head
from astra.audit.outside import Outside
from astra.audit.rules import checkpoints
from astra.audit.rules.notes import BadNote, VerifierKey
from astra.audit.walk import Claims, Walk, head_size
from astra.kernel.words import msg


def verify(against: Sequence[str] = (), progress: Callable[[int, int], None] | None = None) -> Verdict:
    """Verify the whole log; `against` are checkpoints of it that others kept: printed, mailed, cosigned."""
    home = settings.ENV.home
    outside, keys = Outside(home / "audit"), read_verifiers(home)
    claims = _read_claims(outside, sorted(_opened(text, keys) for text in against))
    walk = Walk(claims, outside, keys, progress or _silent)
    finding = None
    try:
        with _little_memory():
            walk.run()
    except Found as found:
        finding = found.finding
    return Verdict(walk.tree.size, walk.tree.root(), walk.checked, claims.held, finding, tuple(outside.aside()))


def _read_claims(outside: Outside, promised: list[tuple[int, bytes]]) -> Claims:
    """What database and files say of themselves.

    The sequencer commits first and writes outside afterwards. Read in this order, each answer can only be
    outdone by the next, however busy the log is meanwhile: no false alarm, and no gap to hide in.
    """
    kept = Checkpoint.objects.aggregate(last=Max("size"))["last"] or 0
    columns = ("size", "previous_size", "peaks", "note")
    size, previous, peaks, note = Head.objects.filter(pk=1).values_list(*columns).first() or (0, 0, b"", "")
    size = size if isinstance(size, int) else 0
    is_whole = isinstance(previous, int) and previous <= size and isinstance(peaks, bytes | memoryview)
    return Claims(
        kept=kept,
        size=size,
        previous_size=previous if is_whole else size,
        peaks=bytes(peaks) if is_whole else b"",  # without peaks the walk finds the head bad
        note=note,
        held=outside.count(),
        notes_length=outside.notes_length(),
        end=head_size() or 0,
        promised=promised,
    )


@contextmanager
def _little_memory() -> Iterator[None]:
    """Read a long log without keeping it: SQLite would map and cache as much of it as the pages of a desk need."""
    wanted = {"mmap_size": 0, "cache_size": -4000} if connection.vendor == "sqlite" else {}
    with connection.cursor() as cursor:
        before = {}
        for name, value in wanted.items():
            # A database in memory maps nothing and answers nothing.
            before[name] = (cursor.execute(f"PRAGMA {name}").fetchone() or [value])[0]
            cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value}")


def _silent(_done: int, _size: int) -> None:
    """Say nothing on the way."""


def _opened(text: str, keys: Iterable[VerifierKey]) -> tuple[int, bytes]:
    """Size and root of a checkpoint that somebody else kept."""
    try:
        checkpoint = checkpoints.open_checkpoint(text, keys)
    except BadNote as error:
        raise Unreadable(msg("This is not a checkpoint that this log signed.")) from error
    return checkpoint.size, checkpoint.root
