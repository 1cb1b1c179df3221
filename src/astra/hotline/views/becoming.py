"""How does a conversation become a contact, and with one click the beginning of a case?"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Conversation
from astra.hotline.rules.contacts import Coded, Link
from astra.hotline.selectors import ContactLine
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.actor import Actor

KIND = "about_self"
"""Of a contact that is logged on the way to a case: whoever opens the file says more."""


def prefilled(actor: Actor, conversation_id: UUID) -> dict[str, Any]:  # Any: initial values of the form
    """What the form of a contact can say already when it is about a conversation."""
    row = selectors.conversation(actor, conversation_id)
    to_log = selectors.to_log(actor, row.pk)
    given: dict[str, Any] = {"line": row.line, "channel": row.channel, "language": _language(row)}  # Any: as above
    note = selectors.safe_note(actor, row.pk)
    if note is not None:
        given |= {f"safe_{name}": value for name, value in vars(note.opened.content).items()}
    if to_log is not None:
        given |= {"received_at": localtime(to_log.began_at), "minutes": to_log.minutes}
    return given


def same_person(actor: Actor, conversation_id: UUID) -> ContactLine | None:
    """The newest contact of an earlier sitting: whoever came back with the code is its caller."""
    return next(iter(selectors.contacts_of_conversation(actor, conversation_id)), None)


def _language(row: Conversation) -> str:
    """Scripts are not languages: in statistics Serbian is Serbian."""
    return row.language.partition("-")[0]


@desk("hotline")
@require_POST
def log_quick(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """Log what has nothing to write down, with one click."""
    actor = request.actor
    row = selectors.conversation(actor, conversation_id)
    to_log, kind = selectors.to_log(actor, row.pk), request.POST.get("kind", "")
    if to_log is not None:
        contact_id = services.record_non_data(
            actor=actor,
            line=row.line,
            kind=kind,
            received_at=to_log.began_at,
            channel=row.channel,
            key=_key(request, kind),
        )
        services.became_contact(actor=actor, conversation_id=row.pk, contact_id=contact_id)
        messages.success(request, gettext("The conversation is logged."))
    return redirect("hotline:conversation", row.pk)


@desk("hotline")
@require_POST
def to_case(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """Log it if nobody has yet, and go where a case is opened with that contact. The page says where that is."""
    actor = request.actor
    row = selectors.conversation(actor, conversation_id)
    contact_id, then = _logged(actor, row, _key(request, KIND)), request.POST.get("then", "")
    if not then.startswith("/") or not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        then = reverse("hotline:contact", args=[contact_id])
    return redirect(f"{then}?contact={contact_id}")


def _logged(actor: Actor, row: Conversation, key: UUID) -> UUID:
    """The contact that the newest sitting became; a bare one where it has not become any."""
    to_log, before = selectors.to_log(actor, row.pk), same_person(actor, row.pk)
    if to_log is None and before is not None:
        return before.id
    coded = Coded(row.line, KIND, to_log.began_at if to_log else now(), row.channel, _language(row))
    coded = replace(coded, minutes=to_log.minutes if to_log else None)
    links: tuple[Link, ...] = before.links if before else ()
    new = NewContact(coded, links=links, repeat_of=before.id if before else None, key=key)
    contact_id = services.record_contact(actor=actor, contact=new)
    services.became_contact(actor=actor, conversation_id=row.pk, contact_id=contact_id)
    return contact_id


def _key(request: DeskRequest, kind: str) -> UUID:
    """Pressed twice on one page it is one contact."""
    try:
        return uuid5(UUID(request.POST.get("key", "")), kind)
    except ValueError:
        return new_id()
