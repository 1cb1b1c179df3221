"""What cannot be called back when consent ends? What others hold: somebody asks them, by a day."""

from datetime import date, timedelta

from astra import vocabulary

OWN_TEAM = "own_team"
WITHIN = timedelta(days=7)


def ask_by(withdrawn_on: date) -> date:
    """By when whoever received something is asked to give it back or destroy it."""
    return withdrawn_on + WITHIN


def check_outcome(outcome: str) -> None:
    """Say which outcomes there are, if this is none."""
    vocabulary.check("recall_outcome", outcome, field="outcome")
