"""Perhaps the same person: the worklist, two files side by side, joined, confirmed, two again."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.people import beside, resemblances, selectors, services, showing
from astra.people.forms.around import MergeForm
from astra.people.forms.duplicates import ONE, OTHER, PairForm
from astra.people.rules.duplicates import Side, kept_first
from astra.people.selectors import duplicates
from astra.people.selectors.duplicates import FileBeside
from astra.vocabulary.form_fields import act

LONGER_SECONDS = 3.0
"""How long a page looks on when somebody asks for it."""
CasesOf = Callable[[UUID], list[Any]]  # Any: rows of cases, as their own template reads them


@desk("people")
def worklist(request: DeskRequest) -> HttpResponseBase:
    """Pairs to look at, the likeliest first; each look goes on where the last one stopped."""
    seconds = LONGER_SECONDS if "further" in request.GET else duplicates.SECONDS
    found = duplicates.worklist(request.actor, seconds)
    context = {
        "found": found,
        "rows": beside.pair_rows(found.pairs),
        "looked": beside.looked(found.asked, found.of),
        "waiting": beside.waiting_rows(request.actor, selectors.waiting_joinings(request.actor)),
        "state": selectors.search_state(request.actor),
    }
    return render(request, "people/duplicates.html", context)


@desk("people")
def merge(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Is there another file of this person? Who resembles her, and the code name of a file that somebody knows."""
    actor = request.actor
    form = MergeForm(request.POST or None)
    head = showing.head_of(actor, person_id)
    if request.method == "POST" and form.is_valid():
        other = act(form, partial(selectors.find_code_name, actor, form.cleaned_data["code_name"]))
        if other:
            return redirect("people:pair", resemblances.close_pair(actor.id, person_id, other[0]))
    # A wrong code name is answered without the list: the same page, whoever is or is not called so.
    is_compared = request.method == "GET" and duplicates.can_compare(actor)
    rows = beside.pair_rows(duplicates.who_else(actor, person_id)) if is_compared else []
    context = {"file": head, "form": form, "rows": rows, "is_compared": is_compared}
    return render(request, "people/duplicates_of.html", context)


def show_pair(request: DeskRequest, pair: str, cases_of: CasesOf) -> HttpResponseBase:
    """Two files side by side; pages that join rooms say with `cases_of` which cases each has."""
    actor = request.actor
    files = duplicates.files_beside(actor, *resemblances.open_pair(actor.id, pair))
    cases = [cases_of(file.id) for file in files]
    said = [one for one in selectors.joinings_of(actor, files[0].id) if one.other(files[0].id) == files[1].id]
    form = PairForm(
        request.POST or None,
        names=(beside.title_of(files[0]), beside.title_of(files[1])),
        initial={"keep": _kept(files, cases)},
    )
    if request.method == "POST":
        answer = _decide(request, files, form)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "joined": beside.waiting_rows(actor, said),
        "sides": beside.sides(actor, *files),
        "rows": beside.compared(*files, resemblances.reasons(files[0].id, files[1].id)),
        "cases": cases,
        "has_cases": any(cases),
    }
    return render(request, "people/duplicates_pair.html", context)


def _kept(files: tuple[FileBeside, FileBeside], cases: list[list[Any]]) -> str:
    one, other = (Side(file.id, len(its), file.registered_on) for file, its in zip(files, cases, strict=True))
    return ONE if kept_first(one, other) == one.id else OTHER


def _decide(request: DeskRequest, files: tuple[FileBeside, FileBeside], form: PairForm) -> HttpResponseBase | None:
    """Do what the pressed button says; nothing if it could not be done, and the form says why."""
    actor, (one, other) = request.actor, files
    deed = request.POST.get("deed", "")
    if deed == "later":
        resemblances.put_off(actor.id, one.id, other.id)
        return redirect("people:duplicates")
    form.is_valid()
    if deed == "apart":
        form.errors.pop("keep", None)
        if act(form, partial(services.hold_apart, actor=actor, one_id=one.id, other_id=other.id)):
            messages.success(request, gettext("Remembered: they are two people."))
            return redirect("people:duplicates")
        return None
    kept, joined = (one, other) if form.cleaned_data.get("keep") == ONE else (other, one)
    if act(form, partial(services.merge_people, actor=actor, keep_id=kept.id, duplicate_id=joined.id)):
        said = gettext("Joined. Nobody can open more than before until a colleague who can open both confirms it.")
        messages.success(request, said)
        return redirect("people:person", kept.id)
    return None


@desk("people")
def pair(request: DeskRequest, pair: str) -> HttpResponseBase:
    """Two files side by side."""
    return show_pair(request, pair, lambda _person: [])


@require_POST
@desk("people")
def confirm(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """A second person says that these are one person's files."""
    services.confirm_merge(actor=request.actor, duplicate_id=person_id)
    messages.success(request, gettext("Confirmed. Whoever works with one of the files can open both now."))
    return redirect("people:person", selectors.resolve(person_id))


@require_POST
@desk("people")
def separate(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """They were two after all."""
    services.separate_people(actor=request.actor, duplicate_id=person_id)
    return redirect("people:sort_out", person_id)


@desk("people")
def sort_out(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """What was written while two files were one, for somebody to look through."""
    found = selectors.to_sort_out(request.actor, person_id)
    said, written = found or (None, [])
    context = {
        "file": showing.head_of(request.actor, person_id),
        "rows": beside.written_rows(written),
        "joined": beside.waiting_rows(request.actor, [said])[0] if said else None,
    }
    return render(request, "people/duplicates_sort.html", context)
