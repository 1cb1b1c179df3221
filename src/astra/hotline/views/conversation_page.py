"""What stands on the page of a conversation? What was written, who has it, what may be done, and what is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from astra.accounts.access import DeskRequest
from astra.accounts.selectors import at_work, work_names
from astra.hotline import selectors, services
from astra.hotline.forms.conversations import (
    NOTED,
    BlockForm,
    EndForm,
    OfferForm,
    ReplyForm,
    SafeNoteForm,
    SendForm,
    StepForm,
)
from astra.hotline.models import Conversation
from astra.hotline.rules import conversations as rules
from astra.hotline.rules.contacts import CHANNEL, KIND, LINE
from astra.hotline.rules.files import TAKEN
from astra.hotline.selectors import A_SITTING, Exchange
from astra.hotline.views.channel_shown import channel_context
from astra.hotline.views.indicators_shown import indicators
from astra.hotline.views.lists import quick_buttons
from astra.hotline.views.offer_saying import offer_rows
from astra.hotline.views.regulars_shown import plan_rows
from astra.hotline.views.saying import contact_rows, person_rows
from astra.hotline.views.talking import answer_shelves, bubbles, language_name, standing
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

Context = dict[str, Any]  # Any: template variables
StepData = Any  # a form's data, or nothing


@dataclass(frozen=True)
class Step:
    """One thing that may be done with a conversation: what has to be said, and what does it."""

    form: Callable[[Actor, Conversation, StepData], forms.Form]
    deed: Callable[[Actor, Conversation, Any], None]  # Any: that form


def _offer_form(actor: Actor, row: Conversation, data: StepData = None) -> OfferForm:
    """Colleagues who may answer this line; those on shift come first, then those who are signed in."""
    others = [one for one in selectors.who_may_answer(row) if one.member_id not in (actor.id, row.taken_by_id)]
    here, on_shift = at_work([one.member_id for one in others]), selectors.on_shift_members()
    others.sort(key=lambda one: (one.member_id not in on_shift, one.member_id not in here))
    said = {
        (True, True): gettext("%(who)s (on shift, signed in now)"),
        (True, False): gettext("%(who)s (on shift)"),
        (False, True): gettext("%(who)s (signed in now)"),
        (False, False): "%(who)s",
    }
    named = [
        (str(one.member_id), said[one.member_id in on_shift, one.member_id in here] % {"who": one.work_name})
        for one in others
    ]
    return OfferForm(data, colleagues=named)


def _plain(_actor: Actor, _row: Conversation, data: StepData) -> StepForm:
    return StepForm(data)


LIMITS = {"longest": rules.LONGEST, "taken": TAKEN}
STEPS: dict[str, Step] = {
    "take": Step(_plain, lambda actor, row, _: services.take(actor=actor, conversation_id=row.pk)),
    "park": Step(_plain, lambda actor, row, _: services.park(actor=actor, conversation_id=row.pk)),
    "give_back": Step(_plain, lambda actor, row, _: services.give_back(actor=actor, conversation_id=row.pk)),
    "offer": Step(
        _offer_form,
        lambda actor, row, form: services.offer(
            actor=actor, conversation_id=row.pk, member_id=form.cleaned_data["colleague"]
        ),
    ),
    "block": Step(
        lambda _actor, _row, data: BlockForm(data),
        lambda actor, row, form: services.block_conversation(actor=actor, conversation_id=row.pk, until=form.moment()),
    ),
    "unblock": Step(
        _plain, lambda actor, row, _: services.block_conversation(actor=actor, conversation_id=row.pk, until=None)
    ),
    "decline": Step(_plain, lambda actor, row, _: services.decline(actor=actor, conversation_id=row.pk)),
    "note_safety": Step(
        lambda _actor, _row, data: SafeNoteForm(data),
        lambda actor, row, form: services.note_safety(
            actor=actor, conversation_id=row.pk, safe=form.safe(), seen=form.cleaned_data["safe_seen"] or 0
        ),
    ),
    "choose_reply": Step(
        lambda _actor, _row, data: ReplyForm(data),
        lambda actor, row, form: services.choose_reply(
            actor=actor, conversation_id=row.pk, reply=form.cleaned_data["reply"]
        ),
    ),
    "send_answer": Step(
        lambda _actor, _row, data: SendForm(data),
        lambda actor, row, form: services.send_answer(
            actor=actor, conversation_id=row.pk, cursor=form.cleaned_data["cursor"]
        ),
    ),
    "end": Step(
        lambda _actor, _row, data: EndForm(data),
        lambda actor, row, form: services.end_conversation(
            actor=actor, conversation_id=row.pk, outcome=form.cleaned_data["outcome"]
        ),
    ),
}


def show(
    request: DeskRequest, row: Conversation, form: forms.Form | None = None, status: int = 200, address: str = ""
) -> HttpResponse:
    """The page, with what was typed and not sent yet, with what is wrong about a step, and an address asked for."""
    actor, given = request.actor, request.POST
    found = selectors.exchange_in(actor, row)
    note_seen(actor, row, found, found.cursor)
    context: Context = named(row) | {
        "exchange": found,
        "bubbles": bubbles(found.messages, row.language),
        "is_partly_closed": selectors.has_closed_sittings(actor, row.pk),
        "waiting": selectors.count_waiting(actor),
        "shelves": answer_shelves(row.language),
        "typed": given.get("text", ""),
        "mark": given.get("mark") or uuid4(),
        "file_mark": uuid4(),
        "limits": LIMITS,
        "form": form,
        "address": address,
    }
    context |= _standing(actor, row, found.contact_id, form) | _safe(actor, row, form)
    context |= _records(actor, row) | _known(actor, row) | channel_context(actor, row, found.messages, form)
    return render(request, "hotline/conversation.html", context, status=status)


def named(row: Conversation) -> Context:
    """Line, channel and language in words."""
    spoken = {"spoken": language_name(row.language), "spoken_code": row.language.partition("-")[0]}
    return {"conversation": row, "line": label(LINE, row.line), "channel": label(CHANNEL, row.channel), **spoken}


def note_seen(actor: Actor, row: Conversation, found: Exchange, shown: int) -> None:
    """She has the newest sitting on her screen up to here."""
    if shown > found.shown and shown // A_SITTING == found.cursor // A_SITTING:
        services.mark_seen(actor=actor, conversation_id=row.pk, number=shown % A_SITTING)


def said_html(request: DeskRequest, row: Conversation, found: Exchange) -> str:
    """The new messages alone, for the script."""
    if not found.messages:
        return ""
    context = {"bubbles": bubbles(found.messages, row.language)}
    return render_to_string("hotline/_conversation_said.html", context, request)


def standing_html(request: DeskRequest, row: Conversation, contact_id: UUID | None) -> dict[str, str]:
    """The parts that say who has it, what may be done now and what it became, by their ids, for the script."""
    actor = request.actor
    context = {"conversation": row} | _standing(actor, row, contact_id) | _records(actor, row) | _safe(actor, row)
    context |= channel_context(actor, row)
    parts = ("standing", "steps", "channel", "channel_note", "safe", "log")
    return {part: render_to_string(f"hotline/_conversation_{part}.html", context, request) for part in parts}


def _standing(actor: Actor, row: Conversation, contact_id: UUID | None, sent: forms.Form | None = None) -> Context:
    """Who has it, and the forms of the steps; the one that was sent says what is wrong with it."""
    empty: tuple[forms.Form, ...] = (_offer_form(actor, row), BlockForm(), EndForm())
    offer, block, end = (sent if type(sent) is type(one) else one for one in empty)
    return {
        "watchers": watchers_shown(row.pk),
        "standing": standing(actor, row, contact_id, now()),
        "offer_form": offer,
        "block_form": block,
        "end_form": end,
    }


def watchers_shown(conversation_id: UUID) -> list[dict[str, Any]]:  # Any: template variables
    """Who looks on, or did lately: said to everybody who opens the conversation."""
    found = selectors.watchers(conversation_id)
    names = work_names(set(found)) if found else {}
    return [{"who": names.get(member, ""), "is_now": is_now} for member, is_now in found.items()]


def _records(actor: Actor, row: Conversation) -> Context:
    """What it became so far, and the ways to log what it has not."""
    lines, to_log = selectors.contacts_of_conversation(actor, row.pk), selectors.to_log(actor, row.pk)
    return {
        "to_log": to_log,
        "newest_contact": lines[0] if lines and to_log is None else None,
        "newest_kind": label(KIND, lines[0].coded.kind) if lines else "",
        "quick": quick_buttons(),
        "log_key": new_id(),
        "may_open_case": actor.has_desk("cases"),
    }


def _safe(actor: Actor, row: Conversation, sent: forms.Form | None = None) -> Context:
    """How she may be answered, and the form in which that is written down."""
    note = selectors.safe_note(actor, row.pk)
    known = {f"safe_{name}": getattr(note.opened.content, name) for name in NOTED} if note else {}
    form = (
        sent
        if isinstance(sent, SafeNoteForm)
        else SafeNoteForm(initial=known | {"safe_seen": note.opened.revision if note else 0})
    )
    return {"safe_note": note.opened.content if note else None, "safe_form": form}


def _known(actor: Actor, row: Conversation) -> Context:
    """Who she is if we know it, how she may be reached, and what she told us before."""
    lines = selectors.contacts_of_conversation(actor, row.pk)
    links = list(dict.fromkeys(link for line in lines for link in line.links))
    people = list(dict.fromkeys(link.person_id for link in links))
    known = {line.id: line for one in people for line in selectors.contacts_of_person(actor, one, limit=5)}
    earlier = sorted({**known, **{line.id: line for line in lines}}.values(), key=lambda line: line.coded.received_at)
    offers = offer_rows(actor, selectors.offers_of_conversation(actor, row.pk))
    plans = selectors.regulars_among(actor, persons=people, contacts=[line.id for line in lines])
    given: Context = {"plans": plan_rows(actor, plans), "indicators": indicators()}
    return given | {
        "persons": person_rows(actor, links),
        "earlier": contact_rows(actor, earlier[::-1]),
        "offers": offers,
    }
