"""How is a text signed so that any organisation can check it? Signed notes (c2sp.org/signed-note).

A note is a text, an empty line, and signature lines `— name base64(key id, signature)`. Keys are written as in
Go's sumdb/note: `name+keyid+base64` for checking, `PRIVATE+KEY+name+keyid+base64` for signing.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG = 0x01  # Ed25519 over the text of the note
WITNESS = 0x04  # timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature)
KINDS = (LOG, WITNESS)
MAX_NOTE = 64_000
MAX_SIGNATURES = 64
_DASH = "— "
_PRIVATE = "PRIVATE+KEY+"


class BadNote(ValueError):
    """A note, a key or a signature that is not what it says."""


def encode64(data: bytes) -> str:
    """Standard Base64, as everywhere in these formats."""
    return base64.b64encode(data).decode("ascii")


def decode64(text: str) -> bytes:
    """The bytes of a Base64 text in its one canonical form."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("not Base64") from error
    if encode64(data) != text:
        raise BadNote("not the canonical form of Base64")
    return data


def is_name(name: str) -> bool:
    """Whether a key or a log may be called so: not empty, printable, no spaces, no plus."""
    return bool(name) and "+" not in name and name.isprintable() and not any(letter.isspace() for letter in name)


def _check_key(name: str, kind: int, material: bytes) -> None:
    if not is_name(name) or kind not in KINDS or len(material) != 32:
        raise BadNote("not a key for notes")


@dataclass(frozen=True)
class VerifierKey:
    """The public half: whose signature, and how to check it."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        _check_key(self.name, self.kind, self.public)

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def text(self) -> str:
        """The key as it is handed to other organisations."""
        return f"{self.name}+{self.key_id.hex()}+{encode64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a key and check that its id belongs to it."""
        name, _, rest = text.strip().partition("+")
        key_id, _, material = rest.partition("+")
        data = decode64(material)
        key = cls(name, data[0] if data else 0, data[1:])
        if key.key_id.hex() != key_id:
            raise BadNote("the id of the key does not belong to it")
        return key


@dataclass(frozen=True)
class SigningKey:
    """The private half."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_key(self.name, self.kind, self.seed)

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, self.kind, private.public_key().public_bytes_raw())

    def text(self) -> str:
        """The key as it is kept in its file."""
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{encode64(bytes([self.kind]) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read a key and check that its id belongs to it."""
        if not text.startswith(_PRIVATE):
            raise BadNote("not a signing key")
        name, _, rest = text.strip().removeprefix(_PRIVATE).partition("+")
        key_id, _, material = rest.partition("+")
        data = decode64(material)
        key = cls(name, data[0] if data else 0, data[1:])
        if key.verifier.key_id.hex() != key_id:
            raise BadNote("the id of the key does not belong to it")
        return key

    def sign(self, message: bytes) -> bytes:
        """The bare Ed25519 signature."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


@dataclass(frozen=True)
class Signature:
    """One signature line: who, with which key, and the bytes."""

    name: str
    key_id: bytes
    data: bytes

    def line(self) -> str:
        """The line under the note, with its end."""
        return f"{_DASH}{self.name} {encode64(self.key_id + self.data)}\n"

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read one line, given without its end."""
        name, _, blob = line.removeprefix(_DASH).partition(" ")
        data = decode64(blob)
        if not line.startswith(_DASH) or not is_name(name) or len(data) < 5:
            raise BadNote("not a signature line")
        return cls(name, data[:4], data[4:])


@dataclass(frozen=True)
class Note:
    """A text with its signatures; nothing is verified by reading it."""

    body: str
    signatures: tuple[Signature, ...]

    def text(self) -> str:
        """The note as it is stored, printed and mailed."""
        return self.body + "\n" + "".join(signature.line() for signature in self.signatures)

    @classmethod
    def parse(cls, text: str) -> "Note":
        """Read a note; the text ends before the last empty line."""
        body, gap, lines = text.rpartition("\n\n")
        if not gap or not lines.endswith("\n") or len(text) > MAX_NOTE or lines.count("\n") > MAX_SIGNATURES:
            raise BadNote("not a signed note")
        if any(letter < " " and letter != "\n" for letter in text):
            raise BadNote("a note holds no control characters")
        return cls(body + "\n", tuple(Signature.parse(line) for line in lines[:-1].split("\n")))


def sign_note(body: str, key: SigningKey) -> Note:
    """Sign a text as the log itself."""
    return Note(body, (Signature(key.name, key.verifier.key_id, key.sign(body.encode())),))


def check_signature(key: VerifierKey, message: bytes, signature: bytes) -> None:
    """Refuse a signature that the key did not make over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature as error:
        raise BadNote("the signature does not fit the text") from error


def check_note(note: Note, keys: Iterable[VerifierKey]) -> VerifierKey:
    """Refuse a note that none of the keys signed; a wrong signature in the name of a known key is refused too."""
    known = {(key.name, key.key_id): key for key in keys if key.kind == LOG}
    signer = None
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None:
            check_signature(key, note.body.encode(), signature.data)
            signer = key
    if signer is None:
        raise BadNote("none of the known keys signed this")
    return signer
