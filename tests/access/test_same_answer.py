"""Does Astra answer the same for what does not exist, what is not hers and what was erased? To the last byte.

Whoever asks about a record that she may not know of learns nothing: not that it is there, not that it once was.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from tests.access.pages import Page, page, pages, table
from tests.access.world import BY_ROLE, HOUSE_KNOWS, World, ask

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
METHODS = ("GET", "POST")
TOKEN = re.compile(r"(?<=[\"'])[A-Za-z0-9]{64}(?=[\"'])")
FRESH = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d\d:\d\d\b")
"""Ids that a form draws for itself, and the time of day."""
BEGINS_BY_ITSELF = frozenset({("hotline:draft", "POST")})
"""A draft begins under the id that its page has chosen: an absent one is made, another's is refused."""
NEVER_ERASED = frozenset(
    {
        *("draft_id", "handover_id", "guardianship_id", "conversation_id", "call_id"),
        *("interpreter_id", "interpreting_id", "quality_id", "export_id"),
    }
)
"""Records that hold no words of their own, or are thrown away whole."""
EMPTY_FORMS = frozenset(
    {
        ("hotline:discard", "GET"),
        ("hotline:discard", "POST"),
        ("hotline:end_callback", "POST"),
        ("hotline:link", "POST"),
        ("people:end_guardian", "GET"),
        ("people:end_guardian", "POST"),
        ("cases:link", "POST"),
    }
)
"""These lead back, or ask first, before they look for the record: the same for every id."""
PLACES = [(one, parameter) for one in pages() for parameter in one.records]
HIDDEN = [(one, parameter) for one, parameter in PLACES if parameter not in HOUSE_KNOWS]
ROLES_TRIED = 2


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """One signed-in browser a role."""
    return {role: world.browser(role) for role in BY_ROLE}


def said(answer: HttpResponse, asked_for: UUID | str) -> tuple[Any, ...]:
    """Everything that an answer says, without what was asked for and without form tokens."""
    told = ((name, value.replace(str(asked_for), "THIS")) for name, value in answer.headers.items())
    headers = {name: value for name, value in told if name != "Content-Length"}
    body = answer.content.decode().replace(str(asked_for), "THIS")
    return answer.status_code, headers, sorted(answer.cookies), TOKEN.sub("TOKEN", body)


def roles_for(world: World, one: Page, parameter: str) -> Iterator[str]:
    """Roles for which some record of this kind is hers and some is not."""
    for role in sorted(table()[one.name].served):
        actor = world.actor(BY_ROLE[role])
        if all(world.hers(name, actor) for name in one.records) and world.not_hers(parameter, actor):
            yield role


@pytest.mark.parametrize(("one", "parameter"), HIDDEN, ids=lambda value: getattr(value, "name", value))
def test_absent_and_not_hers_and_erased_look_the_same(
    world: World, browsers: dict[str, Client], one: Page, parameter: str
) -> None:
    tried = list(roles_for(world, one, parameter))
    assert tried, "somebody must be able to ask for what is hers and what is not"
    role = tried[HIDDEN.index((one, parameter)) % len(tried)]  # another role at each place
    actor = world.actor(BY_ROLE[role])
    hers = {name: world.hers(name, actor)[0] for name in one.records}
    others = world.not_hers(parameter, actor)
    for method in METHODS:
        if (one.name, method) in BEGINS_BY_ITSELF:
            continue
        nothing = new_id()
        expected = said(ask(browsers[role], method, one.address({**hers, parameter: nothing})), nothing)
        if (one.name, method) not in EMPTY_FORMS:
            assert expected[0] in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED), (role, method, expected[0])
        for record_id in [*others[:1], *others[-1:], *world.erased(parameter)]:
            answer = said(ask(browsers[role], method, one.address({**hers, parameter: record_id})), record_id)
            assert answer == expected, (role, method)


@pytest.mark.parametrize(("one", "parameter"), HIDDEN, ids=lambda value: getattr(value, "name", value))
def test_her_own_record_opens(world: World, browsers: dict[str, Client], one: Page, parameter: str) -> None:
    role = next(roles_for(world, one, parameter))
    actor = world.actor(BY_ROLE[role])
    address = one.address({name: world.hers(name, actor)[0] for name in one.records})
    answers = {method: ask(browsers[role], method, address).status_code for method in METHODS}
    assert max(answers.values()) < HTTPStatus.INTERNAL_SERVER_ERROR, answers
    assert answers["GET"] in (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED), answers


@pytest.mark.parametrize(
    "one", [one for one, parameter in PLACES if parameter in HOUSE_KNOWS], ids=lambda one: one.name
)
def test_nobody_by_this_id(world: World, browsers: dict[str, Client], one: Page) -> None:
    for role in sorted(table()[one.name].served)[:ROLES_TRIED]:
        for method in METHODS:
            status = ask(browsers[role], method, one.address()).status_code
            assert status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED), (role, method, status)


def test_every_kind_of_record_is_there_in_each_state(world: World) -> None:
    for parameter in sorted({parameter for _, parameter in HIDDEN}):
        assert any(world.erased(parameter)) or parameter in NEVER_ERASED, parameter
        holders = [name for name in BY_ROLE.values() if world.hers(parameter, world.actor(name))]
        assert holders, parameter
        assert page("people:person").records == ("person_id",)


class Field(NamedTuple):
    """A field that names a record: on which page, whose ids or numbers, in which words."""

    page: str
    method: str
    name: str
    kind: str
    words: str = "{}"

    def address(self, world: World, actor: Actor) -> str:
        """The page, about a record that is hers."""
        one = page(self.page)
        return one.address({parameter: world.hers(parameter, actor)[0] for parameter in one.records})


BY_ID = [
    Field("hotline:new", "GET", "like", "contact_id"),
    Field("hotline:new", "GET", "conversation", "conversation_id"),
    Field("hotline:contacts", "GET", "saved", "contact_id"),
    Field("hotline:handover", "GET", "about", "contact_id"),
    Field("hotline:handover", "GET", "about", "person_id"),
    Field("hotline:danger_now", "GET", "conversation", "conversation_id"),
    Field("hotline:interpreters", "GET", "contact", "contact_id"),
    Field("hotline:debriefs", "GET", "contact", "contact_id"),
    Field("cases:open", "GET", "person", "person_id"),
    Field("cases:open", "GET", "contact", "contact_id"),
    Field("cases:open_group", "GET", "contact", "contact_id"),
    Field("hotline:link", "POST", "add_caller", "person_id"),
    Field("hotline:unlink", "POST", "remove", "person_id", "caller:{}"),
]
BY_NAME = {
    Field("cases:find", "POST", "number", "case_id"): "2019-9999",
    Field("cases:link", "POST", "number", "case_id"): "2019-9999",
    Field("people:merge", "POST", "code_name", "person_id"): "Nema Takve",
}
"""With what nobody's record is called."""


@pytest.mark.parametrize("field", BY_ID, ids=lambda field: f"{field.page}-{field.name}")
def test_a_field_that_names_a_record_gives_nothing_away(
    world: World, browsers: dict[str, Client], field: Field
) -> None:
    actor = world.actor("mira")
    address = field.address(world, actor)

    def told(record_id: UUID) -> tuple[Any, ...]:
        answer = ask(browsers["counsellor"], field.method, address, {field.name: field.words.format(record_id)})
        *rest, body = said(answer, record_id)
        return *rest, FRESH.sub("FRESH", body)

    expected = told(new_id())
    for record_id in [*world.not_hers(field.kind, actor), *world.erased(field.kind)]:
        assert told(record_id) == expected


@pytest.mark.parametrize("field", BY_NAME, ids=lambda field: field.page)
def test_a_number_or_code_name_that_is_not_hers_is_nobodys(
    world: World, browsers: dict[str, Client], field: Field
) -> None:
    actor = world.actor("mira")
    address = field.address(world, actor)

    def told(typed: str) -> tuple[Any, ...]:
        data = {field.name: typed, "sure": "1"}
        return said(ask(browsers["counsellor"], field.method, address, data, follow=True), typed)

    expected = told(BY_NAME[field])
    for typed in world.typed_names(world.not_hers(field.kind, actor)):
        assert told(typed) == expected
