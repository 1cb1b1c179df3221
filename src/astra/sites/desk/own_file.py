"""How is somebody's file written for herself: as pages to read, and as data? Made in memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from astra.accounts.rules.roles import ROLES
from astra.assistance.services.letter_paper import print_page
from astra.consent import selectors as consent
from astra.identification.rules import indicators
from astra.kernel.clock import LOCAL, today
from astra.kernel.partial_dates import PartialDate, say
from astra.kernel.words import msg
from astra.rights import selectors as rights
from astra.rights.selectors import OwnPart, OwnParts
from astra.sites.desk.log_parts import SECTIONS
from astra.vocabulary.naming import day, label

Row = dict[str, Any]  # Any: template variables

FIELDS = {
    "names": msg("Names"),
    "mother": msg("Mother"),
    "father": msg("Father"),
    "birth": msg("Born"),
    "birth_place": msg("Place of birth"),
    "sex": msg("Sex"),
    "citizenships": msg("Citizenships"),
    "languages": msg("Languages"),
    "numbers": msg("Numbers of documents"),
    "rules": msg("How to get in touch safely"),
    "entries": msg("Telephone numbers and addresses"),
    "stays": msg("Where the person was"),
    "title": msg("Title"),
    "story": msg("Story"),
    "said": msg("What was said"),
    "about": msg("About whom"),
    "done": msg("What was done"),
    "follow_up": msg("What follows"),
    "her_words": msg("In the person's own words"),
    "reason": msg("Reason"),
    "reasons": msg("Reasons"),
    "place": msg("Place"),
    "phone": msg("Telephone number"),
    "email": msg("E-mail address"),
    "name": msg("Name"),
    "how": msg("How"),
    "when": msg("When"),
    "code_word": msg("Code word"),
    "never_say": msg("What is never said"),
    "number": msg("Number"),
    "authority": msg("Authority"),
    "judge": msg("Judge"),
    "prosecutor": msg("Prosecutor"),
    "preparation": msg("Preparation"),
    "course": msg("How it went"),
    "institution": msg("Institution"),
    "withheld": msg("What is not shared"),
    "told": msg("What they were told"),
    "answer": msg("What they answered"),
    "withdrawal": msg("On taking it back"),
}
"""What a field is called where it stands among others; whatever is not here speaks for itself."""

CODED = {
    "sex": "sex",
    "gender": "gender",
    "citizenships": "country",
    "languages": "language",
    ("Name", "kind"): "name_kind",
    ("ContactDetail", "kind"): "contact_detail_kind",
    ("ContactDetail", "is_safe"): "yes_no_unknown",
    ("SafeRule", "code"): "contact_rule",
    ("Stay", "kind"): "whereabouts",
    ("Heard", "answer"): "screening_answer",
}
"""In which list the code of a field stands, for fields of that name or of one type."""


INDICATOR = ("Heard", "code")
WHERE_IT_STANDS = {("Heard", "record_id")}
"""Fields that name a record; they say nothing to her."""


@dataclass(frozen=True)
class Sheet:
    """One part as pages show it."""

    name: str
    """What it is called on a form."""
    title: str
    on: str
    rows: list[tuple[str, str]]
    is_kept: bool = True


def sheets(parts: Iterable[OwnPart], left_out: Iterable[str] = ()) -> list[Sheet]:
    """Parts as a page shows them; what was left out so far stays so."""
    out = set(left_out)
    return [_sheet(one, is_kept=rights.name_of(one.part) not in out) for one in parts]


def _sheet(one: OwnPart, *, is_kept: bool) -> Sheet:
    title = capfirst(gettext(SECTIONS[one.part.kind])) if one.part.kind in SECTIONS else ""
    on = day(one.at.astimezone(LOCAL).date())
    return Sheet(rights.name_of(one.part), title, on, list(_rows(one.content)), is_kept=is_kept)


def _rows(content: object) -> Iterator[tuple[str, str]]:
    for field in fields(content) if is_dataclass(content) else ():
        text = "\n".join(_texts(getattr(content, field.name), type(content).__name__, field.name))
        if text:
            yield gettext(FIELDS[field.name]) if field.name in FIELDS else "", text


def _texts(value: object, owner: str, name: str) -> Iterator[str]:
    """What a value says in words; numbers of records and keys say nothing to her."""
    if isinstance(value, (tuple, list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one, owner, name)
    elif is_dataclass(value) and not isinstance(value, (type, PartialDate)):
        owner = type(value).__name__
        kept = [field.name for field in fields(value) if (owner, field.name) not in WHERE_IT_STANDS]
        said = (_texts(getattr(value, one), owner, one) for one in kept)
        yield " · ".join(text for texts in said for text in texts)
    elif (owner, name) == INDICATOR and value in indicators.indicators():
        yield indicators.indicators()[str(value)].names[get_language() or "en"]
    elif text := _text(value, CODED.get((owner, name)) or CODED.get(name)):
        yield text


def _text(value: object, coded: str | None) -> str:
    if isinstance(value, str):
        return label(coded, value) if coded else value
    if isinstance(value, PartialDate):
        return say(value, get_language())
    if isinstance(value, datetime):
        return date_format(value.astimezone(LOCAL), "SHORT_DATETIME_FORMAT")
    return day(value) if isinstance(value, date) else ""


def bundle(parts: OwnParts, person_id: UUID, case_id: UUID) -> bytes:
    """Both forms of the file in one archive, with names that say nothing."""
    around = _around(person_id, case_id)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("a.pdf", _pages(parts, around)), ("a.json", _data(parts, around))):
            archive.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def _around(person_id: UUID, case_id: UUID) -> Row:
    """What is known of the file besides its words: what was agreed to, and who opened it, by their work."""
    return {
        "made_on": today(),
        "agreed": [
            {
                "purpose": label("consent_purpose", line.row.purpose),
                "recipient": label("consent_recipient", line.row.recipient),
                "section": label("consent_section", line.row.section),
                "answer": label("consent_answer", line.row.answer),
                "given_on": line.row.given_on,
                "until_on": line.row.until_on,
                "withdrawn_on": line.row.withdrawn_on,
            }
            for line in consent.own_lines(person_id)
        ],
        "told": [
            {"to": one.name, "what": one.what, "on": one.on, "recalled": one.is_recalled}
            for one in rights.whom_we_told(person_id, case_id)
        ],
        "opened_by": [
            {"day": one.day, "work": [gettext(ROLES[role].name) for role in one.roles]}
            for one in rights.readers_of([person_id, case_id])
        ],
    }


def _pages(parts: OwnParts, around: Row) -> bytes:
    context = {"parts": sheets(parts.hers), "apart": sheets(parts.apart), "language": get_language(), **around}
    return print_page("desk/own_file_paper.html", context).data


def _data(parts: OwnParts, around: Row) -> bytes:
    told = {
        **around,
        "parts": [
            {"kind": one.part.kind, "name": sheet.title, "written_at": one.at, "content": one.content}
            for one, sheet in zip(parts.hers, sheets(parts.hers), strict=True)
        ],
        "with_words_of_others": [{"name": sheet.title, "written_on": sheet.on} for sheet in sheets(parts.apart)],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2)
