"""How does a proof travel? As text that fits in a letter.

Inclusion as c2sp.org/tlog-proof, consistency as the request of c2sp.org/tlog-witness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from astra.audit.rules.checkpoints import Checkpoint, open_checkpoint, read_number
from astra.audit.rules.merkle import HASH_BYTES, hash_leaf, is_included
from astra.audit.rules.notes import BadNote, VerifierKey, decode64, encode64

_INCLUSION = "c2sp.org/tlog-proof@v1"
MAX_STEPS = 63


@dataclass(frozen=True)
class InclusionProof:
    """That an entry is in the log: its place, the path to the root, the signed checkpoint, and the leaf.

    `leaf` is the canonical JSON, or only its hash for a reader who need not know what the entry says.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    leaf: bytes

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the leaf; its JSON is never as short as a hash."""
        return self.leaf if len(self.leaf) == HASH_BYTES else hash_leaf(self.leaf)

    def text(self) -> str:
        """The proof as a file of the kind .tlog-proof; the leaf travels in its extra line."""
        head = [_INCLUSION, f"extra {encode64(self.leaf)}", f"index {self.index}"]
        return _join(head, self.path, self.checkpoint)

    @classmethod
    def parse(cls, text: str) -> "InclusionProof":
        """Read the text; nothing is verified by reading it."""
        lines, checkpoint = _cut(text)
        if lines[0] != _INCLUSION:
            raise BadNote("not a proof of inclusion")
        if len(lines) < 2 or not lines[1].startswith("extra "):
            raise BadNote("the proof does not bring its leaf along")
        leaf = decode64(lines[1].removeprefix("extra "))
        return cls(_number_after("index ", lines[2:3]), _hashes(lines[3:]), checkpoint, leaf)

    def check(self, keys: Iterable[VerifierKey]) -> Checkpoint:
        """The checkpoint, if the log signed it and the leaf is in it."""
        checkpoint = open_checkpoint(self.checkpoint, keys)
        if not is_included(self.leaf_hash, self.index, checkpoint.size, checkpoint.root, self.path):
            raise BadNote("the leaf is not in the log that signed this checkpoint")
        return checkpoint


@dataclass(frozen=True)
class ConsistencyProof:
    """That a newer tree only appended to an older one; also what a witness is asked to cosign."""

    old_size: int
    path: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """The request to a witness."""
        return _join([f"old {self.old_size}"], self.path, self.checkpoint)

    @classmethod
    def parse(cls, text: str) -> "ConsistencyProof":
        """Read the text; nothing is verified by reading it."""
        lines, checkpoint = _cut(text)
        return cls(_number_after("old ", lines[:1]), _hashes(lines[1:]), checkpoint)


def _join(head: Sequence[str], path: Sequence[bytes], checkpoint: str) -> str:
    return "\n".join([*head, *(encode64(step) for step in path)]) + "\n\n" + checkpoint


def _cut(text: str) -> tuple[list[str], str]:
    """The lines before the first empty line, and the checkpoint after it."""
    head, _, checkpoint = text.replace("\r\n", "\n").partition("\n\n")
    return head.split("\n"), checkpoint


def _number_after(word: str, lines: Sequence[str]) -> int:
    if not lines or not lines[0].startswith(word):
        raise BadNote(f"the line {word.strip()!r} is missing")
    return read_number(lines[0].removeprefix(word))


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    steps = tuple(decode64(line) for line in lines)
    if len(steps) > MAX_STEPS or any(len(step) != HASH_BYTES for step in steps):
        raise BadNote("a proof holds at most 63 hashes of 32 bytes")
    return steps
