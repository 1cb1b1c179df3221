"""Who at the invented organisation has two files, and who only looks as if? For whoever tries the worklist.

One woman is written in two scripts, one child in two spellings; twins, and a mother and daughter of one name, are two.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.demo.cast import Employed
from astra.kernel.partial_dates import parse_birth
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, NewPerson, SafeRule, Safety, Stay

Told = dict[str, Any]  # Any: the texts of the data file
RULES = {"never_say": "never_say", "between": "call_only_between"}
YEARS_AGO = re.compile(r"\{(\d+)\}")


def register_doubles(employed: Mapping[str, Employed], *, today: date) -> list[tuple[str, UUID]]:
    """Register everybody of the data file; returns who each file is about, and its id."""
    text = files("astra.demo").joinpath("data/doubles.toml").read_text(encoding="utf-8")
    told: list[Told] = tomllib.loads(text)["files"]
    made = people.register_people(actor=employed["mira"].actor(), people=[_person(one, today) for one in told])
    return [(one["who"], file) for one, file in zip(told, made, strict=True)]


def _person(told: Told, today: date) -> NewPerson:
    born = YEARS_AGO.sub(lambda years: str(today.year - int(years[1])), told["born"])
    registered_on = today - timedelta(days=told["days_ago"])
    return NewPerson(
        identity=Identity(
            names=(Name(told["given"], told["family"]),),
            mother=told["mother"],
            birth=replace(parse_birth(born, seen_on=registered_on), said=""),
            sex=told["sex"],
            citizenships=("RS",),
            languages=(told.get("language", "sr"),),
        ),
        details=ContactDetails((ContactDetail("mobile", told["phone"]),)) if "phone" in told else ContactDetails(),
        safety=Safety(tuple(SafeRule(code, told[key]) for key, code in RULES.items() if key in told)),
        stay=Stay(kind="at_home", place=told["place"], since=registered_on),
        registered_on=registered_on,
    )
