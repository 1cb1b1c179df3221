"""How does an entry of the log look? Codes become sentences, ids of colleagues become work names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.audit.selectors import LoggedEntry
from astra.sites.desk import log_details, log_words

BY_SECTION = ("vault.read", "vault.refused")
FEW = 2


@dataclass(frozen=True)
class Row:
    """One entry as a line of a table."""

    sequence: int
    at: datetime
    who: str
    what: str
    verb: str
    facts: list[str]
    subjects: tuple[str, ...]
    more_subjects: int
    page: str
    has_words: bool
    is_alarming: bool


def rows(entries: Collection[LoggedEntry]) -> list[Row]:
    """Entries as lines, with the names of all colleagues in them found together."""
    names = work_names({one.actor_id for one in entries if one.actor_id} | set(_members(entries)))
    return [_row(one, names) for one in entries]


def _members(entries: Iterable[LoggedEntry]) -> Iterable[UUID]:
    for one in entries:
        for value in one.detail.values():
            found = log_details.as_id(value)
            if found is not None:
                yield found


def _row(entry: LoggedEntry, names: dict[UUID, str]) -> Row:
    who = names.get(entry.actor_id, gettext("Unknown")) if entry.actor_id else gettext("Unattended work")
    return Row(
        sequence=entry.sequence,
        at=entry.recorded_at,
        who=who,
        what=log_words.verb_words(entry.verb),
        verb=entry.verb,
        facts=_facts(entry, names),
        subjects=entry.subjects[:FEW],
        more_subjects=max(0, len(entry.subjects) - FEW),
        page=entry.reason,
        has_words=bool(entry.sealed),
        is_alarming=entry.verb in log_words.ALARMING,
    )


def _facts(entry: LoggedEntry, names: dict[UUID, str]) -> list[str]:
    if entry.verb in BY_SECTION:
        return [_section(key, value) for key, value in entry.detail.items()]
    return [log_details.detail_words(key, value, names) for key, value in entry.detail.items() if value != ""]


def _section(key: str, value: str | int | bool) -> str:
    """A sealed part and how many of it: a page that was read says so by kind, a refusal names the one."""
    if isinstance(value, str):
        return log_words.section_words(value)
    return f"{log_words.section_words(key)} ({value})" if value != 1 else log_words.section_words(key)
