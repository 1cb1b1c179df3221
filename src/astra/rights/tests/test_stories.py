"""Is her story shown and printed only as she said, and is a parent's access decided by somebody, never by itself?"""

from datetime import date, timedelta
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument

from astra.cases import selectors as cases
from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.kernel.partial_dates import PartialDate
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.rights import selectors, services
from astra.rights.models import ParentAccess, Recalled, Story, TakenFile
from astra.rights.sections import PARENT_ASKS, STORY, STORY_APPROVED, ParentAsks, ParentDecided
from astra.rights.tests.test_owning import file_of, given, opened
from astra.vault import selectors as vault

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
TOLD = "Radila sam u kuhinji od jutra do mraka.\nPlatu nisam videla."
LATER = "Radila sam u kuhinji. Sada radim u pekari."


def told(cast: Cast, case: UUID, person: UUID, text: str = TOLD) -> UUID:
    return services.write_story(actor=cast.actor("mira"), case_id=case, person_id=person, text=text)


def approve(cast: Cast, story: UUID, revision: int = 1, *, may_print: bool = True) -> None:
    services.approve_story(
        actor=cast.actor("mira"), story_id=story, revision=revision, may_print=may_print, is_in_person=True
    )


def lines_of(cast: Cast, case: UUID) -> list[tuple[str, str]]:
    page = cases.timeline(cast.actor("mira"), case)
    return [(line.kind, line.code) for line in page.lines]


# ---- My story


def test_she_approves_one_text_here_and_a_later_one_is_not_approved(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, story = cast.actor("mira"), told(cast, case, person)
    with pytest.raises(Invalid, match="here, with you"):
        services.approve_story(actor=mira, story_id=story, revision=1, may_print=True, is_in_person=False)
    approve(cast, story)
    services.revise_story(actor=mira, story_id=story, text=LATER, revision=1)
    line = selectors.story(mira, story)
    assert (line.text, line.approved, line.is_approved) == (LATER, TOLD, False)
    assert line.row.approved_on == today()
    with pytest.raises(Conflict):
        approve(cast, story, 1)
    approve(cast, story, 2)
    line = selectors.story(mira, story)
    assert (line.approved, line.is_approved) == (LATER, True)


def test_it_is_one_page_and_one_a_person(cast: Cast) -> None:
    case, person = file_of(cast)
    with pytest.raises(Invalid, match="one page"):
        told(cast, case, person, "a" * 3501)
    told(cast, case, person)
    with pytest.raises(NotAllowedNow):
        told(cast, case, person)
    stranger = make_person(cast.actor("mira"), "Ana Ilić")
    with pytest.raises(NotFound):
        told(cast, case, stranger)


def test_her_page_online_never_opens_it(cast: Cast) -> None:
    case, person = file_of(cast)
    story = told(cast, case, person)
    approve(cast, story)
    owning = opened(given(cast, case, person).own)
    for section in (STORY, STORY_APPROVED):
        assert vault.find_section(owning.actor, story, section) is None


def test_it_is_printed_only_as_she_said_and_never_says_what_it_must_not(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, story = cast.actor("mira"), told(cast, case, person)

    def print_it() -> bytes:
        return services.print_story(actor=mira, story_id=story, recipient="court", script="sr").data

    with pytest.raises(NotAllowedNow, match="not approved"):
        print_it()
    approve(cast, story, may_print=False)
    with pytest.raises(NotAllowedNow, match="not said"):
        print_it()
    approve(cast, story)
    services.revise_story(actor=mira, story_id=story, text="Bila sam žrtva.", revision=1)
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(print_it()))
    assert "Platu nisam videla" in text
    assert "žrtva" not in text
    assert ("story_printed", "court") in lines_of(cast, case)
    approve(cast, story, 2)
    with pytest.raises(NotAllowedNow):
        print_it()


def test_who_is_not_of_the_team_finds_nothing(cast: Cast) -> None:
    case, person = file_of(cast)
    story = told(cast, case, person)
    with pytest.raises(NotFound):
        selectors.story(cast.actor("vesna"), story)
    with pytest.raises(NotFound):
        selectors.story_of(cast.actor("vesna"), person)
    with pytest.raises(NotFound):
        services.revise_story(actor=cast.actor("vesna"), story_id=story, text="x", revision=1)


# ---- A parent's access


def asks(cast: Cast, case: UUID, person: UUID, **more: object) -> UUID:
    words = ParentAsks("Otac", "Izvod iz matične knjige", "Ceo dosije")
    given_: dict[str, object] = {"right": "parent", "child_view": "not_asked", "words": words} | more
    return services.note_parent(actor=cast.actor("mira"), case_id=case, person_id=person, **given_)  # type: ignore[arg-type]


def test_a_parent_is_decided_by_somebody_else_after_the_child_was_asked(cast: Cast) -> None:
    case, person = file_of(cast)
    access = asks(cast, case, person)
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    reason = ParentDecided("Dete se boji oca.", "")

    def decide(actor: object, outcome: str, view: str, words: ParentDecided) -> None:
        services.decide_parent(
            actor=actor,  # type: ignore[arg-type]
            access_id=access,
            outcome=outcome,
            child_view=view,
            child_words="Neću da zna.",
            words=words,
        )

    with pytest.raises(NotAllowedNow, match="other than"):
        decide(mira, "refused", "disagrees", reason)
    with pytest.raises(Invalid, match="Ask the child"):
        decide(jelena, "refused", "not_asked", reason)
    with pytest.raises(Invalid, match="what exactly"):
        decide(jelena, "partly", "disagrees", reason)
    decide(jelena, "refused", "disagrees", reason)
    (line,) = selectors.parents_of(mira, person)
    assert (line.row.outcome, line.row.decided_by, line.row.child_view) == ("refused", jelena.id, "disagrees")
    assert line.asked.child_words == "Neću da zna."
    assert line.decided == reason
    with pytest.raises(NotAllowedNow):
        decide(jelena, "refused", "disagrees", reason)
    assert [line for line in lines_of(cast, case) if line[0].startswith("parent")] == [
        ("parent_decided", "refused"),
        ("parent_asked", "parent"),
    ]


def test_a_task_asks_for_the_decision_and_ends_with_it(cast: Cast) -> None:
    case, person = file_of(cast)
    access = asks(cast, case, person)
    task_id = ParentAccess.objects.get().task_id
    assert task_id is not None
    (task,) = cases.tasks_among(cast.actor("mira"), case, [task_id])
    assert (task.kind, task.due_on) == ("decide_parent_access", today() + timedelta(days=30))
    services.take_back_parent(actor=cast.actor("mira"), access_id=access)
    (task,) = cases.tasks_among(cast.actor("mira"), case, [task_id])
    assert task.state == "dropped"


def test_a_parent_of_an_adult_has_no_right_and_nothing_is_half_kept(cast: Cast) -> None:
    mira = cast.actor("mira")
    grown = people.register_person(
        actor=mira, identity=Identity(names=(Name(text="Milica Perić"),), birth=PartialDate.in_year(1990))
    )
    case = make_case(mira, grown)
    with pytest.raises(Invalid, match="of age"):
        asks(cast, case, grown)
    with pytest.raises(Invalid, match="which paper"):
        asks(cast, *file_of(cast), words=ParentAsks("Otac"))
    with pytest.raises(Invalid, match="future"):
        asks(cast, *file_of(cast), received_on=date.max)
    assert ParentAccess.objects.count() == 0


# ---- What cannot be called back


def test_what_others_hold_stays_on_the_worklist_until_somebody_has_asked(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    new = NewConsent("referral", "police", "identity", method="written", language="sr", given_on=today())
    line = consent.record_consent(actor=mira, person_id=person, new=new)
    assert selectors.recalls_of(mira, person) == []
    services.withdraw_online(owning=opened(given(cast, case, person).own), consent_id=line)
    (one,) = selectors.recalls_of(mira, person)
    assert one.ended is None
    (due,) = selectors.recalls_due(mira, today())
    assert (due.record_id, due.day) == (line, today() + timedelta(days=7))
    with pytest.raises(NotFound):
        services.note_recalled(actor=cast.actor("vesna"), consent_id=line, outcome="destroyed")
    services.note_recalled(actor=mira, consent_id=line, outcome="destroyed")
    with pytest.raises(Conflict):
        services.note_recalled(actor=mira, consent_id=line, outcome="returned")
    assert selectors.recalls_due(mira, today()) == []
    assert Recalled.objects.get().outcome == "destroyed"


# ---- Forgetting


def test_erasing_her_takes_story_decisions_and_files_along(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    story, access = told(cast, case, person), asks(cast, case, person)
    approve(cast, story)
    services.prepare_file(actor=mira, case_id=case, person_id=person)
    people.erase(actor=cast.actor("jelena"), person_id=person, reason="request")
    assert Story.objects.count() == ParentAccess.objects.count() == TakenFile.objects.count() == 0
    for kind in (STORY, STORY_APPROVED):
        assert vault.find_section(cast.actor("mira"), story, kind) is None
    assert vault.find_section(cast.actor("mira"), access, PARENT_ASKS) is None
