"""How is somebody said on a page? Codes become words in the reader's language, here and only here."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from astra.kernel.clock import today
from astra.kernel.partial_dates import PartialDate, say, say_age
from astra.kernel.words import msg
from astra.people import selectors
from astra.people.models import Person
from astra.people.rules.ages import is_time_to_ask, may_be_child
from astra.people.rules.persons import Identity, Safety, Stay
from astra.people.rules.safety import SafeShown, shown
from astra.people.rules.whereabouts import DIED
from astra.people.selectors import GuardianLine, Match
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened
from astra.vocabulary.naming import day, label, labels

Row = dict[str, Any]  # Any: texts, addresses and lists of them, as the components read them

NUMBER_KINDS = {
    "old_number": msg("Number in the old records"),
    "national_number": msg("National number"),
    "passport": msg("Passport"),
    "identity_number": msg("Identity document"),
}
"""What an import calls numbers; a kind that somebody typed stands as it was typed."""


@dataclass(frozen=True)
class Found:
    """One answer of a search, as the person card reads it."""

    name: str
    code_name: str
    also: str
    url: str
    facts: list[str]
    tags: list[Row]
    matched: str
    rules: SafeShown | None = None
    person_id: UUID | None = None
    ask: str = ""
    """Who has the file and whom to ask, if the reader may not open it."""


def _number_kind(kind: str) -> str:
    return gettext(NUMBER_KINDS[kind]) if kind in NUMBER_KINDS else kind or gettext("Number")


def found(actor: Actor, matches: list[Match]) -> list[Found]:
    """The answers of a search, each with its safe-contact rules."""
    safety = selectors.safety_among(actor, [match.person_id for match in matches])
    return [_found(match, safety.get(match.person_id)) for match in matches]


def _found(match: Match, safety: Safety | None) -> Found:
    is_named = match.display_name != match.code_name
    tags = [{"text": gettext("likely"), "tone": "good"}] if match.is_likely else []
    if match.whereabouts in (DIED, "missing"):
        tags.append({"text": label("whereabouts", match.whereabouts), "tone": "attention"})
    stop = gettext("Died: nobody calls") if match.whereabouts == DIED else ""
    return Found(
        name=match.display_name if is_named else "",
        code_name=match.code_name,
        also=", ".join(match.other_names),
        url=reverse("people:person", args=[match.person_id]) if match.is_reachable else "",
        facts=match.told_apart(get_language()),
        tags=tags,
        matched="; ".join(reason.said(gettext) for reason in match.reasons),
        rules=shown(safety, get_language(), stop=stop),
        person_id=match.person_id,
        ask="" if match.is_reachable else match.keepers.said(gettext),
    )


def _age(birth: PartialDate) -> str:
    return say_age(birth.age_on(today()), get_language())


def listed(actor: Actor, rows: list[Person]) -> list[Row]:
    """People in a list: by name where it may be opened, else by code name."""
    names = selectors.display_names(actor, [row.pk for row in rows])
    return [
        {
            "url": reverse("people:person", args=[row.pk]),
            "name": names[row.pk],
            "code_name": row.code_name if names[row.pk] != row.code_name else "",
            "facts": ", ".join(part for part in (label("sex", row.sex), label("whereabouts", row.whereabouts)) if part),
            "registered_on": row.registered_on,
        }
        for row in rows
    ]


@dataclass
class File:
    """One person's page: everything that the actor may open, ready to be shown."""

    id: UUID
    code_name: str
    name: str = ""
    age: str = ""
    facts: list[str] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)
    identity: list[Row] = field(default_factory=list)
    rules: SafeShown | None = None
    details: list[Row] = field(default_factory=list)
    stays: list[Row] = field(default_factory=list)
    guardians: list[Row] = field(default_factory=list)
    is_child: bool = False
    comes_of_age: bool = False
    merged_into: UUID | None = None
    registered_on: date | None = None
    can_edit: bool = False


def head_of(actor: Actor, person_id: UUID) -> File:
    """Whose file a page is about: name, code name and safe contact; `NotFound` if she may not know of her."""
    known = selectors.facts_of(actor, person_id)
    name = selectors.display_names(actor, [person_id]).get(person_id, "")
    page = File(id=known.id, code_name=known.code_name, name=name if name != known.code_name else "")
    page.rules = safe_contact(actor, person_id)
    return page


def file_of(actor: Actor, person_id: UUID) -> File:
    """Open everything of one person that this actor may open; `NotFound` if she may not know of her."""
    known = selectors.facts_of(actor, person_id)
    page = File(id=known.id, code_name=known.code_name, merged_into=known.merged_into)
    page.registered_on = known.registered_on
    _put_identity(page, actor, person_id)
    page.rules = safe_contact(actor, person_id)
    details = selectors.contact_details(actor, person_id)
    page.details = [
        {
            "kind": label("contact_detail_kind", entry.kind),
            "value": entry.value,
            "note": entry.note,
            "safe": {"yes": gettext("safe"), "no": gettext("not safe")}.get(entry.is_safe, ""),
            "tone": {"yes": "good", "no": "danger"}.get(entry.is_safe, ""),
        }
        for entry in (details.content.entries if details else ())
    ]
    where = selectors.whereabouts(actor, person_id)
    page.stays = [_stay(stay) for stay in reversed(where.content.stays if where else ())]
    if known.whereabouts:
        page.facts.append(label("whereabouts", known.whereabouts))
        if known.whereabouts == DIED:
            page.tags.append({"text": gettext("died"), "tone": "attention"})
    age = selectors.ages_of(actor, person_id)
    page.is_child = age is not None and may_be_child(age)
    if page.is_child:
        page.tags.append({"text": gettext("child"), "tone": "plum"})
    is_waiting = known.of_age_quarter is not None and known.own_consent_asked_on is None
    page.comes_of_age = is_waiting and is_time_to_ask(known.of_age_quarter, today())
    page.guardians = _guardians(actor, person_id)
    return page


def _put_identity(page: File, actor: Actor, person_id: UUID) -> None:
    opened = selectors.find_identity(actor, person_id)
    if opened is None:
        return
    who = opened.content
    page.can_edit = True
    page.name = who.names[0].full if who.names else ""
    if who.birth is not None:
        page.age = _age(who.birth)
    if who.sex:
        page.facts.append(label("sex", who.sex))
    page.identity = _identity_rows(who)


def _identity_rows(who: Identity) -> list[Row]:
    rows = [{"key": label("name_kind", name.kind) or gettext("Name"), "value": name.full} for name in who.names] or [
        {"key": gettext("Name"), "value": ""}
    ]
    born = say(who.birth, get_language())
    said = who.birth.said if who.birth and who.birth.said and who.birth.said != born else ""
    rows += [
        {"key": gettext("Born"), "value": born, "hint": gettext("said: “%(words)s”") % {"words": said} if said else ""},
        {"key": gettext("Place of birth"), "value": who.birth_place},
        {"key": gettext("Sex in documents"), "value": label("sex", who.sex)},
        {"key": gettext("Gender"), "value": label("gender", who.gender)},
        {"key": gettext("Citizenships"), "value": labels("country", who.citizenships)},
        {"key": gettext("Languages"), "value": labels("language", who.languages)},
        {"key": gettext("Mother"), "value": who.mother},
        {"key": gettext("Father"), "value": who.father},
    ]
    rows += [
        {
            "key": gettext(NUMBER_KINDS.get(number.kind, number.kind) or "Number"),
            "value": number.number,
            "hint": label("country", number.country),
        }
        for number in who.numbers
    ]
    rows += [{"key": gettext("Notes"), "value": who.notes}] if who.notes else []
    always = {gettext("Name"), gettext("Born"), gettext("Languages")}
    return [row for row in rows if row["value"] or row["key"] in always]


def safe_contact(actor: Actor, person_id: UUID) -> SafeShown | None:
    """How one person may be reached, ready for the safe-contact component."""
    opened = selectors.safety(actor, person_id)
    rules = selectors.safety_among(actor, [person_id]).get(person_id)
    stop = "" if selectors.may_be_called(person_id) else gettext("Died: nobody calls")
    return shown(rules, get_language(), stop=stop, reviewed=_reviewed(opened))


def _reviewed(opened: Opened[Safety] | None) -> str:
    if opened is None:
        return ""
    days = (today() - opened.at.date()).days
    if days < 1:
        return gettext("Written down today.")
    return ngettext("Written down %(days)d day ago.", "Written down %(days)d days ago.", days) % {"days": days}


def _stay(stay: Stay) -> Row:
    return {
        "what": label("whereabouts", stay.kind),
        "since": day(stay.since),
        "place": stay.place,
        "contact_rules": stay.contact_rules,
        "note": stay.note,
    }


def _guardians(actor: Actor, person_id: UUID) -> list[Row]:
    """Who decides for her; whoever the reader may not know of is named by code name, without a link to nothing."""
    lines = selectors.guardians(actor, person_id)
    known = vault.reachable_among(actor, [line.person_id for line in lines if line.person_id])
    return [_guardian(line, has_page=line.person_id in known) for line in lines]


def _guardian(line: GuardianLine, *, has_page: bool) -> Row:
    return {
        "id": line.id,
        "name": line.name,
        "url": reverse("people:person", args=[line.person_id]) if has_page else "",
        "role": label("guardianship", line.role),
        "from_on": day(line.from_on),
        "until_on": day(line.until_on),
        "is_current": line.is_current,
    }
