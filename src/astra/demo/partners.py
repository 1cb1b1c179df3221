"""With whom does the invented organisation work? Shelters, centres, police, prosecutors: all of them invented too."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.directory import services as directory
from astra.directory.rules import Entry, PlaceLine, ServiceLine
from astra.directory.sections import ContactPerson
from astra.vault.actor import Actor


def list_partners(*, actor: Actor, today: date) -> list[UUID]:
    """Write everybody into the directory; an entry that nobody has checked for long asks to be looked at."""
    listed = []
    text = files("astra.demo").joinpath("data/partners.toml").read_text(encoding="utf-8")
    for told in tomllib.loads(text)["partners"]:
        persons = tuple(ContactPerson(**person) for person in told.get("persons", ()))
        made = directory.add_organisation(actor=actor, entry=_entry(told), persons=persons)
        if "checked_days_ago" in told:
            checked = today - timedelta(days=told["checked_days_ago"])
            directory.confirm_organisation(actor=actor, organisation_id=made, on=checked)
        listed.append(made)
    return listed


def _entry(told: dict[str, Any]) -> Entry:  # Any: what the data file holds
    country = told.get("country", "RS")
    return Entry(
        name=told["name"],
        kind=told["kind"],
        country=country,
        public_phone=told["phone"],
        referral_note=told.get("referral", ""),
        services=tuple(
            ServiceLine(**{**service, "languages": tuple(service["languages"])}) for service in told["services"]
        ),
        places=tuple(PlaceLine(country=country, **place) for place in told["places"]),
    )
