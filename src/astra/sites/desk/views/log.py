"""Who did what, when and why? The log, for the data protection officer; looking at it is on it too."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.audit import selectors as log_of
from astra.audit import services as audit
from astra.audit.verify import verify
from astra.kernel.errors import NotFound
from astra.sites.desk import log_shown, watching
from astra.sites.desk.forms import LogForm, RecordForm
from astra.vault import selectors as vault
from astra.vault.services.notes import WordsErased, open_note

PER_PAGE = 50


@desk("data_protection")
@require_GET
def log(request: DeskRequest) -> HttpResponseBase:
    """Entries, newest first."""
    return _page(request, LogForm(request.GET), RecordForm())


def _page(request: DeskRequest, form: LogForm, record_form: RecordForm) -> HttpResponseBase:
    wanted = form.wanted()
    page = log_of.entries(**wanted, after=_place(request.GET.get("after", "")), limit=PER_PAGE)
    _note_reading(request, wanted)
    context = {
        "form": form,
        "record_form": record_form,
        "about": wanted["subject"],
        "is_narrowed": any(wanted.values()),
        "rows": log_shown.rows(page.rows),
        "next_cursor": page.next_cursor,
        **watching.log_state(),
    }
    return render(request, "desk/log.html", context)


def _place(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _note_reading(request: DeskRequest, wanted: dict[str, Any]) -> None:
    detail: dict[str, str | int | bool] = {
        name: str(wanted[key])
        for name, key in (("member", "actor_id"), ("verb", "verb"), ("day", "day"))
        if wanted[key]
    }
    about = [wanted["subject"]] if wanted["subject"] else []
    with transaction.atomic():
        audit.record(actor_id=request.actor.id, verb="desk.log_read", subjects=about, detail=detail)


@desk("data_protection")
@require_POST
def find_record(request: DeskRequest) -> HttpResponseBase:
    """From a record's id to its pseudonym; what was typed stands in no address."""
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, LogForm({}), form)
    record_id = form.cleaned_data["record"]
    name = vault.pseudonyms([record_id]).get(record_id, vault.fallback_pseudonym(record_id))
    return redirect(f"{reverse('desk:log')}?{urlencode({'about': name})}")


@desk("data_protection")
@require_GET
def entry(request: DeskRequest, sequence: int) -> HttpResponseBase:
    """One entry with everything that it says; its words are opened with her keys, and that is logged as well."""
    found = next(iter(log_of.entries(after=sequence + 1, limit=1).rows), None)
    if found is None or found.sequence != sequence:
        raise NotFound
    words, are_erased = None, False
    if found.sealed:
        try:
            words = open_note(request.actor, found.sealed, found.commitment)
        except WordsErased:
            are_erased = True
        with transaction.atomic():
            audit.record(actor_id=request.actor.id, verb="desk.log_words_opened", detail={"entry": sequence})
    row = log_shown.rows([found])[0]
    context = {"row": row, "entry": found, "words": words, "are_erased": are_erased}
    return render(request, "desk/log_entry.html", context)


@desk("data_protection")
@require_POST
def verify_log(request: DeskRequest) -> HttpResponseBase:
    """Hash every entry again, and put on the log what came out."""
    head = log_of.latest_checkpoint()
    if head is None or head.size > watching.AT_ONCE:
        messages.warning(request, gettext("The log is too long to be verified here. Run: astra audit verify"))
        return redirect("desk:log")
    verdict = verify()
    with transaction.atomic():
        detail = {"sound": verdict.is_sound, "entries": verdict.size}
        audit.record(actor_id=request.actor.id, verb="desk.log_verified", detail=detail)
    if verdict.finding is None:
        messages.success(request, gettext("The log is sound: %(size)s entries.") % {"size": verdict.size})
    else:
        messages.error(request, gettext(verdict.finding.message) % verdict.finding.parts)
    return redirect("desk:log")
