"""What is due, and on which day? The one shape in which every room tells its deadlines to my day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, order=True)
class Due:
    """One thing that somebody should do: by when, what kind (`room.what`), about which record, in a few neutral words.

    The label is a marked sentence (`kernel.words.msg`); it never holds a name.
    """

    day: date
    kind: str
    record_id: UUID
    label: str
