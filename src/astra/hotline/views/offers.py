"""Which offers of work wait, how is one written down, and what is known of it? The queue, the form, the page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import at_work, colleagues, work_names
from astra.hotline import selectors, services
from astra.hotline.forms.offers import HandForm, LookupForm, OfferForm, VerdictForm, as_typed, offer_initial
from astra.hotline.models import Conversation
from astra.hotline.rules import offers as rules
from astra.hotline.selectors import OfferSheet
from astra.hotline.views.lists import last_line, tabs
from astra.hotline.views.offer_saying import (
    finding_rows,
    flag_rows,
    offer_facts,
    offer_rows,
    register_facts,
    register_rows,
    tags_of,
)
from astra.hotline.views.saying import callback_rows, contact_rows, person_rows
from astra.hotline.views.talking import bubbles
from astra.kernel.clock import now
from astra.kernel.errors import Conflict
from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

Context = dict[str, Any]  # Any: template variables
SHOWN = ("all", "mine", "done")
ROLES = ("employer", "agency")


@desk("hotline")
@require_GET
def offers(request: DeskRequest) -> HttpResponseBase:
    """What is to be checked, whoever travels first at the top; hers; what is done."""
    actor = request.actor
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    lines = selectors.offers_done(actor) if shown == "done" else selectors.offers_to_do(actor, mine=shown == "mine")
    views = (("all", gettext("To do")), ("mine", gettext("Mine")), ("done", gettext("Done")))
    narrowed = [
        {"label": name, "url": f"{reverse('hotline:offers')}?show={code}", "is_current": code == shown}
        for code, name in views
    ]
    context = {"rows": offer_rows(actor, lines), "tabs": tabs(actor, "offers"), "narrowed": narrowed, "shown": shown}
    return render(request, "hotline/offers.html", context)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def new_offer(request: DeskRequest) -> HttpResponseBase:
    """Write an offer down: from a contact, from a conversation, or by itself."""
    given = request.POST if request.method == "POST" else request.GET
    place = _place(request.actor, given)
    if request.method == "POST" and not _is_choosing(given):
        form = OfferForm(given, has_line=place["has_line"])
        made = act(form, lambda: services.begin_check(actor=request.actor, offer=_new(form, place)))
        if made:
            return redirect("hotline:offer", made[0])
    else:
        initial = as_typed(given) if request.method == "POST" else {"line": last_line(request.actor)}
        form = OfferForm(initial=initial, has_line=place["has_line"])
    return render(request, "hotline/offer_form.html", {"form": form, **place, **_beside(request.actor, place)})


def _new(form: OfferForm, place: Context) -> services.NewOffer:
    return services.NewOffer(
        coded=form.coded(),
        words=form.words(),
        contact_id=place["contact_id"],
        conversation_id=place["conversation_id"],
        line=form.cleaned_data.get("line", ""),
        employer_id=place["employer_id"],
        agency_id=place["agency_id"],
        key=place["key"],
    )


@desk("hotline")
@require_http_methods(["GET", "POST"])
def change_offer(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Write an offer anew."""
    actor, given = request.actor, request.POST
    sheet = selectors.offer_sheet(actor, check_id)
    if sheet.words is None or sheet.line.state != rules.TO_DO:
        raise Conflict(services.REOPEN_FIRST)
    place = _place(actor, given) | {"check_id": check_id, "has_line": False}
    if request.method != "POST":
        place |= {"employer_id": _id_of(sheet.line.employer), "agency_id": _id_of(sheet.line.agency)}
    initial = as_typed(given) if given else offer_initial(sheet.line.coded, sheet.words.content)
    form = OfferForm(given if given and not _is_choosing(given) else None, initial=initial)
    if form.is_bound and act(form, lambda: _revise(request, sheet, form, place)):
        return redirect("hotline:offer", check_id)
    place |= {"contact_id": sheet.line.contact_id, "conversation_id": sheet.line.conversation_id}
    place["revision"] = given.get("revision") or sheet.words.revision
    return render(request, "hotline/offer_form.html", {"form": form, **place, **_beside(actor, place)})


def _revise(request: DeskRequest, sheet: OfferSheet, form: OfferForm, place: Context) -> None:
    revision = request.POST.get("revision", "")
    services.revise_check(
        actor=request.actor,
        check_id=sheet.line.id,
        coded=form.coded(),
        words=form.words(),
        revision=int(revision) if revision.isdecimal() else 0,
        employer_id=place["employer_id"],
        agency_id=place["agency_id"],
    )


@desk("hotline")
@require_POST
def known_offerer(request: DeskRequest) -> HttpResponseBase:
    """Was this employer or agency checked before? Answers while the name is typed."""
    role = next((name for name in ROLES if request.POST.get(name, "").strip()), "employer")
    text = request.POST.get(role, "")
    rows = register_rows(selectors.find_organisations(request.actor, text))
    return render(request, "hotline/offer_known.html", {"rows": rows, "role": role, "is_asked": bool(text.strip())})


@desk("hotline", "cases")
@require_GET
def offer(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """One check: what was said, what is known of whoever offers, the flags, what was looked up, the finding."""
    return show_offer(request, check_id)


def show_offer(request: DeskRequest, check_id: UUID, **forms: Any) -> HttpResponseBase:
    """The page of one check; a form that was refused comes back with what is wrong."""
    actor = request.actor
    sheet = selectors.offer_sheet(actor, check_id)
    first, others = flag_rows(sheet)
    context = {
        "sheet": sheet,
        "line": sheet.line,
        "facts": offer_facts(sheet),
        "tags": list(tags_of(sheet.line)),
        "flags": first,
        "other_flags": others,
        "looked_up": _looked_up(sheet),
        "not_looked_up": [label(rules.LOOKUP, what) for what in sheet.not_looked_up],
        "parties": [_party(actor, sheet, role) for role in ROLES],
        **_steps(actor, sheet),
        **_around(actor, sheet),
    }
    return render(request, "hotline/offer.html", context | forms)


def _steps(actor: Actor, sheet: OfferSheet) -> Context:
    """What may be done with it now, and the forms for that."""
    about = [role for role in ROLES if getattr(sheet, role) is not None]
    may_work = actor.has_desk("hotline") and sheet.words is not None
    return {
        "lookup_form": LookupForm(about=about),
        "verdict_form": VerdictForm(),
        "hand_form": hand_form(actor, sheet.line.line),
        "form": None,
        "may_work": may_work,
        "is_open": may_work and sheet.line.state == rules.TO_DO,
        "staff": work_names([who for who in (sheet.line.assigned_to,) if who]),
    }


def hand_form(actor: Actor, line: str, data: Any = None) -> HandForm:  # Any: a form's data
    """Colleagues who read the line; those who are at work now come first."""
    readers = services.who_may_check(line)
    others = [one for one in colleagues(desks=["hotline"]) if one.member_id in readers and one.member_id != actor.id]
    here = at_work([one.member_id for one in others])
    others.sort(key=lambda one: one.member_id not in here)
    return HandForm(data, colleagues=[(str(one.member_id), one.work_name) for one in others])


def _party(actor: Actor, sheet: OfferSheet, role: str) -> Context:
    """The employer or the agency: what the register knows, or whom the name is like."""
    found = sheet.employer if role == "employer" else sheet.agency
    said = getattr(sheet.words.content, role) if sheet.words else ""
    like = selectors.find_organisations(actor, said) if said and found is None else []
    return {
        "role": role,
        "title": gettext("Employer") if role == "employer" else gettext("Agency"),
        "said": said,
        "row": register_rows([found.line])[0] if found else None,
        "facts": register_facts(found.line) if found else [],
        "findings": finding_rows([one for one in found.findings if one.withdrawn_at is None]) if found else [],
        "like": register_rows(like),
    }


def _looked_up(sheet: OfferSheet) -> list[Context]:
    names = work_names({one.author_id for one in sheet.looked_up if one.author_id})
    return [
        {
            "look": one,
            "what": label(rules.LOOKUP, one.what),
            "who": names.get(one.author_id, "") if one.author_id else "",
            "is_link": one.source.startswith(("https://", "http://")),
        }
        for one in sheet.looked_up
    ]


def _around(actor: Actor, sheet: OfferSheet) -> Context:
    """The contact and conversation that it belongs to, who is in it, and what was promised."""
    line = sheet.line
    contacts = selectors.lines(actor, [line.contact_id]) if line.contact_id else []
    links = [link for one in contacts for link in one.links]
    promised = selectors.callbacks_about(actor, line.contact_id) if contacts and line.contact_id else []
    return {
        "contacts": contact_rows(actor, contacts),
        "persons": person_rows(actor, links),
        "promises": callback_rows(actor, promised, now()),
        "is_hotline": actor.has_desk("hotline"),
        "conversation_id": line.conversation_id if actor.has_desk("hotline") else None,
    }


def _place(actor: Actor, given: QueryDict) -> Context:
    """To what a new check belongs, and to which organisations of the register it points."""
    place = {name: as_id(given.get(name)) for name in ("contact_id", "conversation_id", "employer_id", "agency_id")}
    for role in ROLES:
        if f"choose_{role}" in given:
            place[f"{role}_id"] = as_id(given.get(f"choose_{role}"))
    has_line = place["contact_id"] is None and place["conversation_id"] is None
    return {**place, "key": as_id(given.get("key")) or new_id(), "has_line": has_line}


def _is_choosing(given: QueryDict) -> bool:
    return any(f"choose_{role}" in given for role in ROLES)


def as_id(value: str | None) -> UUID | None:
    """An id from a form or an address; nonsense is as good as nothing."""
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def _id_of(line: selectors.RegisterLine | None) -> UUID | None:
    return line.id if line else None


def _beside(actor: Actor, place: Context) -> Context:
    """What stands beside the form: what she wrote, the contact, and what is known of whom she chose."""
    chosen = {role: place[f"{role}_id"] for role in ROLES if place[f"{role}_id"]}
    known = selectors.register_lines(list(chosen.values()))
    rows = {role: register_rows([known[pk]])[0] for role, pk in chosen.items() if pk in known}
    contact = selectors.lines(actor, [place["contact_id"]]) if place["contact_id"] else []
    words = selectors.open_words(actor, [one.id for one in contact])
    said = next((one.content.said for one in words.values()), "")
    return {"chosen": rows, "said": said, "bubbles": _written(actor, place), "contacts": contact_rows(actor, contact)}


def _written(actor: Actor, place: Context) -> list[Any]:
    if place["conversation_id"]:
        row: Conversation = selectors.conversation(actor, place["conversation_id"])
        return bubbles(selectors.exchange(actor, row.pk).messages, row.language)
    return []
