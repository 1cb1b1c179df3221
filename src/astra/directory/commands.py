"""How do the institutions that every installation begins with come into the directory? Once, and by a command again."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import click

from astra.directory.rules import Entry, PlaceLine, Seed, ServiceLine
from astra.directory.services import seed_organisations
from astra.vault.actor import system

Told = Mapping[str, Any]  # Any: what the data files hold


def seeds() -> list[Seed]:
    """The institutions of the data files, in their order."""
    found = []
    for path in sorted(files("astra.directory").joinpath("data").iterdir(), key=lambda one: one.name):
        if path.name.endswith(".toml"):
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [_seed(one, told["on"]) for one in told["institutions"]]
    return found


def _seed(told: Told, on: date) -> Seed:
    country = told.get("country", "RS")
    entry = Entry(
        name=told["name"],
        kind=told["kind"],
        country=country,
        website=told.get("website", ""),
        public_phone=told.get("phone", ""),
        referral_note=told.get("referral", ""),
        services=tuple(
            ServiceLine(one["kind"], tuple(one.get("for_whom", ())), tuple(one.get("languages", ())))
            for one in told["services"]
        ),
        places=tuple(PlaceLine(country=country, **one) for one in told["places"]),
    )
    return Seed(told["key"], entry, told["source"], on)


def load() -> None:
    """Bring along what is not in the directory yet; a step of set-up."""
    seed_organisations(actor=system(), seeds=seeds())


@click.group()
def directory() -> None:
    """To whom people are referred: the institutions that Astra brings along."""


@directory.command()
def seed() -> None:
    """Bring institutions along that are not there yet; what people changed or closed is left alone."""
    made = seed_organisations(actor=system(), seeds=seeds())
    click.echo(f"{made} added. They are marked as to be checked: call before you refer anybody there.")
