"""How do the pages across files look: court dates, the register, and the tables of judgments?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from astra.accounts.selectors import work_name
from astra.justice.models import OfficeLetter
from astra.justice.rules import lifecycles as life
from astra.justice.rules.analysis import Table
from astra.justice.rules.silence import following
from astra.justice.selectors import Coming, Known, Register, YearPage, links_of
from astra.justice.views.shown import Item, Link, Tag, facts, state_tag, warned
from astra.justice.views.shown_registers import letter_item, suspect_item
from astra.vault.actor import Actor
from astra.vocabulary.naming import day, label

OFFICE_VERBS = ("remind", "complain", "go_to_ombudsman", "answer", "give_up")


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the room across files."""
    pages = (
        ("coming", _("Court dates and terms")),
        ("letters", _("Register of letters")),
        ("judgments", _("Judgments")),
        ("suspects", _("Reported persons")),
    )
    return [
        {"label": words, "url": reverse(f"justice:{name}"), "is_current": name == current, "current": name == current}
        for name, words in pages
    ]


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def coming(found: Coming) -> dict[str, Any]:
    """What comes: hearings and terms, each with the way to its file."""
    hearings = [
        Item(
            title=f"{_moment(row.begins_at)} · {label('hearing_kind', row.kind)}",
            url=reverse("justice:proceeding", args=[row.proceeding_id]),
            tags=[Tag(_("Prepared"), "good") if row.is_prepared else Tag(_("Not prepared yet"), "attention")],
            facts=facts(
                (_("Case"), found.numbers.get(row.case_id, "")),
                (_("Goes along"), work_name(row.escort_id) if row.escort_id else _("nobody yet")),
            ),
        )
        for row in found.hearings
    ]
    terms = [
        Item(
            title=f"{day(row.due_on)} · {label('term_kind', row.code)}",
            url=reverse("justice:case", args=[row.case_id]),
            tags=[tag for tag in [warned(row.due_on)] if tag],
            facts=facts((_("Case"), found.numbers.get(row.case_id, ""))),
        )
        for row in found.terms
    ]
    return {"hearings": hearings, "terms": terms}


def register(found: Register) -> dict[str, Any]:
    """The letters of the register, those of cases and those of the office by their numbers."""
    numbered = {
        (one.row.year, one.row.running): letter_item(
            one,
            case_number=found.numbers.get(one.row.case_id, ""),
            case_url=f"{reverse('justice:case', args=[one.row.case_id])}#letters",
        )
        for one in found.letters
    }
    numbered |= {(one.year, one.running): _office_item(one) for one in found.office}
    letters = [numbered[number] for number in sorted(numbered, reverse=True)]
    erased = [
        f"{one} · {label('letter_direction', one.direction)} · {label('letter_subject', one.subject)}"
        for one in found.erased
    ]
    return {"letters": letters, "years": found.years, "erased": erased}


def _office_item(row: OfficeLetter) -> Item:
    """A letter outside any case."""
    proof = ", ".join(one for one in (label("delivery_proof", row.proof), day(row.delivered_on)) if one)
    title = f"{row} · {label('letter_direction', row.direction)} · {label('letter_subject', row.subject)}"
    verbs = [verb for verb in life.LETTER.verbs_from(row.state) if verb in OFFICE_VERBS]
    upcoming = following(row.state, row.state_on or row.dated_on)
    return Item(
        title=title,
        tags=[Tag(_("Outside any case")), *([state_tag(life.LETTER, row.state)] if row.state != life.FILED else [])],
        facts=facts(
            (_("Date"), day(row.dated_on)),
            (_("Institution"), row.institution.name),
            (_("Proof of delivery"), proof),
            (_("Answer due on"), day(row.answer_due_on)),
            (
                _("If nobody answers"),
                f"{_(life.VERB_NAMES[upcoming.verb])}, {day(upcoming.due_on)}" if upcoming else "",
            ),
        ),
        deeds=[
            Link(_(life.VERB_NAMES[verb]), reverse("justice:step_office_letter", args=[row.pk, verb]), title)
            for verb in verbs
        ],
    )


def judgments(page: YearPage) -> dict[str, Any]:
    """The tables of a year, and the judgments they are made from."""
    return {
        "year": page.year,
        "years": page.years,
        "tables": [_table(one) for one in page.tables if one.lines],
        "judgments": [
            {
                "id": pk,
                "title": f"{label('judgment_court', row.court)} · {label('instance', row.instance)}",
                "facts": facts(
                    (_("Article of the judgment"), label("criminal_article", row.final_article)),
                    (_("What was decided"), label("decision_outcome", row.outcome)),
                    (_("Accused"), str(len(row.accused))),
                ),
            }
            for pk, row in page.rows
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": _(table.name),
        "unit": _("Counted: %(unit)s, %(total)s in all") % {"unit": _(table.unit), "total": table.total},
        "lines": [(_words(table, line.code), line.figure) for line in table.lines],
    }


def _words(table: Table, code: str) -> str:
    if not code:
        return _("Not known")
    return label(table.list_name, code) if table.list_name else _(code)


def csv_rows(page: YearPage) -> Iterator[list[str]]:
    """Every line of every table, with its unit, its period and how many it counts."""
    yield [_("Table"), _("Unit"), _("Year"), _("Code"), _("What"), _("Figure"), _("Counted")]
    for table in page.tables:
        for line in table.lines:
            words = _words(table, line.code)
            code = line.code if table.list_name else ""
            yield [_(table.name), _(table.unit), str(page.year), code, words, line.figure, str(table.total)]


def suspects(actor: Actor, found: Sequence[Known]) -> dict[str, Any]:
    """Reported persons of the reader's cases, each with the way to its file."""
    links = links_of(actor, [one.part.row.pk for one in found])
    return {"items": [suspect_item(one.part, links.get(one.part.row.pk, ()), one.number) for one in found]}
