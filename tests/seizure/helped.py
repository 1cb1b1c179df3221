"""What is written of somebody who is helped: heard, assessed, planned, housed, taught, tried, told in her own words."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from astra.assistance import services as assistance
from astra.assistance.sections import FieldWords, ReferralWords
from astra.assistance.work_sections import (
    ApplicationWords,
    ChildWords,
    CvWords,
    ExamWords,
    PlacementWords,
    ReceiptWords,
    SchoolingWords,
)
from astra.cases import services as cases
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.hotline import services as hotline
from astra.hotline.rules.interpreters import Facts
from astra.hotline.sections import InterpreterWords
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewScreening
from astra.identification.rules.screening import Answer
from astra.justice import services as justice
from astra.justice.sections import (
    ClaimWords,
    DemandWords,
    HearingWords,
    LetterWords,
    ProceedingWords,
    RightWords,
    SuspectWords,
    TermWords,
)
from astra.kernel.clock import now, today
from astra.rights import services as rights
from astra.rights.sections import ParentAsks
from astra.vault.actor import Actor

TEAM = "team"
Given = dict[str, Any]  # Any: what services take
Give = Callable[[], str]
"""Gives out a word that occurs nowhere else."""


def helped(actor: Actor, case: UUID, her: UUID, secret: Give) -> list[UUID]:
    """Everything that the rooms of help keep of one person, each with words of its own; records with pages."""
    return [
        *_heard(actor, case, her, secret),
        *_planned(actor, case, secret),
        *_housed(actor, case, secret),
        _referred(actor, case, her, secret),
        *_taught(actor, case, secret),
        *_tried(actor, case, secret),
        *_her_own(actor, case, her, secret),
    ]


def _heard(actor: Actor, case: UUID, her: UUID, secret: Give) -> list[UUID]:
    screening = NewScreening(today(), (Answer("D4.01", "heard", secret()),), remark=secret())
    about: Given = {"actor": actor, "case_id": case, "person_id": her}
    found = [cases.screen(**about, new=screening)]
    assessment = NewAssessment(today(), "possible", "adult", words=secret())
    decision = NewDecision("protection_centre", "pending", today(), who=secret(), words=secret())
    found += [
        cases.assess(**about, new=assessment),
        cases.record_decision(**about, new=decision),
        cases.record_choice(**about, new=NewChoice(today(), "undecided", words=secret())),
    ]
    return found


def _planned(actor: Actor, case: UUID, secret: Give) -> list[UUID]:
    soon = today() + timedelta(days=9)
    plan = assistance.make_plan(actor=actor, case_id=case, agreement="agreed", review_on=soon, her_words=secret())
    goal = assistance.add_goal(actor=actor, plan_id=plan, domain="work", her_words=secret())
    assistance.add_step(actor=actor, goal_id=goal, title=secret(), due_on=soon)
    way = assistance.plan_field_action(
        actor=actor,
        case_id=case,
        going=actor.id or case,
        begins_at=now(),
        back_by=now() + timedelta(hours=2),
        every_min=60,
        risk="low",
        words=FieldWords(secret(), secret()),
    )
    letter = assistance.write_letter(
        actor=actor,
        case_id=case,
        kind="institution_letter",
        script="sr",
        tier=TEAM,
        values={"recipient": secret(), "body": secret()},
    )
    return [plan, goal, way, letter]


def _referred(actor: Actor, case: UUID, her: UUID, secret: Give) -> UUID:
    new = NewConsent("referral", "shelter", "needs", method="spoken_phone", language="sr", given_on=today())
    consent.record_consent(actor=actor, person_id=her, new=new)
    referral = assistance.refer(
        actor=actor,
        case_id=case,
        service="shelter",
        organisation_id=directory.add_organisation(actor=actor, entry=Entry("Kuća", "shelter")),
        recipient="shelter",
        sections=["needs"],
        words=ReferralWords(secret()),
    )
    assistance.send_referral(actor=actor, referral_id=referral, sent_on=today(), answer_by=today())
    assistance.answer_referral(actor=actor, referral_id=referral, answer="accept_referral", on=today(), said=secret())
    return referral


def _housed(actor: Actor, case: UUID, secret: Give) -> list[UUID]:
    house = assistance.add_house(actor=actor, name="Jedan")
    bed = assistance.add_bed(actor=actor, house_id=house, room="1", label="A")
    until = today() + timedelta(days=3)
    stay = assistance.book_stay(actor=actor, case_id=case, bed_id=bed, first=today(), until=until, remark=secret())
    facts = Facts(("ar",), signed_on=today())
    who = hotline.add_interpreter(actor=actor, facts=facts, words=InterpreterWords("Leila", "+381640000001"))
    begins = now() + timedelta(days=1)
    booking = assistance.book_interpreter(
        actor=actor,
        case_id=case,
        interpreter_id=who,
        language="ar",
        conflict="none_found",
        purpose="talk",
        begins=begins,
        ends=begins + timedelta(hours=1),
        place=secret(),
    )
    return [stay, booking]


def _taught(actor: Actor, case: UUID, secret: Give) -> list[UUID]:
    of: Given = {"actor": actor, "case_id": case}
    school = assistance.enrol(**of, kind="vocational", began_on=today(), words=SchoolingWords(secret(), secret()))
    receipt = ReceiptWords("", secret(), "prevoz")
    money: Given = {"kind": "money", "amount": Decimal(500), "issued_on": today(), "funded_by": "own_funds"}
    return [
        school,
        assistance.add_exam(actor=actor, schooling_id=school, on=today(), words=ExamWords(secret())),
        assistance.write_cv(**of, words=CvWords(secret(), secret())),
        assistance.apply_for_job(**of, applied_on=today(), words=ApplicationWords(secret(), secret())),
        assistance.place(**of, began_on=today(), sector="I", words=PlacementWords(secret(), secret())),
        assistance.note_child_entry(**of, kind="guardian", code="guardian", on=today(), words=ChildWords(secret())),
        assistance.write_receipt(**of, words=receipt, **money),
    ]


def _tried(actor: Actor, case: UUID, secret: Give) -> list[UUID]:
    of: Given = {"actor": actor, "case_id": case}
    words = ProceedingWords(authority=secret(), number=secret(), judge=secret(), remark=secret())
    roles = justice.all_as(of["case_id"], "injured_party")
    trial = justice.add_proceeding(**of, tier=TEAM, kind="criminal", roles=roles, begun_on=today(), words=words)
    coming = now() + timedelta(days=20)
    held = HearingWords(secret(), secret())
    suspect = SuspectWords(secret(), remark=secret())
    asked = DemandWords(secret(), secret())
    claim: Given = {"kind": "wages", "claimed": Decimal(270000), "currency": "RSD", "claimed_on": today()}
    return [
        trial,
        justice.add_hearing(actor=actor, proceeding_id=trial, kind="testimony", begins_at=coming, words=held),
        justice.add_claim(actor=actor, proceeding_id=trial, words=ClaimWords(secret()), **claim),
        justice.add_term(**of, tier=TEAM, code="own", due_on=today(), words=TermWords(secret())),
        justice.ask_right(**of, tier=TEAM, kind="non_punishment", asked_on=today(), words=RightWords(secret())),
        justice.add_suspect(**of, part="recruiter_or_intermediary", words=suspect, proceeding_id=trial),
        justice.add_demand(**of, asker="defence", right="defence_right", received_on=today(), words=asked),
        justice.register_letter(
            **of,
            tier=TEAM,
            direction="out",
            dated_on=today(),
            subject="request_information",
            words=LetterWords(secret(), secret()),
        ),
    ]


def _her_own(actor: Actor, case: UUID, her: UUID, secret: Give) -> list[UUID]:
    of: Given = {"actor": actor, "case_id": case, "person_id": her}
    asks = ParentAsks(secret(), secret(), secret())
    rights.ask_export(actor=actor, case_ids=[case], reason="court", recipient="Viši sud")
    return [
        rights.write_story(**of, text=secret()),
        rights.note_parent(**of, right="parent", child_view="agrees", words=asks),
        rights.prepare_file(**of),
    ]
