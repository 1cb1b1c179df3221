"""Which sentences are also said in the languages of those who write to us, and who has read them?

Only the pages that everybody may read are translated into them: locale/public.toml says which languages and which
files. Nobody of ours speaks them as her first language. So every translation says above itself that it awaits a native
reader; whoever has read it takes that line away, and it stays away.
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Catalog

from astra.science.script.gettext_files import new_catalogue

AWAITED = "awaits native review"
_WHY = "It was written by people who do not speak the language as their first one, so that nobody is turned away."


@dataclass(frozen=True)
class Tongue:
    """One language of the public pages."""

    locale: str
    plural: str
    """The rule by which a number chooses its form, as gettext writes it."""
    note: str

    @property
    def head(self) -> str:
        """What the file says of itself."""
        return f"# This catalogue {AWAITED}. {_WHY}\n# {self.note}"


@dataclass(frozen=True)
class AlsoSpoken:
    """The languages, and the files whose sentences are said in them."""

    tongues: tuple[Tongue, ...] = ()
    said: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()

    def chosen(self, template: Catalog) -> Catalog:
        """The sentences of a template that are said in these languages."""
        public = new_catalogue(None)
        for message in template:
            places = [(name, line) for name, line in message.locations if self._is_said(name)]
            if message.id and places:
                public.add(message.id, locations=places, auto_comments=message.auto_comments, context=message.context)
        return public

    def _is_said(self, name: str) -> bool:
        return any(fnmatch(name, one) for one in self.said) and not any(fnmatch(name, one) for one in self.not_said)


def read_also_spoken(path: Path) -> AlsoSpoken:
    """Read the list; a project without one has no such languages."""
    if not path.exists():
        return AlsoSpoken()
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    tongues = tuple(Tongue(locale, one["plural"], one["note"]) for locale, one in given["languages"].items())
    return AlsoSpoken(tongues, tuple(given["said"]), tuple(given["not_said"]))


def brought_up_to_date(catalogue: Catalog, wanted: Catalog, tongue: Tongue) -> Catalog:
    """Give a catalogue the sentences that are wanted, and no others; translations that are there stay."""
    known = {(message.id, message.context) for message in catalogue}
    catalogue.mime_headers = [("Plural-Forms", tongue.plural)]
    catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    for message in catalogue:
        if message.id and (message.id, message.context) not in known:
            message.user_comments = [AWAITED]
    return catalogue
