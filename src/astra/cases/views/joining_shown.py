"""Whom and which contacts does a page offer for a file?"""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext

from astra.cases import selectors
from astra.cases.selectors import CasePage
from astra.cases.views.people_shown import age_when_registered
from astra.hotline import selectors as hotline
from astra.people import selectors as people
from astra.vault.actor import Actor
from astra.vocabulary.naming import day, label

MOST = 40


@dataclass(frozen=True)
class Match:
    """Somebody who might be meant."""

    name: str
    facts: list[str]
    url: str
    is_in_file: bool
    ask: str = ""
    """Whom to ask, where the actor may know that we know her and may not open her."""


def matches(actor: Actor, case_id: UUID, query: str) -> list[Match]:
    """Whoever could be meant by a name, as far as the actor may know of her."""
    inside = {card.id for card in selectors.people_in(actor, case_id)}
    found = people.search(actor, query)[:MOST]
    known = people.facts_among(actor, [one.person_id for one in found])
    names = people.display_names(actor, list(known))
    shown = []
    for one in found:
        facts = known.get(one.person_id)
        if facts is None:
            apart = one.told_apart(get_language() or "en")
            shown.append(Match(one.display_name, apart, "", is_in_file=False, ask=one.keepers.said(gettext)))
            continue
        said = (facts.code_name, label("sex", facts.sex), age_when_registered(facts))
        address = reverse("cases:person", args=[case_id, one.person_id])
        name, is_in_file = names.get(one.person_id, ""), one.person_id in inside
        shown.append(Match(name, [part for part in said if part], address, is_in_file))
    return shown


def offered_contacts(actor: Actor, page: CasePage) -> list[tuple[str, str]]:
    """The contacts of a file's people that are not in it yet, newest first."""
    joined = selectors.contacts_in(actor, page.facts.id)
    found = {}
    for card in page.people:
        for line in hotline.contacts_of_person(actor, card.id):
            if line.id not in joined:
                found[line.id] = line
    newest = sorted(found.values(), key=lambda line: line.coded.received_at, reverse=True)[:MOST]
    return [
        (
            str(line.id),
            f"{day(line.coded.received_at.date())} · {label('contact_kind', line.coded.kind)}"
            f" · {label('hotline_line', line.coded.line)}",
        )
        for line in newest
    ]
