"""Which line is it when somebody calls one of our numbers? One telephone may ring for several."""

from dataclasses import dataclass

from astra import vocabulary
from astra.hotline.models import LineNumber
from astra.hotline.rules.calls import digits, same_number
from astra.hotline.rules.contacts import LINE
from astra.vault.prepared import Prepared

UNKNOWN_LINE = "own_line"
"""A number of ours that nobody has given to a line yet."""
_NUMBERS = Prepared(lambda: LineNumber.objects.order_by("number").values_list("number", "line"))


@dataclass(frozen=True)
class OurNumber:
    """One of our numbers and its line."""

    number: str
    line: str


def our_numbers() -> list[OurNumber]:
    """The numbers that were given to lines."""
    return [OurNumber(*row) for row in _NUMBERS()]


def line_of(dialled: str) -> str:
    """The line that was called: as the coordinator has set it, else by the number that the line's own entry names."""
    number = digits(dialled)
    if not number:
        return UNKNOWN_LINE
    known = {one.number: one.line for one in our_numbers()}
    if number in known:
        return known[number]
    codes = vocabulary.codes(LINE)
    public = [(str(codes.fact(code, "number", "")), code) for code in codes.offered]
    return next((code for said, code in public if same_number(said, number)), UNKNOWN_LINE)
