"""How is a Serbian Cyrillic gettext catalogue kept: made from the Latin one, whole, fresh and always the same bytes?

The Latin catalogue is written by people. A comment above an entry steers what is made from it:
`# keep: Signal, Word` leaves these words in Latin letters; `# cyrillic: ...` is taken as it stands.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from astra.science.script.cyrillic import to_cyrillic

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "msg": None,
}
_NOTE_MARK = "Translators"
# What would change with every run or name people who are not known: a file says what it says, whoever made it when.
_NOT_WRITTEN = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):.*\n',
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)|(?<![%\d])%[sdif]|\{[A-Za-z0-9_]*\}|</?[a-z][a-z0-9]*\b")


def new_catalogue(locale: str | None) -> Catalog:
    """Begin an empty catalogue."""
    return Catalog(locale=locale, project="Astra", version="", header_comment="#", fuzzy=False)


def read(path: Path, locale: str) -> Catalog:
    """Read a catalogue; a missing one is empty."""
    if not path.exists():
        return new_catalogue(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def as_bytes(catalogue: Catalog, head: str = "") -> bytes:
    """Write a catalogue the one way: sorted, without line numbers and dates; `head` is what it says of itself."""
    licence = "# Words of Astra. Licence: AGPL-3.0-or-later."
    catalogue.header_comment = f"{licence}\n{head}" if head else licence
    catalogue.project, catalogue.version = "Astra", ""
    file = BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return _NOT_WRITTEN.sub(b"", file.getvalue()).replace(b"Astra \\n", b"Astra\\n")


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file when it says something else than before; whether it did."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def extract(source: Path, mapping: Path) -> Catalog:
    """Collect every marked sentence below a folder, as the mapping file says."""
    with mapping.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel has no types here
    template = new_catalogue(None)
    found = extract_from_dir(source, methods, options, KEYWORDS, comment_tags=(_NOTE_MARK,), strip_comment_tags=True)
    for name, _line, message, comments, context in found:
        template.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return template


def generate(latin: Catalog, locale: str = "sr") -> Catalog:
    """Make the Cyrillic catalogue from the Latin one.

    Parameters
    ----------
    latin : babel.messages.Catalog
        The catalogue as written; untranslated entries stay untranslated, fuzzy ones fuzzy.
    locale : str, optional
        The locale of the result.

    Returns
    -------
    babel.messages.Catalog
        The same messages with the same plural forms, in Cyrillic.

    Examples
    --------
    >>> latin = new_catalogue("sr_Latn")
    >>> _ = latin.add("%(name)s called", "%(name)s zove", user_comments=["keep: Signal"])
    >>> generate(latin)["%(name)s called"].string
    '%(name)s зове'
    """
    cyrillic = new_catalogue(locale)
    for message in latin:
        if message.id:
            cyrillic.add(
                message.id,
                _in_cyrillic(message),
                locations=message.locations,
                flags=message.flags,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return cyrillic


def _in_cyrillic(message: Message) -> str | tuple[str, ...]:
    """One translation, or every plural form of it, in Cyrillic, steered by the comments above the entry."""
    marks = dict(comment.split(":", 1) for comment in message.user_comments if ":" in comment)
    marks = {mark.strip(): text.strip() for mark, text in marks.items()}
    keep = [word.strip() for word in marks.get("keep", "").split(",") if word.strip()]
    if isinstance(message.string, str):
        return marks.get("cyrillic") or to_cyrillic(message.string, keep=keep)
    return tuple(to_cyrillic(form, keep=keep) for form in message.string or ())


def is_fresh(latin: Path, cyrillic: Path) -> bool:
    """Whether the Cyrillic file is exactly what the Latin one makes."""
    if not (latin.exists() and cyrillic.exists()):
        return False
    return cyrillic.read_bytes() == as_bytes(generate(read(latin, "sr_Latn")))


def strayed(known: Catalog, wanted: Catalog) -> list[str]:
    """What a catalogue lacks, or holds for nobody, beside what the program says."""
    has, needs = ({(message.id, message.context) for message in one} for one in (known, wanted))
    found = [f"not in the catalogue: {message}" for message, _ in sorted(needs - has, key=str)]
    return found + [f"no longer in the program: {message}" for message, _ in sorted(has - needs, key=str)]


def missing(path: Path) -> list[str]:
    """The messages of a catalogue that are not translated, or only fuzzily."""
    return [_first(message) for message in read(path, path.parts[-3]) if message.id and not _is_done(message)]


def broken(path: Path) -> list[str]:
    """The translations whose placeholders or tags are not those of the message."""
    return [
        f"{_first(message)}: {problem}"
        for message in read(path, path.parts[-3])
        if message.id and _is_done(message)
        for problem in _placeholder_problems(message)
    ]


def compiled(catalogue: Catalog) -> bytes:
    """The machine-readable form of a catalogue."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _is_done(message: Message) -> bool:
    return not message.fuzzy and bool(message.string) and all(_forms(message.string))


def _placeholder_problems(message: Message) -> list[str]:
    """A plural form may leave out the number; a plain translation has exactly what the message has."""
    wanted = {part for form in _forms(message.id) for part in _PLACEHOLDER.findall(form)}
    is_plural = not isinstance(message.id, str)
    problems = []
    for form in _forms(message.string):
        found = set(_PLACEHOLDER.findall(form))
        problems += [f"{part} is not in the message" for part in sorted(found - wanted)]
        problems += [f"{part} is left out" for part in sorted(wanted - found) if not is_plural]
    return problems
