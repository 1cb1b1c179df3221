"""Can the data protection officer read, search and verify the log, in every language, and nobody else?"""

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from astra.audit import selectors as log_of
from astra.audit import services as audit
from astra.demo.pytest_cast import Cast
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.people.selectors import search
from astra.vault import selectors as vault
from astra.vault.services.trail import reading

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LANGUAGES = ("en", "sr-latn", "sr")
SOUGHT = "Ljubinka Zvezdarić"


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Settings) -> None:
    """A home of this test alone: the record outside the database fits the log."""
    settings.ENV = replace(settings.ENV, home=tmp_path)
    audit.ensure_signing_key(tmp_path)


def number() -> None:
    """Do what the worker does within a second."""
    audit.sequence_pending()


def log(client: Client, **wanted: str) -> str:
    """The page of the log."""
    return client.get(reverse("desk:log"), wanted).content.decode()


def in_language(cast: Cast, language: str, name: str = "ana") -> Client:
    """Somebody's browser, in a language."""
    client = cast.client(name)
    client.cookies["language"] = language
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_log_says_so(cast: Cast, language: str) -> None:
    page = in_language(cast, language).get(reverse("desk:log"))
    assert page.status_code == HTTPStatus.OK
    assert "astra-empty" in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_the_log_can_be_shown(cast: Cast, language: str) -> None:
    client = in_language(cast, language)
    people.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text=SOUGHT),)))
    mira = cast.actor("mira")
    with reading(mira):
        search(mira, SOUGHT)
    number()
    page = client.get(reverse("desk:log"))
    shown = page.context["rows"]
    assert {row.verb for row in shown} >= {"people.registered", "people.searched", "accounts.signed_in"}
    assert "Mira" in {row.who for row in shown}
    assert SOUGHT not in page.content.decode()


def test_narrowed_by_colleague_verb_day_and_record(cast: Cast) -> None:
    client, person = cast.client("ana"), people.register_person(actor=cast.actor("mira"))
    people.register_person(actor=cast.actor("sanja"))
    number()

    def verbs(**wanted: str) -> list[tuple[str, str]]:
        rows = client.get(reverse("desk:log"), wanted).context["rows"]
        return [(row.verb, row.who) for row in rows if row.verb != "desk.log_read"]

    assert verbs(who=str(cast.mira.id), what="people.") == [("people.registered", "Mira")]
    assert len(verbs(what="people.registered")) == 2
    assert verbs(what="people.registered", day="1. 1. 2020.") == []
    answer = client.post(reverse("desk:find_record"), {"record": f"http://localhost:8000/people/{person}/"})
    assert answer.status_code == HTTPStatus.FOUND
    assert str(person) not in answer["Location"]
    rows = client.get(answer["Location"]).context["rows"]
    assert [(row.verb, row.who) for row in rows] == [("people.registered", "Mira")]


def test_a_name_typed_by_mistake_stands_in_no_address(cast: Cast) -> None:
    answer = cast.client("ana").post(reverse("desk:find_record"), {"record": SOUGHT})
    assert answer.status_code == HTTPStatus.OK
    assert "Location" not in answer
    assert answer.context["record_form"].errors


def test_words_are_opened_one_entry_at_a_time_and_that_is_logged(cast: Cast) -> None:
    client = cast.client("ana")
    people.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text=SOUGHT),)))
    mira = cast.actor("mira")
    with reading(mira):
        search(mira, SOUGHT)
    number()
    (found,) = log_of.entries(verb="people.searched").rows
    page = client.get(reverse("desk:log_entry", args=[found.sequence])).content.decode()
    assert SOUGHT in page
    assert SOUGHT not in page.partition("</title>")[0]
    number()
    (opened,) = log_of.entries(verb="desk.log_words_opened").rows
    assert (opened.actor_id, opened.detail) == (cast.ana.id, {"entry": found.sequence})


def test_looking_at_the_log_is_on_the_log(cast: Cast) -> None:
    name = vault.fallback_pseudonym(cast.mira.id)
    log(cast.client("ana"), who=str(cast.mira.id), about=name)
    number()
    (read,) = log_of.entries(verb="desk.log_read").rows
    assert (read.actor_id, read.subjects) == (cast.ana.id, (name,))
    assert read.detail == {"member": str(cast.mira.id)}


def test_an_entry_that_is_not_there_is_not_there(cast: Cast) -> None:
    number()
    size = log_of.entries(limit=1).rows[0].sequence if log_of.entries(limit=1).rows else 0
    for sequence in (size + 10, 10**17):
        assert cast.client("ana").get(reverse("desk:log_entry", args=[sequence])).status_code == HTTPStatus.NOT_FOUND


def test_verified_from_the_page(cast: Cast) -> None:
    client = cast.client("ana")
    number()
    assert client.get(reverse("desk:log")).context["can_verify"]
    client.post(reverse("desk:verify_log"))
    number()
    verified = client.get(reverse("desk:log")).context["verified"]
    assert verified.detail["sound"] is True


def test_only_data_protection_reads_the_log(cast: Cast) -> None:
    for name in ("jelena", "petar", "mira", "nina"):
        client = cast.client(name)
        assert client.get(reverse("desk:log")).status_code == HTTPStatus.FORBIDDEN
        assert client.get(reverse("desk:log_entry", args=[0])).status_code == HTTPStatus.FORBIDDEN
