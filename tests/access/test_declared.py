"""Does every address have its row in the table, and do the views declare exactly that?"""

from collections import Counter

import pytest

from astra.accounts.access import COLLEAGUE, DESK, access_of
from astra.accounts.rules.roles import ROLES, desks_of
from tests.access.pages import OPEN_TO_ALL, TABLE, Page, pages, table

PAGES = pages()


def test_every_address_has_a_row() -> None:
    missing = sorted({page.name for page in PAGES} - set(table()))
    assert missing == [], f"say in {TABLE} who may open it"


def test_every_row_has_an_address() -> None:
    assert sorted(set(table()) - {page.name for page in PAGES}) == []


def test_every_address_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(page.name for page in PAGES).items() if count > 1] == []
    assert [route for route, count in Counter(page.route for page in PAGES).items() if count > 1] == []


def test_roles_of_the_table_are_the_roles_there_are() -> None:
    named = {role for row in table().values() for role in row.roles}
    assert named == set(ROLES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_view_declares_what_the_table_says(page: Page) -> None:
    declared, row = access_of(page.view), table()[page.name]
    assert declared is not None, "declare it with astra.accounts.access"
    access, desks = declared
    assert access == row.access
    if access in OPEN_TO_ALL:
        assert len(row.why) > 10, "an open page has a reason"
    elif access == DESK:
        assert {role for role in ROLES if desks_of([role]) & desks} == row.roles
        assert not row.refused_inside or len(row.why) > 10, "an exception has a reason"
    else:
        assert access == COLLEAGUE
