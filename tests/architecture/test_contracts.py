"""Do the import contracts catch what they are there to catch? Each is tried on a planted violation in a copy."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from astra.config.environment import PROJECT

CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
PRIVATE = [contract["protected_modules"][0] for contract in CONTRACTS if contract["type"] == "protected"]

# (the module that does wrong, what it wrongly imports, the contract that says so)
PLANTED = [
    ("astra.hotline.services", "astra.cases", "rooms"),
    ("astra.kernel.ids", "astra.config.environment", "rooms"),
    ("astra.hotline.selectors", "astra.hotline.views", "inside a room"),
    ("astra.people.models", "astra.people.services", "inside a room"),
    ("astra.cases.rules", "django.utils.timezone", "rules and science are pure"),
    ("astra.science.script", "django.conf", "rules and science are pure"),
    ("astra.kernel.clock", "django.db", "rules and science are pure"),
    ("astra.science.linkage.normalise.names", "astra.science.linkage.registry", "linkage"),
    *(("astra.demo", models, f"the models of {models.split('.')[1]}") for models in PRIVATE),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the copy with our contracts."""
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-logo",
        "--no-cache",
        "--config",
        "pyproject.toml",
    ]
    environment = {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "PATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def file_of(folder: Path, module: str) -> Path:
    """The file of a module, be it a package or not."""
    path = folder.joinpath("src", *module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy of the tree with every violation planted."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    shutil.copytree(PROJECT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (folder / "src" / "astra" / "unlisted").mkdir()
    (folder / "src" / "astra" / "unlisted" / "__init__.py").touch()
    for module, wrongly_imported, _ in PLANTED:
        with file_of(folder, module).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {wrongly_imported}\n")
    linted = lint(folder)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    return linted.stdout


@pytest.mark.parametrize(("module", "wrongly_imported", "contract"), PLANTED)
def test_a_planted_violation_is_found(answer: str, module: str, wrongly_imported: str, contract: str) -> None:
    assert any(line.startswith(contract) and " BROKEN" in line for line in answer.splitlines()), answer
    target = "django" if wrongly_imported.startswith("django") else wrongly_imported
    assert f"{module} -> {target}" in answer or f"{module} is not allowed to import {target}" in answer, answer


def test_every_contract_is_tried() -> None:
    tried = {contract for _, _, contract in PLANTED}
    assert all(any(contract["name"].startswith(name) for name in tried) for contract in CONTRACTS)


def test_a_room_that_is_not_in_the_list_is_found(answer: str) -> None:
    assert "unlisted" in answer


def test_every_room_with_models_keeps_them_private() -> None:
    rooms = {path.parts[-2] for path in (PROJECT / "src" / "astra").glob("*/models*") if path.suffix in {".py", ""}}
    assert {f"astra.{room}.models" for room in rooms} == set(PRIVATE)
