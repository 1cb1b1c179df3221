"""A trial from its beginning to the last payment; letters without an answer; demands for a file; erasure."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from astra.cases import selectors as cases
from astra.cases import services as case_services
from astra.cases.models import Task, TimelineEntry
from astra.cases.services.walls import records_of
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.justice import services
from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Letter,
    Measure,
    Proceeding,
    Qualification,
    Right,
    Suspect,
    Term,
)
from astra.justice.sections import (
    IncidentWords,
    LetterWords,
    ProceedingWords,
    RightWords,
    SuspectWords,
    TermWords,
)
from astra.justice.tests.making import (
    ago,
    make_claim,
    make_decision,
    make_demand,
    make_hearing,
    make_letter,
    make_proceeding,
)
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.people import selectors as people
from astra.vault.models import ErasureHandle
from astra.vault.services import erasure

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def kinds(case_id: UUID) -> list[str]:
    return list(Task.objects.filter(case=case_id, state="to_do").order_by("due_on").values_list("kind", flat=True))


def test_a_trial_from_report_to_final(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    trial = make_proceeding(mira, case_id)
    for article, stage, days in (("kz184", "report", 390), ("kz388", "indictment", 100)):
        services.qualify(actor=mira, proceeding_id=trial, article=article, paragraph="1", stage=stage, since=ago(days))
    assert list(Qualification.objects.order_by("since").values_list("article", flat=True)) == ["kz184", "kz388"]
    services.step_proceeding(actor=mira, proceeding_id=trial, verb="open_trial", day=ago(90))
    first = make_hearing(mira, trial, -60)
    services.end_hearing(actor=mira, hearing_id=first, verb="hold", outcome="she_testified", course="Mirno")
    second = make_hearing(mira, trial, 10, escort=cast.mira.id)
    third = services.postpone_hearing(
        actor=mira, hearing_id=second, outcome="defence_absent", begins_at=now() + timedelta(days=40)
    )
    assert Hearing.objects.get(pk=third).follows_id == second
    assert kinds(case_id) == ["prepare_hearing"]
    decision = make_decision(mira, trial, received_on=ago(20))
    services.add_penalty(actor=mira, decision_id=decision, accused="exploiter", kind="prison", years=5, months=6)
    services.appeal(actor=mira, decision_id=decision, day=ago(10), appealed_by="defence")
    assert Proceeding.objects.get(pk=trial).state == "appealed"
    make_decision(mira, trial, "confirmed", instance="second", decided_on=ago(1), is_final=True)
    row = Proceeding.objects.get(pk=trial)
    assert (row.state, row.ended_on) == ("final", ago(1))
    assert Decision.objects.count() == 2


def test_a_hearing_in_the_future_cannot_be_held(cast: Cast) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira)
    hearing = make_hearing(mira, trial, 5)
    with pytest.raises(Invalid):
        services.end_hearing(actor=mira, hearing_id=hearing, verb="hold", outcome="concluded")
    with pytest.raises(Invalid):
        services.postpone_hearing(actor=mira, hearing_id=hearing, outcome="court", begins_at=now() + timedelta(days=2))
    assert Hearing.objects.get(pk=hearing).state == "planned"


def test_an_accused_client_brings_non_punishment_up(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    make_proceeding(mira, case_id)
    assert kinds(case_id) == []
    make_proceeding(mira, case_id, role="accused")
    assert kinds(case_id) == ["write"]


def test_measures_and_harm(cast: Cast) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira)
    services.ask_measure(actor=mira, proceeding_id=trial, kind="special_witness", asked_on=ago(20))
    measure = Measure.objects.get()
    services.step_measure(actor=mira, measure_id=measure.pk, verb="refuse", day=ago(10))
    services.step_measure(actor=mira, measure_id=measure.pk, verb="ask_again", day=ago(9))
    services.step_measure(actor=mira, measure_id=measure.pk, verb="grant", day=ago(1))
    measure.refresh_from_db()
    assert (measure.state, measure.asked_on, measure.answered_on) == ("granted", ago(9), ago(1))
    with pytest.raises(Invalid):
        services.add_incident(
            actor=mira, proceeding_id=trial, kind="blame", happened_on=ago(1), is_reported=False, words=IncidentWords()
        )


def test_terms_by_law_and_of_our_own(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    term = services.add_term(
        actor=mira, case_id=case_id, tier="team", code="civil_appeal", event_on=today(), words=TermWords("Žalba")
    )
    row = Term.objects.get(pk=term)
    assert timedelta(days=15) <= row.due_on - today() <= timedelta(days=21)
    task = Task.objects.get(pk=row.task_id)
    assert task.due_on == row.due_on
    for bad in ({"code": "own"}, {"code": "civil_appeal"}):
        with pytest.raises(Invalid):
            services.add_term(actor=mira, case_id=case_id, tier="team", words=TermWords(), **bad)  # type: ignore[arg-type]  # a code is all there is
    with pytest.raises(Invalid):
        services.end_term(actor=mira, term_id=term, verb="meet", day=today())
    services.end_term(actor=mira, term_id=term, verb="meet", day=today(), proof="Prijemni pečat 12")
    task.refresh_from_db()
    row.refresh_from_db()
    assert (task.state, row.state) == ("done", "met")


def test_compensation_right_to_the_cent(cast: Cast) -> None:
    mira = cast.actor("mira")
    claim = make_claim(mira, make_proceeding(mira))
    with pytest.raises(NotAllowedNow):
        services.pay(actor=mira, claim_id=claim, amount=Decimal(1), paid_on=ago(1), payer="state")
    services.order(actor=mira, claim_id=claim, ordered=Decimal("300000.10"), day=ago(100))
    services.step_claim(actor=mira, claim_id=claim, verb="enforce", day=ago(50))
    for amount in ("150000.05", "150000.04"):
        services.pay(actor=mira, claim_id=claim, amount=Decimal(amount), paid_on=ago(5), payer="convicted_person")
    assert Claim.objects.get(pk=claim).state == "enforced"
    with pytest.raises(Invalid):
        services.pay(actor=mira, claim_id=claim, amount=Decimal("0.02"), paid_on=ago(5), payer="state")
    services.pay(actor=mira, claim_id=claim, amount=Decimal("0.01"), paid_on=ago(5), payer="state")
    assert Claim.objects.get(pk=claim).state == "paid"


def test_a_permit_is_renewed(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    right = services.ask_right(
        actor=mira, case_id=case_id, tier="team", kind="temporary_residence", asked_on=ago(30), words=RightWords()
    )
    with pytest.raises(Invalid):
        services.grant_right(actor=mira, right_id=right, day=ago(20))
    until = today() + timedelta(days=100)
    services.grant_right(actor=mira, right_id=right, day=ago(20), valid_until=until)
    assert Task.objects.get(kind="renew_right").due_on == until - timedelta(days=60)
    again = services.renew_right(actor=mira, right_id=right, day=today())
    assert Right.objects.get(pk=right).state == "renewed"
    assert Right.objects.get(pk=again).renews_id == right
    assert kinds(case_id) == []


def test_suspected_until_a_final_conviction(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    trial = make_proceeding(mira, case_id)
    suspect = services.add_suspect(
        actor=mira, case_id=case_id, part="exploiter", words=SuspectWords(name="Zoran Zlić"), proceeding_id=trial
    )
    services.step_suspect(actor=mira, suspect_id=suspect, verb="charge", day=ago(9))
    make_decision(mira, trial)
    with pytest.raises(NotAllowedNow):
        services.step_suspect(actor=mira, suspect_id=suspect, verb="convict", day=ago(1))
    services.make_final(actor=mira, decision_id=Decision.objects.get().pk, day=ago(2))
    services.step_suspect(actor=mira, suspect_id=suspect, verb="convict", day=ago(1))
    assert Suspect.objects.get().state == "convicted"
    assert people.search(mira, "Zoran Zlić") == []


def test_letters_have_running_numbers_and_silence_has_steps(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    letter = make_letter(mira, case_id, dated_on=date(2026, 1, 10), answer_due_on=date(2026, 2, 10))
    other = make_letter(mira, case_id, dated_on=date(2026, 1, 12), direction="in")
    assert [str(Letter.objects.get(pk=one)) for one in (letter, other)] == ["1/2026", "2/2026"]
    expected = ["send_reminder", "lodge_complaint", "write_to_ombudsman", "review_silence"]
    assert kinds(case_id) == expected[:1]
    for verb, kind in zip(("remind", "complain", "go_to_ombudsman"), expected[1:], strict=True):
        services.step_letter(actor=mira, letter_id=letter, verb=verb, day=ago(1), remark="Poslato")
        assert kinds(case_id) == [kind]
    make_letter(mira, case_id, direction="in", subject="answer", answers=letter)
    assert Letter.objects.get(pk=letter).state == "answered"
    assert kinds(case_id) == []
    with pytest.raises(Invalid):
        make_letter(mira, case_id, words=LetterWords())
    with pytest.raises(Invalid):
        make_letter(mira, case_id, direction="in", answer_due_on=today())
    services.prove_delivery(actor=mira, letter_id=letter, proof="stamp", day=date(2026, 1, 11), where="U fascikli")
    assert Letter.objects.get(pk=letter).proof == "stamp"


def test_a_demand_is_checked_refused_in_part_and_told(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    demand = make_demand(mira, case_id)
    assert kinds(case_id) == ["check_demand"]
    with pytest.raises(NotAllowedNow):
        services.answer_demand(actor=mira, demand_id=demand, verb="refuse", day=today(), held_back="Sve")
    services.tell_her(actor=mira, demand_id=demand, told_on=today(), told="Da su tražili")  # not yet what was given
    opinion = "Samo potvrda o uslugama"
    with pytest.raises(Invalid, match="A lawyer gives"):
        services.check_demand(actor=mira, demand_id=demand, right_holds="partly", opinion=opinion)
    services.check_demand(
        actor=mira, demand_id=demand, right_holds="partly", opinion=opinion, lawyer="Advokatica Lukić"
    )
    with pytest.raises(Invalid):
        services.answer_demand(actor=mira, demand_id=demand, verb="give_partly", day=today(), given="Potvrda")
    services.answer_demand(
        actor=mira, demand_id=demand, verb="give_partly", day=today(), given="Potvrda", held_back="Beleške"
    )
    assert kinds(case_id) == ["tell_her"]
    with pytest.raises(Invalid):
        services.tell_her(actor=mira, demand_id=demand, told_on=None)
    services.tell_her(actor=mira, demand_id=demand, told_on=None, untold_because="cannot_reach")
    assert kinds(case_id) == ["tell_her"]
    services.tell_her(actor=mira, demand_id=demand, told_on=today(), told="Razume")
    row = Demand.objects.get()
    assert (row.state, row.checked_by_id, row.told_on) == ("given_partly", cast.mira.id, today())
    assert kinds(case_id) == []


def test_nothing_is_given_on_a_right_that_does_not_hold(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    case_services.admit(actor=mira, case_id=case_id, member_id=cast.ivana.id, tiers=["team", "legal"])
    demand = make_demand(mira, case_id)
    services.check_demand(actor=cast.actor("ivana"), demand_id=demand, right_holds="no", opinion="Nema osnova")
    with pytest.raises(Invalid):
        services.answer_demand(actor=cast.actor("ivana"), demand_id=demand, verb="give", day=today(), given="Sve")
    assert Demand.objects.get().state == "checked"


def test_who_is_not_in_the_tier_or_the_team_changes_nothing(cast: Cast) -> None:
    mira, vesna = cast.actor("mira"), cast.actor("vesna")
    case_id = make_case(mira, team=[cast.mira.id, cast.vesna.id])
    trial = make_proceeding(mira, case_id, tier="legal")
    for actor in (vesna, cast.actor("sanja")):
        with pytest.raises(NotFound):
            services.step_proceeding(actor=actor, proceeding_id=trial, verb="open_trial", day=today())
    lines = cases.timeline(vesna, case_id).lines
    assert "proceeding" not in {line.kind for line in lines}


def test_a_hold_covers_the_proceeding_and_erasure_takes_it_away(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case_id = make_case(mira, person)
    trial = make_proceeding(mira, case_id)
    assert trial in records_of(case_id)
    services.revise_proceeding(
        actor=mira,
        proceeding_id=trial,
        roles={person: "witness"},
        authority_id=None,
        words=ProceedingWords("K 9"),
        revision=1,
    )
    assert TimelineEntry.objects.filter(subject=trial).exists()
    make_hearing(mira, trial, 4)
    make_letter(mira, case_id)
    make_demand(mira, case_id)
    case_services.hold(actor=mira, case_id=case_id, words="Sud traži")
    with pytest.raises(NotAllowedNow):
        erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    case_services.lift_hold(actor=mira, case_id=case_id, words="Gotovo")
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    for model in (Proceeding, Hearing, Letter, Demand):
        assert not model._default_manager.exists()
    assert not ErasureHandle.objects.filter(record=trial, erased_at=None).exists()
