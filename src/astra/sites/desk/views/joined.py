"""Which pages show parts of several rooms? A person's page with her contacts, cases and consents around it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from astra.accounts.access import DeskRequest, desk
from astra.cases import services as cases
from astra.cases.selectors import find_by_number, find_lines
from astra.cases.views.panels import person_panel
from astra.cases.views.shown import case_rows
from astra.consent import services as consent
from astra.consent.views import WithdrawnLine, panel_of, show_withdraw
from astra.hotline import selectors as hotline
from astra.hotline.views.saying import contact_rows
from astra.people.views.around import show_own_consent
from astra.people.views.duplicates import show_pair
from astra.people.views.files import show_person
from astra.people.views.finding import show_search
from astra.sites.exchange.references import find_by_old_number
from astra.sites.exchange.targets import CONTACTS
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SHOWN = 15


@desk("people")
def search(request: DeskRequest) -> HttpResponseBase:
    """People by name or number, and cases and contacts by their number, ours or an older one."""
    return show_search(request, lambda text: numbered_panels(request.actor, text))


def numbered_panels(actor: Actor, text: str) -> list[dict[str, Any]]:
    """The cases and contacts that somebody means who types a number exactly; nothing else is said of them here."""
    if not any(letter.isdecimal() for letter in text):
        return []
    panels: list[dict[str, Any]] = []
    lines = find_lines(actor, find_by_number(actor, text)) if actor.has_desk("cases") else []
    if lines:
        title = gettext("Cases with this number")
        panels.append({"title": title, "template": "cases/_panel.html", "rows": case_rows(lines)})
    older = find_by_old_number(actor, text, [CONTACTS]) if actor.has_desk("hotline", "cases") else {}
    contacts = hotline.lines(actor, list(older.values()))
    if contacts:
        title = gettext("Contacts with this number")
        rows = contact_rows(actor, contacts)
        panels.append({"title": title, "template": "desk/contacts_panel.html", "rows": rows})
    return panels


@desk("people")
def person(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Somebody's page with everything that colleagues at other desks know of her, each part if it is the reader's."""
    actor = request.actor
    vault.check_reach(actor, person_id)
    panels = [contacts_panel(actor, person_id)]
    if actor.has_desk("cases"):
        panels.append(person_panel(actor, person_id))
    if actor.has_desk("consent"):
        panels.append(panel_of(request, person_id))
    return show_person(request, person_id, panels)


@desk("people")
def own_consent(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """She comes of age: her guardians' consents end with their right, and her own answer is written down next."""

    def done(day: date) -> HttpResponseBase:
        ended = consent.end_guardians_say(actor=request.actor, person_id=person_id, on=day)
        said = gettext("Guardians' consents that end with it: %(count)s. Write down her or his own answer.")
        messages.success(request, said % {"count": ended})
        return redirect("consent:ledger", person_id)

    return show_own_consent(request, person_id, done)


@desk("people")
def pair(request: DeskRequest, pair: str) -> HttpResponseBase:
    """Two files that may be one person's, with the cases of each that the reader sits in."""
    actor = request.actor

    def cases_of(person_id: UUID) -> list[Any]:  # Any: rows of the cases room
        return list(person_panel(actor, person_id)["rows"]) if actor.has_desk("cases") else []

    return show_pair(request, pair, cases_of)


@desk("consent")
def withdraw(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """Consent is taken back: what was opened on it closes, and files that rest on it are looked at again."""

    def done(line: WithdrawnLine) -> None:
        if line.is_for_our_help:
            again = cases.review_grounds(actor=request.actor, person_id=line.person_id)
            if again:
                said = gettext("Cases on the ground of consent, to be looked at again by tomorrow: %(count)s.")
                messages.warning(request, said % {"count": again})

    return show_withdraw(request, consent_id, done)


def contacts_panel(actor: Actor, person_id: UUID) -> dict[str, Any]:
    """The contacts in which somebody called or was spoken of, newest first."""
    found = hotline.contacts_of_person(actor, person_id, limit=SHOWN + 1)
    return {
        "title": gettext("Contacts"),
        "template": "desk/contacts_panel.html",
        "rows": contact_rows(actor, found[:SHOWN]),
        "has_more": len(found) > SHOWN,
        "person_id": person_id,
    }
