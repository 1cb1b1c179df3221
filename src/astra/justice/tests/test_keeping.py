"""Are the figures of proceedings the same before and after an erasure where they may be, and is nobody left in them?"""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models

from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.justice import facts, selectors, services
from astra.justice.models import (
    KeptClaim,
    KeptDecision,
    KeptDemand,
    KeptLetter,
    KeptProceeding,
    KeptRight,
    Letter,
    Proceeding,
)
from astra.justice.sections import RightWords, TermWords
from astra.justice.tests.making import (
    ago,
    make_claim,
    make_decision,
    make_demand,
    make_hearing,
    make_letter,
    make_proceeding,
)
from astra.vault.actor import Actor
from astra.vault.services import erasure
from astra.vocabulary.coarsening import RARE_BELOW

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
KEPT: tuple[type[models.Model], ...] = (KeptProceeding, KeptDecision, KeptClaim, KeptRight, KeptDemand, KeptLetter)


def make_trial(actor: Actor, case_id: UUID, *articles: str) -> UUID:
    trial = make_proceeding(actor, case_id)
    for days, article in enumerate(articles):
        since = ago(300 - days)
        services.qualify(actor=actor, proceeding_id=trial, article=article, paragraph="1", stage="report", since=since)
    for days in (-90, -60):
        hearing = make_hearing(actor, trial, days)
        services.end_hearing(actor=actor, hearing_id=hearing, verb="hold", outcome="she_testified")
    return trial


def figures() -> dict[str, object]:
    """What yearly tables count, by kind; no sums, no rare codes."""
    proceedings, decisions = list(facts.proceeding_facts()), list(facts.decision_facts())
    claims, demands = list(facts.compensation_facts()), list(facts.demand_facts())
    return {
        "proceedings": sorted((row.kind, row.roles, row.state, f"{row.begun_on:%Y-%m}") for row in proceedings),
        "requalified": sum(len(row.articles) > 1 for row in proceedings),
        "hearings": sum(row.hearings_held for row in proceedings),
        "files": len({row.file for row in proceedings}),
        "decisions": sorted((row.instance, row.outcome, row.is_final, row.penalties) for row in decisions),
        "claims": sorted((row.kind, row.state, row.currency, row.payments, row.claimed_on.year) for row in claims),
        "rights": sorted((row.kind, row.state) for row in facts.right_facts()),
        "demands": sorted((row.asker, row.right, row.state, row.is_told) for row in demands),
    }


def test_figures_before_and_after_an_erasure(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case_id, other = make_case(mira, person), make_case(mira, make_person(mira, "Druga"))
    trial = make_trial(mira, case_id, "kz134", "kz388")
    make_proceeding(mira, case_id, kind="civil", role="party")
    for _ in range(RARE_BELOW):
        make_trial(mira, other, "kz388")
    decision = make_decision(mira, trial)
    services.add_penalty(actor=mira, decision_id=decision, accused="exploiter", kind="prison", years=5, months=6)
    claim = make_claim(mira, trial, "1234567.89")
    services.order(actor=mira, claim_id=claim, ordered=Decimal("617283.94"), day=ago(100))
    services.pay(actor=mira, claim_id=claim, amount=Decimal("308641.97"), paid_on=ago(5), payer="state")
    services.ask_right(
        actor=mira, case_id=case_id, tier="team", kind="non_punishment", asked_on=ago(30), words=RightWords()
    )
    make_demand(mira, case_id)
    number = str(Letter.objects.get(pk=make_letter(mira, case_id)))
    before = figures()
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert figures() == before
    assert Proceeding.objects.filter(case=case_id).count() == 0
    kept = KeptProceeding.objects.get(kind="criminal")
    assert kept.articles == ["other", "kz388"]
    assert kept.begun_on == ago(400).replace(day=1)
    assert KeptProceeding.objects.values("mark").distinct().count() == 1
    redress = KeptClaim.objects.get()
    assert (redress.claimed, redress.ordered, redress.paid) == (Decimal(1200000), Decimal(620000), Decimal(310000))
    assert KeptLetter.objects.get().dated_on.day == 1
    assert number in [str(one) for one in selectors.register(mira, None).erased]
    assert int(str(Letter.objects.get(pk=make_letter(mira, other))).split("/", maxsplit=1)[0]) > 1


def test_nothing_kept_leads_to_anybody(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case_id = make_case(mira, person)
    trial = make_trial(mira, case_id, "kz388")
    make_decision(mira, trial)
    make_letter(mira, case_id)
    known = {str(person), str(case_id), str(trial)}
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    for model in KEPT:
        assert not [one for one in model._meta.get_fields() if one.is_relation], model
        for row in model._default_manager.values():
            assert not known & {str(value) for value in row.values()}
            assert all(value.day == 1 for value in row.values() if hasattr(value, "day")), row


def test_what_is_shared_with_somebody_else_stays(cast: Cast) -> None:
    mira = cast.actor("mira")
    person, sister = make_person(mira), make_person(mira, "Druga")
    case_id = make_case(mira, people=[(person, "client"), (sister, "client")])
    trial = make_trial(mira, case_id, "kz388")
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert Proceeding.objects.filter(pk=trial).exists()
    assert not KeptProceeding.objects.exists()


def test_terms_are_brought_up_a_week_before_and_are_not_late(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    for days in (0, 5, 9):
        services.add_term(
            actor=mira,
            case_id=case_id,
            tier="team",
            code="own",
            due_on=ago(-days),
            words=TermWords("Podnesak"),
        )
    today = ago(0)
    assert [one.day for one in selectors.due(mira, today)] == [today + timedelta(days=5)]
