"""The tables, terms, working days, silences and sums of the room, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra import vocabulary
from astra.justice.rules import lifecycles as life
from astra.justice.rules.analysis import AccusedRow, JudgmentRow, analysis
from astra.justice.rules.money import Balance, sums
from astra.justice.rules.silence import following
from astra.justice.rules.terms import OWN, end_of, plus_months, terms, warning
from astra.justice.rules.working_days import holidays, is_working, next_working, orthodox_easter
from astra.kernel.transitions import Lifecycle


@pytest.mark.parametrize("lifecycle", life.LIFECYCLES, ids=lambda one: one.name)
def test_every_state_is_reached_and_everything_has_a_name(lifecycle: Lifecycle) -> None:
    reached = {lifecycle.initial}
    for _ in lifecycle.states:
        reached |= {step.target for step in lifecycle.steps if step.source in reached}
    assert reached == set(lifecycle.states) == set(life.STATE_NAMES[lifecycle.name])
    assert {step.verb for step in lifecycle.steps} <= set(life.VERB_NAMES)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 5, 5)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 12)), (2027, date(2027, 5, 2))],
)
def test_orthodox_easter(year: int, day: date) -> None:
    assert orthodox_easter(year) == day
    assert not any(is_working(day + timedelta(days=days)) for days in (-2, -1, 0, 1))


def test_a_holiday_on_a_sunday_moves() -> None:
    assert date(2026, 2, 15).weekday() == 6
    assert date(2026, 2, 17) in holidays(2026)
    assert next_working(date(2026, 2, 14)) == date(2026, 2, 18)


def test_a_term_ends_on_a_working_day() -> None:
    appeal = terms()["civil_appeal"]
    assert end_of(appeal, date(2026, 11, 2)) == date(2026, 11, 17)
    assert end_of(appeal, date(2026, 10, 30)) == date(2026, 11, 16)  # the fourteenth is a Saturday
    assert end_of(terms()["strasbourg"], date(2026, 10, 31)) == date(2027, 2, 28)
    assert end_of(terms()["reflection_period"], date(2026, 1, 1)) == date(2026, 4, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_no_term_ends_before_its_length(day: date) -> None:
    for term in terms().values():
        end = end_of(term, day)
        assert end >= plus_months(day, term.months) + timedelta(days=term.days)
        assert not term.moves or is_working(end)


def test_terms_are_codes_and_say_how_sure_they_are() -> None:
    codes = set(vocabulary.codes("term_kind").codes)
    assert set(terms()) == codes - {OWN, "set_by_authority"}
    assert not any(term.is_confirmed for term in terms().values())  # a lawyer confirms them, and changes this line


@pytest.mark.parametrize(
    ("left", "step"), [(30, None), (8, None), (7, 7), (5, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-4, -1)]
)
def test_warnings(left: int, step: int | None) -> None:
    day = date(2026, 11, 23)
    assert warning(day + timedelta(days=left), day) == step


def test_what_follows_a_silence() -> None:
    day, walked, state = date(2026, 11, 1), [], life.WAITING
    while (step := following(state, day)) is not None and step.verb != "give_up":
        assert step.task_kind in vocabulary.codes("task_kind").codes
        walked.append(step.verb)
        state = life.LETTER.check(state, step.verb)
    assert walked == ["remind", "complain", "go_to_ombudsman"]
    assert following(life.ANSWERED, day) is None


amounts = st.decimals(0, 10**9, places=2)


@given(st.lists(st.tuples(st.sampled_from(["RSD", "EUR"]), amounts, amounts, amounts), max_size=20))
def test_sums_are_right_to_the_cent(rows: list[tuple[str, Decimal, Decimal, Decimal]]) -> None:
    for one in sums(Balance(*row) for row in rows):
        cents = [sum(int(row[n] * 100) for row in rows if row[0] == one.currency) for n in (1, 2, 3)]
        assert [int(value * 100) for value in (one.claimed, one.ordered, one.paid)] == cents
        assert one.open == max(one.ordered - one.paid, Decimal(0))


def judgment(outcome: str, final: str, *accused: AccusedRow, months: int | None = None) -> JudgmentRow:
    return JudgmentRow(
        year=2025,
        court="vs_nis",
        instance="first",
        article="kz388",
        final_article=final,
        form="",
        outcome=outcome,
        is_plea=False,
        months_since_charge=months,
        injured=2,
        injured_children=1,
        has_special_status="",
        compensation="sent_to_civil",
        compensation_amount=None,
        currency="",
        accused=accused,
    )


def test_the_tables_of_a_year() -> None:
    five = AccusedRow("convicted", "male", "exploiter", "prison", 5, 0)
    two = AccusedRow("convicted", "female", "recruiter_or_intermediary", "prison", 2, 6)
    freed = AccusedRow("acquitted", "male", "transporter", "", 0, 0)
    rows = [judgment("convicted", "kz388", five, freed, months=10), judgment("convicted", "kz184", two, months=21)]
    tables = {one.key: {line.code: line.figure for line in one.lines} for one in analysis(rows)}
    assert tables["final_article"] == {"kz184": "1", "kz388": "1"}
    assert tables["accused_outcome"] == {"convicted": "2", "acquitted": "1"}
    assert tables["prison"] == {"shortest": "30", "median": "45", "longest": "60"}
    assert tables["duration"]["median"] == "15.5"
    assert list(tables["figures"].values()) == ["4", "2", "0", "0", "1"]
    unknown = [replace(rows[0], injured=None, injured_children=None)]
    [figures] = [one for one in analysis(unknown) if one.key == "figures"]
    assert [line.figure for line in figures.lines] == ["–", "–", "1", "0", "0"]
    assert tables["form"] == {"": "2"}  # blank is not known, never 'no'
