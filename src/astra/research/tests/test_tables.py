"""Do the tables say what the database holds, once a person, and no more than who reads them may see?"""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.assistance.tests.decade import load_decade
from astra.audit.models import Pending
from astra.demo.pytest_browser import found_by_axe
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.identification.rules.decisions import Procedure
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.kernel.tests.drawn import worded
from astra.research import selectors
from astra.research.rules import flow, grids
from astra.research.rules.catalogue import FAMILIES, TABLES, TOPICS
from astra.research.rules.grids import Seen
from astra.research.views import shown
from astra.vault.services.erasure import erase_owner

databases = pytest.mark.django_db(databases=["default", "keystore"])
SPAN = range(2012, 2022)


def test_five_people_of_whom_one_has_nothing_noted() -> None:
    forms = [("labour",), ("sexual",), ("other",), (), ("labour", "sexual")]
    table = grids.grid([Seen(2025, codes) for codes in forms], [2025], codes=("labour", "sexual", "other"))
    assert [(row.together, row.share) for row in table.rows] == [(2, 50), (2, 50), (1, 25)]
    assert (table.known, table.everybody.together, table.unknown.together) == (4, 5, 1)


seen_rows = st.builds(
    Seen,
    st.integers(2018, 2023),
    st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
    st.integers(1, 5),
    st.none() | st.integers(1, 6),
)


@given(st.lists(seen_rows))
def test_every_row_is_in_its_year_and_nobody_counts_twice(rows: list[Seen]) -> None:
    years = range(2019, 2023)
    table = grids.grid(rows, years)
    within = [one for one in rows if one.year in years]
    persons = {one.person for one in within if one.person is not None}
    assert table.everybody.together == sum(one.count for one in within if one.person is None) + len(persons)
    for row in (*table.rows, table.everybody):
        assert max(row.by_year) <= row.together <= sum(row.by_year)
    for row in grids.for_outside(table).rows:
        assert all(number % 10 == 0 for number in (*row.by_year, row.together))
        assert row.share is None


def test_amounts_of_money_are_added_to_the_last_para() -> None:
    table = grids.grid([Seen(2025, ("paid RSD",), Decimal("0.10")) for _ in range(3)], [2025])
    assert table.rows[0].together == Decimal("0.30")


def test_outside_it_is_said_that_rows_are_coarser_and_not_how_many() -> None:
    table = grids.for_outside(grids.grid([Seen(2025, ("a",), is_coarsened=True), Seen(2025, ("a",))], [2025]))
    assert (table.coarsened, table.is_coarse) == (0, True)
    assert not grids.for_outside(grids.grid([Seen(2025, ("a",))], [2025])).is_coarse


def test_a_year_of_formal_identification_adds_up() -> None:
    """The Centre's report for 2023: 168 = 57 + 31 + 10 + 19 + 51, 9 identified of 2022, 66 in all."""
    reported, decided = date(2023, 5, 1), date(2023, 9, 1)
    ends = {"identified": 57, "rejected": 31, "discontinued": 10, "not_identified": 19}
    reports = [Procedure(reported, code, decided) for code, count in ends.items() for _ in range(count)]
    reports += [Procedure(reported, "pending", None) for _ in range(51)]
    reports += [Procedure(date(2022, 11, 1), "identified", decided) for _ in range(9)]
    before, year = flow.flow(reports, [2022, 2023])
    (row,) = shown.flow_rows([year])
    assert row["equation"] == "168 = 57 + 31 + 10 + 19 + 51"
    assert (row["carried_in"], row["of_earlier"], row["identified"], row["adds_up"]) == (9, 9, 66, True)
    assert before.account.carried_over == 9
    assert flow.breaks([before, year]) == []


@pytest.mark.parametrize(
    ("since", "until", "is_rounded", "field"),
    [
        (2025, 2024, False, "until"),
        (2025, 2027, False, "until"),
        (2025, 2026, True, "until"),
        (1999, 2024, False, "since"),
        (2000, 2026 + 10, False, "until"),
    ],
)
def test_years_that_cannot_be_counted(since: int, until: int, is_rounded: bool, field: str) -> None:
    with pytest.raises(Invalid) as told:
        grids.check_years(since, until, 2026, is_rounded=is_rounded)
    assert [one.field for one in told.value.problems] == [field]


def test_every_table_says_what_it_counts_and_can_be_counted() -> None:
    assert set(TABLES) == set(selectors.counting._READERS)
    assert sorted(name for names in TOPICS.values() for name in names) == sorted(TABLES), "each under one heading"
    for table in TABLES.values():
        assert all((table.title, table.unit, table.counted_by, table.definition)), table.name


SENTENCES = {
    "en": "387 people received 932 psychological, 496 legal and 243 medical services and 804 field actions.",
    "sr-latn": "387 osoba dobilo je 932 psihološke, 496 pravnih i 243 medicinske usluge i 804 terenske akcije.",
    "sr": "387 особа добило је 932 психолошке, 496 правних и 243 медицинске услуге и 804 теренске акције.",
}


@databases
def test_the_sentence_of_a_decade_and_its_tables_before_and_after_an_erasure(cast: Cast) -> None:
    persons, _files = load_decade(cast)
    jelena = cast.actor("jelena")

    def all_tables() -> dict[str, object]:
        return {name: selectors.table(jelena, name, SPAN, is_rounded=False).grid for name in TABLES}

    found, before = selectors.decade(jelena, SPAN, is_rounded=False), all_tables()
    for language, sentence in SENTENCES.items():
        with translation.override(language):
            assert shown.sentence(found) == sentence
    clients = selectors.table(jelena, "clients", SPAN, is_rounded=False).grid
    assert clients.everybody.together == 387
    assert [row.code for row in clients.rows] == list(FAMILIES)
    pillars = selectors.table(jelena, "pillars", SPAN, is_rounded=False).grid
    assert sum(row.together for row in pillars.rows) == 932 + 496 + 243 + 804
    for person in persons[:2]:
        erase_owner(actor=jelena, owner_id=person, reason="own_wish")
    assert selectors.decade(jelena, SPAN, is_rounded=False) == found
    assert all_tables() == before


@databases
def test_researchers_get_rounded_numbers_of_years_that_are_over(cast: Cast) -> None:
    load_decade(cast)
    nina = cast.actor("nina")
    with pytest.raises(Denied):
        selectors.table(nina, "clients", SPAN, is_rounded=False)
    with pytest.raises(Denied):
        selectors.flow(nina, SPAN)
    with pytest.raises(NotFound):
        selectors.table(nina, "names", SPAN, is_rounded=True)
    rounded = selectors.table(nina, "clients", SPAN, is_rounded=True).grid
    assert rounded.everybody.together == 390
    page = cast.client("nina").get(reverse("research:table", args=["clients"]), {"since": "2012", "until": "2021"})
    assert "390" in worded(page)
    assert "387" not in worded(page)
    assert cast.client("mira").get(reverse("research:tables")).status_code == 403


@databases
def test_a_file_has_the_numbers_of_the_page_and_stands_on_the_log(cast: Cast) -> None:
    load_decade(cast)
    client: Client = cast.client("jelena")
    asked = {"since": "2012", "until": "2021"}
    taken = client.get(reverse("research:table_file", args=["services"]), asked)
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    together = {row[5]: row[7] for row in rows if row[6] in ("Together", "Ukupno")}
    assert "932" in together.values()
    assert taken["Content-Disposition"] == 'attachment; filename="services-2012-2021.csv"'
    assert "research.table_taken" in set(Pending.objects.values_list("verb", flat=True))
    assert client.get(reverse("research:table_file", args=["services"]), {"since": "x"}).status_code == 404
    assert (
        client.get(reverse("research:table", args=["services"]), {"since": "2021", "until": "2012"}).status_code == 200
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_from_the_list_to_a_table_of_ten_years_with_the_keyboard(
    cast: Cast, page: Page, live_server: LiveServer
) -> None:
    faults = signed_in(page, live_server, cast, "jelena")
    load_decade(cast)
    page.goto(reverse("research:tables"))
    page.locator("#id_since").fill("2012")
    page.locator("#id_until").fill("2021")
    page.locator("#id_until").press("Enter")
    expect(page.get_by_text(SENTENCES["en"])).to_be_visible()
    assert found_by_axe(page) == []
    page.get_by_role("link", name="People who received help").press("Enter")
    expect(page.get_by_role("row", name="In all")).to_contain_text("387")
    assert found_by_axe(page) == []
    page.goto(reverse("research:flow"))
    assert found_by_axe(page) == []
    page.goto(reverse("research:table", args=["forms"]))
    expect(page.get_by_text("Nothing in this period.")).to_be_visible()
    page.locator("#id_since").fill("2030")
    page.locator("#id_since").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert found_by_axe(page) == []
    assert faults == []
