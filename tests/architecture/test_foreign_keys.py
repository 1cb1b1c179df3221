"""Do foreign keys obey the order of the rooms? A key named by a string escapes the import contracts."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from astra.config.environment import PROJECT

AnyKey = models.ForeignKey[Any, Any]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LATEST_FIRST: list[str] = next(each["layers"] for each in CONTRACTS if each["name"].startswith("rooms"))
ORDER = {room.strip(): -place for place, layer in enumerate(LATEST_FIRST) for room in layer.split("|")}


def room_of(model: type[models.Model]) -> str:
    """The room that a model lives in; packages of others have none."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "astra" else ""


def links() -> Iterator[AnyKey]:
    """Every foreign key of every room's models, those of many-to-many tables included."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and room_of(model):
                yield field


def related(link: AnyKey) -> type[models.Model]:
    """The model that a link points to."""
    model = link.related_model
    assert isinstance(model, type)
    return model


@pytest.mark.parametrize("link", list(links()), ids=str)
def test_a_link_points_to_the_same_or_an_earlier_room(link: AnyKey) -> None:
    here, there = room_of(link.model), room_of(related(link))
    assert there, f"{link} points to a package that is not ours"
    assert ORDER[there] <= ORDER[here], f"{link} points from {here} to the later room {there}"


@pytest.mark.parametrize("link", [link for link in links() if room_of(link.model) != room_of(related(link))], ids=str)
def test_a_link_to_another_room_protects_what_it_points_to(link: AnyKey) -> None:
    assert link.remote_field.on_delete is models.PROTECT


def test_links_between_rooms_are_looked_at_at_all() -> None:
    assert any(room_of(link.model) != room_of(related(link)) for link in links())
