"""How do houses, beds and stays look? Nights as squares with words behind them, names only where they may be known."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from astra.assistance.rules.stays import EXPECTED, HERE, STAY, STAY_STATE_NAMES, STAY_VERB_NAMES
from astra.assistance.selectors.beds import SHOWN_NIGHTS, BedLine, HouseLine, StayLine
from astra.cases.views.shown import Tag
from astra.kernel.clock import today
from astra.vocabulary.naming import day, label, labels

Row = dict[str, Any]  # Any: what templates take
WITH_FORM = {"leave_bed": "assistance:leave_bed"}


def houses_context(houses: Iterable[HouseLine], since: date) -> Row:
    """The houses over two weeks, and the ways to earlier and later nights."""
    nights = [since + timedelta(days=number) for number in range(SHOWN_NIGHTS)]
    step = timedelta(days=SHOWN_NIGHTS)
    return {
        "nights": [{"day": one.day, "name": date_format(one, "D"), "whole": day(one)} for one in nights],
        "houses": [_house(one, nights) for one in houses],
        "newer_url": f"?from={(since - step).isoformat()}",
        "older_url": f"?from={(since + step).isoformat()}",
        "span": f"{day(nights[0])} – {day(nights[-1])}",
    }


def _house(house: HouseLine, nights: list[date]) -> Row:
    return {
        "id": house.id,
        "name": house.name,
        "partner": house.partner,
        "beds": [_bed(one, nights) for one in house.beds],
        "free": sum(nights[0] not in one.taken for one in house.beds),
    }


def _bed(bed: BedLine, nights: list[date]) -> Row:
    return {
        "id": bed.id,
        "name": f"{bed.room} · {bed.label}",
        "accepts": labels("bed_for", bed.accepts) or _("everybody"),
        "nights": [one in bed.taken for one in nights],
        "free": sum(one not in bed.taken for one in nights),
        "stays": [{"url": reverse("assistance:case", args=[case]), "name": name} for case, name in bed.stays],
    }


def bed_choices(found: Iterable[tuple[Any, str, tuple[str, ...]]]) -> list[tuple[Any, str]]:  # Any: ids
    """Beds for a form, each with whom it is for."""
    return [(bed_id, f"{name} ({labels('bed_for', accepts)})" if accepts else name) for bed_id, name, accepts in found]


def free_tonight(found: Iterable[tuple[Any, str, tuple[str, ...]]]) -> str:  # Any: ids
    """What is free tonight, in one sentence."""
    names = ", ".join(name for _bed_id, name in bed_choices(found))
    return _("Free tonight: %(beds)s.") % {"beds": names} if names else _("Nothing is free tonight.")


def stay_rows(stays: Iterable[StayLine]) -> list[Row]:
    """Stays with the steps that can be taken now."""
    tones = {HERE: "info", EXPECTED: "plum"}
    return [
        {
            "line": one,
            "state": Tag(_("Was to have left"), "attention")
            if one.is_overdue
            else Tag(_(STAY_STATE_NAMES[one.state]), tones.get(one.state, "")),
            "span": f"{day(one.first)} – {day(one.left_on or one.until)}",
            "reason": label("leaving_reason", one.reason),
            "forms": _forms(one),
            "steps": [
                {"label": _(STAY_VERB_NAMES[verb]), "url": reverse("assistance:step_stay", args=[one.id, verb])}
                for verb in STAY.verbs_from(one.state)
                if verb not in WITH_FORM and not (verb == "arrive" and one.first > today())
            ],
        }
        for one in stays
    ]


def _forms(one: StayLine) -> list[Row]:
    found = [
        {"label": _(STAY_VERB_NAMES[verb]), "url": reverse(WITH_FORM[verb], args=[one.id])}
        for verb in STAY.verbs_from(one.state)
        if verb in WITH_FORM
    ]
    if one.state in {HERE, EXPECTED}:
        found.append({"label": _("Stay longer"), "url": reverse("assistance:prolong_stay", args=[one.id])})
    return found
