"""Do we know somebody? Searching, answers while typing, the newest files, and somebody new."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.people import selectors, services, showing
from astra.people.forms.persons import QuickForm, SearchForm
from astra.people.rules.queries import Query
from astra.vocabulary.form_fields import act

FEW = 5
TEXTS = ("q", "name", "text", "given", "family", "phone")
"""Fields that say who somebody is, whatever stands before them in a form (`caller-name`, `names-0-given`)."""


@desk("people")
def search(request: DeskRequest) -> HttpResponseBase:
    """Search by POST, so that what was searched stands in no address; without a search, the newest files."""
    return show_search(request, lambda _text: [])


def show_search(request: DeskRequest, beside: Callable[[str], list[dict[str, Any]]]) -> HttpResponseBase:
    """Answer a search; pages that join rooms say with `beside` what else has this number (panels as in a file)."""
    form = SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        query = Query(text=typed["q"], age=typed["age"], place=typed["place"])
        found = showing.found(request.actor, selectors.search(request.actor, query))
        context = {"form": form, "found": found, "panels": beside(typed["q"])}
        return render(request, "people/found.html", context | {"state": selectors.search_state(request.actor)})
    page = selectors.list_people(request.actor, after=request.GET.get("after", ""))
    rows = showing.listed(request.actor, page.rows)
    return render(request, "people/list.html", {"form": form, "rows": rows, "next_cursor": page.next_cursor})


@require_POST
@desk("people", "hotline", "missing", "cases")
def known(request: DeskRequest) -> HttpResponseBase:
    """While somebody types: whom we may know already. A piece of a page."""
    matches = selectors.search(request.actor, _query(request.POST), limit=FEW)
    context = {"found": showing.found(request.actor, matches), "state": selectors.search_state(request.actor)}
    return render(request, "people/known.html", context)


def _query(posted: QueryDict) -> Query:
    """Read any form's fields: by the last part of their names."""
    words: list[str] = []
    age, place = None, ""
    for key in posted:
        part = key.replace("_", "-").rsplit("-", 1)[-1]
        typed = str(posted.get(key) or "").lstrip()
        value = typed.strip()
        if part in TEXTS and value:
            words.append(typed)  # a space at its end says that the last word is whole
        elif part == "age" and value.isdecimal():
            age = int(value)
        elif part in ("place", "town"):
            place = value
    return Query(text=" ".join(words), age=age, place=place, is_unfinished=True)


@desk("people")
def new(request: DeskRequest) -> HttpResponseBase:
    """Somebody new, quickly; the rest is written later on her page."""
    form = QuickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = partial(services.register_person, actor=request.actor, identity=form.identity(), details=form.details())
        made = act(form, deed)
        if made:
            return redirect("people:person", made[0])
    return render(request, "people/new.html", {"form": form})
