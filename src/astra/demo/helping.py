"""What has been done for the daughter of the morning since she called? Heard, assessed, planned and given."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.assistance import services as assistance
from astra.assistance.entries import NewService
from astra.assistance.sections import FieldWords
from astra.assistance.work_sections import CvWords, ExamWords, PlacementWords, ReceiptWords, SchoolingWords
from astra.cases import services as cases
from astra.demo.cast import Employed
from astra.hotline import services as hotline
from astra.hotline.rules.interpreters import Facts
from astra.hotline.sections import InterpreterWords
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewRisk, NewScreening
from astra.identification.rules.risk import Level
from astra.identification.rules.screening import Answer
from astra.kernel.clock import LOCAL, now
from astra.vault.actor import Actor

GIVEN = (
    ("psychological_support", 18, 60),
    ("psychological_support", 11, 60),
    ("psychological_support", 4, 45),
    ("legal_information", 9, 40),
    ("escort", 6, 120),
    ("food_clothes", 19, None),
)
"""Which services, how many days ago, how many minutes."""
SCALE = (
    (19, "worker", (1, 2, 2, 1)),
    (18, "herself", (2, 1, 2, 2)),
    (3, "worker", (3, 2, 3, 2)),
    (2, "herself", (4, 2, 3, 3)),
)
"""How many days ago, who rated, and how: housing, health, safety, school."""
RATED = ("housing", "health", "safety", "school")


def help_her(employed: Mapping[str, Employed], *, case: UUID, person: UUID, today: date) -> None:
    """Through the rooms' own services, by the colleague who leads the case."""
    told = tomllib.loads(files("astra.demo").joinpath("data/helping.toml").read_text(encoding="utf-8"))
    vesna = employed["vesna"].actor()
    _identify(vesna, told, case, person, today)
    _plan(vesna, told, case, today)
    _give(vesna, case, today)
    _shelter(employed, told, case, today)
    _interpreted(employed, told, case, today)
    _work_and_school(vesna, told, case, today)
    words = FieldWords(**told["field"])
    begins = now() + timedelta(hours=2)
    assistance.plan_field_action(
        actor=vesna,
        case_id=case,
        going=employed["vesna"].id,
        begins_at=begins,
        back_by=begins + timedelta(hours=2),
        every_min=30,
        risk="raised",
        words=words,
    )


def _shelter(employed: Mapping[str, Employed], told: dict[str, Any], case: UUID, today: date) -> None:  # Any: the texts
    """Two houses; the daughter sleeps in one of them."""
    jelena, beds = employed["jelena"].actor(), []
    for name, rooms in told["houses"].items():
        house = assistance.add_house(actor=jelena, name=name)
        for room, label, accepts in rooms:
            beds.append(assistance.add_bed(actor=jelena, house_id=house, room=room, label=label, accepts=accepts))
    first, until = today - timedelta(days=20), today + timedelta(days=9)
    assistance.book_stay(
        actor=employed["vesna"].actor(), case_id=case, bed_id=beds[0], first=first, until=until, rules_agreed=True
    )


def _interpreted(employed: Mapping[str, Employed], told: dict[str, Any], case: UUID, today: date) -> None:  # Any: texts
    """Somebody on the register, and the hour for which she comes the day after tomorrow."""
    facts = Facts(
        tuple(told["interpreter"]["languages"]), "female", is_sworn=True, signed_on=today - timedelta(days=200)
    )
    words = InterpreterWords(**told["interpreter"]["words"])
    whom = hotline.add_interpreter(actor=employed["jelena"].actor(), facts=facts, words=words)
    begins = datetime.combine(today + timedelta(days=2), time(11), LOCAL)
    assistance.book_interpreter(
        actor=employed["vesna"].actor(),
        case_id=case,
        interpreter_id=whom,
        language=facts.languages[0],
        conflict="none_found",
        purpose="office",
        begins=begins,
        ends=begins + timedelta(hours=1),
        place=told["interpreter"]["place"],
    )


def _identify(actor: Actor, told: dict[str, Any], case: UUID, person: UUID, today: date) -> None:  # Any: the texts
    def ago(days: int) -> date:
        return today - timedelta(days=days)

    where: dict[str, Any] = {"actor": actor, "case_id": case, "person_id": person}
    heard = tuple(Answer(code, "heard", words) for code, words in told["heard"].items() if code != "remark")
    cases.screen(**where, new=NewScreening(ago(17), heard, remark=told["heard"]["remark"]))
    level = Level("retaliation", "raised", told["risk"]["retaliation"], told["risk"]["done"])
    cases.assess_risk(**where, new=NewRisk(ago(3), today + timedelta(days=20), (level,)))
    assessed = NewAssessment(
        ago(16), "confirmed", "adult", ("recruits",), ("deception",), ("forced_labour",), told["assessment"]["words"]
    )
    cases.assess(**where, new=assessed)
    cases.record_choice(**where, new=NewChoice(ago(15), "wants", told["choice"]["words"]))
    reported = NewDecision("protection_centre", "pending", ago(14), words=told["decision"]["words"])
    cases.record_decision(**where, new=reported)


def _plan(actor: Actor, told: dict[str, Any], case: UUID, today: date) -> None:  # Any: the texts
    levels = {"housing": "urgent", "health": "some", "school": "urgent", "work": "some"}
    assistance.assess_needs(
        actor=actor, case_id=case, levels=levels, assessed_on=today - timedelta(days=19), **told["needs"]
    )
    plan = assistance.make_plan(
        actor=actor, case_id=case, agreement="agreed", review_on=today + timedelta(days=24), **told["plan"]
    )
    goals = {
        domain: assistance.add_goal(actor=actor, plan_id=plan, domain=domain, her_words=words)
        for domain, words in told["goals"].items()
    }
    for title, days in ((told["steps"]["school"], 12), (told["steps"]["papers"], 6)):
        assistance.add_step(actor=actor, goal_id=goals["school"], title=title, due_on=today + timedelta(days=days))
    assistance.step_goal(actor=actor, goal_id=goals["housing"], verb="reach_goal")


def _work_and_school(actor: Actor, told: dict[str, Any], case: UUID, today: date) -> None:  # Any: the texts
    """Evening school with an exam ahead, work of a few hours a week since a month, one receipt."""
    where: dict[str, Any] = {"actor": actor, "case_id": case}
    assistance.write_cv(**where, words=CvWords(**told["cv"]))
    school = assistance.enrol(
        **where, kind="secondary", began_on=today - timedelta(days=9), words=SchoolingWords(told["school"]["where"])
    )
    exam = ExamWords(told["school"]["subject"])
    assistance.add_exam(actor=actor, schooling_id=school, on=today + timedelta(days=16), words=exam)
    words = PlacementWords(**told["placement"])
    assistance.place(**where, began_on=today - timedelta(days=29), sector="I", words=words)
    receipt: dict[str, Any] = {"kind": "ticket", "amount": Decimal("2400.00"), "funded_by": "donor"}
    assistance.write_receipt(
        **where, **receipt, issued_on=today - timedelta(days=2), words=ReceiptWords(**told["receipt"])
    )


def _give(actor: Actor, case: UUID, today: date) -> None:
    for kind, days, minutes in GIVEN:
        new = NewService(case, kind, today - timedelta(days=days), provider=actor.id, minutes=minutes)
        assistance.give_service(actor=actor, new=new)
    for days, by, values in SCALE:
        rated = dict(zip(RATED, values, strict=True))
        assistance.rate(actor=actor, case_id=case, rated_by=by, values=rated, rated_on=today - timedelta(days=days))
