"""Are pictures well-formed, within their frame, as long as their numbers say, and silent about anything else?"""

from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.kernel import drawing
from astra.kernel.drawing import Mark, Words

WORDS = Words("lines", "Contacts <by> line", "12 & 30")
COUNTS = st.lists(st.integers(0, 5000), min_size=0, max_size=40)
NAMES = st.text("abcčšž <&\"'", max_size=70)


def read(picture: str) -> Element:
    return fromstring(picture)  # noqa: S314  (what we have just drawn ourselves)


def of(picture: str, kind: str) -> list[Element]:
    return [one for one in read(picture).iter() if kind in one.get("class", "").split()]


def numbers(one: Element, *names: str) -> list[float]:
    return [float(one.get(name, "0")) for name in names]


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = drawing.bars(WORDS, [("one", 10, "10"), ("two", 40, "40"), ("none", 0, "0")])
    assert [numbers(one, "width") for one in of(picture, "chart__bar")] == [[82.5], [330.0]]
    assert [one.text for one in of(picture, "chart__value")] == ["10", "40", "0"]


def test_parts_share_one_scale_and_stand_side_by_side() -> None:
    picture = drawing.stacked(WORDS, ["answered", "missed"], [("night", [30, 10]), ("day", [70, 0])])
    boxes = of(picture, "chart__bar")[2:]  # the first two are the legend
    assert [numbers(one, "x", "width") for one in boxes] == [[0, 150], [150, 50], [0, 350]]
    assert [one.text for one in of(picture, "chart__value")] == ["40", "70"]


def test_a_line_goes_through_its_numbers() -> None:
    picture = drawing.lines(WORDS, ["a", "b"], [("all", [0, 4])])
    (line,) = of(picture, "chart__line")
    low, high = (float(spot.split(",")[1]) for spot in line.get("points", "").split())
    assert low - high == drawing.PLOT_HEIGHT
    assert of(picture, "chart__part--0") == [], "one line needs no legend"


def test_squares_are_the_darker_the_more() -> None:
    assert [drawing.shade(n, 100) for n in (0, 1, 20, 21, 80, 81, 100)] == [0, 1, 1, 2, 4, 5, 5]
    picture = drawing.squares(WORDS, ["mon"], ["0", "1", "2"], [[0, 1, 5]])
    assert [one.get("class", "")[-1] for one in of(picture, "chart__square")[:3]] == ["0", "1", "5"]


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_legend_of_squares_says_what_their_shade_means(value: int, most: int) -> None:
    least, greatest = drawing._within(drawing.shade(value, max(value, most)), max(value, most))
    assert least <= value <= greatest


def test_a_spread_with_its_marks() -> None:
    picture = drawing.spread(WORDS, [("<10", 3), ("<20", 1)], [Mark("half", 0), Mark("nine in ten", 1)])
    assert [one.text for one in of(picture, "chart__value")] == ["half", "nine in ten"]
    tall, low = (numbers(one, "height")[0] for one in of(picture, "chart__bar"))
    assert tall == pytest.approx(3 * low, abs=0.2)


@pytest.mark.parametrize(
    ("most", "ends"), [(0, 1), (1, 1), (4, 4), (7, 8), (13, 15), (99, 100), (101, 150), (1234, 1500)]
)
def test_an_axis_has_round_numbers(most: int, ends: int) -> None:
    found, ticks = drawing.scale_of(most)
    assert found == ends
    assert len(ticks) <= 5


def drawn(counts: list[int], name: str) -> list[str]:
    labels = [f"{name}{n}" for n in range(len(counts))]
    pairs: list[tuple[str, Any]] = list(zip(labels, counts, strict=True))
    return [
        drawing.bars(WORDS, [(label, n, str(n)) for label, n in pairs]),
        drawing.stacked(WORDS, [name, "b", "c", "d"], [(label, [n, 1, 0, n]) for label, n in pairs]),
        drawing.lines(WORDS, labels, [(name, counts), ("b", counts[::-1])]),
        drawing.spread(WORDS, pairs, [Mark(name, 0)] if counts else []),
        drawing.squares(WORDS, [name], labels, [counts]),
    ]


@given(COUNTS, NAMES)
def test_whatever_it_shows_it_is_well_formed_and_stays_within_its_frame(counts: list[int], name: str) -> None:
    for picture in drawn(counts, name):
        root = read(picture)
        wide, high = (float(one) for one in root.get("viewBox", "").split()[2:])
        assert root.get("aria-labelledby") == "lines-title lines-said"
        assert [one.text for one in root[:2]] == ["Contacts <by> line", "12 & 30"]
        for one in root.iter():
            if (
                one.tag == "rect" and not one.get("class", "").startswith("chart__bar chart__part--")
            ) or one.tag == "circle":
                left, top = numbers(one, "x", "y")
                assert left >= -0.5
                assert left + numbers(one, "width")[0] <= wide + 0.5
                assert top >= -0.5
                assert top + numbers(one, "height")[0] <= high + 0.5
        for forbidden in ("<script", "style=", "href", "onload"):
            assert forbidden not in picture


def test_a_long_label_is_cut_where_the_picture_ends() -> None:
    (label,) = of(drawing.bars(WORDS, [("long " * 40, 1, "1")]), "chart__label")
    assert len(label.text or "") <= drawing.WIDTH / drawing.LETTER
    assert (label.text or "").endswith("…")
