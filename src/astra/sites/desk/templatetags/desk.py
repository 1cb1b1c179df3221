"""How does a page name its language and its script, in the form that browsers and fonts understand?"""

from django import template

register = template.Library()

# Serbian letter forms (locl SRB) and hyphenation follow the lang attribute, so the script is always said.
_TAGS = {"sr": "sr-Cyrl", "sr-cyrl": "sr-Cyrl", "sr-latn": "sr-Latn"}
_SHORT = {"sr": "Ћир", "sr-cyrl": "Ћир", "sr-latn": "Lat"}


@register.filter
def lang_tag(code: str) -> str:
    """Turn Django's language code into a BCP 47 tag: `sr-latn` becomes `sr-Latn`, `sr` becomes `sr-Cyrl`."""
    return _TAGS.get(code.lower(), code)


@register.filter
def lang_short(code: str) -> str:
    """Name a language in the two or three letters that fit into the header."""
    return _SHORT.get(code.lower(), code[:2].title())
