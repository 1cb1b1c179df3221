"""How is said what waits to be rewritten without somebody erased? For colleagues who can read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from astra.kernel.words import msg
from astra.sites.desk.forms_rewriting import RewrittenForm
from astra.sites.desk.keeping_shown import kind_words
from astra.sites.desk.log_words import section_words
from astra.sites.desk.my_day import Waiting
from astra.vault.actor import Actor
from astra.vault.services import rewriting
from astra.vault.services.attachments import FILE
from astra.vault.services.rewriting import Shared

PLACES = {
    "callback": "hotline:callback",
    "case": "cases:case",
    "case_note": "cases:note",
    "case_task": "cases:task",
    "consent": "consent:line",
    "contact": "hotline:change",
    "document": "cases:document",
    "draft": "hotline:resume",
    "handover": "cases:handover",
    "offer_check": "hotline:offer",
    "override": "consent:override",
    "person": "people:person",
}
CONTACT_READ = "hotline:contact"
FIXED = frozenset(
    {
        "cases.closing",
        "cases.handover",
        "cases.hold",
        "cases.old_numbers",
        "cases.task",
        "hotline.callback",
        "hotline.offer",
        "hotline.review",
        "hotline.signed_as",
    }
)
"""Parts that no page changes word by word, and without which their record is still whole or gone altogether."""
WHOLE = "document"
WHOLE_DOCUMENT = msg("the document with its file")


@dataclass(frozen=True)
class Part:
    """One part on the page."""

    what: str
    says: list[str]
    url: str
    due_on: date
    is_late: bool
    written_at: datetime
    has_file: bool
    form: RewrittenForm | None
    """None where she cannot read all of it."""


def queue(actor: Actor) -> list[Waiting]:
    """The entry on My day, if anything waits that she can read."""
    count = len(rewriting.waiting_for(actor))
    return [Waiting(gettext("To be rewritten after an erasure"), count, reverse("desk:rewriting"))] if count else []


def parts(actor: Actor, today: date, given: RewrittenForm | None = None) -> list[Part]:
    """What waits for her; `given` is a form that came back with a problem."""
    return [_part(one, actor, today, given) for one in rewriting.waiting_for(actor)]


def _part(one: Shared, actor: Actor, today: date, given: RewrittenForm | None) -> Part:
    if not one.is_whole:
        form = None
    elif given is not None and given.data.get("part") == str(one.handle_id):
        form = given
    else:
        form = form_for(one)
    return Part(
        what=kind_words(one.kind),
        says=[section_words(kind) for kind in sorted(one.sections)],
        url=_url(one, actor),
        due_on=one.due_on,
        is_late=one.due_on < today,
        written_at=one.written_at,
        has_file=FILE.name in one.sections,
        form=form,
    )


def form_for(one: Shared, data: Mapping[str, Any] | None = None) -> RewrittenForm:
    """The form of a part, empty or as it was sent; Any: what a browser sends."""
    return RewrittenForm(
        data,
        auto_id=f"id_{one.handle_id.hex}_%s",
        initial={"part": one.handle_id, "seen": one.written_at.isoformat()},
        removable=_removable(one),
    )


def _removable(one: Shared) -> list[tuple[str, str]]:
    if FILE.name in one.sections:
        return [(WHOLE, gettext(WHOLE_DOCUMENT))]
    return [(kind, section_words(kind)) for kind in sorted(one.sections & FIXED)]


def kinds_of(one: Shared, chosen: list[str]) -> frozenset[str]:
    """The kinds of sections that her choices mean."""
    return one.sections if WHOLE in chosen else frozenset(chosen)


def _url(one: Shared, actor: Actor) -> str:
    """The record's own page, where it is read and changed."""
    if one.kind not in PLACES:
        return ""
    is_read_only = one.kind == "contact" and not actor.has_desk("hotline")
    return reverse(CONTACT_READ if is_read_only else PLACES[one.kind], args=[one.record_id])
