"""What did the courts do in a year? Tables over judgments and accused, each with its unit; blank is never 'no'."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from astra.kernel.words import msg

PRISON = ("prison", "house_arrest")


@dataclass(frozen=True)
class AccusedRow:
    """One accused, as coded."""

    outcome: str
    sex: str
    part: str
    penalty: str
    years: int
    months: int


@dataclass(frozen=True)
class JudgmentRow:
    """One judgment, as coded."""

    year: int
    court: str
    instance: str
    article: str
    final_article: str
    form: str
    outcome: str
    is_plea: bool
    months_since_charge: int | None
    injured: int | None
    injured_children: int | None
    has_special_status: str
    compensation: str
    compensation_amount: Decimal | None
    currency: str
    accused: tuple[AccusedRow, ...]


@dataclass(frozen=True)
class Line:
    """One line of a table: a code of `list_name` of its table, or words, with its figure."""

    code: str
    figure: str


@dataclass(frozen=True)
class Table:
    """One table of the analysis: its name, what is counted, in which list its codes stand, and its lines."""

    key: str
    name: str
    unit: str
    list_name: str
    lines: tuple[Line, ...]
    total: int


JUDGMENTS, ACCUSED, PERSONS = msg("judgments"), msg("accused persons"), msg("injured parties")


def analysis(rows: Sequence[JudgmentRow]) -> list[Table]:
    """Every table of the yearly analysis, over these judgments."""
    accused = [one for row in rows for one in row.accused]
    convicted = [one for one in accused if one.outcome == "convicted"]
    first = [row for row in rows if row.instance == "first"]
    return [
        _by("court", msg("By court"), "judgment_court", rows, lambda row: row.court),
        _by("instance", msg("By instance"), "instance", rows, lambda row: row.instance),
        _by("outcome", msg("By outcome"), "decision_outcome", rows, lambda row: row.outcome),
        _by("article", msg("By article of the indictment"), "criminal_article", rows, lambda row: row.article),
        _by(
            "final_article", msg("By article of the judgment"), "criminal_article", rows, lambda row: row.final_article
        ),
        _by("form", msg("By form of exploitation"), "forms_of_exploitation", rows, lambda row: row.form),
        _by("status", msg("Especially vulnerable witness"), "yes_no_unknown", rows, lambda row: row.has_special_status),
        _by("redress", msg("Compensation in the judgment"), "judgment_redress", rows, lambda row: row.compensation),
        _of_accused("accused_outcome", msg("Accused by outcome"), "decision_outcome", accused, lambda one: one.outcome),
        _of_accused("accused_sex", msg("Accused by sex"), "sex", accused, lambda one: one.sex),
        _of_accused("accused_part", msg("Accused by part"), "role_in_process", accused, lambda one: one.part),
        _of_accused("penalty", msg("Convicted by penalty"), "penalty_kind", convicted, lambda one: one.penalty),
        _prison(convicted),
        _duration(first),
        _figures(rows),
        _amounts(rows),
    ]


def _count(codes: Counter[str]) -> tuple[Line, ...]:
    return tuple(Line(code, str(count)) for code, count in sorted(codes.items(), key=lambda one: (-one[1], one[0])))


def _by(key: str, name: str, list_name: str, rows: Sequence[JudgmentRow], of: Callable[[JudgmentRow], str]) -> Table:
    return Table(key, name, JUDGMENTS, list_name, _count(Counter(of(row) for row in rows)), len(rows))


def _of_accused(
    key: str, name: str, list_name: str, rows: Sequence[AccusedRow], of: Callable[[AccusedRow], str]
) -> Table:
    return Table(key, name, ACCUSED, list_name, _count(Counter(of(row) for row in rows)), len(rows))


def _prison(convicted: Sequence[AccusedRow]) -> Table:
    months = sorted(one.years * 12 + one.months for one in convicted if one.penalty in PRISON)
    lines = _spread(months)
    return Table("prison", msg("Length of prison sentences, in months"), ACCUSED, "", lines, len(months))


def _duration(rows: Sequence[JudgmentRow]) -> Table:
    months = sorted(row.months_since_charge for row in rows if row.months_since_charge is not None)
    name = msg("From indictment to first judgment, in months")
    return Table("duration", name, JUDGMENTS, "", _spread(months), len(months))


SHORTEST, MIDDLE, LONGEST = msg("shortest"), msg("median"), msg("longest")


def _spread(values: Sequence[int]) -> tuple[Line, ...]:
    if not values:
        return ()
    return (
        Line(SHORTEST, str(values[0])),
        Line(MIDDLE, f"{median(values):g}"),
        Line(LONGEST, str(values[-1])),
    )


INJURED, CHILDREN, UNCOUNTED, PLEAS, REQUALIFIED = (
    msg("injured parties"),
    msg("of them children"),
    msg("judgments in which the number of injured parties is not known"),
    msg("judgments on a plea agreement"),
    msg("judgments under another article than the indictment"),
)


def _known(numbers: Iterable[int | None]) -> str:
    """The sum of what is known; a dash where nothing is."""
    found = [number for number in numbers if number is not None]
    return str(sum(found)) if found else "–"


def _figures(rows: Sequence[JudgmentRow]) -> Table:
    lines = (
        Line(INJURED, _known(row.injured for row in rows)),
        Line(CHILDREN, _known(row.injured_children for row in rows)),
        Line(UNCOUNTED, str(sum(row.injured is None for row in rows))),
        Line(PLEAS, str(sum(row.is_plea for row in rows))),
        Line(REQUALIFIED, str(sum(row.article != row.final_article for row in rows))),
    )
    return Table("figures", msg("In all"), JUDGMENTS, "", lines, len(rows))


def _amounts(rows: Sequence[JudgmentRow]) -> Table:
    sums: Counter[str] = Counter()
    found = [row for row in rows if row.compensation_amount is not None]
    totals: dict[str, Decimal] = {}
    for row in found:
        sums[row.currency] += 1
        totals[row.currency] = totals.get(row.currency, Decimal("0.00")) + (row.compensation_amount or Decimal(0))
    lines = tuple(Line(currency, f"{totals[currency]:.2f}") for currency in sorted(totals))
    return Table("amounts", msg("Compensation awarded, by currency"), JUDGMENTS, "currency", lines, len(found))
