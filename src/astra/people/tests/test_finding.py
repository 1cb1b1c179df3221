"""Searching as a person at a desk does it: cut to what she may know, logged, and forgotten in time."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.kernel.partial_dates import PartialDate
from astra.people import index, selectors, services, showing
from astra.people.rules import answers
from astra.people.rules.persons import (
    ContactDetail,
    ContactDetails,
    Identity,
    Name,
    NewPerson,
    SafeRule,
    Safety,
)
from astra.people.selectors import Keepers
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services.circles import build_wall
from astra.vault.services.notes import open_note
from astra.vault.services.trail import reading

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def register(cast: Cast, family: str = "Đorđević", **parts: Any) -> UUID:
    who = Identity(names=(Name("Zlatija", family),))
    return services.register_person(actor=cast.actor("mira"), identity=who, **parts)


def ids(matches: list[selectors.Match]) -> list[UUID]:
    return [match.person_id for match in matches]


def test_every_search_is_on_the_log_before_the_answer_leaves(cast: Cast) -> None:
    register(cast)
    mira = cast.actor("mira")
    with reading(mira):
        selectors.search(mira, "Zlatija Đorđević")
    entry = Pending.objects.get(verb="people.searched")
    assert entry.actor_id == cast.mira.id
    assert "Zlatija" not in entry.subjects + entry.detail + entry.reason
    words = open_note(cast.actor("ana"), bytes(entry.sealed), bytes(entry.commitment))
    assert words == "Zlatija Đorđević"


def test_a_search_stays_on_the_log_when_the_page_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(showing, "found", fail)
    client = cast.client("mira")
    client.raise_request_exception = False
    assert client.post(reverse("people:known"), {"q": "Zlatija"}).status_code == 500
    assert Pending.objects.filter(verb="people.searched").count() == 1


def test_each_search_has_an_entry_of_its_own(cast: Cast) -> None:
    person_id = register(cast)
    mira = cast.actor("mira")
    with reading(mira):
        assert ids(selectors.search(mira, "Zlatija")) == [person_id]
        selectors.search(mira, "Nobodysname")
        selectors.identity(mira, person_id)
    entries = Pending.objects.filter(verb__in=("people.searched", "vault.read"))
    assert sorted((entry.verb, entry.detail) for entry in entries) == [
        ("people.searched", '{"found":0}'),
        ("people.searched", '{"found":1}'),
        ("vault.read", '{"people.identity":1}'),
    ]
    with reading(mira):
        pass
    assert Pending.objects.filter(verb="people.searched").count() == 2, "written once"


def test_reading_the_cards_is_one_entry(cast: Cast) -> None:
    for _ in range(3):
        register(cast)
    mira = cast.actor("mira")
    selectors.search(mira, "Zlatija")
    assert Pending.objects.filter(verb="people.index_opened").count() == 1
    assert not mira.trail.opened


def test_a_wall_hides_the_card(cast: Cast) -> None:
    person_id = register(cast)
    assert ids(selectors.search(cast.actor("sanja"), "Zlatija")) == [person_id]
    build_wall(actor=cast.actor("jelena"), record_id=person_id, member_id=cast.sanja.id)
    assert selectors.search(cast.actor("sanja"), "Zlatija") == []
    assert ids(selectors.search(cast.actor("mira"), "Zlatija")) == [person_id]


def test_a_wall_before_the_kept_file_hides_the_joined_one(cast: Cast) -> None:
    kept, other = register(cast), register(cast, "Savić")
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=cast.actor("jelena"), duplicate_id=other)
    build_wall(actor=cast.actor("jelena"), record_id=kept, member_id=cast.sanja.id)
    assert selectors.search(cast.actor("sanja"), "Zlatija Savić") == []


def test_an_erased_card_is_gone_at_once(cast: Cast) -> None:
    person_id = register(cast)
    assert ids(selectors.search(cast.actor("mira"), "Zlatija")) == [person_id]
    services.erase(actor=cast.actor("jelena"), person_id=person_id, reason="request")
    assert person_id.hex not in index._INDEX.registry
    assert selectors.search(cast.actor("mira"), "Zlatija") == []


def test_a_card_erased_while_cards_are_read_is_not_put_in_place(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stays = register(cast), register(cast, "Savić")
    opened = vault.sweep

    def open_then_erase(*asked: Any, **how: Any) -> Iterator[Any]:
        for batch in opened(*asked, **how):
            assert bytes.fromhex(gone.hex) in {record for record, _card in batch}, "it was opened before its erasure"
            services.erase(actor=cast.actor("jelena"), person_id=gone, reason="request")
            yield batch

    monkeypatch.setattr(vault, "sweep", open_then_erase)
    assert selectors.search_state(cast.actor("mira")) == index.State(index.READY, 1, 1)
    assert gone.hex not in index._INDEX.registry
    assert stays.hex in index._INDEX.registry
    assert index._INDEX.evicted == set(), "nothing is kept of who is gone"


def test_a_new_number_is_found_and_a_shared_one_finds_both(cast: Cast) -> None:
    first, second = register(cast), register(cast, "Savić")
    mira = cast.actor("mira")
    assert selectors.search(mira, "064 123 45 67") == []
    for person_id in (first, second):
        details = ContactDetails((ContactDetail("mobile", "064/1234567"),))
        services.revise_contact_details(actor=mira, person_id=person_id, details=details, revision=None)
    assert set(ids(selectors.search(mira, "+381 64 1234567"))) == {first, second}


def test_who_joined_later_is_followed(cast: Cast) -> None:
    mira = cast.actor("mira")
    selectors.search(mira, "Zlatija")
    people = [NewPerson(Identity(names=(Name("Zlatija", f"Prezime{n}"),))) for n in range(index.BATCH + 20)]
    services.register_people(actor=mira, people=people)
    for _ in range(10):
        index.follow()
    assert len(index._INDEX.registry) == index.BATCH + 20


def test_who_comes_after_the_clock_was_put_right_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = cast.actor("mira")
    with monkeypatch.context() as wrong:
        wrong.setattr(index, "now", lambda: now() + timedelta(hours=3))
        assert selectors.search(mira, "Zlatija") == []
    person_id = register(cast)
    assert ids(selectors.search(mira, "Zlatija")) == [person_id]


def test_the_last_one_turns_off_the_light(cast: Cast) -> None:
    register(cast)
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    assert selectors.search_state(mira).name == index.READY
    selectors.search_state(sanja)
    index.close_index(cast.mira.id)
    assert index.state().name == index.READY
    index.close_index(cast.sanja.id)
    assert index.state().name == index.CLOSED
    assert len(index._INDEX.registry) == 0
    assert index._INDEX.reader is None


def test_forgotten_after_an_hour_without_a_search(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    register(cast)
    selectors.search(cast.actor("mira"), "Zlatija")
    monkeypatch.setattr(index, "IDLE_SECONDS", -1.0)
    index.forget_idle()
    assert index.state().name == index.CLOSED


def test_many_cards_are_read_in_the_background(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = register(cast)
    started: list[Any] = []
    monkeypatch.setattr(index, "AT_ONCE", 0)

    def note_start(thread: threading.Thread) -> None:
        started.append(thread)

    monkeypatch.setattr(threading.Thread, "start", note_start)
    mira = cast.actor("mira")
    assert selectors.search_state(mira) == index.State(index.LOADING, 0, 1)
    assert selectors.search(mira, "Zlatija") == []
    index._load(index._INDEX.opening)
    assert ids(selectors.search(mira, "Zlatija")) == [person_id]
    index._load(object())
    assert len(started) == 1


def test_a_volunteer_opens_nothing_and_learns_little(cast: Cast) -> None:
    safety = Safety((SafeRule("do_not_call"),))
    person_id = register(cast, safety=safety)
    lara = cast.actor("lara")
    assert selectors.search_state(lara).name == index.CLOSED
    selectors.search(cast.actor("mira"), "Zlatija")
    match = selectors.search(lara, "Zlatija Đorđević")[0]
    assert (match.person_id, match.display_name, match.is_reachable) == (person_id, match.code_name, False)
    assert (match.other_names, match.places, match.whereabouts, match.born_from) == ((), (), "", None)
    assert selectors.search(lara, "Zlat") == [], "only who is surely meant"
    assert selectors.safety_among(lara, [person_id]) == {person_id: safety}


def test_who_may_not_open_the_file_is_told_whom_to_ask_and_not_who_has_it(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    hers = services.register_person(
        actor=vesna, identity=Identity(names=(Name("Zlatija", "Đorđević"),)), to=[her_circle(vesna)]
    )
    selectors.search(cast.actor("mira"), "Zlatija")
    (match,) = selectors.search(cast.actor("mira"), "Zlatija Đorđević")
    assert (match.person_id, match.is_reachable, match.keepers) == (hers, False, Keepers(("Jelena",)))
    answer = cast.client("mira").post(reverse("people:known"), {"q": "Zlatija Đorđević"}).content.decode()
    assert "Jelena" in answer
    assert "Vesna" not in answer
    assert reverse("people:person", args=[hers]) not in answer
    said = cast.client("mira").post(reverse("hotline:known"), {"q": "Zlatija Đorđević"}).content.decode()
    assert "Jelena" in said
    assert "Još niko nije pitao kako je bezbedno zvati" in said


def her_circle(actor: Actor) -> UUID:
    """Her own circle."""
    assert actor.keyring.personal is not None
    return actor.keyring.personal


def test_a_code_name_is_found_whole_and_begun_even_while_the_index_is_closed(cast: Cast) -> None:
    person_id = register(cast, code_name="Bagrem Timok")
    other = register(cast, "Savić", code_name="Bagrem Tamiš")
    lara = cast.actor("lara")
    for typed in ("Bagrem Timok", "багрем тимок", "BAGREM TIMOK"):
        assert ids(selectors.search(lara, typed))[:1] == [person_id], typed
    assert index.state().name == index.CLOSED
    mira = cast.actor("mira")
    whole = selectors.search(mira, "bagrem timok")[0]
    assert (whole.is_likely, [why.sentence for why in whole.reasons]) == (True, [answers.CODE_NAME])
    begun = selectors.search(mira, selectors.Query("bagrem t", is_unfinished=True))
    assert {match.person_id for match in begun} == {person_id, other}
    assert not any(match.is_likely for match in begun)
    assert ids(selectors.search(mira, "bagrem timk")) == [person_id], "a slip"


def test_reasons_speak_serbian_and_name_the_years(cast: Cast) -> None:
    mira = cast.actor("mira")
    for n in range(6):
        birth = PartialDate.on(date(1990 + n, 5, 5))
        services.register_person(actor=mira, identity=Identity(names=(Name(f"Ime{n}", "Prezimenić"),), birth=birth))
    match = selectors.search(mira, "Ime3 Prezimenic 17.9.1988.")
    said = [reason.said(str) for one in match for reason in one.reasons]
    assert any("years apart" in one for one in said)
    with override("sr-latn"):
        said = [reason.said(gettext) for one in match for reason in one.reasons]
    assert "prezime: isto" in said
    assert any(one.startswith("starost: razlika u godinama ") for one in said)


def test_unattended_work_searches_nothing(cast: Cast) -> None:
    person_id = register(cast)
    assert selectors.search_state(system()).name == index.CLOSED
    with pytest.raises(NotFound):
        selectors.identity(system(), person_id)
