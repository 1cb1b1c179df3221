"""In which forms could a word or a key lie about in a file? And which of them do?"""

import base64
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from astra.science.script import normalise, to_cyrillic

BEGINNING = 6


def forms_of(secret: str) -> Iterator[bytes]:
    """Every way in which a word could be kept: scripts, cases, encodings, the usual wrappings."""
    for text in {secret, secret.lower(), secret.upper(), normalise(secret), to_cyrillic(secret)}:
        raw = text.encode()
        yield raw
        yield text.encode("utf-16-le")
        yield raw.hex().encode()
        yield from _base64_of(raw)
        yield urllib.parse.quote(text).encode()


def forms_of_bytes(secret: bytes) -> Iterator[bytes]:
    """Every way in which a key or a piece of ciphertext could be kept."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    yield from _base64_of(secret)


def _base64_of(raw: bytes) -> Iterator[bytes]:
    """Base64 wherever it begins in a longer text: the letters that do not depend on what stands around."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        inner = coded[(4 * before + 2) // 3 : len(coded) - 4]
        if len(inner) >= 8:
            yield inner


class Needles:
    """Many secrets in all their forms, looked for at once."""

    def __init__(self, forms: Mapping[bytes, str]) -> None:
        self._by_beginning: dict[bytes, list[tuple[bytes, str]]] = {}
        for form, name in forms.items():
            assert len(form) >= BEGINNING, "too short to be told from chance"
            self._by_beginning.setdefault(form[:BEGINNING], []).append((form, name))

    @classmethod
    def of(cls, words: Iterable[str] = (), keys: Iterable[tuple[str, bytes]] = ()) -> "Needles":
        """Words in every form, and bytes with a name for each."""
        named = {form: name for name, key in keys for form in forms_of_bytes(key)}
        return cls(named | {form: word for word in words for form in forms_of(word)})

    def found_in(self, folder: Path) -> set[tuple[str, str]]:
        """The file and the secret of each hit in a folder."""
        return {
            (str(path.relative_to(folder)), name)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            for name in self._hits(path.read_bytes())
        }

    def _hits(self, data: bytes) -> Iterator[str]:
        """Look at every place once, whatever the number of secrets."""
        known = self._by_beginning
        for place in range(len(data) - BEGINNING + 1):
            beginning = data[place : place + BEGINNING]
            if beginning in known:
                yield from (name for form, name in known[beginning] if data.startswith(form, place))
