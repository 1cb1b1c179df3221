"""How can two offices, or a sealed index, compare people without seeing who they are?

A record becomes a filter of 1024 bits: each thing that is known of the person (a name, how it sounds, its neighbouring
letters, her year of birth ...) sets a few bits whose places follow from a secret key. Records of one person set
mostly the same bits, and Dice's coefficient of two filters (`kernels`) says how alike the records are. The method is a
Bloom filter of weighted features (R. Schnell, T. Bachteler and J. Reiher, BMC Medical Informatics 9:41, 2009; weights:
E. Durham et al., IEEE Transactions on Knowledge and Data Engineering 26, 2014).

**Filters are pseudonymised, not anonymous. They are personal data, and whoever works with them must know:**

- Whoever has the key tries names until the filter fits. One partner and the office that compares, together, are
  whoever has the key: they can name everybody in both lists.
- Without the key, filters that occur often are guessed from the frequency of names (F. Niedermeyer et al., Journal of
  Privacy and Confidentiality 6, 2014; P. Christen et al., PAKDD 2018).
- Without the key, the likeness between filters is a graph, and the graph of names that an attacker has, such as a
  published list of missing children, fits on it (A. Vidanage et al., CIKM 2020; F. Armknecht and C. Schäfer, PoPETs
  2026/2, who name up to nine in ten even where filters were hardened). Random or salted bits do not prevent it.

Therefore: filters are never kept unencrypted, neither on disk nor in a backup; every linkage has a new secret, which is
destroyed with the filters when it ends; a secret for search is never used for exchange (`purpose` sees to that even by
mistake); the comparing office gets filters and no key, returns pairs above a threshold and keeps nothing; a child whose
name is published is searched for by each office in its own register, without any filter. That somebody is on a list
at all is a secret too: what is told of a match needs her consent or a law.
"""

from collections.abc import Iterable
from hashlib import blake2b
from struct import Struct
from typing import TypeVar

import numpy as np
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from astra.science.linkage.blind.features import (
    FIELDS,
    Part,
    SameName,
    Tokens,
    parts_of,
    tokens_of,
    tokens_of_word,
    words_in,
)
from astra.science.linkage.blind.packed import BITS, WORDS
from astra.science.linkage.record import Record

SHORTEST_SECRET = 16
"""Bytes; what cannot be guessed. A passphrase is no secret of this kind: derive one from it first (Argon2id)."""
SCHEME = b"astra.science.linkage filter 1"
"""Goes into every key: filters of another set of features or weights must not look comparable."""

MOST_BITS = 32
"""That one token can set: numbers of 16 bits in the 64 bytes that it yields."""

_KEPT = 65_536
"""Masks that each memory of an encoder holds, about 20 MB, before it begins anew."""
_UNLIKELY_TO_RETURN = frozenset({"national", "number"})
_BIT = [1 << place for place in range(BITS)] * (2**16 // BITS)
"""The bit that each number of 16 bits stands for; 1024 divides 65,536, so that every place is as likely."""
_NUMBERS = [Struct(f"<{bits}H") for bits in range(MOST_BITS + 1)]
_BYTES = 8 * WORDS

Key = TypeVar("Key")


class Encoder:
    """Makes filters that compare with those of the same secret, purpose and release, and with no others.

    Parameters
    ----------
    secret : bytes
        At least 16 random bytes, known to those who encode and to nobody else.
    purpose : str
        What the filters are for, such as "search" or the name of one linkage. Each purpose has keys of its own, and so
        has each field within it: a father's name never sets the bits of her own.
    same_names : callable, optional
        Gives for one plain word the names it may stand for (Aca: Aleksandar, Aleksandra). All who encode for one
        purpose need the same.

    Raises
    ------
    ValueError
        When the secret is shorter than 16 bytes or the purpose is empty.

    Assumptions
    -----------
    Keys come from HKDF with SHA-256 (RFC 5869), one for each purpose and field. Places of bits come from keyed BLAKE2b
    (RFC 7693), which is a pseudo-random function as HMAC is, in one pass instead of two. Each place is a number of its
    own from the 64 bytes that a token yields; the usual double hashing takes all places from two numbers, and leaves
    patterns that are recognised without the key (Niedermeyer et al. 2014).

    An encoder remembers the parts that it has met and is as secret as its key: drop it when the work is done.

    Examples
    --------
    >>> from astra.science.linkage.blind.kernels import dice_scan, popcounts
    >>> from astra.science.linkage.record import Name
    >>> encoder = Encoder(bytes(range(32)), purpose="example")
    >>> names = [Name("Đorđe", "Hodžić"), Name("Ђорђе", "Хоџић"), Name("Djordje", "Hoxhiq"), Name("Petar", "Lukić")]
    >>> filters = encoder.encode_many(Record(id=str(number), names=(name,)) for number, name in enumerate(names))
    >>> alike = dice_scan(filters, popcounts(filters), filters[0])
    >>> bool(alike[1] == 1), bool(alike[2] > 0.9), bool(alike[3] < 0.4)
    (True, True, True)
    """

    def __init__(self, secret: bytes, *, purpose: str, same_names: SameName | None = None) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"a secret needs at least {SHORTEST_SECRET} bytes, this one has {len(secret)}")
        if not purpose:
            raise ValueError("a purpose must be named, so that its filters fit no others")
        self._keyed = {field: blake2b(key=_key(secret, purpose, field)) for field in FIELDS}
        self._same_names = same_names
        self._parts: dict[Part, int] = {}
        self._tokens: dict[str, dict[str, int]] = {field: {} for field in FIELDS}

    def encode(self, record: Record) -> NDArray[np.uint64]:
        """Make the filter of one record.

        Parameters
        ----------
        record : Record
            What is known; its id leaves no trace.

        Returns
        -------
        array of uint64, shape (16,)
            Bit p of the filter is bit p % 64 of word p // 64. Of a record without a word, all are 0.
        """
        filters = self.encode_many([record])
        return filters.reshape(WORDS)

    def encode_many(self, records: Iterable[Record]) -> NDArray[np.uint64]:
        """Make the filters of many records, in their order.

        Parameters
        ----------
        records : iterable of Record
            Read once.

        Returns
        -------
        array of uint64, shape (n, 16)
            Packed filters as `kernels` takes them.
        """
        known, learn = self._parts, self._learn
        packed = bytearray()
        for record in records:
            bits = 0
            for part in parts_of(record):
                mask = known.get(part)
                bits |= learn(part) if mask is None else mask
            packed += bits.to_bytes(_BYTES, "little")
        return np.frombuffer(packed, "<u8").reshape(-1, WORDS).astype(np.uint64, copy=False)

    def _learn(self, part: Part) -> int:
        """Make the mask of a part that was not met before; of a name, from its words, which many spellings share."""
        field, value = part
        words = words_in(part)
        if not words or words == (value,):
            return self._remember(part, self._mask(field, tokens_of(part, self._same_names)))
        mask = 0
        for word in words:
            known = self._parts.get((field, word))
            if known is None:
                made = self._mask(field, tokens_of_word(field, word, self._same_names))
                known = self._remember((field, word), made)
            mask |= known
        return self._remember(part, mask)

    def _mask(self, field: str, groups: list[Tokens]) -> int:
        known = self._tokens[field]
        mask = 0
        for bits, tokens in groups:
            for token in tokens:
                places = known.get(token)
                if places is None:
                    places = self._places(field, token, bits)
                    if field not in _UNLIKELY_TO_RETURN:
                        _keep(known, token, places)
                mask |= places
        return mask

    def _remember(self, part: Part, mask: int) -> int:
        if part[0] not in _UNLIKELY_TO_RETURN:
            _keep(self._parts, part, mask)
        return mask

    def _places(self, field: str, token: str, bits: int) -> int:
        keyed = self._keyed[field].copy()
        keyed.update(token.encode())
        mask = 0
        for number in _NUMBERS[bits].unpack_from(keyed.digest()):
            mask |= _BIT[number]
        return mask


def _keep(memory: dict[Key, int], key: Key, mask: int) -> None:
    if len(memory) >= _KEPT:
        memory.clear()
    memory[key] = mask


def _key(secret: bytes, purpose: str, field: str) -> bytes:
    """Derive the key of one field for one purpose; lengths stand before texts, so that no two can run together."""
    named = b"".join(len(text).to_bytes(4, "big") + text for text in (SCHEME, purpose.encode(), field.encode()))
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=named).derive(secret)
