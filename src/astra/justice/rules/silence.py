"""What follows when an institution does not answer: reminder, complaint, Ombudsman; each proposes a task by its day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from astra.justice.rules.lifecycles import COMPLAINED, REMINDED, WAITING, WITH_OMBUDSMAN

NEXT = {WAITING: "remind", REMINDED: "complain", COMPLAINED: "go_to_ombudsman", WITH_OMBUDSMAN: "give_up"}


@dataclass(frozen=True)
class Following:
    """What is to be done next about a silence."""

    verb: str
    task_kind: str
    due_on: date


@cache
def _steps() -> dict[str, tuple[int, str]]:
    data = tomllib.loads(files("astra.justice").joinpath("data/silence.toml").read_text(encoding="utf-8"))
    return {verb: (row["after_days"], row["task"]) for verb, row in data["steps"].items()}


def following(state: str, since: date) -> Following | None:
    """What follows on a silence in this state; `since`: the day the answer was due, or the day of the step before."""
    verb = NEXT.get(state)
    if verb is None:
        return None
    days, kind = _steps()[verb]
    return Following(verb, kind, since + timedelta(days=days))
