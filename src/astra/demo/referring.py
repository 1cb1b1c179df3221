"""To whom is the daughter of the morning referred? One waits for its answer; one was recalled with her consent."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from uuid import UUID

from astra.assistance import services as assistance
from astra.assistance.sections import ReferralWords
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.vault.actor import Actor

SHELTER, SOCIAL_WORK = 0, 2
"""Where the two stand in the list of partners."""


def refer_her(actor: Actor, *, case: UUID, person: UUID, partners: Sequence[UUID], today: date) -> None:
    """Ask the centre for social work for help with money; a place in a shelter she did not want in the end."""
    told = tomllib.loads(files("astra.demo").joinpath("data/helping.toml").read_text(encoding="utf-8"))["referrals"]
    sent, lines = today - timedelta(days=4), []
    for where, recipient, service, words in (
        (SHELTER, "shelter", "shelter", told["shelter"]),
        (SOCIAL_WORK, "social_work_centre", "financial_help", told["money"]),
    ):
        new = NewConsent("referral", recipient, "needs", method="spoken_in_person", language="sr", given_on=sent)
        lines.append(consent.record_consent(actor=actor, person_id=person, new=new))
        referral = assistance.refer(
            actor=actor,
            case_id=case,
            service=service,
            organisation_id=partners[where],
            recipient=recipient,
            sections=["needs"],
            words=ReferralWords(words),
            person_id=person,
        )
        answer_by = today + timedelta(days=3)
        assistance.send_referral(actor=actor, referral_id=referral, sent_on=sent, answer_by=answer_by)
    consent.withdraw_consent(actor=actor, consent_id=lines[0])
