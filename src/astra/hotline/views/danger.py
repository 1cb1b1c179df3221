"""Somebody is in danger now: what is asked, whom do we call, who comes to help, and how did it end?

Every page here stands alone without a script. With one, the same content opens beside what she is typing: then only the
part in the middle is sent.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.doors import is_fetch
from astra.accounts.selectors import at_work, work_names
from astra.hotline import selectors, services
from astra.hotline.forms.danger import BeginForm, ClosingForm, PlaceForm
from astra.hotline.rules import danger as rules
from astra.hotline.rules.contacts import KIND
from astra.hotline.selectors import DangerLine
from astra.kernel.clock import LOCAL
from astra.kernel.languages import known_language
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

Context = dict[str, Any]  # Any: template variables


@desk("hotline")
@require_http_methods(["GET", "POST"])
def begin(request: DeskRequest) -> HttpResponseBase:
    """The numbers, where, and which danger; the choice alerts colleagues."""
    first = {name: request.GET.get(name, "") for name in ("contact", "conversation")}
    form = BeginForm(request.POST or None, initial=first)
    if request.method == "POST":
        opened = act(form, lambda: _open(request.actor, form.cleaned_data))
        if opened:
            return _go_on(request, opened[0])
    return _drawn(request, "begin", {"form": form, **_told(request.actor.id)})


def _told(opener: UUID | None) -> dict[str, list[str]]:
    """Who sees the alert at once, and who has to be called by phone because she is not at her computer."""
    names = work_names(selectors.who_is_alerted(opener))
    here = at_work(names)
    return {
        "alerted": sorted(name for member, name in names.items() if member in here),
        "away": sorted(name for member, name in names.items() if member not in here),
    }


def _open(actor: Actor, given: dict[str, Any]) -> UUID:
    talk = given["conversation"]
    line = selectors.conversation(actor, talk).line if talk else selectors.last_line_of(actor)
    return services.open_danger(
        actor=actor,
        situation=given["situation"],
        line=line,
        place=given["place"],
        contact_id=given["contact"],
        conversation_id=talk,
    )


@desk("hotline")
@require_GET
def danger(request: DeskRequest, danger_id: UUID) -> HttpResponseBase:
    """One emergency: the steps, who has seen the alert, and how to end it."""
    return _show(request, danger_id)


@desk("hotline")
@require_POST
def step(request: DeskRequest, danger_id: UUID) -> HttpResponseBase:
    """The place is known better; alert again; a colleague answers."""
    verb, actor = request.POST.get("verb", ""), request.actor
    if verb == "acknowledge":
        services.acknowledge_danger(actor=actor, danger_id=danger_id)
    elif verb == "alert":
        services.alert_again(actor=actor, danger_id=danger_id)
    else:
        form = PlaceForm(request.POST)
        if not act(
            form, lambda: services.say_place(actor=actor, danger_id=danger_id, place=form.cleaned_data["place"])
        ):
            return _show(request, danger_id, placing=form)
    return _go_on(request, danger_id)


@desk("hotline")
@require_POST
def close(request: DeskRequest, danger_id: UUID) -> HttpResponseBase:
    """It is over: what was done."""
    form = ClosingForm(request.POST, offered=_offered(request.actor, selectors.danger(request.actor, danger_id)[0]))
    chosen = form.data.get("contact")
    closed = act(
        form,
        lambda: services.close_danger(
            actor=request.actor,
            danger_id=danger_id,
            outcome=form.cleaned_data["outcome"],
            words=form.cleaned_data["words"],
            contact_id=UUID(chosen) if chosen else None,
        ),
    )
    return _go_on(request, danger_id) if closed else _show(request, danger_id, form)


@desk("hotline")
@require_POST
def attach(request: DeskRequest, danger_id: UUID) -> HttpResponseBase:
    """To which contact it belongs, said later."""
    line = selectors.danger(request.actor, danger_id)[0]
    chosen = request.POST.get("contact", "")
    if chosen in dict(_offered(request.actor, line)):
        services.attach_danger(actor=request.actor, danger_id=danger_id, contact_id=UUID(chosen))
        messages.success(request, gettext("Saved."))
    return _go_on(request, danger_id)


@desk("hotline")
@require_GET
def alerts(request: DeskRequest) -> HttpResponseBase:
    """What stands at the top of every page, for the page that looks again by itself."""
    return render(request, "hotline/_danger_alerts.html", {"dangers": shown(request.actor)})


def shown(actor: Actor) -> list[dict[str, Any]]:  # Any: template variables
    """The open emergencies that she must see, without a word of what they are."""
    found = selectors.dangers_for(actor)
    names = work_names({one for line in found for one in (line.opened_by, line.acknowledged_by) if one})
    return [
        {
            "id": line.id,
            "who": names.get(line.opened_by, "") if line.opened_by else "",
            "at": line.alerted_at,
            "answered_by": names.get(line.acknowledged_by, "") if line.acknowledged_by else "",
            "is_hers": line.opened_by == actor.id,
            "is_answered": line.state == rules.ANSWERED,
        }
        for line in found
    ]


def _go_on(request: DeskRequest, danger_id: UUID) -> HttpResponseBase:
    """A page is asked for anew; beside another one the part is drawn at once."""
    return _show(request, danger_id) if is_fetch(request) else redirect("hotline:danger", danger_id)


def _show(
    request: DeskRequest, danger_id: UUID, closing: ClosingForm | None = None, placing: PlaceForm | None = None
) -> HttpResponse:
    line, words = selectors.danger(request.actor, danger_id)
    names = work_names({one for one in (line.opened_by, line.acknowledged_by, line.closed_by) if one})
    offered = _offered(request.actor, line)
    context: Context = {
        "line": line,
        "words": words,
        "situation": label(rules.SITUATION, line.situation),
        "outcome": label(rules.OUTCOME, line.outcome),
        "who": names.get(line.opened_by, "") if line.opened_by else "",
        "answered_by": names.get(line.acknowledged_by, "") if line.acknowledged_by else "",
        "closed_by": names.get(line.closed_by, "") if line.closed_by else "",
        "is_hers": line.opened_by == request.actor.id,
        "is_open": line.state != rules.CLOSED,
        "place_form": placing or PlaceForm(initial={"place": words.place if words else ""}),
        "form": closing or ClosingForm(offered=offered, initial={"contact": line.contact_id or ""}),
        "offered": offered,
        "sheet": sheet(line.situation),
        **_told(line.opened_by),
    }
    return _drawn(request, "open", context)


def _drawn(request: HttpRequest, part: str, context: Context) -> HttpResponse:
    """The whole page, or for the script its middle."""
    given = {
        "numbers": [{"number": one.number, "name": label(rules.NUMBER, one.code)} for one in rules.numbers()],
        "home_numbers": [
            {"number": one.number, "name": label(rules.NUMBER, one.code)} for one in rules.numbers() if one.is_home
        ],
        "place": sheet(rules.PLACE),
        "sheets": [sheet(code) for code in rules.sheets() if code != rules.PLACE],
        "is_reviewed": rules.is_reviewed(),
        "part": f"hotline/_danger_{part}.html",
    }
    page = f"hotline/_danger_{part}.html" if is_fetch(request) else "hotline/danger.html"
    return render(request, page, given | context)


def sheet(code: str) -> dict[str, Any]:
    """The steps of one kind of danger in the reader's language."""
    found, language = rules.sheets()[code], known_language(get_language())
    return {"code": code, "name": found.names[language], "steps": [step[language] for step in found.steps]}


def _offered(actor: Actor, line: DangerLine) -> list[tuple[str, str]]:
    """The contacts that she wrote down lately, and the one it belongs to."""
    known = selectors.own_recent_contacts(actor)
    here = [one for one in selectors.lines(actor, [line.contact_id]) if line.contact_id] if line.contact_id else []
    found = {one.id: one for one in (*here, *known)}
    return [(str(one.id), f"{label(KIND, one.coded.kind)}, {_when(one)}") for one in found.values()]


def _when(one: selectors.ContactLine) -> str:
    return date_format(localtime(one.coded.received_at, LOCAL), "NEAR_DATETIME_FORMAT")
