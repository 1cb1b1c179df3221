"""What came in, and what waits? The list of contacts with the one-click bar, and the queues."""

from uuid import UUID, uuid5

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.others import FilterForm
from astra.hotline.rules import contacts as rules
from astra.hotline.views.saying import contact_rows
from astra.hotline.views.silence_shown import fold
from astra.kernel.clock import now, today
from astra.kernel.errors import NotFound
from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import choices_of
from astra.vocabulary.naming import label

FIRST_LINE = "sos_trafficking"
KEYS = "1234567890"


@desk("hotline")
@require_GET
def contacts(request: DeskRequest) -> HttpResponseBase:
    """What came in, newest first."""
    actor = request.actor
    form = FilterForm(request.GET)
    found, cursor = selectors.contacts_page(actor, form.filters(actor.id), after=request.GET.get("after", ""))
    is_narrowed = any(name in request.GET for name in form.fields)
    rows = contact_rows(actor, found)
    context = {
        "rows": rows if is_narrowed else fold(actor, found, rows),
        "next_cursor": cursor,
        "form": form,
        "clear_url": reverse("hotline:contacts"),
        "is_narrowed": is_narrowed,
        "counts": selectors.counts_today(actor),
        "quick": quick_buttons(),
        "quick_key": new_id(),
        "lines": choices_of(rules.LINE)(),
        "line": last_line(actor),
        "saved": just_saved(actor, request.GET.get("saved", "")),
        "tabs": tabs(actor, "contacts"),
    }
    return render(request, "hotline/contacts.html", context)


def quick_buttons() -> list[dict[str, str]]:
    """The kinds that one click saves, each with its key."""
    kinds = rules.one_click_kinds()
    keys = [*KEYS, *[""] * len(kinds)]
    return [{"code": code, "name": label(rules.KIND, code), "key": key} for code, key in zip(kinds, keys, strict=False)]


def last_line(actor: Actor) -> str:
    """The line that she answered last; one rarely changes lines within a shift."""
    return selectors.last_line_of(actor) or FIRST_LINE


def just_saved(actor: Actor, contact_id: str) -> dict[str, object] | None:
    """The contact that was saved with one click a moment ago, to be undone or completed."""
    try:
        line = selectors.contact(actor, UUID(contact_id)) if contact_id else None
    except (ValueError, NotFound):
        return None
    if line is None or line.entered_by_id != actor.id or line.standing != "recorded":
        return None
    kind = label(rules.KIND, line.coded.kind)
    return {"id": line.id, "kind": kind, "at": line.coded.received_at, "can_undo": rules.can_undo(line.saved_at, now())}


@desk("hotline")
@require_POST
def quick(request: DeskRequest) -> HttpResponseBase:
    """Save a contact that has nothing to write down with one click."""
    kind, line = request.POST.get("kind", ""), request.POST.get("line", "")
    try:
        key = uuid5(UUID(request.POST.get("key", "")), f"{line}:{kind}")
    except ValueError:
        key = new_id()
    saved = services.record_non_data(actor=request.actor, line=line, kind=kind, key=key)
    return redirect(f"{reverse('hotline:contacts')}?saved={saved}")


def tabs(actor: Actor, current: str) -> list[dict[str, object]]:
    """The hotline's own pages, with how much waits on each."""
    waiting = selectors.waiting(actor)
    given: list[tuple[str, str, int | None, str]] = [
        ("contacts", gettext("Contacts"), 0, "g 1"),
        ("calls", gettext("Calls"), selectors.count_calls(actor), "g 7"),
        ("conversations", gettext("Conversations"), selectors.count_waiting(actor), "g 2"),
        ("callbacks", gettext("Callbacks"), selectors.count_due_now(actor), "g 3"),
        ("offers", gettext("Job offers"), selectors.count_offers_to_do(actor), "g 8"),
        ("drafts", gettext("Unfinished"), len(selectors.unfinished(actor)), "g 4"),
        ("review", gettext("To review"), waiting.review, "g 5"),
        ("vouch", gettext("Without keys"), waiting.confirm, "g 6"),
        ("handover", gettext("Hand-over"), selectors.count_unread_handovers(actor), "g 9"),
        ("regulars", gettext("Regular callers"), selectors.count_plans_due(actor, today()), "g 0"),
    ]
    return [
        {"label": name, "url": reverse(f"hotline:{page}"), "is_current": page == current, "count": count, "key": key}
        for page, name, count, key in given
        if count is not None
    ]


@desk("hotline")
@require_GET
def review(request: DeskRequest) -> HttpResponseBase:
    """What volunteers wrote and nobody has read yet."""
    rows = contact_rows(request.actor, selectors.to_review(request.actor))
    return render(request, "hotline/review.html", {"rows": rows, "tabs": tabs(request.actor, "review")})


@desk("hotline")
@require_GET
def vouch(request: DeskRequest) -> HttpResponseBase:
    """What was logged without keys and waits for a colleague to vouch for it."""
    rows = contact_rows(request.actor, selectors.to_confirm(request.actor))
    return render(request, "hotline/vouch.html", {"rows": rows, "tabs": tabs(request.actor, "vouch")})


@desk("hotline")
@require_GET
def drafts(request: DeskRequest) -> HttpResponseBase:
    """What is half written, one's own first."""
    found = selectors.unfinished(request.actor)
    names = work_names({draft.writer_id for draft in found})
    rows = [{"draft": draft, "writer": names.get(draft.writer_id, "")} for draft in found]
    return render(request, "hotline/drafts.html", {"rows": rows, "tabs": tabs(request.actor, "drafts")})
