"""Do clock, identifiers, errors, languages and transition tables keep their word?"""

from datetime import UTC

import pytest

from astra.kernel import clock
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.ids import new_id
from astra.kernel.languages import known_language
from astra.kernel.transitions import Lifecycle, Step


def test_the_clock_is_aware() -> None:
    assert clock.now().tzinfo is UTC
    assert abs((clock.now().date() - clock.today()).days) <= 1


def test_identifiers_come_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert [value.int >> 80 for value in ids] == sorted(value.int >> 80 for value in ids)
    assert {(value.version, value.variant) for value in ids} == {(7, "specified in RFC 4122")}


def test_errors_fill_in_their_parts() -> None:
    assert str(Denied("Only %(desk)s may.", desk="hotline")) == "Only hotline may."
    assert str(Denied("100 % safe")) == "100 % safe"
    assert str(NotFound()) == str(NotFound())
    both = Invalid(Problem("sex", "Choose one."), Problem("age", "At most %(most)s.", parts={"most": 130}))
    assert str(both) == "sex: Choose one.; age: At most 130."


@pytest.mark.parametrize(
    ("language", "known"),
    [("sr-latn", "sr-latn"), ("sr_Latn", "sr-latn"), ("sr", "sr"), ("sr-Cyrl-RS", "sr"), ("sr-RS", "sr-latn"),
     ("en-GB", "en"), ("ar", "en"), (None, "en"), ("", "en")],
)  # fmt: skip
def test_every_reader_has_a_language(language: str | None, known: str) -> None:
    assert known_language(language) == known


DOOR = Lifecycle("door", "shut", [Step("shut", "open", "open"), Step("open", "close", "shut")])


def test_a_lifecycle_allows_its_steps_only() -> None:
    assert DOOR.states == ("shut", "open")
    assert DOOR.verbs_from("shut") == ("open",)
    assert DOOR.can("open", "close")
    assert DOOR.check("open", "close") == "shut"
    with pytest.raises(NotAllowedNow):
        DOOR.check("shut", "close")
    assert "shut --> open: open" in DOOR.diagram()


def test_a_verb_leads_to_one_state() -> None:
    with pytest.raises(ValueError, match="door"):
        Lifecycle("door", "shut", [Step("shut", "open", "open"), Step("shut", "open", "shut")])
