"""Does an address say that two are one, and no more than a house can say?"""

import doctest
from dataclasses import replace

import pytest

from astra.science.linkage.normalise import addresses
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.stepwise import why
from astra.science.linkage.tables import read_row
from astra.science.linkage.weighing.evidence.addresses import MOST

STREETS = (
    "Nemanjina",
    "Balkanska",
    "Resavska",
    "Kralja Petra",
    "Svetogorska",
    "Takovska",
    "Majke Jevrosime",
    "Gavrila Principa",
)
OTHERS = [
    Record(id=f"{street} {at}", names=(Name("Ana", f"Anić{at}"),), addresses=(f"{street} {at + 20}",))
    for street in STREETS
    for at in range(12)
]
HERS = Record(id="she", names=(Name("Zlata", "Marić"),), addresses=("Кнеза Милоша 12",))


def sentences(written: str, *, others: list[Record] = OTHERS) -> dict[str, float]:
    registry = Registry([HERS, replace(HERS, id="again", addresses=(written,)), *others])
    reasons = why(registry, "she", "again")
    assert {(one.about, one.how) for one in reasons} == {(one.about, one.how) for one in why(registry, "again", "she")}
    return {str(reason): reason.says for reason in reasons if reason.about == "address"}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("ul. Kneza Miloša br. 12", "address: same"),
        ("KnezaMilosa 12/4, 11000", "address: same"),
        ("Kneza Milosha 12", "address: same"),
        ("Kneza Miloša 40", "address: same street"),
        ("Kneza Miloševa", "address: same street"),
        ("Balkanska 12", "address: another"),
        ("Majke Jevrosime 3", "address: another"),
    ],
)
def test_how_two_addresses_agree_is_said(written: str, sentence: str) -> None:
    says = sentences(written)
    assert list(says) == [sentence]
    assert (says[sentence] < 0) == (sentence == "address: another")


def test_what_is_no_address_says_nothing() -> None:
    assert sentences("11000") == {}
    assert sentences("") == {}


def test_a_rare_street_says_more_and_no_house_says_all() -> None:
    rare = sentences("Kneza Miloša")["address: same street"]
    crowd = [replace(one, id=one.id + "K", addresses=("Kneza Miloša 7",)) for one in OTHERS]
    assert rare > sentences("Kneza Miloša", others=[*OTHERS, *crowd])["address: same street"] > 0
    assert sentences("Kneza Miloša 12")["address: same"] <= MOST


def test_a_question_meets_addresses_as_a_pair_does() -> None:
    registry = Registry([HERS, *OTHERS])
    asked = Record(id="", names=(Name("Zlata", "Marić"),), addresses=("Kneza Milosa 12",))
    best = registry.search(asked, 1)[0]
    assert (best.record_id, "address: same") == (
        "she",
        str(next(one for one in best.reasons if one.about == "address")),
    )
    assert best.score > registry.search(replace(asked, addresses=()), 1)[0].score


def test_an_address_that_went_is_forgotten() -> None:
    registry = Registry([HERS, replace(HERS, id="again"), *OTHERS])
    before = dict(enumerate(why(registry, "she", "again")))
    registry.change(replace(HERS, id="third"))
    registry.remove("third")
    assert dict(enumerate(why(registry, "she", "again"))) == before
    registry.change(replace(HERS, id="again", addresses=()))
    assert "address" not in {one.about for one in why(registry, "she", "again")}


def test_a_table_may_have_a_column_of_addresses() -> None:
    record = read_row({"record_id": "1", "address": "Nemanjina 4; Balkanska 2"}, "record_id")
    assert record.addresses == ("Nemanjina 4", "Balkanska 2")


def test_docstrings() -> None:
    result = doctest.testmod(addresses)
    assert result.attempted > 0
    assert result.failed == 0
