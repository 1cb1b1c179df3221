"""Does the ILO's rule hold in every part, never go back, and say its reasons; does a year of reports add up?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.identification.rules import decisions, indicators, risk, screening
from astra.identification.rules.decisions import Procedure
from astra.identification.rules.screening import Answer
from astra.kernel.errors import Invalid

DAY = date(2026, 5, 4)
CODES = st.frozensets(st.sampled_from(sorted(indicators.indicators())))
PROFILES = st.sampled_from(indicators.PROFILES)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("adult", [(1, 8, 1), (1, 9, 0), (0, 14, 2), (1, 7, 1), (4, 10, 1), (0, 5, 2)]),
        ("child", [(2, 8, 0), (4, 6, 0), (0, 15, 0), (1, 7, 0), (8, 7, 0), (0, 7, 0)]),
    ],
)
def test_the_lists_hold_what_the_source_holds(profile: str, expected: list[tuple[int, int, int]]) -> None:
    found = []
    for dimension in indicators.DIMENSIONS:
        listed = [one.strengths[profile] for one in indicators.in_dimension(dimension, profile)]
        found.append(tuple(listed.count(strength) for strength in indicators.STRENGTHS))
    assert found == expected


def test_every_name_is_said_in_each_script_and_nobody_is_called_a_victim() -> None:
    for one in indicators.indicators().values():
        assert {"en", "sr-latn", "sr"} <= set(one.names)
        assert "victim" not in one.names["en"].lower()
        assert "žrtv" not in one.names["sr-latn"].lower()


@pytest.mark.parametrize(
    ("heard", "is_positive", "reason"),
    [
        (["D5.01", "D5.02"], True, screening.TWO_STRONG),
        (["D5.01", "D5.05"], True, screening.ONE_STRONG),
        (["D5.01", "D5.15"], True, screening.ONE_STRONG),
        (["D5.05", "D5.06", "D5.07"], True, screening.THREE_MEDIUM),
        (["D5.05", "D5.06", "D5.15"], True, screening.TWO_MEDIUM),
        (["D5.01"], False, screening.NOT_ENOUGH),
        (["D5.05", "D5.06"], False, screening.NOT_ENOUGH),
        (["D5.15"], False, screening.NOT_ENOUGH),
        ([], False, screening.NOBODY_SPOKE),
    ],
)
def test_each_part_of_the_rule(heard: list[str], is_positive: bool, reason: str) -> None:
    found = screening.read_dimension(indicators.COERCION, "adult", heard)
    assert (found.is_positive, found.reason) == (is_positive, reason)


def test_weak_ones_alone_are_never_enough() -> None:
    weak = [one.code for one in indicators.in_dimension(indicators.KEPT_VULNERABLE) if one.strengths["adult"] == "weak"]
    assert not screening.read_dimension(indicators.KEPT_VULNERABLE, "adult", weak).is_positive


@pytest.mark.parametrize(
    ("heard", "reading"),
    [
        ([], "nothing_heard"),
        (["D4.06"], "unclear"),
        (["D5.01", "D5.02"], "unclear"),
        (["D4.01", "D4.02"], "exploited"),
        (["D4.01", "D4.02", "D1.01", "D1.02"], "deceived_and_exploited"),
        (["D4.01", "D4.02", "D1.01", "D1.02", "D5.01", "D5.02"], "trafficked"),
        (["D4.01", "D4.02", "D2.01", "D2.05", "D5.01", "D5.02"], "trafficked"),
        (["D4.01", "D4.02", "D3.01", "D3.02", "D3.03", "D5.01", "D5.02"], "trafficked"),
        (["D4.01", "D4.02", "D1.01", "D1.02", "D6.01", "D6.02", "D6.03"], "trafficked"),
        (["D4.01", "D4.02", "D5.01", "D5.02"], "exploited"),
    ],
)
def test_the_whole_for_an_adult(heard: list[str], reading: str) -> None:
    assert screening.read_whole("adult", heard).reading == reading


def test_a_child_needs_an_act_and_exploitation_and_no_means() -> None:
    heard = ["D4.01", "D4.02"]
    assert screening.read_whole("child", heard).reading == "exploited"
    assert screening.read_whole("child", heard, acts=["recruits"]).reading == "trafficked"
    assert screening.read_whole("child", ["D5.01", "D5.02"], acts=["recruits"]).reading == "unclear"


@given(CODES, CODES, PROFILES)
def test_hearing_more_never_makes_less(heard: frozenset[str], more: frozenset[str], profile: str) -> None:
    before, after = screening.read_whole(profile, heard), screening.read_whole(profile, heard | more)
    assert set(before.positive) <= set(after.positive)
    assert screening.READINGS.index(before.reading) <= screening.READINGS.index(after.reading)


@given(CODES, PROFILES)
def test_every_positive_dimension_says_why(heard: frozenset[str], profile: str) -> None:
    for one in screening.read_whole(profile, heard).readings:
        assert one.is_positive == (one.reason not in (screening.NOT_ENOUGH, screening.NOBODY_SPOKE))


@pytest.mark.parametrize(
    ("least", "most", "profiles"),
    [(20, 25, ("adult",)), (10, 17, ("child",)), (16, 19, ("child", "adult")), (None, None, ("child", "adult"))],
)
def test_an_age_that_leaves_it_open_is_read_both_ways(
    least: int | None, most: int | None, profiles: tuple[str, ...]
) -> None:
    assert screening.profiles_at(least, most) == profiles


def test_the_definition() -> None:
    assert screening.meets_definition("adult", acts=["recruits"], means=[], purposes=["servitude"]) == ("means",)
    assert screening.meets_definition("child", acts=["recruits"], means=[], purposes=["servitude"]) == ()
    assert screening.meets_definition("adult", acts=[], means=[], purposes=[]) == ("acts", "means", "purposes")


def test_everything_wrong_with_a_screening_is_said_at_once() -> None:
    answers = [Answer("D9.99", "heard", "x"), Answer("D1.01", "heard"), Answer("D1.02", "maybe", "y")]
    with pytest.raises(Invalid) as refused:
        screening.check_answers(answers, DAY + timedelta(days=1), DAY)
    assert [one.field for one in refused.value.problems] == ["on", "D9.99", "D1.01", "D1.02"]


def test_what_changed_between_two_screenings() -> None:
    before = [Answer("D1.01", "heard", "a"), Answer("D1.02", "denied")]
    after = [Answer("D1.02", "heard", "b"), Answer("D4.01", "heard", "c")]
    found = screening.changes(before, after)
    assert [(one.code, one.before, one.after) for one in found] == [
        ("D1.01", "heard", ""),
        ("D1.02", "denied", "heard"),
        ("D4.01", "", "heard"),
    ]


def level(heading: str, how: str, words: str = "w", done: str = "d") -> risk.Level:
    return risk.Level(heading, how, words, done)


def test_a_risk_holds_by_its_gravest_heading_and_somebody_knows() -> None:
    levels = (level("online", "low", "", ""), level("retaliation", "high"))
    assert risk.highest(one.level for one in levels) == "high"
    assert risk.proposed_until(("low", "high"), DAY) == DAY + timedelta(days=7)
    with pytest.raises(Invalid, match="Somebody must know"):
        risk.check(levels, on=DAY, until=DAY, today=DAY, told=())
    checked = risk.check(levels, on=DAY, until=DAY, today=DAY, told=("x",))
    assert [one.heading for one in checked] == ["retaliation", "online"]


def test_everything_wrong_with_a_risk_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        risk.check(
            (level("children", "raised", ""),),
            on=DAY + timedelta(days=1),
            until=DAY - timedelta(days=1),
            today=DAY,
            told=(),
        )
    assert [one.field for one in refused.value.problems] == ["children", "on", "until"]
    with pytest.raises(Invalid, match="half a year"):
        risk.check((level("children", "low"),), on=DAY, until=DAY + timedelta(days=300), today=DAY, told=())
    with pytest.raises(Invalid, match="at least one heading"):
        risk.check((), on=DAY, until=DAY, today=DAY, told=())


def test_a_year_of_reports_adds_up() -> None:
    reported, decided = date(2023, 3, 1), date(2023, 6, 1)
    of_year = {"identified": 57, "rejected": 31, "discontinued": 10, "not_identified": 19}
    procedures = [Procedure(reported, outcome, decided) for outcome, many in of_year.items() for _ in range(many)]
    procedures += [Procedure(reported, "pending", None)] * 30
    procedures += [Procedure(reported, "identified", date(2024, 2, 1))] * 21  # decided after the count
    procedures += [Procedure(date(2022, 11, 1), "identified", date(2023, 1, 20))] * 9
    procedures += [Procedure(date(2022, 2, 1), "identified", date(2022, 5, 1))] * 5  # neither in nor carried
    found = decisions.account(procedures, 2023)
    assert found.reports == 168
    assert found.of_reports == {**of_year, "pending": 51}
    assert found.carried_in == {"identified": 9}
    assert found.decided["identified"] == 66
    assert found.carried_over == 51
    assert found.adds_up


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2025, 12, 31)),
            st.sampled_from([*decisions.OUTCOMES, "pending"]),
            st.integers(0, 900),
        )
    ),
    st.integers(2020, 2025),
)
def test_any_year_adds_up_and_carries_into_the_next(given_: list[tuple[date, str, int]], year: int) -> None:
    procedures = [
        Procedure(on, outcome, None if outcome == "pending" else on + timedelta(days=after))
        for on, outcome, after in given_
    ]
    found, following = decisions.account(procedures, year), decisions.account(procedures, year + 1)
    assert found.adds_up
    assert sum(following.carried_in.values()) == found.carried_over
