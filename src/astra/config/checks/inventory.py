"""Is every field that Astra keeps named in an inventory, with its purpose and how long it is kept?

Each room has an `inventory.toml`:

    [sections."hotline.words".said]        # a field of a sealed section
    purpose = "what the caller said, to help her"
    retention = "contact"                  # the retention class with which the section was declared

    [fields."hotline.Contact".line]        # a coded field that the server can read
    purpose = "which line rang, for shifts and statistics"
    retention = "contact"

    [technical]                            # keys, links and sealed bytes that say nothing by themselves
    "hotline.Contact" = ["record"]

The comparison goes both ways: a field without a line is a fault, and so is a line without a field.
"""

import dataclasses
import importlib.util
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from django.apps import AppConfig, apps
from django.conf import settings

from astra.config.checks.tree import Fault
from astra.vault import sections

OURS = "astra."


def find_faults(project: Path) -> Iterator[Fault]:
    """Compare every room's inventory with its models and its sealed sections."""
    rooms = [room for room in apps.get_app_configs() if room.name.startswith(OURS)]
    importlib.import_module(settings.ROOT_URLCONF)  # whatever a page can reach has been declared then
    for room in rooms:
        if importlib.util.find_spec(f"{room.name}.sections"):
            importlib.import_module(f"{room.name}.sections")
    for room in rooms:
        yield from _room_faults(room, project)


def _room_faults(room: AppConfig, project: Path) -> Iterator[Fault]:
    """Compare one room."""
    path = Path(room.path) / "inventory.toml"
    where = str(path.relative_to(project)) if path.is_relative_to(project) else str(path)
    has_something = any(True for _ in room.get_models()) or bool(_declared(room))
    if not path.exists():
        if has_something:
            yield Fault(where, "is missing, and the room keeps data")
        return
    inventory = tomllib.loads(path.read_text(encoding="utf-8"))
    yield from compare(where, inventory, _model_fields(room), _declared(room))


def _model_fields(room: AppConfig) -> dict[str, set[str]]:
    """The fields of each of the room's tables, those Django makes for many-to-many links included."""
    return {
        f"{room.label}.{model._meta.object_name}": {field.name for field in model._meta.local_fields}
        for model in room.get_models(include_auto_created=True)
    }


def _declared(room: AppConfig) -> dict[str, sections.SectionKind[object]]:
    """The room's sealed sections."""
    return {name: kind for name, kind in sections.declared().items() if name.partition(".")[0] == room.label}


def compare(
    where: str,
    inventory: Mapping[str, Any],  # Any: TOML
    models: Mapping[str, set[str]],
    kinds: Mapping[str, sections.SectionKind[object]],
) -> Iterator[Fault]:
    """Compare one inventory with what the room has, both ways."""
    technical = {name: set(fields) for name, fields in inventory.get("technical", {}).items()}
    listed = {name: set(fields) for name, fields in inventory.get("fields", {}).items()}
    either = {name: listed.get(name, set()) | technical.get(name, set()) for name in {*listed, *technical}}
    yield from _difference(where, models, either)
    sealed = {name: set(fields) for name, fields in inventory.get("sections", {}).items()}
    contents = {name: _content_fields(kind) for name, kind in kinds.items()}
    yield from _difference(where, contents, sealed)
    for name, fields in technical.items():
        for field in sorted(listed.get(name, set()) & fields):
            yield Fault(where, f"{name}.{field} cannot be both coded and technical")
    yield from _line_faults(where, inventory, kinds)


def _content_fields(kind: sections.SectionKind[object]) -> set[str]:
    content: Any = kind.content  # Any: of whatever shape the room chose
    if issubclass(content, msgspec.Struct):
        return set(content.__struct_fields__)
    return {field.name for field in dataclasses.fields(content)}


def _difference(where: str, have: Mapping[str, set[str]], listed: Mapping[str, set[str]]) -> Iterator[Fault]:
    """What is kept and not listed, and what is listed and not kept."""
    for name in sorted({*have, *listed}):
        for field in sorted(have.get(name, set()) - listed.get(name, set())):
            yield Fault(where, f"{name}.{field} is kept, and not listed")
        for field in sorted(listed.get(name, set()) - have.get(name, set())):
            yield Fault(where, f"{name}.{field} is listed, and does not exist")


def _line_faults(
    where: str, inventory: Mapping[str, Any], kinds: Mapping[str, sections.SectionKind[object]]
) -> Iterator[Fault]:
    """Every line has a purpose and a retention class; a section's class is the one it was declared with."""
    for table in ("fields", "sections"):
        for name, fields in inventory.get(table, {}).items():
            for field, line in fields.items():
                if not str(line.get("purpose", "")).strip():
                    yield Fault(where, f"{name}.{field} has no purpose")
                if not str(line.get("retention", "")).strip():
                    yield Fault(where, f"{name}.{field} has no retention class")
                elif table == "sections" and name in kinds and line["retention"] != kinds[name].retention:
                    yield Fault(where, f"{name}.{field} is kept as {kinds[name].retention}, not as {line['retention']}")
