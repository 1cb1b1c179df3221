"""Do the checks of the tree find what they are there to find? Each is tried on a planted fault."""

import dataclasses
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from astra.config.checks import diagrams, inventory, locks, others_work, sizes
from astra.config.checks.tree import Fault
from astra.vault.sections import SectionKind


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project in a repository of its own."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "src" / "astra" / "room").mkdir(parents=True)
    return tmp_path


def plant(project: Path, name: str, text: str) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def told(faults: Iterable[Fault]) -> str:
    return "\n".join(map(str, faults))


def function(lines: int) -> str:
    return "def opens() -> None:\n" + "    pass\n" * (lines - 1)


class TestSizes:
    @pytest.mark.parametrize(
        ("name", "text", "fault"),
        [
            ("src/astra/room/rules.py", "\n" * 400, "400 lines"),
            ("src/astra/room/rules.py", function(60), "rules.py:1: opens has 60 lines"),
            ("src/astra/room/views.py", function(25), "views stay under 25"),
            ("src/astra/room/views/lists.py", function(25), "views stay under 25"),
            ("src/astra/room/utils.py", "", "could hold anything"),
            ("src/astra/room/README.md", "\n" * 31, "at most 30"),
            ("src/astra/room/rules.py", "x = 1  # noqa\n", "name the one that is meant"),
            ("src/astra/room/rules.py", "x = 1  # noqa: S101\n", "without saying why"),
            ("src/astra/room/rules.py", "x = 1  # type: ignore[misc]\n", "without saying why"),
        ],
    )
    def test_a_fault_is_found(self, project: Path, name: str, text: str, fault: str) -> None:
        plant(project, name, text)
        assert fault in told(sizes.find_faults(project))

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("src/astra/room/rules.py", "\n" * 399),
            ("src/astra/room/rules.py", function(59)),
            ("src/astra/room/views.py", function(24)),
            ("src/astra/room/views.py", function(30).replace("opens", "_counts")),
            ("src/astra/room/migrations/0001_initial.py", "\n" * 900),
            ("README.md", "\n" * 100),
            ("src/astra/room/rules.py", "x = 1  # noqa: S101  (the reason, in words)\n"),
            ("src/astra/room/tests/test_rules.py", "x = 1  # type: ignore[misc]\n"),
        ],
    )
    def test_what_is_right_passes(self, project: Path, name: str, text: str) -> None:
        plant(project, name, text)
        assert told(sizes.find_faults(project)) == ""


class TestLocks:
    @pytest.mark.parametrize(
        "text",
        [
            "click @ https://example.org/click.whl --hash=sha256:00\n",
            "--index-url https://example.org/simple\nclick==8 \\\n    --hash=sha256:00\n",
            "click @ file:///tmp/click.whl --hash=sha256:00\n",
            "click>=8 --hash=sha256:00\n",
            "click==8\n",
        ],
    )
    def test_an_address_or_a_missing_hash_is_found(self, project: Path, text: str) -> None:
        plant(project, "requirements/core.txt", text)
        assert told(locks.find_faults(project)) != ""

    def test_a_resolved_address_of_a_front_end_package_is_found(self, project: Path) -> None:
        packages = {"": {}, "node_modules/a": {"version": "1", "integrity": "sha512-x", "resolved": "https://a"}}
        plant(project, "package-lock.json", json.dumps({"packages": packages}))
        assert "node_modules/a holds an address" in told(locks.find_faults(project))

    def test_pins_with_hashes_pass(self, project: Path) -> None:
        pin = 'click==8.5.1 ; python_version >= "3.11" \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n'
        plant(project, "requirements/core.txt", pin + "wheel==1 \\\n    --hash=sha256:22\n")
        assert told(locks.find_faults(project)) == ""


class TestOthersWork:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("frontend/fonts/source.woff2", "x"),
            ("frontend/js/htmx.min.js", "x"),
            ("node_modules/a/index.js", "x"),
            ("frontend/js/copied.js", "/*! Copied v1 | MIT */\n"),
            ("frontend/js/copied.js", "x" * 1001),
        ],
    )
    def test_a_foreign_file_is_found(self, project: Path, name: str, text: str) -> None:
        plant(project, name, text)
        assert name in told(others_work.find_faults(project))

    def test_what_git_ignores_is_not_in_the_repository(self, project: Path) -> None:
        plant(project, ".gitignore", "/node_modules/\n")
        plant(project, "node_modules/a/index.js", "/*! theirs */")
        plant(project, "frontend/js/ours.js", "// ours\n")
        assert told(others_work.find_faults(project)) == ""


class TestDiagrams:
    def test_the_diagrams_on_paper_follow_the_tables(self, tmp_path: Path) -> None:
        plant(tmp_path, "docs/diagrams/gone.md", "# Gone\n")
        diagrams.write(tmp_path)
        assert told(diagrams.find_faults(tmp_path)) == ""
        assert not (tmp_path / "docs/diagrams/gone.md").exists()

    def test_a_diagram_without_a_table_is_found(self, tmp_path: Path) -> None:
        diagrams.write(tmp_path)
        plant(tmp_path, "docs/diagrams/gone.md", "# Gone\n")
        assert "gone.md" in told(diagrams.find_faults(tmp_path))


@dataclasses.dataclass(frozen=True)
class Words:
    said: str = ""


KINDS: dict[str, SectionKind[object]] = {"room.words": SectionKind("room.words", Words, "contact")}
MODELS = {"room.Contact": {"record", "line"}}
LINE = {"purpose": "to help", "retention": "contact"}
WHOLE = {
    "sections": {"room.words": {"said": LINE}},
    "fields": {"room.Contact": {"line": LINE}},
    "technical": {"room.Contact": ["record"]},
}


class TestInventory:
    def test_a_whole_inventory_passes(self) -> None:
        assert told(inventory.compare("x", WHOLE, MODELS, KINDS)) == ""

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"sections": {}}, "room.words.said is kept, and not listed"),
            ({"fields": {}}, "room.Contact.line is kept, and not listed"),
            ({"technical": {}}, "room.Contact.record is kept, and not listed"),
            ({"technical": {"room.Contact": ["record", "line"]}}, "cannot be both"),
            ({"technical": {"room.Contact": ["record", "gone"]}}, "room.Contact.gone is listed, and does not exist"),
            ({"sections": {"room.words": {"said": LINE, "gone": LINE}}}, "room.words.gone is listed"),
            ({"sections": {"room.words": {"said": {**LINE, "retention": "case"}}}}, "kept as contact, not as case"),
            ({"fields": {"room.Contact": {"line": {**LINE, "purpose": " "}}}}, "line has no purpose"),
            ({"fields": {"room.Contact": {"line": {"purpose": "x"}}}}, "line has no retention class"),
        ],
    )
    def test_a_fault_is_found(self, change: dict[str, object], fault: str) -> None:
        assert fault in told(inventory.compare("x", {**WHOLE, **change}, MODELS, KINDS))
