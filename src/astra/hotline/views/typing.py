"""How is a contact typed? One form for a new contact, a draft that goes on, and a saved one that is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.entries import NOTHING_SEEN, Seen, Typed
from astra.hotline.forms.contact import ContactForm, initial_of, typed_initial
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link
from astra.hotline.rules.lifecycles import TO_LOG
from astra.hotline.views.becoming import prefilled, same_person
from astra.hotline.views.indicators_shown import indicators
from astra.hotline.views.lists import last_line
from astra.hotline.views.regulars_shown import PlanRow, plan_rows
from astra.hotline.views.saying import PersonRow, contact_rows, person_rows
from astra.hotline.views.talking import Bubble, bubbles
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.people import selectors as people
from astra.people.rules.queries import Query
from astra.people.selectors import Match
from astra.vault import selectors as vault
from astra.vault.actor import Actor

OF_THE_PAGE = frozenset(
    {"csrfmiddlewaretoken", "window", "based_on", "save", "add_caller", "add_concerned", "remove", "add_repeat"}
)
WORDS_FIELDS = ("about", "said", "done", "follow_up_words")
CALLER_FIELDS = ("caller_name", "caller_phone", "caller_email", "caller_note")
SAFE_FIELDS = ("safe_when", "safe_how", "safe_code_word", "safe_never_say", "safe_voicemail")
ONLY_NEW = ("caller_file", "about_file", "callback_at", "callback_why")


@dataclass(frozen=True)
class Place:
    """Where a form belongs: its draft, its window, whom it is linked to, what it repeats, changes or logs."""

    draft_id: UUID
    window: UUID
    based_on: int = 0
    links: tuple[Link, ...] = ()
    repeat_of: UUID | None = None
    about: UUID | None = None
    conversation: UUID | None = None
    """The conversation in writing that is logged with it."""
    seen: Seen = NOTHING_SEEN

    @property
    def link_values(self) -> list[str]:
        """The links as hidden fields."""
        return [f"{link.role}:{link.person_id}" for link in self.links]


def _id(value: str | None) -> UUID | None:
    """An id from a form or an address; nonsense is as good as nothing."""
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _links(values: Iterable[str]) -> tuple[Link, ...]:
    found = []
    for value in values:
        role, _, person = value.partition(":")
        person_id = _id(person)
        if person_id is not None and role in rules.LINK_ROLES:
            found.append(Link(person_id, role))
    return tuple(dict.fromkeys(found))


def read_place(data: QueryDict) -> Place:
    """Where the form that was sent belongs, with the person just chosen or let go."""
    links = list(_links(data.getlist("link")))
    for name, role in (("add_caller", CALLER), ("add_concerned", CONCERNED)):
        person_id = _id(data.get(name))
        links += [Link(person_id, role)] if person_id else []
    gone = _links(data.getlist("remove"))
    return Place(
        draft_id=_id(data.get("draft_id")) or new_id(),
        window=_id(data.get("window")) or new_id(),
        based_on=_number(data.get("based_on")) or 0,
        links=tuple(link for link in dict.fromkeys(links) if link not in gone),
        repeat_of=_id(data.get("add_repeat")) or _id(data.get("repeat_of")),
        about=_id(data.get("contact_id")),
        conversation=_id(data.get("conversation")),
        seen=Seen(*(_number(data.get(f"seen_{part}")) for part in ("words", "caller", "safe"))),
    )


def show(request: DeskRequest, form: ContactForm, place: Place) -> HttpResponseBase:
    """The form, with who is in it and what is known of earlier contacts beside it."""
    actor = request.actor
    earlier = [line for link in place.links for line in selectors.contacts_of_person(actor, link.person_id, limit=5)]
    if place.repeat_of is not None and not earlier:
        earlier = selectors.lines(actor, [place.repeat_of])
    once = {line.id: line for line in earlier if line.id != place.about}
    context = {
        "form": form,
        "place": place,
        "persons": person_rows(actor, place.links),
        "earlier": contact_rows(actor, list(once.values())[:8]),
        "is_reader": selectors.is_reader(actor),
        "has_caller": any(link.role == CALLER for link in place.links),
        "has_concerned": any(link.role == CONCERNED for link in place.links),
        "bubbles": _written(actor, place),
        "plans": _plans(actor, place),
        "indicators": indicators(),
    }
    return render(request, "hotline/form.html", context)


def _plans(actor: Actor, place: Place) -> list[PlanRow]:
    """What every shift has agreed to do for whoever is in the form."""
    known = [one for one in (place.repeat_of, place.about) if one is not None]
    persons = [link.person_id for link in place.links if link.role == CALLER]
    return plan_rows(actor, selectors.regulars_among(actor, persons=persons, contacts=known))


def _written(actor: Actor, place: Place) -> list[Bubble]:
    """What was written in the conversation that is logged, to be read while the form is filled in."""
    if place.conversation is None or not vault.can_reach(actor, place.conversation):
        return []
    language = selectors.conversation(actor, place.conversation).language
    return bubbles(selectors.exchange(actor, place.conversation).messages, language)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponseBase:
    """Type a new contact."""
    if request.method == "GET":
        place, given = _begin(request.actor, request.GET)
        return show(request, ContactForm(initial=given), place)
    place = read_place(request.POST)
    if {"add_caller", "add_concerned", "remove", "add_repeat"} & set(request.POST):
        return show(request, ContactForm(initial=typed_initial(_values(request))), _known(request.actor, place))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, form, _known(request.actor, place))
    contact_id = services.record_call(
        actor=request.actor,
        draft_id=place.draft_id,
        contact=form.entry(place.links, place.repeat_of),
        registering=form.registering(),
    )
    messages.success(request, gettext("The contact is saved."))
    if place.conversation is not None and vault.can_reach(request.actor, place.conversation):
        services.became_contact(actor=request.actor, conversation_id=place.conversation, contact_id=contact_id)
        return redirect("hotline:conversation", place.conversation)
    return redirect("hotline:new") if request.POST.get("save") == "next" else redirect("hotline:contact", contact_id)


def _begin(actor: Actor, asked: QueryDict) -> tuple[Place, dict[str, Any]]:
    """An empty form with what is likely; the same caller as before brings her facts along."""
    given = {"line": last_line(actor), "received_at": localtime(now()), "channel": "voice", "language": "sr"}
    place = Place(new_id(), new_id(), conversation=_id(asked.get("conversation")))
    person_id, like = _id(asked.get("person")), _id(asked.get("like"))
    if place.conversation is not None:
        given |= prefilled(actor, place.conversation)
        before = same_person(actor, place.conversation)
        place = replace(place, repeat_of=before.id, links=before.links) if before else place
    if like is not None:
        line = selectors.contact(actor, like)
        coded = line.coded
        given |= {"line": coded.line, "kind": coded.kind, "channel": coded.channel, "language": coded.language}
        given |= {"caller_role": coded.caller_role}
        place = replace(place, repeat_of=line.id, links=line.links)
    if person_id is not None:
        place = replace(place, links=(Link(person_id, CALLER),))
    return _known(actor, place), given


def _known(actor: Actor, place: Place) -> Place:
    """Only people whom the actor may know of stay in the form."""
    reachable = vault.reachable_among(actor, [link.person_id for link in place.links])
    return replace(place, links=tuple(link for link in place.links if link.person_id in reachable))


def _values(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was typed, in order, without what belongs to the page."""
    return [(name, str(value)) for name, all_ in request.POST.lists() if name not in OF_THE_PAGE for value in all_]


@desk("hotline")
@require_POST
def save_draft(request: DeskRequest, draft_id: UUID) -> HttpResponseBase:
    """Keep what was typed so far; answers only when it is on disk."""
    place = read_place(request.POST)
    typed = Typed(
        values=_values(request),
        window=str(place.window),
        based_on=place.based_on,
        people=[link.person_id for link in place.links],
        about=place.about,
    )
    saved = services.save_draft(actor=request.actor, draft_id=draft_id, typed=typed)
    return JsonResponse({"saved_at": saved.saved_at.isoformat(), "number": saved.sequence})


@desk("hotline")
@require_http_methods(["GET"])
def resume(request: DeskRequest, draft_id: UUID) -> HttpResponseBase:
    """Go on where one stopped."""
    found = selectors.draft(request.actor, draft_id)
    if not found.line.is_mine:
        return redirect("hotline:drafts")
    data = QueryDict(mutable=True)
    for name, value in found.values:
        data.appendlist(name, value)
    place = replace(read_place(data), draft_id=draft_id, based_on=found.line.sequence, about=found.line.about_id)
    hides = _hidden(request.actor, place.about) if place.about else ()
    form = ContactForm(initial=typed_initial(found.values), hides=hides)
    return show(request, form, _known(request.actor, place))


@desk("hotline")
@require_POST
def take_over(request: DeskRequest, draft_id: UUID) -> HttpResponseBase:
    """Finish what a colleague could not finish."""
    services.take_over_draft(actor=request.actor, draft_id=draft_id)
    return redirect("hotline:resume", draft_id)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def discard(request: DeskRequest, draft_id: UUID) -> HttpResponseBase:
    """Ask, then throw a draft away."""
    found = {line.id: line for line in selectors.unfinished(request.actor)}.get(draft_id)
    if found is None or not found.is_mine:  # nothing was typed yet, it is gone already, or it is somebody else's
        return redirect("hotline:contacts")
    if request.method == "GET":
        return render(request, "hotline/discard.html", {"draft": found})
    services.discard_draft(actor=request.actor, draft_id=draft_id)
    messages.success(request, gettext("The draft is gone."))
    return redirect("hotline:drafts")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def change(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Add words to a saved contact, or mend it."""
    hides = _hidden(request.actor, contact_id)
    if request.method == "GET":
        sheet = selectors.sheet(request.actor, contact_id)
        parts = (sheet.words, sheet.caller, sheet.safe)
        seen = Seen(*(part.revision if part else None for part in parts))
        place = Place(new_id(), new_id(), about=contact_id, seen=seen, links=sheet.line.links)
        likely = {"language": "sr"} if sheet.line.standing == TO_LOG else {}
        return show(request, ContactForm(initial=initial_of(sheet) | likely, hides=hides), place)
    place = replace(read_place(request.POST), about=contact_id)
    form = ContactForm(
        request.POST, hides=hides, initial={"kind": selectors.contact(request.actor, contact_id).coded.kind}
    )
    if not form.is_valid():
        return show(request, form, _known(request.actor, place))
    _revise(request.actor, contact_id, form, place)
    messages.success(request, gettext("The contact is saved."))
    return redirect("hotline:contact", contact_id)


def _revise(actor: Actor, contact_id: UUID, form: ContactForm, place: Place) -> None:
    """Save what stands in the form; parts that it does not show stay as they are."""
    services.revise_contact(
        actor=actor,
        contact_id=contact_id,
        coded=form.coded(),
        words=form.words() if "said" in form.fields else None,
        caller=form.caller() if "caller_name" in form.fields else None,
        safe=form.safe() if "safe_when" in form.fields else None,
        seen=place.seen,
        draft_id=place.draft_id,
    )


def _hidden(actor: Actor, contact_id: UUID) -> tuple[str, ...]:
    """What this colleague cannot write into a saved contact: parts that are there and not hers to open."""
    sheet = selectors.sheet(actor, contact_id)
    is_unlogged = sheet.line.standing == TO_LOG  # a call nobody has written about: there is nothing to keep from her
    is_open = selectors.is_reader(actor) or is_unlogged or not rules.carries_data(sheet.line.coded.kind)
    parts = ((sheet.words, WORDS_FIELDS), (sheet.caller, CALLER_FIELDS), (sheet.safe, SAFE_FIELDS))
    closed = [name for part, names in parts if part is None and not is_open for name in names]
    return (*ONLY_NEW, *closed)


@desk("hotline")
@require_POST
def known(request: DeskRequest) -> HttpResponseBase:
    """Do we know this person? Answers while a name or a number is typed; buttons put her into the form."""
    given = request.POST
    text, phone = given.get("caller_name") or given.get("about") or given.get("q") or "", given.get("caller_phone", "")
    query = Query(text=text.lstrip(), phone=phone, is_unfinished=True)
    found = people.search(request.actor, query, limit=6)
    rows = person_rows(request.actor, [Link(match.person_id, CALLER) for match in found])
    opens_pages = request.actor.has_desk("people")
    matches = [_match(match, row, opens_pages=opens_pages) for match, row in zip(found, rows, strict=True)]
    context = {"matches": matches, "is_asked": bool(text or phone), "state": people.search_state(request.actor)}
    likely = [match.person_id for match in found if match.is_likely]
    plans = selectors.regulars_among(request.actor, persons=likely, number=phone, typed=text)
    may_choose = "draft_id" in given and "contact_id" not in given
    context |= {"plans": plan_rows(request.actor, plans), "may_choose": may_choose}
    return render(request, "hotline/known.html", context)


def _match(match: Match, row: PersonRow, *, opens_pages: bool) -> dict[str, Any]:
    """Somebody who may be meant, with what tells her apart and whom to ask about her."""
    return {
        "match": match,
        "row": row,
        "known": " · ".join(match.told_apart(get_language())),
        "matched": "; ".join(reason.said(gettext) for reason in match.reasons),
        "url": row.url if match.is_reachable and opens_pages else "",
        "ask": match.keepers.said(gettext),
    }
