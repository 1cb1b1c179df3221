"""Does nothing go without two people, and does everything go that they agreed to?"""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

import astra
from astra import vocabulary
from astra.audit.models import Pending
from astra.cases import services as cases
from astra.cases.models import Case, Note
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline.models import Contact
from astra.kernel.clock import now, today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow
from astra.people.models import Person
from astra.rights import services
from astra.rights.models import Disposal, Ending
from astra.rights.rules import keeping as rules
from astra.rights.rules.keeping import Clock
from astra.rights.services import keeping
from astra.vault import selectors as vault
from astra.vault.models import ErasureKey, Record

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LONG_AGO = 11 * 365


def closed_file(cast: Cast, years: float, *, note: bool = True) -> tuple[UUID, UUID]:
    """A file of Mira's that was closed so many years ago, and its client."""
    mira = cast.actor("mira")
    person = make_person(mira)
    case = make_case(mira, person)
    if note:
        cases.add_note(actor=mira, case_id=case, title="Razgovor", text="Rekla je da ide kući.")
    cases.close_case(actor=mira, case_id=case, outcome="independent")
    at = today() - timedelta(days=int(years * 365.25))
    Case.objects.filter(pk=case).update(opened_on=at, closed_on=at)
    Person.objects.filter(pk=person).update(registered_on=at)
    return case, person


def line(record: UUID, category: str) -> Ending:
    return Ending.objects.get(record=record, category=category)


def propose(cast: Cast, who: str, *lines: Ending) -> UUID:
    ids = [one.pk for one in lines]
    return services.propose(actor=cast.actor(who), category=lines[0].category, lines=ids, reason="time_over")


def test_every_class_of_every_inventory_has_a_rule() -> None:
    used = set()
    for path in Path(astra.__file__).parent.rglob("inventory.toml"):
        stack = [tomllib.loads(path.read_text("utf-8"))]
        while stack:
            told = stack.pop()
            used |= {told["retention"]} if isinstance(told.get("retention"), str) else set()
            stack += [one for one in told.values() if isinstance(one, dict)]
    assert len(used) > 20
    assert used <= set(rules.rules())
    assert set(rules.rules()) == set(vocabulary.codes("retention_class").codes)


def test_every_rule_says_a_known_ground_and_deed() -> None:
    for rule in rules.rules().values():
        vocabulary.check("retention_ground", rule.ground)
        vocabulary.check("retention_deed", rule.deed)
        assert rule.months > 0
        assert rule.starts
        assert set(rule.after) <= set(rules.rules())
    assert {one.category for one in rules.rules().values() if one.deed == rules.TWO_PEOPLE} == set(rules.CATEGORIES)


@pytest.mark.parametrize(
    ("clock", "category", "ends"),
    [
        (Clock(date(2020, 1, 31)), "health", date(2025, 1, 31)),
        (Clock(date(2020, 2, 29)), "case", date(2030, 2, 28)),
        (Clock(date(2020, 1, 1), final_on=date(2024, 6, 1)), "legal", date(2034, 6, 1)),
        (Clock(date(2020, 1, 1), final_on=date(2024, 6, 1)), "case", date(2034, 6, 1)),
        (Clock(date(2020, 1, 1), final_on=date(2024, 6, 1)), "health", date(2025, 1, 1)),
        (Clock(date(2012, 1, 1), of_age_on=date(2024, 4, 1)), "case", date(2034, 4, 1)),
        (Clock(date(2020, 1, 1), is_pending=True), "case", None),
        (Clock(None), "case", None),
    ],
)
def test_when_a_clock_ends(clock: Clock, category: str, ends: date | None) -> None:
    assert clock.ends(category) == ends


def test_the_preview_ends_with_the_next_month() -> None:
    assert rules.end_of_next_month(date(2026, 11, 23)) == date(2026, 12, 31)
    assert rules.end_of_next_month(date(2026, 12, 31)) == date(2027, 1, 31)
    assert rules.end_of_next_month(date(2027, 1, 31)) == date(2027, 2, 28)


def test_the_nightly_look_names_and_destroys_nothing(cast: Cast) -> None:
    case, person = closed_file(cast, 11)
    young, _ = closed_file(cast, 1)
    keys = ErasureKey.objects.count()
    services.look_for_endings()
    assert {(one.record_id, one.category) for one in Ending.objects.all()} == {(case, "case"), (person, "identity")}
    assert not Ending.objects.filter(record=young).exists()
    services.look_for_endings()
    assert Ending.objects.count() == 2
    assert ErasureKey.objects.count() == keys


def test_one_proposes_another_agrees_and_it_is_gone(cast: Cast) -> None:
    case, person = closed_file(cast, 11)
    services.look_for_endings()
    disposal = propose(cast, "jelena", line(case, "case"))
    with pytest.raises(Denied, match="Somebody else"):
        services.agree(actor=cast.actor("jelena"), disposal_id=disposal)
    assert Record.objects.get(pk=case).erased_at is None
    assert services.agree(actor=cast.actor("ana"), disposal_id=disposal) == 1
    assert Record.objects.get(pk=case).erased_at is not None
    assert vault.living_classes([case]) == {}
    assert not Note.objects.filter(case=case).exists()
    assert Record.objects.get(pk=person).erased_at is None
    row = Disposal.objects.get()
    assert (row.state, row.asked, row.gone) == ("gone", 1, 1)
    assert row.proposed_by_id != row.decided_by_id
    with pytest.raises(NotAllowedNow):
        services.agree(actor=cast.actor("ana"), disposal_id=disposal)


def test_a_person_goes_when_all_of_hers_is_over(cast: Cast) -> None:
    case, person = closed_file(cast, 11)
    services.look_for_endings()
    services.agree(actor=cast.actor("ana"), disposal_id=propose(cast, "jelena", line(person, "identity")))
    assert Record.objects.get(pk=person).erased_at is not None
    assert vault.living_classes([case]) == {}


def test_somebody_with_an_open_file_is_not_named(cast: Cast) -> None:
    case, person = closed_file(cast, 11)
    make_case(cast.actor("mira"), person)
    services.look_for_endings()
    assert [(one.record_id, one.category) for one in Ending.objects.all()] == [(case, "case")]


def test_a_reopened_file_stays_though_two_agreed(cast: Cast) -> None:
    case, _person = closed_file(cast, 11)
    services.look_for_endings()
    disposal = propose(cast, "jelena", line(case, "case"))
    cases.step(actor=cast.actor("mira"), case_id=case, verb="reopen")
    assert services.agree(actor=cast.actor("ana"), disposal_id=disposal) == 0
    assert Record.objects.get(pk=case).erased_at is None
    services.look_for_endings()
    assert not Ending.objects.exists()


def test_a_legal_hold_stops_it_at_every_step(cast: Cast) -> None:
    case, person = closed_file(cast, 11)
    services.look_for_endings()
    disposal = propose(cast, "jelena", line(case, "case"))
    cases.hold(actor=cast.actor("mira"), case_id=case, words="Tužilac traži spis.")
    assert services.agree(actor=cast.actor("ana"), disposal_id=disposal) == 0
    for record, category in ((case, "case"), (person, "identity")):
        with pytest.raises(NotAllowedNow, match="legal hold"):
            propose(cast, "jelena", line(record, category))
    assert Record.objects.get(pk=case).erased_at is None


def test_what_is_kept_longer_cannot_be_proposed_until_then(cast: Cast) -> None:
    case, _person = closed_file(cast, 11)
    services.look_for_endings()
    one = line(case, "case")
    ana = cast.actor("ana")
    for wrong in (None, today(), today() + timedelta(days=800)):
        with pytest.raises(Invalid, match="Choose a day"):
            services.keep_longer(actor=ana, ending_id=one.pk, reason="court", until=wrong)
    services.keep_longer(actor=ana, ending_id=one.pk, reason="court", until=today() + timedelta(days=30))
    with pytest.raises(NotAllowedNow, match="not over yet"):
        propose(cast, "jelena", line(case, "case"))
    services.look_for_endings()
    assert line(case, "case").kept_because == "court"
    Ending.objects.update(kept_until=today() - timedelta(days=1))
    propose(cast, "jelena", line(case, "case"))


def test_refused_or_taken_back_it_stays(cast: Cast) -> None:
    case, _person = closed_file(cast, 11)
    services.look_for_endings()
    first = propose(cast, "jelena", line(case, "case"))
    with pytest.raises(NotAllowedNow, match="already"):
        propose(cast, "ana", line(case, "case"))
    with pytest.raises(Denied):
        services.take_back_disposal(actor=cast.actor("ana"), disposal_id=first)
    services.refuse(actor=cast.actor("ana"), disposal_id=first, words="Sud još pita.")
    second = propose(cast, "jelena", line(case, "case"))
    services.take_back_disposal(actor=cast.actor("jelena"), disposal_id=second)
    assert line(case, "case").disposal_id is None
    assert Record.objects.get(pk=case).erased_at is None


def test_a_contact_that_nobody_took_over_goes_after_its_time(cast: Cast) -> None:
    old, fresh = (make_contact(cast.actor("mira")) for _ in range(2))
    Contact.objects.filter(pk=old).update(received_at=now() - timedelta(days=6 * 365))
    services.look_for_endings()
    services.agree(actor=cast.actor("ana"), disposal_id=propose(cast, "jelena", line(old, "contact")))
    assert Record.objects.get(pk=old).erased_at is not None
    assert Record.objects.get(pk=fresh).erased_at is None


def test_what_was_interrupted_is_finished_without_a_key(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case, person = closed_file(cast, 11)
    services.look_for_endings()
    first = propose(cast, "jelena", line(case, "case"))
    second = propose(cast, "jelena", line(person, "identity"))
    Disposal.objects.update(state=rules.AGREED, decided_by=cast.ana.id, decided_at=now())
    services.look_for_endings()
    assert vault.living_classes([case, person]) == {}
    assert set(Disposal.objects.filter(pk__in=[first, second]).values_list("state", "gone")) == {
        ("gone", 1),
        ("gone", 0),
    } or set(Disposal.objects.values_list("state", flat=True)) == {"gone"}
    assert monkeypatch


def test_only_those_who_answer_for_it(cast: Cast) -> None:
    case, _person = closed_file(cast, 11)
    services.look_for_endings()
    for who in ("mira", "petar", "vesna"):
        with pytest.raises(Denied):
            propose(cast, who, line(case, "case"))


def test_nothing_chosen_and_nothing_over_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="at least one"):
        services.propose(actor=cast.actor("jelena"), category="case", lines=[], reason="time_over")
    case, _person = closed_file(cast, 10 - 0.02)
    services.look_for_endings()
    with pytest.raises(NotAllowedNow, match="not over yet"):
        propose(cast, "jelena", line(case, "case"))


def test_the_log_names_nobody(cast: Cast) -> None:
    case, _person = closed_file(cast, 11)
    services.look_for_endings()
    services.agree(actor=cast.actor("ana"), disposal_id=propose(cast, "jelena", line(case, "case")))
    told = "".join(str(one.__dict__) for one in Pending.objects.all())
    assert "Milica" not in told
    assert str(case) not in told
    assert keeping.REASON == "retention"
    assert isinstance(now(), datetime)
