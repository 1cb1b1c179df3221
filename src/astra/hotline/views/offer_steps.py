"""What is done with the check of an offer? Flags decided, things looked up, a finding, an answer, a promise to call."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback
from astra.hotline.forms.offers import LookupForm, TellForm, VerdictForm
from astra.hotline.forms.others import CallbackForm
from astra.hotline.rules import offer_answers
from astra.hotline.rules import offers as rules
from astra.hotline.rules.offer_answers import Answer, Look
from astra.hotline.selectors import OfferSheet
from astra.hotline.views.conversation_page import show as show_conversation
from astra.hotline.views.offers import ROLES, as_id, hand_form, show_offer
from astra.hotline.views.saying import person_rows
from astra.hotline.views.talking import language_name, language_tag
from astra.kernel.clock import LOCAL, now
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vocabulary.form_fields import act

NOON = time(12)
LOG_FIRST = msg("Log the conversation as a contact first: a promise to call belongs to a contact or a person.")
NOTHING_FOUND_YET = msg("There is no finding yet. Conclude the check first.")


@desk("hotline")
@require_POST
def flags(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Confirm red flags, or take away what was proposed."""
    confirmed, proposed = set(request.POST.getlist("flag")), set(request.POST.getlist("proposed"))
    services.decide_flags(
        actor=request.actor,
        check_id=check_id,
        confirmed=confirmed,
        taken_away=proposed - confirmed,
        remark=request.POST.get("remark", "").strip(),
    )
    messages.success(request, gettext("The red flags are noted."))
    return redirect("hotline:offer", check_id)


@desk("hotline")
@require_POST
def look_up(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Note what was looked up; what is about an organisation goes into the register too."""
    sheet = selectors.offer_sheet(request.actor, check_id)
    parties = {role: getattr(sheet, role) for role in ROLES}
    form = LookupForm(request.POST, about=[role for role, found in parties.items() if found is not None])

    def deed() -> None:
        found = parties.get(form.cleaned_data["about"])
        services.note_lookup(
            actor=request.actor,
            check_id=check_id,
            lookup=form.lookup(),
            organisation_id=found.line.id if found else None,
            flag=form.cleaned_data["flag"],
        )

    if not act(form, deed):
        return show_offer(request, check_id, lookup_form=form, form=form)
    messages.success(request, gettext("Noted, with its day."))
    return redirect("hotline:offer", check_id)


@desk("hotline")
@require_POST
def conclude(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """End the check with one of the two findings."""
    form = VerdictForm(request.POST)
    actor = request.actor
    if not act(form, lambda: services.conclude_check(actor=actor, check_id=check_id, verdict=request.POST["verdict"])):
        return show_offer(request, check_id, verdict_form=form, form=form)
    return redirect("hotline:offer_answer", check_id)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def answer(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """What to tell the person, in her language: to read aloud, to send or to print."""
    sheet = _opened(request, check_id)
    if not sheet.line.verdict:
        return _not_yet(request, check_id)
    spoken = _spoken(request, sheet)
    told = made_answer(sheet, spoken)
    form = TellForm(request.POST or None, initial={"text": told.text})
    if request.method == "POST" and form.is_valid():
        services.tell_finding(actor=request.actor, check_id=check_id, answer=form.cleaned_data["text"])
        messages.success(request, gettext("Noted: the person was told."))
        return redirect("hotline:offer", check_id)
    context = {
        "form": form,
        "line": sheet.line,
        "answer": told,
        "languages": [_language(code, spoken) for code in offer_answers.written_in()],
        "spoken": spoken,
        "tag": language_tag(spoken),
        "is_right_to_left": spoken in offer_answers.RIGHT_TO_LEFT,
        "may_tell": rules.OFFER_CHECK.can(sheet.line.state, "tell"),
    }
    return render(request, "hotline/offer_answer.html", context)


@desk("hotline")
@require_GET
def paper(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """The same on one neutral page to print; nobody's name stands on it."""
    sheet = _opened(request, check_id)
    if not sheet.line.verdict:
        return _not_yet(request, check_id)
    spoken = _spoken(request, sheet)
    context = {
        "answer": made_answer(sheet, spoken),
        "tag": language_tag(spoken),
        "is_rtl": spoken in offer_answers.RIGHT_TO_LEFT,
    }
    return render(request, "hotline/offer_paper.html", context)


@desk("hotline")
@require_POST
def into_conversation(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Put the answer into the box of the conversation: read there, changed, sent."""
    line = selectors.offer_line(request.actor, check_id)
    if line.conversation_id is None:
        raise NotFound
    return show_conversation(request, selectors.conversation(request.actor, line.conversation_id))


@desk("hotline")
@require_POST
def step(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Take a check up again, leave it, or take it oneself."""
    verb = request.POST.get("verb", "")
    if verb == "take" and request.actor.id is not None:
        services.hand_check(actor=request.actor, check_id=check_id, member_id=request.actor.id)
    else:
        services.step_check(actor=request.actor, check_id=check_id, verb=verb)
    return redirect("hotline:offer", check_id)


@desk("hotline")
@require_POST
def hand(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Give the check to a colleague."""
    actor = request.actor
    form = hand_form(actor, selectors.offer_line(actor, check_id).line, request.POST)
    if not form.is_valid():
        return show_offer(request, check_id, hand_form=form, form=form)
    services.hand_check(actor=actor, check_id=check_id, member_id=UUID(form.cleaned_data["colleague"]))
    messages.success(request, gettext("It is on the colleague's list now."))
    return redirect("hotline:offer", check_id)


@desk("hotline")
@require_POST
def point(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Say which organisation of the register the employer or the agency is, or that it is none of them."""
    role = request.POST.get("role", "")
    organisation = as_id(request.POST.get("organisation"))
    services.point_to(actor=request.actor, check_id=check_id, role=role, organisation_id=organisation)
    return redirect("hotline:offer", check_id)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def promise_after(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    """Promise to call after the journey, as far as the rules of the person allow."""
    actor, line = request.actor, selectors.offer_line(request.actor, check_id)
    if line.contact_id is None:
        raise NotAllowedNow(LOG_FIRST)
    contact = selectors.contact(actor, line.contact_id)
    why = gettext("After the journey: has the person arrived, is the work as promised, where is the passport?")
    form = CallbackForm(request.POST or None, initial={"due_at": _after_travel(line), "why": why})

    def deed() -> None:
        given: dict[str, Any] = form.cleaned_data  # Any: cleaned values
        new = NewCallback(given["due_at"], given["why"], contact_id=contact.id, assigned_to=as_id(given["assigned_to"]))
        services.add_callback(actor=actor, callback=new)

    if request.method == "POST" and act(form, deed):
        messages.success(request, gettext("Promised. It will be on the list of callbacks."))
        return redirect("hotline:offer", check_id)
    persons = person_rows(actor, contact.links)
    return render(request, "hotline/promise.html", {"form": form, "line": contact, "persons": persons})


def _after_travel(line: selectors.OfferLine) -> datetime:
    day = line.coded.travel_on or now().astimezone(LOCAL).date()
    return datetime.combine(day + rules.CALL_AFTER, NOON, LOCAL)


def _opened(request: DeskRequest, check_id: UUID) -> OfferSheet:
    sheet = selectors.offer_sheet(request.actor, check_id)
    if sheet.words is None:
        raise NotFound
    return sheet


def _not_yet(request: DeskRequest, check_id: UUID) -> HttpResponseBase:
    messages.warning(request, gettext(NOTHING_FOUND_YET))
    return redirect("hotline:offer", check_id)


def made_answer(sheet: OfferSheet, language: str) -> Answer:
    """The answer as the finding stands."""
    line = sheet.line
    assert line.concluded_on is not None
    flags = set(line.flags.confirmed) | ({"earlier_warnings"} if sheet.is_warned else set())
    return offer_answers.answer(
        language,
        verdict=line.verdict,
        on=line.concluded_on,
        flags=sorted(flags),
        looked_up=[Look(one.what, one.on) for one in sheet.looked_up],
        not_looked_up=sheet.not_looked_up,
    )


def _spoken(request: DeskRequest, sheet: OfferSheet) -> str:
    """The language asked for; else that of the conversation or the contact; else the counsellor's own."""
    asked = [request.GET.get("language", ""), _hers(request, sheet), get_language() or ""]
    return next((code for code in asked if code in offer_answers.written_in()), offer_answers.LATIN)


def _hers(request: DeskRequest, sheet: OfferSheet) -> str:
    line = sheet.line
    if line.conversation_id is not None:
        return selectors.conversation(request.actor, line.conversation_id).language
    contacts = selectors.lines(request.actor, [line.contact_id]) if line.contact_id else []
    spoken = next((one.coded.language for one in contacts), "")
    if spoken != "sr":
        return spoken
    return offer_answers.CYRILLIC if get_language() == offer_answers.CYRILLIC else offer_answers.LATIN


def _language(code: str, spoken: str) -> dict[str, Any]:  # Any: what the template reads
    return {"code": code, "name": language_name(code), "is_current": code == spoken}
