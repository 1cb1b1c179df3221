"""How is something added to a file's legal side, and how does it move on? One page with one form for every deed."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors as cases
from astra.cases.rules.tiers import LEGAL
from astra.directory import selectors as directory
from astra.justice import selectors, services
from astra.justice.forms.parties import known_roles
from astra.justice.forms.parts import PartForm, Place
from astra.justice.forms.proceedings import DayForm
from astra.justice.models.filed import Filed
from astra.justice.rules import lifecycles as life
from astra.justice.views.deeds import KINDS, NEW_IN_CASE, NEW_IN_PROCEEDING, Deed
from astra.justice.views.head import case_head, workers
from astra.justice.views.shown import letter_name, proceeding_name
from astra.justice.views.shown_registers import known_name
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act

MADE_TODAY = ("day", "begun_on", "since", "asked_on", "decided_on", "claimed_on", "dated_on", "received_on", "paid_on")


@desk("cases")
def add(request: DeskRequest, case_id: UUID, what: str) -> HttpResponse:
    """Add something to the legal side of a file."""
    deed = _deed(NEW_IN_CASE, what)
    facts = cases.case_facts(request.actor, case_id)
    form = deed.form(request.POST or None, place=_place(request.actor, case_id), initial=_blank(deed))
    given = {"case_id": case_id}
    if act(form, lambda: deed.service(actor=request.actor, **given, **form.arguments())):
        _say_if_unseen(request, case_id, form.cleaned_data.get("tier", LEGAL))
        return _to_case(case_id, what)
    return _form(request, deed, form, facts, reverse("justice:case", args=[case_id]))


@desk("cases")
def add_to(request: DeskRequest, proceeding_id: UUID, what: str) -> HttpResponse:
    """Add something to a proceeding."""
    deed = _deed(NEW_IN_PROCEEDING, what)
    row = selectors.proceeding_page(request.actor, proceeding_id).proceeding.row
    facts = cases.case_facts(request.actor, row.case_id)
    form = deed.form(request.POST or None, place=_place(request.actor, row.case_id, row.tier), initial=_blank(deed))
    given: dict[str, Any] = {"proceeding_id": proceeding_id}
    if what == "term":
        given |= {"case_id": row.case_id, "tier": row.tier}
    if act(form, lambda: deed.service(actor=request.actor, **given, **form.arguments())):
        return _to_proceeding(proceeding_id)
    return _form(request, deed, form, facts, reverse("justice:proceeding", args=[proceeding_id]))


@desk("cases")
def change(request: DeskRequest, what: str, record_id: UUID, deed: str) -> HttpResponse:
    """Move a record on, or change what it says."""
    kind = KINDS.get(what)
    if kind is None:
        raise NotFound
    chosen = _deed(kind.deeds, deed)
    part = selectors.one(request.actor, kind.model, record_id, kind.section)
    row, revision = part.row, part.opened.revision if part.opened else 0
    facts = cases.case_facts(request.actor, row.case_id)
    place = _place(request.actor, row.case_id, row.tier, record_id if deed == "link" else None)
    shown = _known(row, part.words) | _roles(place, record_id) if deed == "change" else _blank(chosen)
    form = chosen.form(request.POST or None, place=place, initial=shown)
    given = {kind.id_name: record_id, **chosen.given} | ({"revision": revision} if deed == "change" else {})
    if act(form, lambda: chosen.service(actor=request.actor, **given, **form.arguments())):
        return _back(row, what)
    return _form(request, chosen, form, facts, _back(row, what).url)


@desk("cases")
def step_measure(request: DeskRequest, measure_id: int, verb: str) -> HttpResponse:
    """A protective measure was granted, refused, asked for again or ended."""
    case_id, proceeding_id, state = selectors.measure_place(request.actor, measure_id)
    life.MEASURE.check(state, verb)
    deed = Deed(life.VERB_NAMES[verb], DayForm, services.step_measure)
    form = DayForm(request.POST or None, place=Place(case_id), initial=_blank(deed))
    given = {"measure_id": measure_id, "verb": verb}
    if act(form, lambda: deed.service(actor=request.actor, **given, **form.arguments())):
        return _to_proceeding(proceeding_id)
    facts = cases.case_facts(request.actor, case_id)
    return _form(request, deed, form, facts, reverse("justice:proceeding", args=[proceeding_id]))


def _say_if_unseen(request: DeskRequest, case_id: UUID, tier: str) -> None:
    """Who files into a part in which she does not sit would think that it was lost, and write it again."""
    if tier not in cases.tiers_of(request.actor, case_id):
        messages.success(request, _("Saved. Only those who work in the legal part of the case see it."))


def _deed(deeds: Any, what: str) -> Deed:  # Any: a table of deeds by their names
    deed: Deed | None = deeds.get(what)
    if deed is None:
        raise NotFound
    return deed


def _others(actor: Actor, suspect_id: UUID | None) -> list[selectors.Known]:
    return selectors.linkable(actor, suspect_id) if suspect_id else []


def _place(actor: Actor, case_id: UUID, tier: str = "team", linking: UUID | None = None) -> Place:
    page = selectors.case_page(actor, case_id)
    return Place(
        case_id=case_id,
        clients=cases.client_names(actor, case_id),
        workers=workers(case_id, tier),
        institutions=directory.choices(actor),
        proceedings=[(part.row.pk, proceeding_name(part)) for part in page.proceedings],
        suspects=[(one.part.row.pk, known_name(one)) for one in _others(actor, linking)],
        letters=[(part.row.pk, letter_name(part)) for part in page.letters if part.row.direction == "out"],
    )


def _blank(deed: Deed) -> dict[str, Any]:
    return {name: today() for name in deed.form.base_fields if name in MADE_TODAY}


def _known(row: Filed, words: Any) -> dict[str, Any]:  # Any: the words of a section, a dataclass
    coded = {name: getattr(row, name, None) for name in ("is_prepared", "part", "relation")}
    linked = {
        "authority_id": getattr(row, "authority_id", None),
        "escort": getattr(row, "escort_id", None),
        "proceeding_id": getattr(row, "proceeding_id", None),
    }
    return (asdict(words) if words is not None else {}) | coded | linked


def _roles(place: Place, record_id: UUID) -> dict[str, str]:
    return known_roles(place.clients, selectors.roles_in([record_id])[record_id])


def _form(request: DeskRequest, deed: Deed, form: PartForm, facts: cases.CaseFacts, back: str) -> HttpResponse:
    context = {
        **case_head(facts),
        "form": form,
        "page_title": _(deed.title),
        "button": _("Save"),
        "note": _(deed.note) if deed.note else "",
        "back": back,
    }
    return render(request, "justice/form.html", context)


def _to_case(case_id: UUID, what: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('justice:case', args=[case_id])}#{what}s")


def _to_proceeding(proceeding_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("justice:proceeding", args=[proceeding_id]))


def _back(row: Filed, what: str) -> HttpResponseRedirect:
    proceeding_id = row.pk if what == "proceeding" else getattr(row, "proceeding_id", None)
    if proceeding_id is None or what == "suspect":
        return _to_case(row.case_id, what)
    return _to_proceeding(proceeding_id)
