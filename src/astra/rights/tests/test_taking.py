"""Does she take along what is hers alone, exactly as a second colleague checked it, once, and of nobody else?"""

from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import selectors as cases
from astra.cases import services as in_cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.rights import selectors, services
from astra.rights.models import TakenFile
from astra.rights.rules import requests
from astra.rights.tests.test_owning import SAID, file_of, given, opened
from astra.vault.models import Section

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def prepare(cast: Cast, case: UUID, person: UUID, **more: object) -> UUID:
    return services.prepare_file(actor=cast.actor("mira"), case_id=case, person_id=person, **more)  # type: ignore[arg-type]


def kinds_in(parts: tuple[selectors.OwnPart, ...]) -> set[str]:
    return {one.part.kind for one in parts}


def test_what_is_hers_alone_goes_along_and_what_is_shared_does_not(cast: Cast) -> None:
    mira = cast.actor("mira")
    case, person = file_of(cast)
    in_cases.add_note(actor=mira, case_id=case, title="", text="O njoj samoj.")
    parts = selectors.own_parts(mira, person)
    assert {"people.identity", "cases.summary", "cases.note"} <= kinds_in(parts.hers)
    assert not {"people.card", "vault.file"} & (kinds_in(parts.hers) | kinds_in(parts.apart))
    other = make_person(mira, "Ana Ilić")
    both = make_case(mira, person, people=[(person, "client"), (other, "client")])
    in_cases.add_note(actor=mira, case_id=both, title="", text="O obema.")
    parts = selectors.own_parts(mira, person)
    said = [one.content.text for one in parts.hers if one.part.kind == "cases.note"]
    assert said == ["O njoj samoj."]
    assert [one.content.text for one in parts.apart if one.part.kind == "cases.note"] == ["O obema."]


def test_what_a_colleague_ticks_is_read_together(cast: Cast) -> None:
    mira = cast.actor("mira")
    case, person = file_of(cast)
    note = in_cases.add_note(actor=mira, case_id=case, title="", text="Majka je rekla nešto o sebi.")
    taken = prepare(cast, case, person, left_out=[f"{note}:cases.note"])
    found = selectors.prepared(mira, taken)
    assert "cases.note" not in kinds_in(found.parts.hers)
    assert "cases.note" in kinds_in(found.parts.apart)


def test_who_prepared_it_does_not_check_it_and_only_what_was_checked_is_handed_over_once(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    taken = prepare(cast, case, person)
    with pytest.raises(NotAllowedNow):
        services.hand_file_over(actor=mira, taken_id=taken, is_in_person=True)
    with pytest.raises(NotAllowedNow, match="second colleague"):
        services.check_file(actor=mira, taken_id=taken)
    services.check_file(actor=jelena, taken_id=taken)
    with pytest.raises(Invalid, match="in person"):
        services.hand_file_over(actor=mira, taken_id=taken, is_in_person=False)
    parts = services.hand_file_over(actor=mira, taken_id=taken, is_in_person=True)
    assert "people.identity" in kinds_in(parts.hers)
    with pytest.raises(NotAllowedNow):
        services.hand_file_over(actor=mira, taken_id=taken, is_in_person=True)
    row = TakenFile.objects.get()
    assert (row.state, row.prepared_by, row.checked_by) == ("handed", mira.id, jelena.id)
    lines = cases.timeline(mira, case).lines
    assert lines[0].kind == "file_taken"


def test_what_was_changed_after_it_was_prepared_is_not_handed_over(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    taken = prepare(cast, case, person)
    services.check_file(actor=jelena, taken_id=taken)
    in_cases.revise_summary(actor=mira, case_id=case, title="Drugo", story="", revision=1)
    with pytest.raises(Conflict):
        services.hand_file_over(actor=mira, taken_id=taken, is_in_person=True)
    services.drop_file(actor=mira, taken_id=taken)
    assert prepare(cast, case, person) != taken


def test_who_cannot_open_all_of_it_does_not_check_it(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    taken = prepare(cast, case, person)
    closed = Section.objects.get(record=case, kind="cases.summary").record.grants.filter(kind="cases.summary")
    closed.delete()
    assert not selectors.prepared(jelena, taken).is_whole
    with pytest.raises(NotAllowedNow, match="cannot open all"):
        services.check_file(actor=jelena, taken_id=taken)
    with pytest.raises(NotFound):
        services.check_file(actor=cast.actor("vesna"), taken_id=taken)
    assert mira.id == TakenFile.objects.get().prepared_by


def test_only_those_who_open_all_of_it_are_offered_for_the_check(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    everybody = selectors.checkers(mira, case, selectors.own_parts(mira, person).hers)
    assert everybody == {cast.jelena.id: "Jelena"}
    in_cases.admit(actor=mira, case_id=case, member_id=cast.ivana.id, tiers=["team", "legal"])
    ivana = cast.actor("ivana")
    in_cases.add_note(actor=ivana, case_id=case, title="", text="Traži odštetu.", tier="legal")
    parts = selectors.own_parts(ivana, person)
    (legal,) = [one for one in parts.hers if "Traži odštetu." in str(one.content)]
    assert selectors.checkers(ivana, case, parts.hers) == {}
    without = parts.without([selectors.name_of(legal.part)])
    assert set(selectors.checkers(ivana, case, without.hers)) == {cast.mira.id, cast.jelena.id}
    page = cast.client("ivana").get(reverse("desk:own_file", args=[case, person]), headers={"accept-language": "en"})
    assert "Nobody else can open all of it" in page.content.decode()


def test_one_is_prepared_at_a_time_and_a_task_asks_for_the_check(cast: Cast) -> None:
    case, person = file_of(cast)
    jelena = cast.actor("jelena")
    prepare(cast, case, person, checker=jelena.id)
    with pytest.raises(NotAllowedNow):
        prepare(cast, case, person)
    row = TakenFile.objects.get()
    assert row.task_id is not None
    (task,) = cases.tasks_among(jelena, case, [row.task_id])
    assert (task.kind, task.state) == ("check_own_file", "to_do")
    services.check_file(actor=jelena, taken_id=row.pk)
    assert cases.tasks_among(jelena, case, [row.task_id])[0].state == "done"


def test_her_own_words_stand_in_her_file_as_hers_and_a_complaint_does_not(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    own = services.ask_online(owning=owning, kind=requests.OWN_WORDS, words=SAID)
    services.ask_online(owning=owning, kind=requests.CORRECT, words=SAID)
    services.ask_online(owning=owning, kind=requests.COMPLAIN, words=SAID)
    lines = cases.timeline(cast.actor("mira"), case).lines
    assert [(one.kind, one.code, one.by) for one in lines[:2]] == [
        ("own_request", "correct", None),
        ("own_words", "", None),
    ]
    assert lines[1].subject_id == own
    assert not [one for one in lines[2:] if one.kind.startswith("own_")]
    assert selectors.request(cast.actor("mira"), own).asked == SAID
