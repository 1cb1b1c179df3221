"""What do we know of employers and agencies? The register: searched by name in either script, findings with dates."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.forms.register import FindingForm, RegisterFilterForm, RegisterForm, register_initial
from astra.hotline.rules.employers import Entry
from astra.hotline.views.lists import tabs
from astra.hotline.views.offer_saying import finding_rows, offer_rows, register_facts, register_rows, register_tag
from astra.hotline.views.offers import ROLES, as_id
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

FOUND = 30


@desk("hotline", "cases")
@require_http_methods(["GET", "POST"])
def register(request: DeskRequest) -> HttpResponseBase:
    """The register by name, or what is like the words that were posted; each with its reason."""
    form = RegisterFilterForm(request.POST or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    narrowed = {"kind": chosen.get("kind", ""), "country": chosen.get("country", "")}
    lines = selectors.list_organisations(request.actor, **narrowed)
    if chosen.get("text"):
        kept = {line.id for line in lines}
        lines = [
            one for one in selectors.find_organisations(request.actor, chosen["text"], limit=FOUND) if one.id in kept
        ]
    pages = tabs(request.actor, "offers") if request.actor.has_desk("hotline") else []
    context = {"rows": register_rows(lines), "form": form, "tabs": pages, "is_asked": bool(chosen)}
    return render(request, "hotline/register.html", context)


@desk("hotline", "cases")
@require_http_methods(["GET"])
def checked(request: DeskRequest, checked_id: UUID) -> HttpResponseBase:
    """One organisation with all its findings."""
    return show_checked(request, checked_id, FindingForm())


def show_checked(request: DeskRequest, checked_id: UUID, form: FindingForm) -> HttpResponseBase:
    """The page of one organisation."""
    actor = request.actor
    sheet = selectors.organisation_sheet(actor, checked_id)
    like = selectors.find_organisations(actor, sheet.line.entry.name)
    family = [sheet.line.id, *(pk for pk, _ in sheet.joined)]
    context = {
        "sheet": sheet,
        "line": sheet.line,
        "facts": register_facts(sheet.line),
        "tag": register_tag(sheet.line),
        "findings": finding_rows(sheet.findings),
        "flags": [label("offer_red_flag", code) for code in sheet.flags],
        "like": register_rows(one for one in like if one.id not in family),
        "checks": offer_rows(actor, selectors.offers_at(actor, family)),
        "form": form,
        "may_write": actor.has_desk("hotline") and sheet.joined_into is None,
    }
    return render(request, "hotline/checked.html", context)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def add_checked(request: DeskRequest) -> HttpResponseBase:
    """Write an organisation into the register, perhaps from a check, whose name for it comes along in the body."""
    given, check_id = request.POST, as_id(request.POST.get("check_id"))
    role = given.get("role", "")
    is_begun = "begin" in given
    kind = role if role in ROLES else ""
    initial = {"name": given.get("name", "")[:160], "kind": kind} if is_begun else {}
    form = RegisterForm(given if given and not is_begun else None, initial=initial)
    if form.is_bound:
        made = act(form, lambda: _add(request, form, check_id, role))
        if made:
            return redirect("hotline:offer", check_id) if check_id else redirect("hotline:checked", made[0])
    context = {"form": form, "check_id": check_id, "role": role}
    return render(request, "hotline/register_form.html", context)


def _add(request: DeskRequest, form: RegisterForm, check_id: UUID | None, role: str) -> UUID:
    is_one = form.cleaned_data["is_organisation"]
    made = services.add_organisation(actor=request.actor, entry=form.entry(), is_organisation=is_one)
    if check_id is not None:
        services.point_to(actor=request.actor, check_id=check_id, role=role, organisation_id=made)
    return made


@desk("hotline")
@require_http_methods(["GET", "POST"])
def change_checked(request: DeskRequest, checked_id: UUID) -> HttpResponseBase:
    """Write an entry anew."""
    sheet = selectors.organisation_sheet(request.actor, checked_id)
    form = RegisterForm(request.POST or None, is_new=False, initial=register_initial(sheet.line.entry))
    if request.method == "POST" and form.is_valid():
        entry = form.entry()
        if act(form, lambda: _revise(request, checked_id, entry)):
            return redirect("hotline:checked", checked_id)
    return render(request, "hotline/register_form.html", {"form": form, "line": sheet.line})


def _revise(request: DeskRequest, checked_id: UUID, entry: Entry) -> None:
    services.revise_organisation(actor=request.actor, organisation_id=checked_id, entry=entry)


@desk("hotline")
@require_POST
def add_finding(request: DeskRequest, checked_id: UUID) -> HttpResponseBase:
    """Write down what was looked up, with its day."""
    form = FindingForm(request.POST)
    actor = request.actor
    if not act(form, lambda: services.add_finding(actor=actor, organisation_id=checked_id, **form.finding())):
        return show_checked(request, checked_id, form)
    messages.success(request, gettext("Noted, with its day."))
    return redirect("hotline:checked", checked_id)


@desk("hotline")
@require_POST
def withdraw_finding(request: DeskRequest, finding_id: UUID) -> HttpResponseBase:
    """A finding was a mistake; it stays to be seen and counts for nothing."""
    checked_id = services.withdraw_finding(actor=request.actor, finding_id=finding_id)
    messages.success(request, gettext("Withdrawn. It counts for nothing any more."))
    return redirect("hotline:checked", checked_id)


@desk("hotline")
@require_POST
def join_checked(request: DeskRequest, checked_id: UUID) -> HttpResponseBase:
    """Two entries are one organisation."""
    other = as_id(request.POST.get("other"))
    if other is None:
        raise NotFound
    services.join_organisations(actor=request.actor, keep_id=checked_id, other_id=other)
    messages.success(request, gettext("Joined. Their findings stand together now."))
    return redirect("hotline:checked", checked_id)


@desk("hotline")
@require_POST
def separate_checked(request: DeskRequest, checked_id: UUID) -> HttpResponseBase:
    """They are two after all."""
    services.separate_organisation(actor=request.actor, organisation_id=checked_id)
    return redirect("hotline:checked", checked_id)
