"""What does one contact say, who is in it, and what may be done with it?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.others import ReviewForm, VouchForm, WithdrawForm
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.danger import OUTCOME
from astra.hotline.rules.lifecycles import RECORDED, RETURNED, TO_CONFIRM, TO_REVIEW
from astra.hotline.selectors import ContactSheet
from astra.hotline.selectors.completing import not_in_file
from astra.hotline.views.offer_saying import offer_rows
from astra.hotline.views.regulars_shown import plan_rows
from astra.hotline.views.saying import (
    callback_rows,
    contact_rows,
    facts,
    person_rows,
    rules_from_note,
    tags_of,
)
from astra.hotline.views.talking import bubbles
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vocabulary.naming import label


@desk("hotline", "cases")
@require_GET
def contact(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """One contact, as far as it is hers to open."""
    actor = request.actor
    sheet = selectors.sheet(actor, contact_id)
    coded = sheet.line.coded
    context = {
        "sheet": sheet,
        "kind": label(rules.KIND, coded.kind),
        "role": label(rules.CALLER_ROLE, coded.caller_role),
        "facts": facts(sheet.line),
        "tags": list(tags_of(sheet.line)),
        "persons": person_rows(actor, sheet.line.links),
        "has_caller_file": any(link.role == rules.CALLER for link in sheet.line.links),
        "has_concerned_file": any(link.role == rules.CONCERNED for link in sheet.line.links),
        "safe": rules_from_note(sheet.safe.content) if sheet.safe else None,
        "not_in_file": not_in_file(actor, sheet) if actor.has_desk("hotline") else None,
        "follow_up": label(rules.FOLLOW_UP, coded.follow_up),
        "earlier": contact_rows(actor, selectors.repeats(actor, contact_id)),
        "promises": callback_rows(actor, selectors.callbacks_about(actor, contact_id), now()),
        "staff": work_names(_staff(sheet)),
        "actions": _actions(actor, sheet),
    }
    context |= _plans(actor, sheet) | _second_pair_of_eyes(actor, sheet) | _written(actor, sheet)
    return render(request, "hotline/contact.html", context)


def _plans(actor: Actor, sheet: ContactSheet) -> dict[str, object]:
    """The plan for whoever called, or the plans of which one may be hers."""
    callers = [link.person_id for link in sheet.line.links if link.role == rules.CALLER]
    known = selectors.regulars_among(actor, persons=callers, contacts=[sheet.line.id])
    others = selectors.regulars(actor) if not known and not callers and selectors.is_reader(actor) else []
    return {"plans": plan_rows(actor, known), "other_plans": plan_rows(actor, others)}


def _written(actor: Actor, sheet: ContactSheet) -> dict[str, object]:
    """What was written in the conversation that it stands for, and whether a case may still begin with it."""
    line = sheet.line
    return {
        "bubbles": bubbles(selectors.said_in_contact(actor, line.id), line.coded.language),
        "conversation_id": selectors.conversation_of(actor, line.id),
        "offers": offer_rows(actor, selectors.offers_about(actor, line.id)),
        "is_hotline": actor.has_desk("hotline"),
        "is_reader": selectors.is_reader(actor),
        "is_own": actor.id in _staff(sheet),
        "is_hard": selectors.is_hard(actor, line.id),
        "dangers": [
            (one.id, label(OUTCOME, one.outcome), one.opened_at)
            for one in (selectors.dangers_of_contact(actor, line.id) if actor.has_desk("hotline") else ())
        ],
        "may_open_case": actor.has_desk("hotline") and actor.has_desk("cases") and line.joined_at is None,
    }


def _staff(sheet: ContactSheet) -> list[UUID]:
    """Whose work names the page says."""
    line = sheet.line
    return [who for who in (line.counsellor_id, line.entered_by_id) if who is not None]


def _actions(actor: Actor, sheet: ContactSheet) -> list[dict[str, str]]:
    """What may be done with a contact, for the menu."""
    line = sheet.line
    if not actor.has_desk("hotline"):
        return []
    given = [
        ("change", gettext("Add words or change"), "e"),
        ("promise", gettext("Promise to call back"), "b"),
        ("withdraw", gettext("Withdraw"), ""),
    ]
    if line.standing != RECORDED:
        return []
    found = [
        {"label": name, "url": reverse(f"hotline:{page}", args=[line.id]), "key": key} for page, name, key in given
    ]
    again = {"label": gettext("Same caller again"), "url": f"{reverse('hotline:new')}?like={line.id}", "key": "a"}
    helpers = {
        "label": gettext("Search the directory"),
        "url": f"{reverse('directory:list')}?language={line.coded.language}",
        "key": "d",
    }
    return [again, *found, helpers]


def _second_pair_of_eyes(actor: Actor, sheet: ContactSheet) -> dict[str, object]:
    """Forms for the senior who reviews, and for the colleague who vouches."""
    line = sheet.line
    is_hers = actor.id in (line.entered_by_id, line.counsellor_id)
    may_review = line.review in (TO_REVIEW, RETURNED) and not is_hers and selectors.is_senior(actor)
    may_vouch = line.standing == TO_CONFIRM and selectors.is_reader(actor)
    return {"review_form": ReviewForm() if may_review else None, "vouch_form": VouchForm() if may_vouch else None}


@desk("hotline")
@require_POST
def undo(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Take back what one click has just saved."""
    services.withdraw(actor=request.actor, contact_id=contact_id)
    messages.success(request, gettext("Taken back. It is not counted."))
    return redirect("hotline:contacts")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def withdraw(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Ask why, then take a contact back."""
    line = selectors.contact(request.actor, contact_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(actor=request.actor, contact_id=contact_id, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("Withdrawn. It is no longer listed or counted."))
        return redirect("hotline:contacts")
    return render(request, "hotline/withdraw.html", {"form": form, "line": line})


@desk("hotline")
@require_POST
def restore(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Count a contact again."""
    services.restore_contact(actor=request.actor, contact_id=contact_id)
    messages.success(request, gettext("It is listed and counted again."))
    return redirect("hotline:contact", contact_id)


def named(text: str) -> UUID:
    """The person whom a button names; what is no id names nobody."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@desk("hotline")
@require_POST
def link(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Say who called or whom a contact is about; earlier contacts of the same caller follow."""
    for name, role in (("add_caller", rules.CALLER), ("add_concerned", rules.CONCERNED)):
        if name in request.POST:
            person_id = named(request.POST[name])
            linked = services.link_person(actor=request.actor, contact_id=contact_id, person_id=person_id, role=role)
            if len(linked) > 1:
                said = gettext("Linked, with %(number)s contacts of the same caller.") % {"number": len(linked)}
                messages.success(request, said)
    return redirect("hotline:contact", contact_id)


@desk("hotline")
@require_POST
def unlink(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Take a wrong link away."""
    role, _, person = request.POST.get("remove", "").partition(":")
    services.unlink_person(actor=request.actor, contact_id=contact_id, person_id=named(person), role=role)
    return redirect("hotline:contact", contact_id)


@desk("hotline")
@require_POST
def open_file(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Open a file for the caller or for the person concerned."""
    role = request.POST.get("role", "")
    person_id = services.open_file(actor=request.actor, contact_id=contact_id, role=role)
    messages.success(request, gettext("The file is open."))
    return redirect("people:person", person_id)


@desk("hotline")
@require_POST
def complete_file(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """The name that she gave at last, or another number, goes into the caller's file."""
    services.complete_file(actor=request.actor, contact_id=contact_id)
    messages.success(request, gettext("Added to the file."))
    return redirect("hotline:contact", contact_id)


@desk("hotline", "cases")
@require_POST
def followed_up(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """What was to follow has been done."""
    services.close_follow_up(actor=request.actor, contact_id=contact_id)
    return redirect("hotline:contact", contact_id)


@desk("hotline")
@require_POST
def reviewed(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Accept a volunteer's entry, or return it."""
    form = ReviewForm(request.POST)
    form.full_clean()
    words = form.cleaned_data.get("words", "")
    services.review_contact(actor=request.actor, contact_id=contact_id, verb=request.POST.get("verb", ""), words=words)
    return redirect("hotline:review")


@desk("hotline")
@require_POST
def vouched(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Vouch for a contact that was logged without keys, or reject it."""
    is_hers = request.POST.get("verb") == "confirm"
    form = VouchForm(request.POST)
    if is_hers and not form.is_valid():
        messages.error(request, gettext("Say whose contact it is."))
        return redirect("hotline:contact", contact_id)
    counsellor = UUID(form.cleaned_data["counsellor"]) if is_hers else None
    services.confirm_logged(actor=request.actor, contact_id=contact_id, is_hers=is_hers, counsellor_id=counsellor)
    return redirect("hotline:vouch")
