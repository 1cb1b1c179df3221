"""How is an organisation said on a page? Codes become words in the reader's language, here and only here."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import check_is_due
from astra.directory.rules.maps import Map, draw, town_of
from astra.directory.sections import Contacts
from astra.directory.selectors import OrganisationLine
from astra.science.script import sort_key
from astra.vocabulary.naming import day, label, labels


def rows(lines: Iterable[OrganisationLine]) -> list[dict[str, Any]]:
    """The list, as the table component reads it."""
    return [{"cells": _cells(line)} for line in lines]


def _cells(line: OrganisationLine) -> list[dict[str, Any]]:
    state, tone = "", ""
    if line.is_closed:
        state, tone = gettext("Closed"), "attention"
    elif line.needs_check:
        state, tone = gettext("To be checked"), "info"
    return [
        {
            "text": line.name,
            "url": reverse("directory:organisation", args=[line.id]),
            "hint": label("organisation_type", line.kind),
            "note": line.referral_note,
        },
        {
            "text": labels("service_type", line.services),
            "label": gettext("Services"),
            "hint": " · ".join(part for part in (_accepted(line), labels("language", line.languages)) if part),
        },
        {"text": where(line), "label": gettext("Town"), "hint": ", ".join(line.hours), "note": open_words(line)},
        {"text": line.public_phone, "label": gettext("Phone")},
        {"text": state, "tone": tone},
    ]


def _accepted(line: OrganisationLine) -> str:
    accepted = labels("accepted_group", line.accepts)
    return gettext("Accepts: %(whom)s") % {"whom": accepted} if accepted else ""


def where(line: OrganisationLine) -> str:
    """Its towns, and how far from the one that was asked for."""
    towns = ", ".join(line.towns)
    return gettext("%(towns)s (%(km)s km)") % {"towns": towns, "km": line.km} if line.km else towns


def open_words(line: OrganisationLine) -> str:
    """Whether it is open at this moment, where its hours say so."""
    if line.is_open is None:
        return ""
    return gettext("open now") if line.is_open else gettext("not open now")


@dataclass(frozen=True)
class Town:
    """A town of the map with everybody who is there."""

    key: str
    name: str
    lines: tuple[dict[str, Any], ...]


def towns(lines: Sequence[OrganisationLine]) -> tuple[list[Town], Map, list[dict[str, Any]]]:
    """Organisations by town, the drawing of these towns, and those that have no town to show."""
    grouped: dict[str, list[OrganisationLine]] = {}
    for line in lines:
        for name in line.towns:
            place = town_of(name)
            grouped.setdefault(place.name if place else name, []).append(line)
    ordered = sorted(grouped, key=sort_key)
    found = [Town(f"town-{n}", name, tuple(_brief(one) for one in grouped[name])) for n, name in enumerate(ordered)]
    drawing = draw([(town.name, town.key, len(town.lines)) for town in found])
    return found, drawing, [_brief(line) for line in lines if not line.towns]


def _brief(line: OrganisationLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "url": reverse("directory:organisation", args=[line.id]),
        "kind": label("organisation_type", line.kind),
        "phone": line.public_phone,
        "hours": ", ".join(line.hours),
        "open": open_words(line),
        "needs_check": line.needs_check,
    }


def page(
    row: Organisation, services: list[Service], places: list[Place], contacts: Contacts, at: date
) -> dict[str, Any]:
    """One organisation's parts, as the components read them."""
    hidden = {one.place_id: one for one in contacts.addresses}
    return {
        "facts": [
            {"key": gettext("Kind"), "value": label("organisation_type", row.kind)},
            {"key": gettext("Country"), "value": label("country", row.country)},
            {"key": gettext("Public phone"), "value": row.public_phone},
            {"key": gettext("Website"), "value": row.website},
            {"key": gettext("How to refer somebody there"), "value": row.referral_note},
            {"key": gettext("Checked"), "value": day(row.checked_on)},
            *([{"key": gettext("Comes from"), "value": row.source, "hint": day(row.source_on)}] if row.source else []),
        ],
        "services": [
            {
                "key": label("service_type", service.kind),
                "value": service.note or _who(service) or labels("language", service.languages.split()),
                "hint": _rest(service),
            }
            for service in services
        ],
        "places": [
            {
                "key": place.name or gettext("Place"),
                "value": ", ".join(part for part in _address(place, hidden) if part),
                "hint": place.hours,
                "is_hidden": place.is_hidden,
            }
            for place in places
        ],
        "needs_check": row.closed_on is None and check_is_due(row.checked_on, at),
    }


def _who(service: Service) -> str:
    return labels("accepted_group", service.for_whom.split())


def _rest(service: Service) -> str:
    """What the first line of a service has not said yet."""
    languages = labels("language", service.languages.split())
    parts = [_who(service) if service.note else "", languages if service.note or _who(service) else ""]
    return " · ".join(part for part in parts if part)


def _address(place: Place, hidden: dict[Any, Any]) -> tuple[str, str]:
    known = hidden.get(place.pk, place)
    return known.address, known.town


def persons(contacts: Contacts) -> list[dict[str, Any]]:
    """The contact persons as their forms begin."""
    return [dataclasses.asdict(person) for person in contacts.persons]
