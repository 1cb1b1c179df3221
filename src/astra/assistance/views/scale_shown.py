"""How does the way so far look? The whole drawn, what became better or worse, and each part of life by itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.assistance.selectors.page import RatingLine
from astra.kernel.drawing import Words, lines
from astra.vocabulary.naming import day, label

Row = dict[str, Any]  # Any: what templates take
RATERS = ("worker", "herself")


def scales(ratings: Sequence[RatingLine], names: Mapping[UUID, str]) -> list[Row]:
    """The way of each client, by name where a case has several."""
    by_person: dict[UUID | None, list[RatingLine]] = defaultdict(list)
    for one in ratings:
        by_person[one.person_id].append(one)
    return [
        {
            "name": names.get(person, "") if person and len(names) > 1 else "",
            "drawing": _whole(found, number),
            "changes": _changes(found),
            "parts": [part for domain in _domains() if (part := _part(found, domain, number))],
            "rows": scale_rows(found),
        }
        for number, (person, found) in enumerate(by_person.items())
    ]


def scale_rows(ratings: Sequence[RatingLine]) -> list[Row]:
    """The table behind the drawing: one row a filling, one column a part of life."""
    return [
        {
            "day": day(one.rated_on),
            "by": label("rated_by", one.rated_by),
            "cells": [{"domain": label("life_domain", code), "value": one.values.get(code)} for code in _domains()],
        }
        for one in ratings
    ]


def _domains() -> Sequence[str]:
    return vocabulary.codes("life_domain").offered


def _changes(ratings: Sequence[RatingLine]) -> list[Row]:
    """Each part of life that the same rater last rated otherwise than before; the worse ones first."""
    found = []
    for by in RATERS:
        for domain in _domains():
            said = [one.values[domain] for one in ratings if one.rated_by == by and domain in one.values]
            if len(said) > 1 and said[-1] != said[-2]:
                found.append((said[-1] - said[-2], domain, by, said))
    return [
        {
            "is_worse": change < 0,
            "domain": label("life_domain", domain),
            "by": label("rated_by", by),
            "before": said[-2],
            "now": said[-1],
        }
        for change, domain, by, said in sorted(found, key=lambda one: one[0])
    ]


def _whole(ratings: Sequence[RatingLine], number: int) -> str:
    """Ten times the mean of what was rated each day; nothing before there are two days."""
    words = Words(f"scale-{number}", _("The way so far"), _("The mean of all parts of life, times ten, on each day."))
    means = [(one, round(10 * sum(one.values.values()) / len(one.values))) for one in ratings]
    return _drawn(words, means)


def _part(ratings: Sequence[RatingLine], domain: str, number: int) -> Row | None:
    title = label("life_domain", domain)
    words = Words(f"scale-{number}-{domain}", title, _("From 1, very hard, to 5, well without us, on each day."))
    drawing = _drawn(words, [(one, one.values[domain]) for one in ratings if domain in one.values])
    return {"title": title, "drawing": drawing} if drawing else None


def _drawn(words: Words, rated: Sequence[tuple[RatingLine, int]]) -> SafeString:
    days = sorted({one.rated_on for one, _value in rated})
    if len(days) < 2:
        return mark_safe("")
    series = []
    for by in RATERS:
        said = {one.rated_on: value for one, value in rated if one.rated_by == by}
        if said:
            series.append((label("rated_by", by), [said.get(one) for one in days]))
    return mark_safe(lines(words, [day(one) for one in days], series))  # noqa: S308  (drawing.py escapes every word)
