"""Does the worklist of the invented organisation offer whoever has two files, and take nobody else for one?"""

from datetime import date

import pytest

from astra.demo.doubles import register_doubles
from astra.demo.filling import Size, fill
from astra.demo.pytest_cast import Cast
from astra.people.selectors.duplicates import worklist

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
DAY = date(2026, 5, 4)
LIKELY = 0.7


def test_one_look_offers_the_woman_and_the_child(cast: Cast) -> None:
    fill(cast.employed, Size(people=120, contacts=0, cases=0, days=1), seed=1, today=DAY, progress=lambda *_: None)
    who = {file: name for name, file in register_doubles(cast.employed, today=DAY)}
    found = worklist(cast.actor("mira"))
    assert found.is_done
    likely = [pair for pair in found.pairs if pair.chance >= LIKELY]
    assert sorted([who[pair.one.id], who[pair.other.id]] for pair in likely) == [["child"] * 2, ["woman"] * 2]
    twins = next(
        pair for pair in found.pairs if {who.get(pair.one.id), who.get(pair.other.id)} == {"twin", "other twin"}
    )
    assert twins.may_be_twins
