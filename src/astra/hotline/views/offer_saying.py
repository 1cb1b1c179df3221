"""How are offers of work and the register said on a page? Codes become words here, days become distances."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from astra.accounts.selectors import work_names
from astra.hotline.rules import offers as rules
from astra.hotline.rules.employers import CHECKED_KIND
from astra.hotline.selectors import Finding, OfferLine, OfferSheet, RegisterLine
from astra.hotline.views.saying import Tag
from astra.kernel.clock import today
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary import codes
from astra.vocabulary.naming import day, label, labels

STATES = {
    rules.TO_DO: (msg("To check"), "attention"),
    rules.CONCLUDED: (msg("To be told"), "info"),
    rules.TOLD: (msg("Told"), ""),
    rules.DROPPED: (msg("Not needed any more"), ""),
}


@dataclass(frozen=True)
class OfferRow:
    """A check as a list shows it."""

    url: str
    travels: str
    is_near: bool
    travel_on: date | None
    country: str
    sector: str
    organisations: tuple[str, ...]
    flags: int
    who: str
    tags: tuple[Tag, ...]
    line: OfferLine


def offer_rows(actor: Actor, lines: Collection[OfferLine]) -> list[OfferRow]:
    """Checks with names instead of codes."""
    names = work_names({one.assigned_to for one in lines if one.assigned_to})
    return [_row(actor, one, names) for one in lines]


def _row(actor: Actor, one: OfferLine, names: dict[UUID, str]) -> OfferRow:
    is_hers = one.assigned_to is not None and one.assigned_to == actor.id
    who = gettext("you") if is_hers else names.get(one.assigned_to, "") if one.assigned_to else ""
    return OfferRow(
        url=reverse("hotline:offer", args=[one.id]),
        travels=travels(one.coded.travel_on),
        is_near=one.coded.travel_on is not None and one.coded.travel_on - today() <= rules.NEAR,
        travel_on=one.coded.travel_on,
        country=label(rules.COUNTRY, one.coded.country),
        sector=label(rules.SECTOR, one.coded.sector),
        organisations=tuple(each.entry.name for each in (one.employer, one.agency) if each is not None),
        flags=len(one.flags.confirmed),
        who=who,
        tags=tuple(tags_of(one)),
        line=one,
    )


def tags_of(one: OfferLine) -> Iterable[Tag]:
    """The standing of a check, and what it found."""
    said, tone = STATES[one.state]
    yield Tag(gettext(said), tone)
    if one.verdict:
        yield verdict_tag(one.verdict)


def verdict_tag(verdict: str) -> Tag:
    """A verdict in a word and a shape; none so far is nothing good yet."""
    return Tag(label(rules.VERDICT, verdict), "danger" if verdict == rules.WARNINGS else "")


def travels(on: date | None) -> str:
    """How far away the journey is."""
    if on is None:
        return ""
    days = (on - today()).days
    if days < 0:
        return gettext("has left already")
    if days == 0:
        return gettext("today")
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def offer_facts(sheet: OfferSheet) -> list[dict[str, Any]]:
    """The coded facts of an offer and its short words as a summary list."""
    coded, words = sheet.line.coded, sheet.words.content if sheet.words else None
    given = [
        (gettext("Employer"), words.employer if words else ""),
        (gettext("Agency or who brings the person there"), words.agency if words else ""),
        (gettext("A private person who recruits"), words.recruiter if words else ""),
        (gettext("Country of work"), label(rules.COUNTRY, coded.country)),
        (gettext("Town or address"), words.place if words else ""),
        (gettext("Sector"), label(rules.SECTOR, coded.sector)),
        (gettext("What work"), words.work if words else ""),
        (gettext("How the offer came"), label(rules.OFFER_CHANNEL, coded.channel)),
        (gettext("Travels on"), " · ".join(part for part in (day(coded.travel_on), travels(coded.travel_on)) if part)),
        (gettext("Papers seen"), labels(rules.PAPER, coded.papers)),
    ]
    known = codes(rules.TERM)
    given += [
        (known.group_label(question, get_language()), label(rules.TERM, term))
        for question, term in rules.terms_by_question(coded.terms).items()
    ]
    return [{"key": key, "value": value} for key, value in given if value]


@dataclass(frozen=True)
class FlagRow:
    """A red flag on the page of a check: proposed or not, with its reason, confirmed or not."""

    code: str
    name: str
    why: str
    source: str
    is_on: bool
    is_proposed: bool


def flag_rows(sheet: OfferSheet) -> tuple[list[FlagRow], list[FlagRow]]:
    """The flags that are proposed or confirmed, and the others of the list."""
    proposals = {one.flag: gettext(one.why) for one in sheet.proposals}
    known, flags = codes(rules.FLAG), sheet.line.flags
    rows = [
        FlagRow(
            entry.code,
            label(rules.FLAG, entry.code),
            proposals.get(entry.code, ""),
            _cited(str(entry.facts.get("source_of", ""))),
            is_on=entry.code in flags.confirmed or (entry.code in proposals and entry.code not in flags.taken_away),
            is_proposed=entry.code in proposals,
        )
        for entry in known
    ]
    first = [row for row in rows if row.is_proposed or row.code in flags.confirmed]
    return first, [row for row in rows if row not in first]


def _cited(source: str) -> str:
    """A published list by its number; our own practice needs no citation on the page."""
    return source if source.startswith(("ILO", "Palermo")) else ""


@dataclass(frozen=True)
class RegisterRow:
    """An organisation of the register as a list or a card shows it."""

    id: UUID
    url: str
    name: str
    others: str
    kind: str
    country: str
    findings: str
    last_on: date | None
    tag: Tag | None
    why: str


def register_rows(lines: Iterable[RegisterLine]) -> list[RegisterRow]:
    """Organisations with what their findings come to, and why they were found."""
    return [
        RegisterRow(
            id=line.id,
            url=reverse("hotline:checked", args=[line.id]),
            name=line.entry.name,
            others=", ".join(line.entry.other_names),
            kind=label(CHECKED_KIND, line.entry.kind),
            country=label(rules.COUNTRY, line.entry.country),
            findings=ngettext("%(count)s finding", "%(count)s findings", line.findings) % {"count": line.findings},
            last_on=line.last_on,
            tag=register_tag(line),
            why=gettext(line.likeness.why) if line.likeness else "",
        )
        for line in lines
    ]


def register_tag(line: RegisterLine) -> Tag | None:
    """What the findings come to; nothing where there are none."""
    if not line.findings:
        return None
    return verdict_tag(rules.WARNINGS if line.is_warned else rules.NONE_SO_FAR)


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Dated findings for a page."""
    names = work_names({one.by_id for one in findings if one.by_id})
    return [
        {
            "finding": one,
            "what": label(rules.LOOKUP, one.what),
            "tag": verdict_tag(one.verdict),
            "flags": [(label(rules.FLAG, code), reason) for code, reason in one.flags],
            "who": names.get(one.by_id, "") if one.by_id else "",
            "is_link": one.source.startswith(("https://", "http://")),
        }
        for one in findings
    ]


def register_facts(line: RegisterLine) -> list[dict[str, Any]]:
    """What is written down of an organisation."""
    entry = line.entry
    given = (
        (gettext("Kind"), label(CHECKED_KIND, entry.kind)),
        (gettext("Other spellings and trade names"), ", ".join(entry.other_names)),
        (gettext("Country"), label(rules.COUNTRY, entry.country)),
        (gettext("Number in the business register"), entry.registration_number),
        (gettext("Number of the licence"), entry.licence_number),
        (gettext("Licence valid until"), day(entry.licence_until)),
        (gettext("Website"), entry.website),
        (gettext("Public phone"), entry.public_phone),
        (gettext("Public e-mail"), entry.public_email),
    )
    return [{"key": key, "value": value} for key, value in given if value]
