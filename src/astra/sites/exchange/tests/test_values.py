"""Does every cell either give its value or say what would be right, and never anything else?"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from astra import vocabulary
from astra.kernel.clock import LOCAL
from astra.sites.exchange import values
from astra.sites.exchange.values import Unreadable

TODAY = date(2026, 5, 4)
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WORDS = st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}[.:/ -]{0,2}[0-9a-z]{0,6}[.: -]{0,2}[0-9]{0,5}[a-z.?]{0,6}")


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day: date) -> None:
    written = [f"{day:%d.%m.%Y.}", f"{day:%d.%m.%Y}", f"{day.day}. {day.month}. {day.year}.", day.isoformat()]
    written += [f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}"]
    assert {values.read_day(one) for one in written} == {day}


@pytest.mark.parametrize(
    ("cell", "day"),
    [("3. mart 2019.", date(2019, 3, 3)), ("12.3.19", date(2019, 3, 12)), ("3. МАРТА 2019", date(2019, 3, 3))],
)
def test_months_by_name_and_short_years_are_days_too(cell: str, day: date) -> None:
    assert values.read_day(cell) == day


@pytest.mark.parametrize(
    "cell", ["mart 2019.", "2019", "oko 3.3.2019.", "31.2.2019.", "12/31/2019", "2019-13-01", "nikad"]
)
def test_what_is_no_whole_day_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable) as refused:
        values.read_day(cell)
    assert refused.value.parts == {"cell": cell}
    assert "31.12.2025." in refused.value.allowed


@given(DAYS, TIMES)
def test_a_moment_is_read_from_one_cell_or_two(day: date, at: time) -> None:
    moment = datetime.combine(day, at, tzinfo=LOCAL)
    assert values.read_moment(f"{day:%d.%m.%Y.}", f"{at:%H:%M}") == moment
    for written in (f"{day:%d.%m.%Y.} {at:%H:%M}", f"{day.isoformat()} {at:%H:%M}", f"{day:%d.%m.%Y} u {at:%H.%M}h"):
        assert values.read_moment(written, "") == moment


def test_a_day_without_a_time_is_noon_and_a_zone_is_kept() -> None:
    assert values.read_moment("3.4.2019.", "") == datetime(2019, 4, 3, 12, tzinfo=LOCAL)
    assert values.read_moment("2019-04-03", "") == datetime(2019, 4, 3, 12, tzinfo=LOCAL)
    assert values.read_moment("2019-04-03T10:00:00Z", "") == datetime(2019, 4, 3, 10, tzinfo=UTC)
    assert values.read_moment("2019-04-03 00:00:00", "9.15") == datetime(2019, 4, 3, 9, 15, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("cell", "at"), [("14:05", time(14, 5)), ("9.05", time(9, 5)), ("7h", time(7)), ("23:59:30", time(23, 59))]
)
def test_times_of_day(cell: str, at: time) -> None:
    assert values.read_time(cell) == at


@pytest.mark.parametrize("cell", ["25:00", "14:61", "noon", "", "1405"])
def test_what_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.read_time(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("12", 12),
        ("12 min", 12),
        ("12.0", 12),
        ("0:12", 12),
        ("0:12:30", 12),
        ("1h 5min", 65),
        ("2 sata", 120),
        ("15'", 15),
    ],
)
def test_lengths(cell: str, minutes: int) -> None:
    assert values.read_minutes(cell, 1440) == minutes


@pytest.mark.parametrize("cell", ["1500", "dugo", "-3", "12-15"])
def test_what_is_no_length_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.read_minutes(cell, 1440)


@given(st.sampled_from(vocabulary.codes("caller_role").codes), st.sampled_from(["sr-latn", "sr", "en"]))
def test_a_code_is_read_by_its_name_in_any_language(code: str, language: str) -> None:
    label = vocabulary.codes("caller_role").label(code, language)
    assert values.read_code(label.upper(), "caller_role", {}) == code
    assert values.read_code(code, "caller_role", {}) == code


def test_own_words_come_first_and_a_blank_leaves_it_open() -> None:
    own = values.folded({"Mama": "mother", "Nepoznato": "", "majka": "father"})
    assert values.read_code("MAMA", "caller_role", own) == "mother"
    assert values.read_code("Непознато", "caller_role", own) == ""
    assert values.read_code("Majka", "caller_role", own) == "father"
    with pytest.raises(Unreadable) as refused:
        values.read_code("x", "caller_role", values.folded({"x": "no_code"}))
    assert "mother (Majka)" in refused.value.allowed


def test_several_codes() -> None:
    assert values.read_codes("Srbija, BIH / Хрватска; Srbija", "country", {}) == ("RS", "BA", "HR")
    assert values.read_codes("Provera putovanja, škole ili au pair programa", "contact_topic", {}) == ("travel_check",)
    with pytest.raises(Unreadable, match="Nigdina"):
        values.read_codes("Srbija, Nigdina", "country", {})


def test_numbers_of_people_keep_their_strokes() -> None:
    assert values.read_numbers("O-1/19; O-2/19") == ("O-1/19", "O-2/19")
    assert values.read_numbers("O-1,5, O-2") == ("O-1,5", "O-2")


READERS: list[Callable[[str], object]] = [
    values.read_day,
    values.read_time,
    lambda cell: values.read_moment(cell, ""),
    lambda cell: values.read_moment("3.4.2019.", cell),
    lambda cell: values.read_birth(cell, TODAY),
    lambda cell: values.read_minutes(cell, 1440),
    lambda cell: values.read_number(cell, 120),
    lambda cell: values.read_code(cell, "country", {}),
    lambda cell: values.read_codes(cell, "contact_topic", {}),
    values.read_numbers,
]


@pytest.mark.parametrize("reader", READERS)
@given(cell=WORDS)
@example(cell="")
@example(cell="9999-12-31")
@example(cell="31.12.9999.")
@example(cell="2019-04-03T99:99")
def test_any_cell_is_read_or_refused_and_nothing_else_happens(reader: Callable[[str], object], cell: str) -> None:
    with suppress(Unreadable):
        reader(cell)
