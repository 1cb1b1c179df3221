"""In which of Astra's languages does a reader read?"""

from collections.abc import Mapping

from astra.science.script import to_cyrillic

LANGUAGES = ("sr-latn", "sr", "en")


def known_language(language: str | None) -> str:
    """The one of Astra's three languages that a reader's language stands for."""
    tag = (language or "en").lower().replace("_", "-")
    if tag in LANGUAGES:
        return tag
    if tag.startswith("sr-cyrl"):
        return "sr"
    return "sr-latn" if tag.startswith("sr") else "en"


def in_each_script(words: Mapping[str, str]) -> dict[str, str]:
    """What a data file says in Latin letters and English, by Astra's three languages."""
    return {"sr-latn": words["sr_latn"], "sr": to_cyrillic(words["sr_latn"]), "en": words["en"]}
