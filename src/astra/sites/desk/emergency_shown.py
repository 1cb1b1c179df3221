"""How are openings in an emergency said on a page? Who asked for whom, why, until when, and what was found later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from astra import vocabulary
from astra.sites.desk.forms_emergency import OUTCOMES
from astra.sites.desk.keeping_shown import kind_words
from astra.vault.services.emergencies import Emergency


@dataclass(frozen=True)
class Row:
    """One opening in the reader's language."""

    id: UUID
    record_id: UUID
    what: str
    why: str
    reader: str
    asked_by: str
    agreed_by: str
    asked_at: datetime
    until: datetime
    outcome: str
    is_open: bool
    can_agree: bool
    can_review: bool


def waiting_rows(lines: Iterable[Emergency], names: Mapping[UUID, str]) -> list[Row]:
    """What waits for a second officer, and until when she can agree."""
    return [_row(one, names, one.lapses_at) for one in lines]


def opened_rows(lines: Iterable[Emergency], names: Mapping[UUID, str]) -> list[Row]:
    """What was opened, and until when it is or was open."""
    return [_row(one, names, one.ends_at or one.lapses_at) for one in lines]


def _row(line: Emergency, names: Mapping[UUID, str], until: datetime) -> Row:
    return Row(
        id=line.id,
        record_id=line.record_id,
        what=kind_words(line.kind),
        why=vocabulary.codes("override_reason").label(line.reason, get_language()),
        reader=names.get(line.reader, ""),
        asked_by=names.get(line.asked_by, ""),
        agreed_by=names.get(line.granted_by, "") if line.granted_by else "",
        asked_at=line.asked_at,
        until=until,
        outcome=str(dict(OUTCOMES).get(line.outcome, "")),
        is_open=line.is_open,
        can_agree=line.can_agree,
        can_review=line.can_review,
    )
