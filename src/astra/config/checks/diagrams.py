"""Do the lifecycles on paper agree with the tables in the rules? One diagram each, under docs/diagrams."""

import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import astra
from astra.config.checks.tree import Fault
from astra.kernel.transitions import Lifecycle

FOLDER = Path("docs") / "diagrams"


def find_faults(project: Path) -> Iterator[Fault]:
    """Compare each diagram with its table, and find diagrams of lifecycles that are gone."""
    wanted = _pages(project)
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Fault(str(path.relative_to(project)), "differs from the table in the rules; run: make fix")
    for path in sorted((project / FOLDER).glob("*.md")):
        if path not in wanted:
            yield Fault(str(path.relative_to(project)), "no lifecycle of this name is left; run: make fix")


def write(project: Path) -> None:
    """Write every diagram anew and take away those whose lifecycle is gone."""
    wanted = _pages(project)
    (project / FOLDER).mkdir(parents=True, exist_ok=True)
    for path in (project / FOLDER).glob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


def lifecycles() -> list[Lifecycle]:
    """Every lifecycle that a room's rules name, in order of name."""
    found = {id(value): value for module in _rules() for value in vars(module).values() if isinstance(value, Lifecycle)}
    return sorted(found.values(), key=lambda lifecycle: lifecycle.name)


def _rules() -> Iterator[object]:
    """Import every room's rules, a module or a package; they need no Django."""
    for room in pkgutil.iter_modules(astra.__path__, "astra."):
        if room.ispkg and importlib.util.find_spec(f"{room.name}.rules"):
            rules = importlib.import_module(f"{room.name}.rules")
            yield rules
            for part in pkgutil.iter_modules(getattr(rules, "__path__", []), f"{rules.__name__}."):
                yield importlib.import_module(part.name)


def _pages(project: Path) -> dict[Path, str]:
    """The page that each lifecycle should have."""
    return {project / FOLDER / f"{each.name.replace(' ', '_')}.md": _page(each) for each in lifecycles()}


def _page(lifecycle: Lifecycle) -> str:
    """A lifecycle as a page that any Markdown reader draws."""
    title = lifecycle.name.replace("_", " ").replace(".", " ").capitalize()
    return f"# {title}\n\n```mermaid\n{lifecycle.diagram()}```\n"
