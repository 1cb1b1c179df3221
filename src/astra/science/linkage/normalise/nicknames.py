"""Which names can be the same name: in another spelling, in another language, or as a nickname?

data/spellings.csv and data/nicknames.csv hold the names as people write them. Who compares names folds them first; so
the families are built for one fold, and answer with folded names. No answer goes over two steps: that a form belongs
to two names does not make the names one.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from astra.science.linkage.normalise.arabic import plain_arabic
from astra.science.script import normalise

_ARTICLE = "ال"
_ENDINGS = {
    "الله": "ullah", "الدين": "uddin", "زاده": "zada", "زاي": "zai", "زي": "zai", "پور": "pour", "نژاد": "nejad",
}  # fmt: skip
"""Endings of names in folded Arabic letters, and their usual Latin forms."""
_MOST_FORMS_BUILT = 4
_LONGEST_SCRIPT_NAME = 3  # words

Fold = Callable[[str], str]


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Collect the second parts by the first, leaving out what points to itself."""
    found: dict[str, set[str]] = {}
    for first, second in pairs:
        if first and second and first != second:
            found.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


class NameFamilies:
    """Names that can be one name, folded in one way.

    Parameters
    ----------
    fold : callable from str to str
        How names are folded before they are compared; spaces that it leaves are taken out.

    Examples
    --------
    >>> from astra.science.linkage.normalise.sounds import sound
    >>> families = NameFamilies(sound)
    >>> sound("Jusuf") in families.spellings(sound("Youssef"))
    True
    >>> sound("Đorđe") in families.equivalents(sound("György"))
    True
    >>> sound("Aleksandar") in families.short_for(sound("Aca"))
    True
    """

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._spellings = _gather(self._group_pairs(is_equivalent=False))
        self._equivalents = _gather(self._group_pairs(is_equivalent=True))
        nicknames = [(self._plain(row["name"]), self._plain(form)) for row, form in _short_forms()]
        self._shorts_of = _gather(nicknames)
        self._short_for = _gather((short, name) for name, short in nicknames)

    def _plain(self, name: str) -> str:
        return self._fold(name).replace(" ", "")

    def _group_pairs(self, *, is_equivalent: bool) -> Iterator[tuple[str, str]]:
        for row in _rows("spellings.csv"):
            if (row["language"] == "eq") == is_equivalent:
                forms = {self._plain(form) for form in row["forms"].split()}
                yield from ((first, second) for first in forms for second in forms)

    def spellings(self, token: str) -> frozenset[str]:
        """The folded forms in which the same name is also written, in other alphabets or by other rules.

        Parameters
        ----------
        token : str
            A folded name.

        Returns
        -------
        frozenset of str
            Folded names without the token itself; empty for a name that is not in the data.
        """
        return self._spellings.get(token, frozenset())

    def equivalents(self, token: str) -> frozenset[str]:
        """The folded forms that the same name has in other languages: Petar, Péter, Pjetër.

        Parameters
        ----------
        token : str
            A folded name.

        Returns
        -------
        frozenset of str
            Folded names without the token itself; empty for a name that is not in the data.
        """
        return self._equivalents.get(token, frozenset())

    def short_for(self, token: str) -> frozenset[str]:
        """The folded full names that a folded nickname may stand for.

        Parameters
        ----------
        token : str
            A folded nickname.

        Returns
        -------
        frozenset of str
            Folded full names; how many there are says how little the nickname tells. A name that is both, such as
            Saša, is asked for as either.
        """
        return self._short_for.get(token, frozenset())

    def shorts_of(self, token: str) -> frozenset[str]:
        """The folded nicknames of a folded full name.

        Parameters
        ----------
        token : str
            A folded full name.

        Returns
        -------
        frozenset of str
            Folded nicknames; empty for a name that is not in the data.
        """
        return self._shorts_of.get(token, frozenset())

    def all_shorts(self) -> frozenset[str]:
        """Every folded nickname."""
        return frozenset(self._short_for)

    def from_script(self, text: str) -> tuple[str, ...]:
        """As the function of this name."""
        return from_script(text)


def _short_forms() -> Iterator[tuple[dict[str, str], str]]:
    for row in _rows("nicknames.csv"):
        for form in row["short_forms"].split():
            yield row, form


def _plain_script(text: str) -> str:
    return plain_arabic(normalise(text))


@cache
def _script_names() -> dict[str, tuple[str, ...]]:
    """The Latin forms by the name in its own script, folded, without spaces."""
    found: dict[str, dict[str, None]] = {}
    for row in _rows("spellings.csv"):
        for name in row["script_form"].split("|"):
            key = _plain_script(name).replace(" ", "")
            if key:
                found.setdefault(key, {}).update(dict.fromkeys(row["forms"].split()))
    return {key: tuple(forms) for key, forms in found.items()}


def _forms_of(key: str) -> tuple[str, ...]:
    """The Latin forms of one name without spaces, whole or taken apart into article, name and ending."""
    known = _script_names()
    if key in known:
        return known[key]
    if key.startswith(_ARTICLE) and key.removeprefix(_ARTICLE) in known:
        forms = known[key.removeprefix(_ARTICLE)]
        return (*(f"Al-{form}" for form in forms[:_MOST_FORMS_BUILT]), *forms)
    for ending, latin in _ENDINGS.items():
        stem = key.removesuffix(ending)
        if stem != key and stem in known:
            return tuple(form + latin for form in known[stem][:_MOST_FORMS_BUILT])
    return ()


def from_script(text: str) -> tuple[str, ...]:
    """Give the Latin forms of a name written in Arabic letters, short vowels restored.

    Parameters
    ----------
    text : str
        One name, or several, in Arabic, Persian, Pashto or Kurdish letters, whichever keyboard they came from.

    Returns
    -------
    tuple of str
        The known Latin forms, the commonest first. For several names one text of their commonest forms, words that are
        not known left as they are. Empty when nothing is known.

    Examples
    --------
    >>> from_script("محمد")[:2], from_script("عبد الرحمن")[0]
    (('Muhammad', 'Mohammad'), 'Abdulrahman')
    >>> from_script("زهرا احمدی"), from_script("Ana")
    (('Zahra Ahmadi',), ())
    """
    words = _plain_script(text).split()
    whole = _forms_of("".join(words))
    if whole or not words:
        return whole
    parts: list[str] = []
    is_known = False
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_SCRIPT_NAME, len(words) - at), 0, -1):
            forms = _forms_of("".join(words[at : at + size]))
            if forms:
                parts.append(forms[0])
                is_known = True
                at += size
                break
        else:
            parts.append(words[at])
            at += 1
    return (" ".join(parts),) if is_known else ()
