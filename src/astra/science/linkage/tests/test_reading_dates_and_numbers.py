"""Are partial, guessed and mistyped dates, and national numbers, read for what they say?"""

from datetime import date

import pytest

from astra.science.linkage.normalise.births import Unreadable, birth_from_age, read_birth
from astra.science.linkage.normalise.national import birth_of, is_jmbg, read_number, sex_of


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2009-05-31", date(2009, 5, 31), date(2009, 5, 31)),
        ("31.5.2009.", date(2009, 5, 31), date(2009, 5, 31)),
        ("31/05/2009", date(2009, 5, 31), date(2009, 5, 31)),
        ("2009-05", date(2009, 5, 1), date(2009, 5, 31)),
        ("12.2009.", date(2009, 12, 1), date(2009, 12, 31)),
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("oko 2009.", date(2009, 1, 1), date(2009, 12, 31)),
        ("1387", date(2008, 3, 20), date(2009, 3, 20)),
        ("1387-07-01", date(2008, 9, 23), date(2008, 9, 23)),
    ],
)
def test_a_birth_is_read_as_far_as_it_is_known(text: str, earliest: date, latest: date) -> None:
    birth = read_birth(text)
    assert birth is not None
    assert (birth.earliest, birth.latest) == (earliest, latest)


def test_only_the_year_counts_where_only_the_year_is_known() -> None:
    birth = read_birth("2009-01-01", "year")
    assert birth is not None
    assert (birth.earliest, birth.latest) == (date(2009, 1, 1), date(2009, 12, 31))


@pytest.mark.parametrize(("text", "quality"), [("", ""), ("2009", "unknown")])
def test_what_is_not_known_is_nothing(text: str, quality: str) -> None:
    assert read_birth(text, quality) is None


@pytest.mark.parametrize("text", ["31.2.2009.", "2009-13-01", "yesterday", "0009", "1800"])
def test_what_is_no_date_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a date: write 2009-05-31"):
        read_birth(text)


def test_an_age_is_a_year_of_possible_births() -> None:
    birth = birth_from_age(16, date(2026, 11, 22))
    assert (birth.earliest, birth.latest, birth.is_stated) == (date(2009, 11, 23), date(2010, 11, 22), False)


def test_an_age_on_a_leap_day_is_read() -> None:
    assert birth_from_age(3, date(2024, 2, 29)).latest == date(2021, 2, 28)


@pytest.mark.parametrize("age", [-1, 111])
def test_an_age_that_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(Unreadable, match="is not an age"):
        birth_from_age(age, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("0101006500006", True),
        ("0101006500007", False),  # the check digit
        ("3113006500006", False),  # no such month
        ("010100650000", False),
        ("", False),
        ("01010065000O6", False),  # a letter
    ],
)
def test_a_jmbg_is_known_by_its_check_digit(number: str, is_right: bool) -> None:
    assert is_jmbg(number) == is_right


def test_a_jmbg_says_birth_and_sex() -> None:
    birth = birth_of("1503987715123")
    assert birth is not None
    assert birth.earliest == date(1987, 3, 15)
    assert (sex_of("1503987710123"), sex_of("1503987715123")) == ("M", "F")


def test_what_people_put_between_digits_is_left_out() -> None:
    assert read_number("0101 006-50/0006") == "0101006500006"
