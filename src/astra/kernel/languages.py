"""In which of Astra's languages does a reader read?"""

LANGUAGES = ("sr-latn", "sr", "en")


def known_language(language: str | None) -> str:
    """The one of Astra's three languages that a reader's language stands for."""
    tag = (language or "en").lower().replace("_", "-")
    if tag in LANGUAGES:
        return tag
    if tag.startswith("sr-cyrl"):
        return "sr"
    return "sr-latn" if tag.startswith("sr") else "en"
