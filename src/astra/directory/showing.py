"""How is an organisation said on a page? Codes become words in the reader's language, here and only here."""

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import check_is_due
from astra.directory.sections import Contacts
from astra.directory.selectors import OrganisationLine
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
        },
        {"text": labels("service_type", line.services), "label": gettext("Services")},
        {"text": ", ".join(line.towns), "label": gettext("Town")},
        {"text": line.public_phone, "label": gettext("Phone")},
        {"text": state, "tone": tone},
    ]


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
        ],
        "services": [
            {
                "key": label("service_type", service.kind),
                "value": service.note or labels("language", service.languages.split()),
                "hint": labels("language", service.languages.split()) if service.note else "",
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


def _address(place: Place, hidden: dict[Any, Any]) -> tuple[str, str]:
    known = hidden.get(place.pk, place)
    return known.address, known.town


def persons(contacts: Contacts) -> list[dict[str, Any]]:
    """The contact persons as their forms begin."""
    return [dataclasses.asdict(person) for person in contacts.persons]
