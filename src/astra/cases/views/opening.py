"""How does a counsellor open a file, from a person, from a contact, or eight at once?"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.opening import GroupForm, OpenForm, preselect
from astra.cases.rules.roles import role_from_contact
from astra.cases.views.pages import to_case
from astra.cases.views.shown import case_rows
from astra.hotline import selectors as hotline
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label


@desk("cases")
def open_case(request: DeskRequest) -> HttpResponse:
    """Open a file; the address names the person or the contact it begins with."""
    origin = _origin(request.actor, request.GET)
    form = OpenForm(request.POST or None, has_person=bool(origin["person_id"]), initial=_initial(request.actor))
    opened: list[UUID] = []
    if act(form, lambda: opened.append(_open(request.actor, form, origin))):
        return to_case(opened[0])
    return render(request, "cases/open.html", {"form": form, **origin})


def _open(actor: Actor, form: OpenForm, origin: dict[str, Any]) -> UUID:
    given = form.arguments()
    people_in = origin["people"]
    if origin["person_id"]:
        people_in = [(origin["person_id"], form.cleaned_data["role"])]
    return services.open_case(actor=actor, people=people_in, contact_ids=origin["contact_ids"], **given)


def _initial(actor: Actor) -> dict[str, Any]:
    return {"team": preselect([actor.id] if actor.id else []), "lead": actor.id, "kind": "trafficking"}


def _origin(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """Whom and what the file begins with, as far as the actor may know of them."""
    person_id, contact_id = _id(query.get("person", "")), _id(query.get("contact", ""))
    if person_id:
        people.facts_of(actor, person_id)
    found = [] if person_id or not contact_id else _people_of(actor, contact_id)
    if contact_id:
        hotline.contact(actor, contact_id)
    ids = [person_id] if person_id else [one for one, _ in found]
    names = people.display_names(actor, ids)
    roles = dict(found)
    earlier = {line.id: line for one in ids for line in selectors.cases_of_person(actor, one)}
    return {
        "earlier": case_rows(earlier.values()),
        "person_id": person_id,
        "people": found,
        "contact_ids": [contact_id] if contact_id else [],
        "named": [{"name": names.get(one, ""), "role": label("case_role", roles.get(one, ""))} for one in ids],
    }


def _people_of(actor: Actor, contact_id: UUID) -> list[tuple[UUID, str]]:
    """The people of a contact with the roles that they will have in the file."""
    coded = hotline.contact(actor, contact_id)
    known = vocabulary.codes("case_role").codes
    roles = {
        link.person_id: role_from_contact(link.role, coded.coded.caller_role, known)
        for link in sorted(coded.links, key=lambda link: link.role)
    }
    return list(roles.items())


def _id(text: str) -> UUID | None:
    """An id out of an address; nonsense is answered like something that is not there."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


@desk("cases")
def open_group(request: DeskRequest) -> HttpResponse:
    """Open a group's or a family's file and one for each member, from one form."""
    contact_id = _id(request.GET.get("contact", ""))
    if contact_id:
        hotline.contact(request.actor, contact_id)
    form = GroupForm(request.POST or None, initial=_initial(request.actor) | {"kind": "group"})
    opened: list[UUID] = []

    def deed() -> None:
        contacts = [contact_id] if contact_id else []
        made = services.open_group(actor=request.actor, contact_ids=contacts, **form.arguments())
        opened.append(made.group_id)

    if act(form, deed):
        return to_case(opened[0])
    title = _("Open cases for a group or a family")
    return render(request, "cases/open_group.html", {"form": form, "page_title": title})
