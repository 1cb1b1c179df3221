"""How are countries and languages called? Unicode CLDR, as Babel brings it, knows the names in every language.

A list that says `names = "territories"` or `names = "languages"` writes only codes; a name written in the file wins.
"""

from functools import cache
from typing import Any

from babel import Locale

_LOCALES = {"sr_latn": "sr_Latn", "sr": "sr_Cyrl", "en": "en"}


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag)


def add_names(raw: dict[str, Any]) -> dict[str, Any]:
    """Fill in the names that CLDR has for the codes of a list."""
    kind = raw.get("names")
    if kind is None:
        return raw
    codes = {}
    for code, words in raw["codes"].items():
        names = {key: getattr(_locale(tag), kind).get(words.get("cldr", code)) for key, tag in _LOCALES.items()}
        codes[code] = {key: name[:1].upper() + name[1:] for key, name in names.items() if name} | words
    return raw | {"codes": codes}
