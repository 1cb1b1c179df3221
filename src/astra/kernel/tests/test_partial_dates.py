"""Is a date kept as far as it is known, and read and said as people say it?"""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.kernel.errors import Invalid
from astra.kernel.partial_dates import AgeRange, PartialDate, add_years, parse, parse_birth, say, say_age, years_between
from astra.science.script import to_cyrillic

TODAY = date(2026, 11, 21)
DAYS = st.dates(min_value=date(1930, 1, 1), max_value=TODAY)


def bounds(text: str) -> tuple[str, str]:
    value = parse(text, today=TODAY)
    return value.earliest.isoformat(), value.latest.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "15. 3. 1998.", "15.03.1998", "15/3/1998", "15-3-1998", "15 3 1998", "15.3.98.", "1998-03-15", "1998.03.15.",
        "15. mart 1998.", "15. marta 1998. godine", "15. MARTA 1998. god.", "15. марта 1998.", "15. III 1998.",
        "15 March 1998", "15th of March 1998", "March 15, 1998", "15. ožujka 1998.", "15.mar.'98",
        "rođena 15. marta 1998.", " 15 . 3 . 1998 ",
    ],
)  # fmt: skip
def test_a_day(text: str) -> None:
    value = parse(text, today=TODAY)
    assert value == PartialDate.on(date(1998, 3, 15))
    assert value.precision == "day"
    assert value.said == text.strip()


@pytest.mark.parametrize(
    "text", ["03.1998.", "3/1998", "1998-03", "mart 1998", "marta 1998. godine", "Mar 98", "u martu 1998.", "1998 mart"]
)
def test_a_month(text: str) -> None:
    assert parse(text, today=TODAY) == PartialDate.in_month(1998, 3)


@pytest.mark.parametrize("text", ["1998", "1998.", "1998. godine", "1998. godište", "'98", "98. godište", "in 1998"])
def test_a_year(text: str) -> None:
    assert parse(text, today=TODAY) == PartialDate.in_year(1998)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("15.3.05", "2005-03-15", "2005-03-15"),
        ("15.3.27", "1927-03-15", "1927-03-15"),
        ("29.2.2000", "2000-02-29", "2000-02-29"),
        ("1998-2000", "1998-01-01", "2000-12-31"),
        ("1998–2000.", "1998-01-01", "2000-12-31"),
        ("1997/98", "1997-01-01", "1998-12-31"),
        ("1999-03", "1999-03-01", "1999-03-31"),
        ("1998-99", "1998-01-01", "1999-12-31"),
        ("od 1998. do 2000.", "1998-01-01", "2000-12-31"),
        ("između 1998. i 2000.", "1998-01-01", "2000-12-31"),
        ("from March to May 1998", "1998-03-01", "1998-05-31"),
        ("mart - maj 1998", "1998-03-01", "1998-05-31"),
        ("15-20. 3. 1998.", "1998-03-15", "1998-03-20"),
        ("15.3. - 20.4.1998.", "1998-03-15", "1998-04-20"),
        ("1998. ili 1999.", "1998-01-01", "1999-12-31"),
        ("početkom 1998.", "1998-01-01", "1998-04-30"),
        ("sredinom 1998.", "1998-05-01", "1998-08-31"),
        ("krajem 1998", "1998-09-01", "1998-12-31"),
        ("the end of February 2024", "2024-02-21", "2024-02-29"),
        ("mid-1998", "1998-05-01", "1998-08-31"),
        ("u proleće 2024.", "2024-03-01", "2024-05-31"),
        ("autumn 2024", "2024-09-01", "2024-11-30"),
        ("zima 2023.", "2022-12-01", "2024-02-29"),
        ("90-ih", "1990-01-01", "1999-12-31"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("devedesetih", "1990-01-01", "1999-12-31"),
        ("krajem devedesetih", "1997-01-01", "1999-12-31"),
        ("20-ih", "2020-01-01", "2029-12-31"),
        ("pre 1998.", "0001-01-01", "1997-12-31"),
        ("do marta 1998.", "0001-01-01", "1998-03-31"),
        ("posle 15. 3. 1998.", "1998-03-16", "9999-12-31"),
        ("since 1998", "1998-01-01", "9999-12-31"),
        ("nepoznato", "0001-01-01", "9999-12-31"),
        ("?", "0001-01-01", "9999-12-31"),
        ("danas", "2026-11-21", "2026-11-21"),
        ("juče", "2026-11-20", "2026-11-20"),
        ("прекјуче", "2026-11-19", "2026-11-19"),
        ("pre 5 dana", "2026-11-16", "2026-11-16"),
        ("pre nedelju dana", "2026-11-11", "2026-11-17"),
        ("pre tri meseca", "2026-08-01", "2026-08-31"),
        ("2 years ago", "2024-01-01", "2024-12-31"),
        ("prošle godine", "2025-01-01", "2025-12-31"),
        ("ovog meseca", "2026-11-01", "2026-11-30"),
        ("pretprošle godine", "2024-01-01", "2024-12-31"),
    ],
)
def test_other_ways_to_say_it(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)
    assert bounds(to_cyrillic(text)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("oko 1998.", "1997-01-01", "1999-12-31"),
        ("cca 1998", "1997-01-01", "1999-12-31"),
        ("1998?", "1997-01-01", "1999-12-31"),
        ("možda u martu 1998.", "1998-02-01", "1998-04-30"),
        ("~15.3.1998", "1998-03-12", "1998-03-18"),
        ("oko 1998-2000", "1997-01-01", "2001-12-31"),
        ("oko 15-20.3.1998", "1998-03-12", "1998-03-23"),
        ("od oko 1998.", "1997-01-01", "9999-12-31"),
        ("oko pre 1998.", "0001-01-01", "1998-12-31"),
        ("oko posle 1998.", "1998-01-01", "9999-12-31"),
        ("od oko 1998. do 2000.", "1997-01-01", "2000-12-31"),
    ],
)
def test_about_is_wider_and_says_so(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)
    assert parse(text, today=TODAY).is_estimated


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write a date"),
        ("bla", "not understood"),
        ("marija 1998", "not understood"),
        ("oko bla", "not understood"),
        ("pre kad je ono bilo", "not understood"),
        ("pre mnogo godina", "not understood"),
        ("pre 5000 godina", "not understood"),
        ("sredinom 15.3.1998", "not understood"),
        ("leto 3.1998", "not understood"),
        ("bla - 1998", "not understood"),
        ("krajem leta", "not understood"),
        ("1998 " * 30, "not understood"),
        ("03/15/1998", "There is no month 15"),
        ("31.2.1998", "That month has 28 days"),
        ("0.3.1998", "That month has 31 days"),
        ("15.3.", "The year is missing"),
        ("15. marta", "The year is missing"),
        ("1850", "between 1900 and 2056"),
        ("2090", "between 1900 and 2056"),
        ("2000-1998", "The end lies before the beginning"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message) as refused:
        parse(text, today=TODAY, field="seen")
    assert refused.value.problems[0].field == "seen"


@given(st.text(alphabet="0123456789.-/ ?~'abcdeikmnoprstuvjzšćčđ абвгде", max_size=25) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = parse(text, today=TODAY)
    except Invalid:
        return
    assert value.earliest <= value.latest


@given(DAYS)
def test_what_is_said_is_read_again(day: date) -> None:
    for value in (PartialDate.on(day), PartialDate.in_month(day.year, day.month), PartialDate.in_year(day.year)):
        for language in ("sr-latn", "sr", "en"):
            assert parse(say(value, language), today=TODAY) == value
            about = parse(f"oko {say(value, language)}", today=TODAY)
            assert parse(say(about, language), today=TODAY) == about


@pytest.mark.parametrize(
    ("text", "latin", "english"),
    [
        ("15.3.1998", "15. 3. 1998.", "15 March 1998"),
        ("03.1998.", "mart 1998.", "March 1998"),
        ("1998", "1998.", "1998"),
        ("oko 1998", "oko 1998.", "about 1998"),
        ("oko januara 1998", "oko januara 1998.", "about January 1998"),
        ("pre tri meseca", "oko avgusta 2026.", "about August 2026"),
        ("oko 15-20.3.1998", "od 12. 3. 1998. do 23. 3. 1998.", "12 March 1998 – 23 March 1998"),
        ("1998-2000", "1998–2000.", "1998–2000"),
        ("mart-maj 1998", "mart–maj 1998.", "March–May 1998"),
        ("mart 1998 - maj 1999", "od marta 1998. do maja 1999.", "March 1998 – May 1999"),
        ("15-20.3.1998", "od 15. 3. 1998. do 20. 3. 1998.", "15 March 1998 – 20 March 1998"),
        ("pre 1998", "pre 1998.", "before 1998"),
        ("pre marta 1998", "pre marta 1998.", "before March 1998"),
        ("od 15.3.1998", "od 15. 3. 1998.", "since 15 March 1998"),
        ("posle 2010", "od 2011.", "since 2011"),
        ("nepoznato", "nepoznato", "unknown"),
    ],
)
def test_saying(text: str, latin: str, english: str) -> None:
    value = parse(text, today=TODAY)
    assert (say(value), say(value, "en")) == (latin, english)
    assert say(value, "sr") == to_cyrillic(latin)


def test_nothing_to_say() -> None:
    assert say(None) == ""
    assert say_age(AgeRange(0, None)) == ""


@pytest.mark.parametrize(
    ("text", "age", "latin", "english"),
    [
        ("16", AgeRange(16, 16), "2009/2010.", "2009/2010"),
        ("ima 16 godina", AgeRange(16, 16), "2009/2010.", "2009/2010"),
        ("16 years old", AgeRange(16, 16), "2009/2010.", "2009/2010"),
        ("16-17 god.", AgeRange(16, 17), "2008–2010.", "2008–2010"),
        ("oko 16 godina", AgeRange(15, 17), "oko 2008–2011.", "about 2008–2011"),
        ("16+", AgeRange(16, None), "pre 22. 11. 2010.", "before 22 November 2010"),
        ("oko 16+", AgeRange(16, None), "pre 22. 11. 2010.", "before 22 November 2010"),
        ("maloletna", AgeRange(0, 17), "2008–2026.", "2008–2026"),
        ("punoletan", AgeRange(18, None), "pre 22. 11. 2008.", "before 22 November 2008"),
        ("8 meseci", AgeRange(0, 0), "od 22. 2. 2026. do 21. 3. 2026.", "22 February 2026 – 21 March 2026"),
        ("15.3.2008.", AgeRange(18, 18), "15. 3. 2008.", "15 March 2008"),
        ("98. godište", AgeRange(27, 28), "1998.", "1998"),
    ],
)
def test_a_birth_or_an_age(text: str, age: AgeRange, latin: str, english: str) -> None:
    value = parse_birth(text, seen_on=TODAY)
    assert value.age_on(TODAY) == age
    assert (say(value), say(value, "en")) == (latin, english)
    assert value.said == text


def test_impossible_ages() -> None:
    with pytest.raises(Invalid, match="between 0 and 130"):
        parse_birth("200", seen_on=TODAY)
    with pytest.raises(Invalid, match="between 0 and 130"):
        PartialDate.from_age(17, TODAY, at_most=16)
    with pytest.raises(Invalid, match="not understood"):
        parse_birth("16 i po", seen_on=TODAY)


@pytest.mark.parametrize(
    ("age", "latin", "english"),
    [
        (AgeRange(1, 1), "1 godina", "1 year"),
        (AgeRange(2, 2), "2 godine", "2 years"),
        (AgeRange(12, 12), "12 godina", "12 years"),
        (AgeRange(16, 17), "16–17 godina", "16–17 years"),
        (AgeRange(21, 23), "21–23 godine", "21–23 years"),
        (AgeRange(21, 21), "21 godina", "21 years"),
        (AgeRange(18, None), "najmanje 18 godina", "at least 18 years"),
    ],
)
def test_saying_an_age(age: AgeRange, latin: str, english: str) -> None:
    assert (say_age(age), say_age(age, "en")) == (latin, english)
    assert say_age(age, "sr") == to_cyrillic(latin)


def test_coming_of_age() -> None:
    birth = PartialDate.in_month(2008, 11)
    assert birth.is_child_on(date(2026, 10, 31)) is True
    assert birth.is_child_on(TODAY) is None
    assert birth.is_child_on(date(2026, 11, 30)) is False
    assert birth.turns_18_range() == PartialDate.in_month(2026, 11)
    assert PartialDate().is_child_on(TODAY) is None
    assert PartialDate().turns_18_range() == PartialDate()
    assert parse("posle 2010").is_child_on(TODAY) is True
    assert parse("pre 1998").is_child_on(TODAY) is False


def test_born_on_29_february() -> None:
    birth = PartialDate.on(date(2008, 2, 29))
    assert birth.is_child_on(date(2026, 2, 27)) is True
    assert birth.is_child_on(date(2026, 2, 28)) is False
    assert add_years(date(2008, 2, 29), 4) == date(2012, 2, 29)
    assert PartialDate.from_age(18, date(2026, 2, 28)).contains(date(2008, 2, 29))


@given(birth=DAYS, later=st.integers(0, 40_000))
def test_an_age_gives_back_the_birth(birth: date, later: int) -> None:
    seen = birth + timedelta(days=later)
    years = years_between(birth, seen)
    assert PartialDate.from_age(years, seen).contains(birth)
    assert PartialDate.from_age(years, seen).age_on(seen) == AgeRange(years, years)


@given(first=DAYS, last=DAYS, day=DAYS)
def test_a_child_is_a_child_on_every_possible_birthday(first: date, last: date, day: date) -> None:
    birth = PartialDate(min(first, last), max(first, last))
    ends = {years_between(birth.earliest, day) < 18, years_between(birth.latest, day) < 18}
    assert birth.is_child_on(day) == (ends.pop() if len(ends) == 1 else None)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_mutual(a: date, b: date, c: date, d: date) -> None:
    one, other = PartialDate(min(a, b), max(a, b)), PartialDate(min(c, d), max(c, d))
    assert one.overlaps(other) == other.overlaps(one) == (one.together(other) is not None)
    assert not (one.is_before(other) and other.is_before(one))


def test_together_and_before() -> None:
    year, month = PartialDate.in_year(1998), PartialDate.in_month(1998, 3)
    assert year.together(month) == month
    assert parse("oko 1998").together(parse("oko 1999")).is_estimated  # type: ignore[union-attr]
    assert year.together(PartialDate.in_year(2000)) is None
    assert year.is_before(PartialDate.in_year(2000)) is True
    assert PartialDate.in_year(2000).is_before(year) is False
    assert year.is_before(month) is None
    assert month.contains(date(1998, 3, 31))


def test_precision() -> None:
    assert [parse(text).precision for text in ("1.3.1998", "3.1998", "1998", "1998-99", "pre 1998", "?")] == [
        "day", "month", "year", "range", "open", "unknown",
    ]  # fmt: skip


def test_the_end_is_not_before_the_beginning() -> None:
    with pytest.raises(Invalid):
        PartialDate(date(2000, 1, 1), date(1999, 1, 1))


def test_it_lies_in_a_sealed_section() -> None:
    value = parse("oko 1998", today=TODAY)
    again = msgspec.json.decode(msgspec.json.encode(value), type=PartialDate)
    assert again == value
    assert again.said == "oko 1998"
