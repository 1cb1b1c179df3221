"""How is the ledger said on a page? Codes become words in the reader's language, here and only here."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from astra import vocabulary
from astra.accounts.selectors import work_names
from astra.consent import selectors
from astra.consent.models import Override
from astra.consent.rules import ledger, overrides
from astra.consent.selectors import LedgerLine, OverrideLine
from astra.directory import selectors as directory
from astra.kernel.dues import Due
from astra.people import selectors as people
from astra.people.rules.ages import may_be_child
from astra.vault.actor import Actor

Row = dict[str, Any]  # Any: texts, addresses and lists of them, as the components read them
TONES = {"given": "good", "refused": "danger", "withdrawn": "danger", "expired": "attention"}
STATE_TONES = {overrides.ASKED: "attention", overrides.AGREED: "info", overrides.REFUSED: "danger"}
PLACES = {
    "consent.ask": "consent:answer",
    "consent.review": "consent:answer",
    "consent.renew": "consent:line",
    "consent.recall": "consent:line",
    "consent.override": "consent:override",
    "consent.look_again": "consent:override",
}


def label(list_name: str, code: str) -> str:
    """A code in the reader's language; blank stays blank."""
    return vocabulary.codes(list_name).label(code, get_language()) if code else ""


def day(value: date | None) -> str:
    """A day as people write it here."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def head(actor: Actor, person_id: UUID) -> Row:
    """Whose ledger this is; `NotFound` if the actor may not know of her."""
    known = people.facts_of(actor, person_id)
    name = people.display_names(actor, [person_id]).get(person_id, "")
    age = people.ages_of(actor, person_id)
    return {
        "id": person_id,
        "name": name,
        "code_name": known.code_name,
        "is_child": age is not None and may_be_child(age),
    }


def lines(found: Iterable[LedgerLine]) -> list[Row]:
    """The ledger, newest first."""
    rows = list(found)
    names = directory.names([line.row.organisation_id for line in rows if line.row.organisation_id])
    return [_line(line, names) for line in rows]


def _line(line: LedgerLine, names: dict[UUID, str]) -> Row:
    row = line.row
    is_other_ground = row.ground != ledger.CONSENT
    to = names.get(row.organisation_id, "") if row.organisation_id else ""
    return {
        "id": row.pk,
        "purpose": label("consent_purpose", row.purpose),
        "recipient": to or label("consent_recipient", row.recipient),
        "section": label("consent_section", row.section),
        "state": label("case_ground", row.ground)
        if is_other_ground and line.state == ledger.GIVEN
        else label("consent_answer", line.state),
        "tone": "info" if is_other_ground and line.state == ledger.GIVEN else TONES.get(line.state, ""),
        "who": ", ".join(part for part in _who(row) if part),
        "child_view": label("child_view", row.child_view),
        "given_on": day(row.given_on),
        "until_on": day(row.until_on),
        "ask_by": day(row.ask_by),
        "details": line.details,
        "open_grants": line.open_grants,
        "can_withdraw": row.withdrawn_on is None and row.answer == ledger.GIVEN,
        "can_answer": row.withdrawn_on is None and row.answer in (ledger.NOT_ASKED, ledger.TO_REVIEW),
        "can_recall": line.open_grants > 0 and line.state in ("withdrawn", "expired"),
    }


def _who(row: Any) -> tuple[str, ...]:  # Any: a consent
    with_interpreter = gettext("with an interpreter") if row.has_interpreter else ""
    return (
        label("consent_giver", row.giver),
        label("consent_method", row.method),
        label("language", row.language),
        with_interpreter,
    )


def override_rows(actor: Actor, found: Iterable[OverrideLine]) -> list[Row]:
    """What was done or asked for without consent."""
    rows = list(found)
    staff = work_names({line.row.asked_by for line in rows})
    names = people.display_names(actor, [line.row.person_id for line in rows])
    return [
        {
            "id": line.row.pk,
            "person_id": line.row.person_id,
            "person": names.get(line.row.person_id, ""),
            "reason": label("override_reason", line.row.reason),
            "recipient": label("consent_recipient", line.row.recipient),
            "sections": ", ".join(label("consent_section", code) for code in line.row.sections.split()),
            "asked_by": staff.get(line.row.asked_by, ""),
            "asked_at": line.row.asked_at,
            "state": _state(line.row),
            "tone": STATE_TONES.get(line.row.state, ""),
            "review_due_at": line.row.review_due_at,
            "why": line.why,
            "may_decide": line.may_decide,
            "may_review": line.may_review,
            "is_mine": line.row.state == overrides.ASKED and line.row.asked_by == actor.id,
        }
        for line in rows
    ]


def _state(row: Override) -> str:
    words = {
        overrides.ASKED: gettext("waits for a second person"),
        overrides.AGREED: gettext("agreed, to be looked at again"),
        overrides.REFUSED: gettext("refused"),
        overrides.CANCELLED: gettext("no longer needed"),
        overrides.REVIEWED: gettext(overrides.OUTCOMES.get(row.outcome, "")) if row.outcome else "",
    }
    return words.get(row.state, row.state)


def dues(actor: Actor, found: Iterable[Due], today: date) -> list[Row]:
    """What somebody has to do, about whom, the most overdue first; overrides have a list of their own."""
    tasks = [due for due in found if due.kind not in ("consent.override", "consent.look_again")]
    persons = selectors.persons_behind(due.record_id for due in tasks)
    names = people.display_names(actor, set(persons.values()))
    return [
        {
            "title": gettext(due.label),
            "url": reverse(PLACES[due.kind], args=[due.record_id]),
            "hint": names.get(persons[due.record_id], ""),
            "due": day(due.day),
            "status": {"text": gettext("overdue"), "tone": "danger"} if due.day < today else None,
        }
        for due in tasks
    ]
