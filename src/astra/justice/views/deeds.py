"""Which deeds are done with a form of their own? One table: form, service, heading; views walk it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from astra.justice import services
from astra.justice.forms import proceedings as made
from astra.justice.forms import registers as kept
from astra.justice.forms.parts import PartForm
from astra.justice.models import Claim, Decision, Demand, Hearing, Letter, Proceeding, Right, Suspect, Term
from astra.justice.models.filed import Filed
from astra.justice.rules import lifecycles as life
from astra.justice.sections import (
    CLAIM,
    DECISION,
    DEMAND,
    HEARING,
    LETTER,
    PROCEEDING,
    RIGHT,
    SUSPECT,
    TERM,
)
from astra.kernel.words import msg
from astra.vault.sections import AnyKind

Service = Callable[..., Any]  # Any: what a service hands back


@dataclass(frozen=True)
class Deed:
    """One form and the service behind it."""

    title: str
    form: type[PartForm]
    service: Service
    given: Mapping[str, Any] = field(default_factory=dict)
    """What the service takes besides the form."""
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of record: where it is, what its id is called by the services, and its deeds by verb."""

    model: type[Filed]
    section: AnyKind
    id_name: str
    deeds: Mapping[str, Deed]


BY_PHONE = msg("By phone we neither confirm nor deny that anybody is known to us. Ask for the demand in writing.")

NEW_IN_CASE = {
    "proceeding": Deed(msg("New proceeding"), made.ProceedingForm, services.add_proceeding),
    "term": Deed(msg("New term"), made.CaseTermForm, services.add_term),
    "right": Deed(msg("A right is asked for"), kept.RightForm, services.ask_right),
    "suspect": Deed(
        msg("Reported person"),
        kept.SuspectForm,
        services.add_suspect,
        note=msg("Only the legal part of the case reads this. No search finds it. Until a judgment: suspected."),
    ),
    "letter": Deed(msg("New letter in the register"), kept.LetterForm, services.register_letter),
    "demand": Deed(msg("New demand for the file"), kept.DemandForm, services.add_demand, note=BY_PHONE),
}
NEW_IN_PROCEEDING = {
    "qualification": Deed(
        msg("Legal qualification"),
        made.QualificationForm,
        services.qualify,
        note=msg("The earlier qualification stays in the proceeding's story."),
    ),
    "hearing": Deed(msg("New hearing"), made.HearingForm, services.add_hearing),
    "measure": Deed(msg("Protective measure"), made.MeasureForm, services.ask_measure),
    "incident": Deed(msg("Harm in the proceeding"), made.IncidentForm, services.add_incident),
    "term": Deed(msg("New term"), made.TermForm, services.add_term),
    "decision": Deed(msg("New decision"), made.DecisionForm, services.add_decision),
    "claim": Deed(msg("Compensation is claimed"), made.ClaimForm, services.add_claim),
}


def _steps(lifecycle: Any, form: type[PartForm], service: Service, *verbs: str) -> dict[str, Deed]:  # Any: Lifecycle
    names = {step.verb for step in lifecycle.steps}
    return {verb: Deed(life.VERB_NAMES[verb], form, service, {"verb": verb}) for verb in verbs if verb in names}


KINDS = {
    "proceeding": Kind(
        Proceeding,
        PROCEEDING,
        "proceeding_id",
        _steps(
            life.PROCEEDING,
            made.RemarkForm,
            services.step_proceeding,
            "open_trial",
            "stop",
            "become_final",
            "take_up",
            "retry",
        )
        | {"change": Deed(msg("Change"), made.ReviseProceedingForm, services.revise_proceeding)},
    ),
    "hearing": Kind(
        Hearing,
        HEARING,
        "hearing_id",
        {
            "hold": Deed(msg("It was held"), made.HeldForm, services.end_hearing, {"verb": "hold"}),
            "postpone": Deed(msg("Postponed"), made.PostponedForm, services.postpone_hearing),
            "cancel": Deed(msg("Cancelled"), made.CancelledForm, services.end_hearing, {"verb": "cancel"}),
            "change": Deed(msg("Preparation and company"), made.PrepareForm, services.prepare_hearing),
        },
    ),
    "term": Kind(
        Term,
        TERM,
        "term_id",
        {"meet": Deed(msg("Met"), made.ProofForm, services.end_term, {"verb": "meet"})}
        | _steps(life.TERM, made.DayForm, services.end_term, "miss", "drop"),
    ),
    "decision": Kind(
        Decision,
        DECISION,
        "decision_id",
        {
            "penalty": Deed(msg("Penalty"), made.PenaltyForm, services.add_penalty),
            "appeal": Deed(msg("Appeal lodged"), made.AppealForm, services.appeal),
            "become_final": Deed(msg("Became final"), made.DayForm, services.make_final),
        },
    ),
    "claim": Kind(
        Claim,
        CLAIM,
        "claim_id",
        {
            "order": Deed(msg("Ordered"), made.OrderForm, services.order),
            "pay": Deed(msg("Payment"), made.PaymentForm, services.pay),
        }
        | _steps(life.CLAIM, made.DayForm, services.step_claim, "enforce", "send_to_civil", "refuse", "overturn"),
    ),
    "right": Kind(
        Right,
        RIGHT,
        "right_id",
        {
            "grant": Deed(msg("Granted"), kept.GrantForm, services.grant_right),
            "renew": Deed(msg("Renew"), made.RemarkForm, services.renew_right),
        }
        | _steps(life.RIGHT, made.DayForm, services.step_right, "refuse", "ask_again", "end"),
    ),
    "suspect": Kind(
        Suspect,
        SUSPECT,
        "suspect_id",
        _steps(life.SUSPECT, made.DayForm, services.step_suspect, "charge", "convict", "acquit", "clear")
        | {
            "change": Deed(msg("Change"), kept.SuspectForm, services.revise_suspect),
            "link": Deed(
                msg("Link with another reported person"),
                kept.LinkForm,
                services.link_suspect,
                note=msg("Of your own cases only. Whoever does not read the legal part of both learns of no link."),
            ),
        },
    ),
    "letter": Kind(
        Letter,
        LETTER,
        "letter_id",
        _steps(
            life.LETTER,
            made.RemarkForm,
            services.step_letter,
            "remind",
            "complain",
            "go_to_ombudsman",
            "answer",
            "give_up",
        )
        | {"prove": Deed(msg("Proof of delivery"), kept.ProveForm, services.prove_delivery)},
    ),
    "demand": Kind(
        Demand,
        DEMAND,
        "demand_id",
        {
            "check": Deed(msg("Lawyer's check"), kept.CheckForm, services.check_demand),
            "give": Deed(msg("Give as demanded"), kept.GiveForm, services.answer_demand, {"verb": "give"}),
            "give_partly": Deed(msg("Give in part"), kept.GiveForm, services.answer_demand, {"verb": "give_partly"}),
            "refuse": Deed(msg("Refused"), kept.RefuseForm, services.answer_demand, {"verb": "refuse"}),
            "take_back": Deed(msg("Taken back"), made.DayForm, services.answer_demand, {"verb": "take_back"}),
            "tell": Deed(msg("Tell the person"), kept.TellForm, services.tell_her),
        },
    ),
}
