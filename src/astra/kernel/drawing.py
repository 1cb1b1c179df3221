"""How is a chart drawn without anybody else's script? Numbers become an SVG picture: bars, lines, squares, a spread.

Pure: the same numbers give the same text. A picture is as wide as a telephone and grows with the page. Colours and
letters are the style sheet's, by class (`chart__...`); what differs by colour differs in light, dash or place as well.
Each picture has a title and a description for those who listen; the numbers themselves stand in a table beside it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 420
ROW, BAR = 40, 14
LETTER = 7.3
"""How wide a letter is on average, to know what fits."""
PLOT_LEFT, PLOT_TOP, PLOT_HEIGHT = 44, 12, 160
SHADES = 5
SERIES = 4
"""So many series have a colour and a pattern of their own."""


@dataclass(frozen=True)
class Words:
    """What a picture is called, for the eye and for the ear; `name` makes its ids unlike those of its neighbours."""

    name: str
    title: str
    described: str


@dataclass(frozen=True)
class Mark:
    """A line across a spread: what it is called, and in which of the columns it falls."""

    label: str
    column: int


def bars(words: Words, rows: Sequence[tuple[str, int, str]]) -> str:
    """Lying bars, one below the other: label, value, and what is written behind the bar."""
    most = max((value for _, value, _ in rows), default=0)
    parts: list[str] = []
    for place, (label, value, said) in enumerate(rows):
        top = place * ROW
        long = _scaled(value, most, WIDTH - 90)
        parts.append(_text(0, top + 15, _fitting(label, WIDTH), "chart__label"))
        if value:
            parts.append(_box(0, top + 20, max(long, 2), BAR, "chart__bar chart__part--0"))
        parts.append(_text(max(long, 2) + 6 if value else 0, top + 32, said, "chart__value"))
    return _svg(words, max(len(rows) * ROW, ROW), parts)


def stacked(words: Words, series: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """Lying bars made of parts, which share one scale; a legend above names the parts."""
    most = max((sum(values) for _, values in rows), default=0)
    parts, below = _legend(series)
    for place, (label, values) in enumerate(rows):
        top, left = below + place * ROW, 0.0
        parts.append(_text(0, top + 15, _fitting(label, WIDTH), "chart__label"))
        for number, value in enumerate(values):
            long = _scaled(value, most, WIDTH - 70)
            if value:
                parts.append(_box(left, top + 20, long, BAR, f"chart__bar chart__part--{number % SERIES}"))
            left += long
        parts.append(_text(left + 6 if left else 0, top + 32, str(sum(values)), "chart__value"))
    return _svg(words, below + max(len(rows), 1) * ROW, parts)


def lines(words: Words, columns: Sequence[str], series: Sequence[tuple[str, Sequence[int | None]]]) -> str:
    """Lines over time, all from nought on; each has a colour, a dash and a legend. None is a day not asked: no dot."""
    most, ticks = scale_of(max((value for _, values in series for value in values if value is not None), default=0))
    parts, below = _legend([name for name, _ in series])
    top = below + PLOT_TOP
    parts += _grid(ticks, most, top)
    parts += _along(columns, top, _middles(len(columns)))
    for number, (_, values) in enumerate(series):
        middles = _middles(len(values))
        spots = [
            (middles[i], top + PLOT_HEIGHT - _scaled(one, most, PLOT_HEIGHT))
            for i, one in enumerate(values)
            if one is not None
        ]
        said = " ".join(f"{_near(x)},{_near(y)}" for x, y in spots)
        kind = number % SERIES
        if len(spots) > 1:
            parts.append(f'<polyline class="chart__line chart__line--{kind}" points="{said}"/>')
        if len(spots) <= 40:
            parts += [
                f'<circle class="chart__dot chart__dot--{kind}" cx="{_near(x)}" cy="{_near(y)}" r="2.5"/>'
                for x, y in spots
            ]
    return _svg(words, top + PLOT_HEIGHT + 24, parts)


def spread(words: Words, columns: Sequence[tuple[str, int]], marks: Iterable[Mark] = ()) -> str:
    """Standing columns side by side with lines across them, such as the half and nine tenths of all."""
    most, ticks = scale_of(max((value for _, value in columns), default=0))
    found = list(marks)
    top = PLOT_TOP + 16 * len(found)
    parts = _grid(ticks, most, top)
    middles, wide = _middles(len(columns)), (WIDTH - PLOT_LEFT) / max(len(columns), 1)
    for middle, (_, value) in zip(middles, columns, strict=True):
        high = _scaled(value, most, PLOT_HEIGHT)
        if value:
            box = (middle - wide * 0.4, top + PLOT_HEIGHT - high, wide * 0.8, high)
            parts.append(_box(*box, "chart__bar chart__part--0"))
    for number, mark in enumerate(found):
        at, high = _near(middles[mark.column]), 13 + 16 * number
        parts.append(f'<path class="chart__mark" d="M{at} {high + 3}V{top + PLOT_HEIGHT}"/>')
        is_right = middles[mark.column] > WIDTH / 2
        parts.append(
            _text(middles[mark.column] + (-5 if is_right else 5), high, mark.label, "chart__value", ends=is_right)
        )
    parts += _along([label for label, _ in columns], top, middles)
    return _svg(words, top + PLOT_HEIGHT + 24, parts)


def squares(words: Words, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]) -> str:
    """A table of squares, the darker the more; nought stays empty."""
    most = max((value for row in values for value in row), default=0)
    side = (WIDTH - PLOT_LEFT) / max(len(columns), 1)
    high, parts = max(side, 20.0), []
    for number, column in enumerate(columns):
        if column:
            parts.append(_text(PLOT_LEFT + side * number, 14, column, "chart__axis"))
    for place, (row, said) in enumerate(zip(rows, values, strict=True)):
        top = 20 + place * high
        parts.append(_text(0, top + high * 0.5 + 5, row, "chart__axis"))
        for number, value in enumerate(said):
            box = (PLOT_LEFT + side * number + 0.5, top + 0.5, side - 1, high - 1)
            parts.append(_box(*box, f"chart__square chart__square--{shade(value, most)}"))
    bottom = 20 + len(rows) * high + 10
    for number in range(SHADES + 1):
        least, greatest = _within(number, most)
        left = PLOT_LEFT + number * 62
        if least <= greatest:
            parts.append(_box(left, bottom, 14, 14, f"chart__square chart__square--{number}"))
            parts.append(
                _text(left + 18, bottom + 12, f"{least}–{greatest}" if greatest > least else str(least), "chart__axis")
            )
    return _svg(words, bottom + 20, parts)


def shade(value: int, most: int) -> int:
    """Which of the shades a number has: none for nought, the darkest for the most."""
    return 0 if value <= 0 or most <= 0 else max(1, math.ceil(value * SHADES / most))


def _within(number: int, most: int) -> tuple[int, int]:
    """From where to where the numbers of a shade go."""
    if number == 0:
        return 0, 0
    return (number - 1) * most // SHADES + 1, number * most // SHADES


def scale_of(most: int) -> tuple[int, list[int]]:
    """Where an axis ends and where its lines are: whole round numbers, at most five of them."""
    if most <= 0:
        return 1, [0, 1]
    rough = most / 4
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(int(power * one) for one in (1, 2, 5, 10) if power * one >= rough)
    ends = -(-most // step) * step
    return ends, list(range(0, ends + 1, step))


def _legend(names: Sequence[str]) -> tuple[list[str], float]:
    """What the series are called, and where the picture goes on below; a single one needs none."""
    if len(names) < 2:
        return [], 0
    parts, left, top = [], 0.0, 0
    for number, name in enumerate(names):
        wide = 20 + len(name) * LETTER + 16
        if left and left + wide > WIDTH:
            left, top = 0.0, top + 20
        parts.append(_box(left, top + 2, 14, 14, f"chart__bar chart__part--{number % SERIES}"))
        parts.append(_text(left + 20, top + 14, _fitting(name, WIDTH - 20), "chart__label"))
        left += wide
    return parts, top + 26


def _grid(ticks: Sequence[int], most: int, top: float) -> list[str]:
    parts = []
    for tick in ticks:
        y = _near(top + PLOT_HEIGHT - _scaled(tick, most, PLOT_HEIGHT))
        parts.append(f'<path class="chart__grid" d="M{PLOT_LEFT} {y}H{WIDTH}"/>')
        parts.append(_text(PLOT_LEFT - 6, float(y) + 4, str(tick), "chart__axis", ends=True))
    return parts


def _along(labels: Sequence[str], top: float, middles: Sequence[float]) -> list[str]:
    """As many of the labels along the bottom as have room, the first among them."""
    wide = max((len(label) for label in labels), default=0) * LETTER + 8
    room = (WIDTH - PLOT_LEFT) / max(len(labels), 1)
    every = max(1, math.ceil(wide / room))
    parts = []
    for number, (label, middle) in enumerate(zip(labels, middles, strict=True)):
        if number % every == 0 and label:
            half = len(label) * LETTER / 2
            at = min(max(middle, PLOT_LEFT + half - 8), WIDTH - half)
            parts.append(_text(at, top + PLOT_HEIGHT + 18, label, "chart__axis chart__axis--middle"))
    return parts


def _middles(count: int) -> list[float]:
    wide = (WIDTH - PLOT_LEFT) / max(count, 1)
    return [PLOT_LEFT + wide * (number + 0.5) for number in range(count)]


def _scaled(value: int, most: int, length: float) -> float:
    return value / most * length if most > 0 else 0.0


def _fitting(label: str, width: float) -> str:
    """A label as far as it has room; the table beside the picture has all of it."""
    most = int(width / LETTER)
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _near(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _box(left: float, top: float, wide: float, high: float, kind: str) -> str:
    place = f'x="{_near(left)}" y="{_near(top)}" width="{_near(wide)}" height="{_near(high)}"'
    return f'<rect class="{kind}" {place}/>'


def _text(left: float, top: float, said: str, kind: str, *, ends: bool = False) -> str:
    anchor = ' text-anchor="end"' if ends else ""
    return f'<text class="{kind}" x="{_near(left)}" y="{_near(top)}"{anchor}>{escape(said)}</text>'


def _svg(words: Words, height: float, parts: Iterable[str]) -> str:
    title, described = f"{words.name}-title", f"{words.name}-said"
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {_near(math.ceil(height))}" role="img"'
        f' aria-labelledby="{escape(title)} {escape(described)}">'
        f'<title id="{escape(title)}">{escape(words.title)}</title>'
        f'<desc id="{escape(described)}">{escape(words.described)}</desc>{"".join(parts)}</svg>'
    )
