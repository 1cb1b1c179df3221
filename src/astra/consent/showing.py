"""How is the ledger said on a page? Codes become words in the reader's language, here and only here."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext

from astra.accounts.selectors import work_names
from astra.consent import selectors
from astra.consent.models import Override
from astra.consent.rules import ledger, overrides
from astra.consent.rules.ledger import Verdict
from astra.consent.selectors import LedgerLine, OverrideLine
from astra.directory import selectors as directory
from astra.kernel.dues import Due
from astra.kernel.partial_dates import say
from astra.people import selectors as people
from astra.people.rules.ages import may_be_child
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Stay
from astra.people.rules.safety import shown
from astra.people.rules.whereabouts import current
from astra.vault.actor import Actor
from astra.vault.sections import Opened
from astra.vocabulary.naming import day, label

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


def who_decides(actor: Actor, person_id: UUID) -> list[tuple[UUID, str]]:
    """The persons who decide for a child today, for a form to choose from."""
    rights = people.guardians(actor, person_id)
    return [(right.person_id, right.name) for right in rights if right.person_id is not None and right.is_current]


def verdict(found: Verdict) -> Row:
    """The ledger's answer, as the banner reads it."""
    return {
        "is_allowed": found.is_allowed,
        "title": gettext("Yes") if found.is_allowed else gettext("No"),
        "text": gettext(found.words),
        "tone": "success" if found.is_allowed else "warning",
    }


def minimum(actor: Actor, person_id: UUID) -> Row:
    """What emergency services need to find and not to harm somebody, as far as the reader may open it."""
    who, details = people.find_identity(actor, person_id), people.contact_details(actor, person_id)
    where = people.whereabouts(actor, person_id)
    stay = current(where.content.stays) if where else None
    known = people.facts_of(actor, person_id)
    not_safe = gettext("not safe")
    numbers = [f"{one.value} ({not_safe})" if one.is_safe == "no" else one.value for one in _entries(details)]
    identity = who.content if who else Identity()
    rows = [
        {"key": gettext("Name"), "value": ", ".join(name.full for name in identity.names) or known.code_name},
        {"key": gettext("Born"), "value": say(identity.birth, get_language())},
        {"key": gettext("Sex in documents"), "value": label("sex", known.sex)},
        {"key": gettext("Languages"), "value": ", ".join(label("language", code) for code in identity.languages)},
        {"key": gettext("How to reach this person"), "value": "; ".join(numbers)},
        {"key": gettext("Whereabouts"), "value": _where(stay) or label("whereabouts", known.whereabouts)},
    ]
    rules = people.safety_among(actor, [person_id]).get(person_id)
    return {"minimum": rows, "rules": shown(rules, get_language())}


def _entries(details: Opened[ContactDetails] | None) -> tuple[ContactDetail, ...]:
    return details.content.entries if details else ()


def _where(stay: Stay | None) -> str:
    return ", ".join(part for part in (label("whereabouts", stay.kind), stay.place) if part) if stay else ""


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
