"""Which pages show parts of several rooms? A person's page with her contacts, cases and consents around it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext

from astra.accounts.access import DeskRequest, desk
from astra.cases.views.panels import person_panel
from astra.consent.views import panel_of
from astra.hotline import selectors as hotline
from astra.hotline.views.saying import contact_rows
from astra.people.views.files import show_person
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SHOWN = 15


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
