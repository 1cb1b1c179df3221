"""Are all words of Astra translated, in both scripts? `python -m astra.science.script.catalogue extract|generate|...`

extract   collect the marked sentences of the program into the Latin catalogue
generate  make the Cyrillic catalogue from the Latin one
compile   make what the program reads at run time
update    all three
check     say what is missing, broken or stale, and fail
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from astra.science.script.gettext_files import (
    as_bytes,
    broken,
    compiled,
    extract,
    generate,
    is_fresh,
    missing,
    read,
    write_if_changed,
)

__all__ = ["Catalogues", "generate", "is_fresh", "main", "missing"]

LATIN, CYRILLIC = "sr_Latn", "sr"
SHOWN = 20


class Catalogues:
    """The catalogues of one project: locale/babel.cfg, locale/<locale>/LC_MESSAGES/django.po, sources in src/."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "locale"

    def path(self, locale: str) -> Path:
        """Where the catalogue of a locale lies."""
        return self.folder / locale / "LC_MESSAGES" / "django.po"

    def extract(self) -> list[str]:
        """Bring the Latin catalogue up to date with the program; keep every translation of a sentence that is there."""
        template = extract(self.root / "src", self.folder / "babel.cfg")
        latin = read(self.path(LATIN), LATIN)
        latin.update(template, no_fuzzy_matching=True, update_creation_date=False)
        return self._write(self.path(LATIN), as_bytes(latin))

    def generate(self) -> list[str]:
        """Make the Cyrillic catalogue."""
        return self._write(self.path(CYRILLIC), as_bytes(generate(read(self.path(LATIN), LATIN))))

    def compile(self) -> list[str]:
        """Make the files that are read at run time."""
        done = []
        for path in sorted(self.folder.glob("*/LC_MESSAGES/*.po")):
            machine = path.with_suffix(".mo")
            done += self._write(machine, compiled(read(path, path.parts[-3])))
            machine.touch()  # never older than its source, or the doctor would call it stale
        return done

    def update(self) -> list[str]:
        """Extract, generate, compile."""
        return [*self.extract(), *self.generate(), *self.compile()]

    def problems(self) -> list[str]:
        """What is missing, broken or stale."""
        latin = self.path(LATIN)
        if not latin.exists():
            return [f"there is no {latin.relative_to(self.root)}"]
        found = [f"not translated: {message}" for message in missing(latin)]
        found += [f"broken translation: {problem}" for problem in broken(latin)]
        template = extract(self.root / "src", self.folder / "babel.cfg")
        known = {(message.id, message.context) for message in read(latin, LATIN)}
        wanted = {(message.id, message.context) for message in template}
        found += [f"not in the catalogue: {message}" for message, _ in sorted(wanted - known, key=str)]
        found += [f"no longer in the program: {message}" for message, _ in sorted(known - wanted, key=str)]
        if not is_fresh(latin, self.path(CYRILLIC)):
            found.append("the Cyrillic catalogue is not what the Latin one makes")
        return found

    def _write(self, path: Path, content: bytes) -> list[str]:
        return [f"wrote {path.relative_to(self.root)}"] if write_if_changed(path, content) else []


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 1 when the check finds something."""
    parser = argparse.ArgumentParser(prog="python -m astra.science.script.catalogue", description=__doc__)
    parser.add_argument("what", choices=["extract", "generate", "compile", "update", "check"])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of the project")
    asked = parser.parse_args(arguments)
    catalogues = Catalogues(asked.root.resolve())
    if asked.what == "check":
        return _report(catalogues.problems())
    verbs: dict[str, Callable[[], list[str]]] = {
        "extract": catalogues.extract,
        "generate": catalogues.generate,
        "compile": catalogues.compile,
        "update": catalogues.update,
    }
    for line in verbs[asked.what]():
        print(line)
    return 0


def _report(problems: list[str]) -> int:
    """Print the first problems and how to mend them."""
    for problem in problems[:SHOWN]:
        print(problem)
    if len(problems) > SHOWN:
        print(f"... and {len(problems) - SHOWN} more")
    if problems:
        print("`make fix` extracts and generates; translations are written in locale/sr_Latn/LC_MESSAGES/django.po")
    return 1 if problems else 0


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
