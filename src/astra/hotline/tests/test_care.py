"""Does a note after the work open for those alone whom she chose, and do numbers say nothing of what was said?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Debrief, HardContact
from astra.hotline.rules import care as rules
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.vault.models import Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
MINE, TOLD = "I could not sleep after it.", "I need a free Friday."


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def read_by(cast: Cast) -> dict[str, tuple[bool, bool]]:
    """Who reads the note, and who the part for the coordinator."""
    found = {}
    for who in ("mira", "sanja", "milena", "jelena", "lara"):
        lines = selectors.debriefs(cast.actor(who))
        found[who] = (any(one.words == MINE for one in lines), any(one.for_coordination == TOLD for one in lines))
    return found


def test_hours_are_counted_by_the_week_of_the_contact() -> None:
    anna, vera = uuid4(), uuid4()
    sunday = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # half past eleven at night in Belgrade
    hard = [
        rules.Hard(anna, sunday, 90),
        rules.Hard(anna, sunday, 100),
        rules.Hard(anna, sunday + timedelta(hours=1), 30),
    ]
    found = rules.load([*hard, rules.Hard(vera, sunday, 0)])
    first, second = rules.monday_of(sunday), rules.monday_of(sunday + timedelta(hours=1))
    assert (first.isoformat(), second.isoformat()) == ("2026-11-16", "2026-11-23")
    assert found[anna][first] == rules.Week(2, 190)
    assert found[anna][first].hours == 3.2
    assert found[anna][first].is_heavy
    assert not found[anna][second].is_heavy
    assert found[vera][first] == rules.Week(1, 0)


def test_her_own_circle_and_whom_she_chose_and_apart_from_it_the_coordinator(cast: Cast) -> None:
    mira = cast.client("mira")
    typed = {"words": MINE, "readers": [str(cast.sanja.id)], "for_coordination": TOLD}
    assert mira.post(page("debriefs"), typed).status_code == 302
    assert read_by(cast) == {
        "mira": (True, True),
        "sanja": (True, False),
        "milena": (False, False),
        "jelena": (False, True),
        "lara": (False, False),
    }
    assert MINE not in cast.client("jelena").get(page("debriefs")).content.decode()
    assert TOLD in cast.client("jelena").get(page("debriefs")).content.decode()


def test_supervision_is_between_two_people(cast: Cast) -> None:
    typed = {"words": MINE, "supervisor": str(cast.milena.id), "readers": [str(cast.sanja.id)]}
    assert cast.client("mira").post(page("debriefs"), typed).status_code == 302
    assert Debrief.objects.get().kind == rules.SUPERVISION
    assert {who for who, (reads, _) in read_by(cast).items() if reads} == {"mira", "milena"}
    two = [cast.sanja.id, cast.milena.id]
    with pytest.raises(Invalid):
        services.write_debrief(actor=cast.actor("mira"), kind=rules.SUPERVISION, words=MINE, readers=two)
    with pytest.raises(Invalid):
        services.write_debrief(actor=cast.actor("mira"), kind=rules.OWN)
    with pytest.raises(NotFound):
        services.write_debrief(actor=cast.actor("mira"), kind=rules.OWN, words=MINE, readers=[uuid4()])


def test_only_its_writer_destroys_it_and_then_it_is_gone(cast: Cast) -> None:
    found = services.write_debrief(actor=cast.actor("mira"), kind=rules.OWN, words=MINE, readers=[cast.sanja.id])
    with pytest.raises(NotFound):
        services.destroy_debrief(actor=cast.actor("sanja"), debrief_id=found)
    assert cast.client("mira").post(page("destroy_debrief", found)).status_code == 302
    assert not Section.objects.filter(record=found).exists()
    assert selectors.debriefs(cast.actor("sanja")) == []


def test_a_hard_contact_counts_for_whoever_took_it(cast: Cast, make: Callable[..., NewContact]) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make(minutes=200))
    mira = cast.client("mira")
    assert page("mark_hard", contact) in mira.get(page("contact", contact)).content.decode()
    assert page("mark_hard", contact) not in cast.client("sanja").get(page("contact", contact)).content.decode()
    with pytest.raises(NotFound):
        services.mark_hard(actor=cast.actor("sanja"), contact_id=contact)
    for _ in range(2):
        mira.post(page("mark_hard", contact), {"verb": "mark"})
    assert HardContact.objects.count() == 1
    shown = cast.client("jelena").get(page("load")).content.decode()
    assert "3,3 h: pitajte" in shown
    assert mira.get(page("load")).status_code == 403
    with pytest.raises(Denied):
        selectors.load(cast.actor("mira"))
    mira.post(page("mark_hard", contact), {"verb": "unmark"})
    assert not HardContact.objects.exists()


def test_a_note_after_a_contact_marks_it(cast: Cast, make: Callable[..., NewContact]) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    mira = cast.client("mira")
    assert "is_hard" in mira.get(page("debriefs"), {"contact": str(contact)}).content.decode()
    typed = {"words": MINE, "contact": str(contact), "is_hard": "on"}
    assert mira.post(page("debriefs"), typed).status_code == 302
    assert HardContact.objects.get().contact_id == contact
