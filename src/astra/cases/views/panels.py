"""What do pages of other rooms show of cases? Parts for the pages that join rooms: a person, a contact, my day."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from astra.cases import selectors
from astra.cases.selectors import CaseLine, MyDay
from astra.cases.views.shown import case_rows, task_rows
from astra.vault.actor import Actor


def person_panel(actor: Actor, person_id: UUID) -> dict[str, Any]:
    """The cases of somebody, and the way to open one; for `people.views.files.show_person`."""
    found = selectors.cases_of_person(actor, person_id)
    return _panel(found, f"{reverse('cases:open')}?person={person_id}", may_open=actor.has_desk("cases"))


def contact_panel(actor: Actor, contact_id: UUID) -> dict[str, Any]:
    """The cases of a contact, and the way to open one from it."""
    found = selectors.cases_of_contact(actor, contact_id)
    may_open = actor.has_desk("cases") and not found
    panel = _panel(found, f"{reverse('cases:open')}?contact={contact_id}", may_open=may_open)
    group_url = f"{reverse('cases:open_group')}?contact={contact_id}" if may_open else ""
    return panel | {"group_url": group_url}


def _panel(found: list[CaseLine], open_url: str, *, may_open: bool) -> dict[str, Any]:
    return {
        "title": _("Cases"),
        "template": "cases/_panel.html",
        "rows": case_rows(found),
        "open_url": open_url if may_open else "",
    }


def day_panel(day: MyDay) -> dict[str, Any]:
    """The room's part of my day, for `cases/_day.html`."""
    return {
        "tasks": task_rows(day.tasks, with_case=True),
        "handed": day.handed,
        "fresh": case_rows(day.fresh),
    }
