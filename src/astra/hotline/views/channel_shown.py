"""What does the page of a conversation say of a provider's channel? How she may be answered, and what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.hotline import selectors
from astra.hotline.forms.conversations import ReplyForm
from astra.hotline.models import Conversation
from astra.hotline.rules import channels as rules
from astra.hotline.selectors import Reply, Said, SendingLine
from astra.kernel.words import msg
from astra.vault.actor import Actor

Context = dict[str, Any]  # Any: template variables
STATES = {
    rules.WAITING: (msg("is being sent"), ""),
    rules.SENDING: (msg("is being sent"), ""),
    rules.SENT: (msg("sent"), "good"),
    rules.FAILED: (msg("NOT SENT"), "danger"),
}
REASONS = {
    rules.NO_WAY: msg("Astra cannot send through this channel, or it is not connected. Choose another way."),
    rules.NO_POSTMAN: msg("Sending is not at work here. Tell whoever looks after the machine."),
    rules.RESTARTED: msg("Astra was started anew before it was sent."),
    rules.UNSURE: msg("Nobody knows whether it arrived: the connection broke at that moment."),
    rules.GAVE_UP: msg("The provider did not take it for a whole day."),
    rules.BUSY: msg("The provider says: not now. It is tried again."),
    rules.AWAY: msg("The provider does not answer. It is tried again."),
    rules.REFUSED: msg("The provider refuses it: there may be no such address."),
    rules.RETURNED: msg("It came back: it could not be delivered."),
    rules.NOT_SAFE: msg("Meanwhile somebody wrote down that this is not safe."),
    rules.NO_SIGN_IN: msg(
        "The provider refuses our password. It is tried again; tell whoever looks after the machine."
    ),
}
KINDS = {rules.NOTICE: msg("Notice"), rules.WORDS: msg("The words")}


@dataclass(frozen=True)
class SendingRow:
    """What became of one answer, in words."""

    cursor: int
    kind: str
    at: datetime
    state: str
    tone: str
    why: str
    may_again: bool


def channel_context(
    actor: Actor, row: Conversation, said: Sequence[Said] = (), sent: forms.Form | None = None
) -> Context:
    """The part of the page about the channel; nothing where she writes on our own pages."""
    reply = selectors.reply_of(actor, row)
    if reply is None:
        return {"reply": None}
    names = work_names({reply.reply_by_id}) if reply.reply_by_id else {}
    rows = [_row(line, may=bool(reply.may)) for line in reply.lines]
    form = sent if isinstance(sent, ReplyForm) else ReplyForm(initial={"reply": reply.reply})
    return {
        "reply": reply,
        "reply_by": names.get(reply.reply_by_id, "") if reply.reply_by_id else "",
        "reply_form": form,
        "sendings": rows,
        "unsent_cursor": _unsent(reply, said),
    }


def _row(line: SendingLine, *, may: bool) -> SendingRow:
    state, tone = STATES[line.state]
    return SendingRow(
        line.cursor,
        gettext(KINDS[line.kind]),
        line.done_at or line.made_at,
        gettext(state),
        tone,
        gettext(REASONS[line.reason]) if line.reason in REASONS else "",
        may and line.state == rules.FAILED,
    )


def _unsent(reply: Reply, said: Sequence[Said]) -> int:
    """The newest answer of ours, where nothing at all was sent of it and now it may be."""
    ours = [one.cursor for one in said if one.is_ours and not one.event]
    if not reply.may or not ours or reply.lines:
        return 0
    return ours[-1]
