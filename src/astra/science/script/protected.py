"""Which parts of a text must no transliterator touch?

Machine-readable spans (placeholders, tags, addresses, commands) by pattern, and words by list (data/kept.txt). HTML
already has a word for "leave this alone": `translate="no"`; authors of messages with mark-up use that.
"""

import re
from functools import lru_cache
from importlib.resources import files

_PATTERNS = (
    # Django template variables and tags
    r"\{\{.*?\}\}",
    r"\{%.*?%\}",
    # an element that says so itself, code, and the contents of scripts and styles
    r"<(?P<no>[a-z][a-z0-9]*)\b[^<>]*\btranslate=[\"']no[\"'][^<>]*>.*?</(?P=no)\s*>",
    r"<(?P<code>code|kbd|samp|pre|script|style)\b[^<>]*>.*?</(?P=code)\s*>",
    r"<!--.*?-->",
    r"</?[A-Za-z][^<>]*>",
    r"&(?:[A-Za-z][A-Za-z0-9]*|\#[0-9]+|\#x[0-9A-Fa-f]+);",
    # commands, as the manual writes them
    r"`[^`]+`",
    # addresses; the local part of an e-mail address may hold anything printable
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?:https?|ftp|wss?)://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]",
    r"(?:mailto|tel|sms):[^\s<>\"']+",
    r"\bwww\.[^\s<>\"']*[^\s<>\"'.,;:!?)\]]",
    r"\b(?:[a-z0-9-]+\.)+(?:rs|com|org|net|eu|int|info|gov|edu|hr|mk|uk)\b(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)\]])?",
    # files, paths, options and identifiers
    r"(?<!\w)[\w./-]*\w\.(?:csv|docx?|gz|html?|jpe?g|json|mo|odt|pdf|png|pot?|py|sqlite3?|svg|toml|txt|xlsx?|xml|zip)\b",
    r"(?<![\w/])(?:~|\.{1,2})?/[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]*)+",
    r"(?<![\w-])--?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+",
    r"(?<![\w-])--[A-Za-z][A-Za-z0-9]*",
    r"\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b",
    # printf and str.format
    r"%\([A-Za-z_]\w*\)[-\#0+ ]*\d*(?:\.\d+)?[a-zA-Z]",
    r"(?<!\d)%[-\#0+]*\d*(?:\.\d+)?[sdifgeExXrc%]",
    r"\{[A-Za-z0-9_.\[\]]*(?:![rsa])?(?::[^{}]*)?\}",
)
PROTECTED = "|".join(_PATTERNS)


@lru_cache(maxsize=1)
def _kept() -> tuple[str, ...]:
    text = files(__package__).joinpath("data/kept.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def kept_words() -> re.Pattern[str]:
    """The pattern of whole words that stay in Latin letters, with what may be grown onto a starred one."""
    words = [entry for entry in _kept() if re.fullmatch(r"\w+\*?", entry)]
    exact = "|".join(re.escape(word) for word in words if not word.endswith("*"))
    grown = "|".join(re.escape(word[:-1]) for word in words if word.endswith("*"))
    return re.compile(rf"(?:(?:{exact})|(?:{grown})[a-zčćđšž]{{0,5}})\Z")


@lru_cache(maxsize=1)
def kept_phrases() -> tuple[str, ...]:
    """The entries that are more than a word (CC BY, UTF-8, e-mail)."""
    return tuple(entry for entry in _kept() if not re.fullmatch(r"\w+\*?", entry))
