"""Are all words of Astra translated, in both scripts? `python -m astra.science.script.catalogue extract|generate|...`

The words of the public pages are also translated into the languages of locale/public.toml.

extract   collect the marked sentences of the program into the Latin catalogue and those of the public pages
generate  make the Cyrillic catalogue from the Latin one
compile   make what the program reads at run time
update    all three
check     say what is missing, broken or stale, and fail
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog

from astra.science.script.also_spoken import brought_up_to_date, read_also_spoken
from astra.science.script.gettext_files import (
    as_bytes,
    broken,
    compiled,
    extract,
    generate,
    is_fresh,
    missing,
    read,
    strayed,
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
        self.also = read_also_spoken(self.folder / "public.toml")

    def path(self, locale: str) -> Path:
        """Where the catalogue of a locale lies."""
        return self.folder / locale / "LC_MESSAGES" / "django.po"

    def extract(self) -> list[str]:
        """Bring the catalogues up to date with the program; keep every translation of a sentence that is there."""
        template = self._template()
        latin = read(self.path(LATIN), LATIN)
        latin.update(template, no_fuzzy_matching=True, update_creation_date=False)
        done = self._write(self.path(LATIN), as_bytes(latin))
        wanted = self.also.chosen(template)
        for tongue in self.also.tongues:
            path = self.path(tongue.locale)
            fresh = brought_up_to_date(read(path, tongue.locale), wanted, tongue)
            done += self._write(path, as_bytes(fresh, tongue.head))
        return done

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
        template = self._template()
        found = self._problems_of(LATIN, template)
        if not is_fresh(latin, self.path(CYRILLIC)):
            found.append("the Cyrillic catalogue is not what the Latin one makes")
        wanted = self.also.chosen(template)
        for tongue in self.also.tongues:
            found += [f"{tongue.locale}: {problem}" for problem in self._problems_of(tongue.locale, wanted)]
        return found

    def _template(self) -> Catalog:
        return extract(self.root / "src", self.folder / "babel.cfg")

    def _problems_of(self, locale: str, wanted: Catalog) -> list[str]:
        """What is missing or broken in one catalogue."""
        path = self.path(locale)
        found = [f"not translated: {message}" for message in missing(path)]
        found += [f"broken translation: {problem}" for problem in broken(path)]
        return found + strayed(read(path, locale), wanted)

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
        print("`make fix` extracts and generates; translations are written in locale/*/LC_MESSAGES/django.po")
    return 1 if problems else 0


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
