"""How are two files said side by side, and the pairs of the worklist, in the reader's language?"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from astra.accounts import selectors as accounts
from astra.kernel.clock import today
from astra.kernel.partial_dates import PartialDate, say, say_age
from astra.kernel.words import msg
from astra.people import selectors, showing
from astra.people.resemblances import close_pair
from astra.people.rules import duplicates as rules
from astra.people.rules.duplicates import Compared
from astra.people.rules.persons import SearchCard
from astra.people.selectors.duplicates import FileBeside, Pair, Someone
from astra.people.selectors.files import facts_among
from astra.people.selectors.joinings import Joined
from astra.science.linkage.weighing.reasons import WORDS, Reason
from astra.vault.actor import Actor
from astra.vault.services.joining import Written
from astra.vocabulary.naming import day, label

Row = dict[str, Any]  # Any: texts, addresses and lists of them, as the components read them

TONES = {
    rules.SAME: "good",
    rules.SPELT: "good",
    rules.FITS: "good",
    rules.ALIKE: "info",
    rules.PARTLY: "info",
    rules.DIFFERS: "attention",
}
NAMED = {msg("Names"): ("given", "family", "name"), msg("Mother"): ("mother",), msg("Father"): ("father",)}
"""Fields that hold names, and what the matcher calls them."""
KINDS = {
    "contact": "hotline:contact",
    "case": "cases:case",
}
"""Records with a page of their own, by kind."""
SUREST = 99
"""In hundredths: nothing that a machine compares is certain."""
LIKELY_TONES = ("good", "info", "")


def pair_rows(pairs: Iterable[Pair]) -> list[Row]:
    """The pairs of a worklist."""
    return [
        {
            "url": reverse("people:pair", args=[pair.word]) if pair.can_be_compared else "",
            "sides": [_someone(pair.one), _someone(pair.other)],
            "likely": gettext(rules.likelihood(pair.chance)),
            "tone": next(
                tone for tone, (least, _) in zip(LIKELY_TONES, rules.LIKELIHOODS, strict=True) if pair.chance >= least
            ),
            "percent": min(round(pair.chance * 100), SUREST),
            "why": [_reason(reason) for reason in pair.reasons if reason.says > 0],
            "against": _against(pair),
            "is_put_off": pair.is_put_off,
        }
        for pair in pairs
    ]


def _someone(one: Someone) -> Row:
    if one.card is None:
        return {"name": one.code_name, "code_name": "", "facts": "", "url": "", "is_closed": True}
    name = one.card.display_name
    return {
        "name": name,
        "code_name": one.code_name if name != one.code_name else "",
        "facts": " · ".join(part for part in (_born(one.card), *one.card.places[:2]) if part),
        "url": reverse("people:person", args=[one.id]),
        "is_closed": False,
    }


def _against(pair: Pair) -> list[str]:
    said = [_reason(reason) for reason in pair.reasons if rules.speaks_against(reason)]
    return [*said, gettext(rules.TWINS)] if pair.may_be_twins else said


def _born(card: SearchCard) -> str:
    if card.born_from is None and card.born_until is None:
        return ""
    first, last = card.born_from, card.born_until
    birth = PartialDate(first or last, last or first)  # type: ignore[arg-type]  # one of them is there
    return say_age(birth.age_on(today()), get_language())


def _reason(reason: Reason) -> str:
    return gettext(WORDS[reason.about, reason.how]).format(amount=reason.amount)


# --- side by side ----------------------------------------------------------------------------------------------------


def compared(one: FileBeside, other: FileBeside, reasons: Collection[Reason] = ()) -> list[Row]:
    """Every field of both files, the unlike ones marked in words; `reasons` know of spellings what letters do not."""
    near = {
        gettext(key): rules.how_spelt(reason for reason in reasons if reason.about in about)
        for key, about in NAMED.items()
    }
    near[gettext("Born")] = rules.how_born(one.identity.birth, other.identity.birth)
    found = []
    for (key, first), (_, second) in zip(_fields(one), _fields(other), strict=True):
        row = rules.compare(first, second)
        if row is not None:
            found.append(_compared(key, rules.nearer(row, near.get(key, ""))))
    return found


def _compared(key: str, row: Compared) -> Row:
    return {
        "key": key,
        "first": row.first,
        "second": row.second,
        "how": gettext(rules.HOW[row.how]),
        "tone": TONES.get(row.how, ""),
        "is_unlike": row.how == rules.DIFFERS,
    }


def _fields(file: FileBeside) -> Iterator[tuple[str, list[str]]]:
    """The fields in their order, each with everything that stands in it; the same order for every file."""
    who, language = file.identity, get_language()
    yield gettext("Names"), [name.full for name in who.names]
    yield gettext("Born"), [say(who.birth, language)] if who.birth else []
    yield gettext("Place of birth"), [who.birth_place]
    yield gettext("Mother"), [who.mother]
    yield gettext("Father"), [who.father]
    yield gettext("Sex in documents"), [label("sex", who.sex)]
    yield gettext("Gender"), [label("gender", who.gender)]
    yield gettext("Citizenships"), [label("country", code) for code in who.citizenships]
    yield gettext("Languages"), [label("language", code) for code in who.languages]
    yield gettext("Numbers"), [number.number for number in who.numbers]
    yield gettext("How to reach this person"), [entry.value for entry in file.details.entries]
    stays = [
        ", ".join(part for part in (label("whereabouts", s.kind), s.place) if part) for s in file.whereabouts.stays
    ]
    yield gettext("Whereabouts"), stays
    yield gettext("Notes"), [who.notes]


def title_of(file: FileBeside) -> str:
    """A file's name where two may be called the same: the code name tells them apart."""
    return file.name if file.name == file.code_name else f"{file.name}, {file.code_name}"


def sides(actor: Actor, one: FileBeside, other: FileBeside) -> list[Row]:
    """The two people above the comparison, each with what must be known before anybody calls."""
    return [
        {
            "id": file.id,
            "name": file.name,
            "code_name": file.code_name if file.code_name != file.name else "",
            "url": reverse("people:person", args=[file.id]),
            "registered_on": day(file.registered_on),
            "title": title_of(file),
            "rules": showing.safe_contact(actor, file.id),
        }
        for file in (one, other)
    ]


# --- joined, and two again -------------------------------------------------------------------------------------------


def waiting_rows(actor: Actor, joinings: Iterable[Joined]) -> list[Row]:
    """Joinings that wait for a second person, as far as the actor knows of both."""
    found = list(joinings)
    names = selectors.display_names(actor, {file for one in found for file in (one.kept, one.joined)}) if found else {}
    return [_joined(actor, one, names) for one in found]


def joined_rows(actor: Actor, person_id: UUID) -> list[Row]:
    """What stands on somebody's page of the files that are said to be hers too."""
    return waiting_rows(actor, selectors.joinings_of(actor, person_id))


def _told_apart(actor: Actor, one: Joined, names: dict[UUID, str]) -> dict[UUID, str]:
    """The names of two files; with the code names where both are called the same."""
    two = {file: names.get(file, "") for file in (one.kept, one.joined)}
    if len(set(two.values())) == len(two):
        return two
    facts = facts_among(actor, two)
    return {file: f"{name}, {facts[file].code_name}" if file in facts else name for file, name in two.items()}


def _joined(actor: Actor, one: Joined, names: dict[UUID, str]) -> Row:
    names = _told_apart(actor, one, names)
    return {
        "kept": names.get(one.kept, ""),
        "kept_url": reverse("people:person", args=[one.kept]),
        "joined": names.get(one.joined, ""),
        "joined_url": reverse("people:person", args=[one.joined]),
        "joined_id": one.joined,
        "pair_url": reverse("people:pair", args=[close_pair(actor.id, one.kept, one.joined)]),
        "by": accounts.work_name(one.by),
        "on": day(one.at.date()),
        "is_confirmed": one.is_confirmed,
        "may_confirm": not one.is_confirmed and one.by != actor.id,
    }


def written_rows(written: Iterable[Written]) -> list[Row]:
    """What was written while two files were one, each with its page where it has one."""
    names = {
        "contact": gettext("Contact"),
        "case": gettext("Case"),
        "case_note": gettext("Note in a case"),
        "case_task": gettext("Task"),
        "callback": gettext("Callback"),
        "document": gettext("Document"),
        "consent": gettext("Consent"),
        "offer_check": gettext("Check of a job offer"),
    }
    return [
        {
            "what": names.get(one.kind, gettext("Something else")),
            "on": day(one.at.date()),
            "url": reverse(KINDS[one.kind], args=[one.id]) if one.kind in KINDS else "",
        }
        for one in written
    ]


def looked(asked: int, of: int) -> str:
    """How far the search for pairs has come."""
    said = ngettext("%(asked)d of %(of)d file looked at", "%(asked)d of %(of)d files looked at", of)
    return said % {"asked": asked, "of": of}
