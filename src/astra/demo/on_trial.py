"""What do the courts hold this morning? The daughter's trial as it begins, one that ended, and judgments of others."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.cases import services as cases
from astra.demo.cast import Employed
from astra.justice import services as justice
from astra.justice.sections import (
    ClaimWords,
    DecisionWords,
    DemandWords,
    HearingWords,
    IncidentWords,
    LetterWords,
    ProceedingWords,
    RightWords,
    SuspectWords,
    TermWords,
)
from astra.justice.services import NewAccused, NewJudgment
from astra.kernel.clock import LOCAL
from astra.vault.actor import Actor

TEAM = "team"
JUDGMENTS = (
    ("kz388", "convicted", 4, 6, "sent_to_civil"),
    ("kz388", "convicted", 5, 0, "awarded"),
    ("kz184", "convicted", 1, 2, "sent_to_civil"),
    ("kz388", "acquitted", 0, 0, "not_claimed"),
)
"""What they were judged for, the outcome, years and months, and what came of compensation."""


def go_to_court(employed: Mapping[str, Employed], *, case: UUID, today: date) -> None:
    """Through the room's own services, by the lawyer and by the colleague who leads the case."""
    told = tomllib.loads(files("astra.demo").joinpath("data/on_trial.toml").read_text(encoding="utf-8"))
    vesna, ivana = employed["vesna"], employed["ivana"].actor()
    _begins(vesna, ivana, told["trial"], case, today)
    _ended(vesna, told["ended"], today)
    for article, outcome, years, months, redress in JUDGMENTS:
        judgment = NewJudgment(today.year - 1, "vs_beograd", "first", "kz388", article, outcome, compensation=redress)
        accused = NewAccused(outcome, penalty="prison" if years else "", years=years, months=months)
        justice.add_judgment(actor=ivana, judgment=judgment, accused=[accused])


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 30), LOCAL)


def _begins(vesna: Employed, ivana: Actor, told: dict[str, str], case: UUID, today: date) -> None:
    def ago(days: int) -> date:
        return today - timedelta(days=days)

    lead = vesna.actor()
    words = ProceedingWords(
        authority=told["authority"], number=told["number"], prosecutor=told["prosecutor"], remark=told["remark"]
    )
    roles = justice.all_as(case, "injured_party")
    trial = justice.add_proceeding(
        actor=lead, case_id=case, tier=TEAM, kind="criminal", roles=roles, begun_on=ago(14), words=words
    )
    for article, stage, days in (("kz208", "report", 14), ("kz388", "investigation", 7)):
        justice.qualify(actor=lead, proceeding_id=trial, article=article, paragraph="1", stage=stage, since=ago(days))
    held = HearingWords(told["held_place"])
    first = justice.add_hearing(
        actor=lead, proceeding_id=trial, kind="prosecution_statement", begins_at=_at(ago(6)), words=held
    )
    justice.end_hearing(actor=lead, hearing_id=first, verb="hold", outcome="she_testified", course=told["course"])
    coming = HearingWords(told["place"], told["preparation"])
    justice.add_hearing(
        actor=lead, proceeding_id=trial, kind="testimony", begins_at=_at(ago(-9)), words=coming, escort=vesna.id
    )
    justice.ask_measure(actor=lead, proceeding_id=trial, kind="special_witness", asked_on=ago(6))
    _asked_for(lead, told, case, trial, today)
    named = SuspectWords(told["suspect"], remark=told["suspect_remark"])
    justice.add_suspect(actor=ivana, case_id=case, part="recruiter_or_intermediary", words=named, proceeding_id=trial)
    asked = DemandWords(told["demand_by"], told["demand"])
    justice.add_demand(
        actor=ivana, case_id=case, asker="defence", right="defence_right", received_on=ago(1), words=asked
    )


def _asked_for(lead: Actor, told: dict[str, str], case: UUID, trial: UUID, today: date) -> None:
    """What was claimed, is to be written by a day, was asked for, and of whom something was asked in a letter."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    justice.add_claim(
        actor=lead,
        proceeding_id=trial,
        kind="wages",
        claimed=Decimal(270000),
        currency="RSD",
        claimed_on=ago(5),
        words=ClaimWords(told["claim"]),
    )
    justice.add_term(
        actor=lead,
        case_id=case,
        tier=TEAM,
        code="own",
        due_on=ago(-4),
        words=TermWords(told["term"]),
        proceeding_id=trial,
    )
    justice.ask_right(
        actor=lead, case_id=case, tier=TEAM, kind="non_punishment", asked_on=ago(5), words=RightWords(told["right"])
    )
    justice.register_letter(
        actor=lead,
        case_id=case,
        tier=TEAM,
        direction="out",
        dated_on=ago(13),
        subject="request_information",
        words=LetterWords(told["letter_to"], told["letter"]),
        answer_due_on=ago(-2),
    )


def _ended(vesna: Employed, told: dict[str, str], today: date) -> None:
    """A judgment at two instances; half of what was ordered is paid."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    lead = vesna.actor()
    case = cases.open_case(actor=lead, ground="consent", title=told["title"], story=told["story"], lead=vesna.id)
    words = ProceedingWords(authority=told["authority"], number=told["number"], judge=told["judge"])
    roles = justice.all_as(case, "injured_party")
    trial = justice.add_proceeding(
        actor=lead, case_id=case, tier=TEAM, kind="criminal", roles=roles, begun_on=ago(640), words=words
    )
    justice.qualify(actor=lead, proceeding_id=trial, article="kz388", paragraph="1", stage="indictment", since=ago(600))
    justice.add_incident(
        actor=lead,
        proceeding_id=trial,
        kind="met_accused",
        happened_on=ago(400),
        words=IncidentWords(told["harm"], told["harm_done"]),
        is_reported=True,
    )
    given: dict[str, Any] = {"actor": lead, "proceeding_id": trial}  # Any: what a service takes
    first = justice.add_decision(
        **given, instance="first", outcome="convicted", decided_on=ago(300), words=DecisionWords(told["first"])
    )
    justice.add_penalty(actor=lead, decision_id=first, accused="exploiter", kind="prison", years=5, months=6)
    justice.appeal(actor=lead, decision_id=first, day=ago(280), appealed_by="defence")
    second = DecisionWords(told["second"])
    justice.add_decision(
        **given, instance="second", outcome="confirmed", decided_on=ago(150), words=second, is_final=True
    )
    claim = justice.add_claim(
        **given,
        kind="non_material",
        claimed=Decimal(1000000),
        currency="RSD",
        claimed_on=ago(500),
        words=ClaimWords(),
    )
    justice.order(actor=lead, claim_id=claim, ordered=Decimal(600000), day=ago(150))
    justice.step_claim(actor=lead, claim_id=claim, verb="enforce", day=ago(60))
    justice.pay(actor=lead, claim_id=claim, amount=Decimal(300000), paid_on=ago(12), payer="enforcement_officer")
