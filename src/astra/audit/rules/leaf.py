"""What exactly is hashed for one entry? Canonical JSON of codes, so that anyone can recompute it from the row.

An entry speaks in codes only: identifiers, pseudonyms, vocabulary codes, numbers. The alphabet below has no
space, quote or letter beyond ASCII, so no sentence and no name written in words can slip in, and each row has
exactly one JSON form (RFC 8785 needs no further rule for such values). Free words go sealed to the data
protection circle; the leaf holds the digest of the sealed bytes and the salted commitment to the words.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

VERSION = 1
MAX_COMMITMENT = 64
MAX_NUMBER = 2**53 - 1  # JSON readers elsewhere keep numbers exact only up to here

_CODE = r"[A-Za-z0-9_.:/+=,-]{0,128}"
_VALUE = rf'(?:"{_CODE}"|-?[0-9]{{1,16}}|true|false)'
_KEY = r'"[a-z][a-z0-9_.]{0,63}"'
_CODE_FORM = re.compile(_CODE, re.ASCII)
_KEY_FORM = re.compile(_KEY.strip('"'), re.ASCII)
_VERB_FORM = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*", re.ASCII)
_SUBJECTS_FORM = re.compile(rf'\[(?:"{_CODE}"(?:,"{_CODE}")*)?\]', re.ASCII)
_DETAIL_FORM = re.compile(rf"\{{(?:{_KEY}:{_VALUE}(?:,{_KEY}:{_VALUE})*)?\}}", re.ASCII)


class NotCoded(ValueError):
    """Something that is not a code was about to enter the log, or a row of the log no longer has its form."""


def check_verb(verb: str) -> None:
    """Refuse a verb that is not `room.event`."""
    if len(verb) > 64 or not _VERB_FORM.fullmatch(verb):
        raise NotCoded("a verb is written room.event, in small letters")


def check_code(value: str) -> None:
    """Refuse anything but a code: no spaces, no quotes, ASCII, at most 128 characters."""
    if not _CODE_FORM.fullmatch(value):
        raise NotCoded("only codes enter the log: ASCII letters, digits and _ . : / + = , - without spaces")


def write_subjects(subjects: Sequence[str]) -> str:
    """The pseudonyms of an entry as canonical JSON, in the order given."""
    if isinstance(subjects, str):
        raise NotCoded("subjects are a list of pseudonyms, not one string")
    for subject in subjects:
        check_code(subject)
    return json.dumps(list(subjects), separators=(",", ":"))


def read_subjects(text: str) -> tuple[str, ...]:
    """The pseudonyms back from their canonical JSON (no quote can be in one, so cutting is reading)."""
    return tuple(text[2:-2].split('","')) if text != "[]" else ()


def write_detail(detail: Mapping[str, str | int | bool] | None) -> str:
    """The coded facts of an entry as canonical JSON, keys in order."""
    facts = dict(detail or {})
    for key, value in facts.items():
        if not _KEY_FORM.fullmatch(key):
            raise NotCoded("a key of the detail is a small word such as rows or hotline.words")
        if isinstance(value, str):
            check_code(value)
        elif not isinstance(value, int) or abs(value) > MAX_NUMBER:
            raise NotCoded("a value of the detail is a code, a whole number, yes or no")
    return json.dumps(facts, separators=(",", ":"), sort_keys=True)


def read_detail(text: str) -> dict[str, str | int | bool]:
    """The coded facts back from their canonical JSON."""
    facts: dict[str, str | int | bool] = json.loads(text)
    return facts


def leaf_bytes(  # noqa: PLR0917  (the columns of a row in their order, a million times over)
    entry_id: UUID,
    recorded_at: datetime,
    actor_id: UUID | None,
    verb: str,
    subjects: str,
    reason: str,
    detail: str,
    sealed: bytes,
    commitment: bytes,
) -> bytes:
    """The canonical JSON of one entry; `subjects` and `detail` are given in the form in which they are stored.

    Each part is checked for its form before it is joined: otherwise a changed row could move text from one
    column to the next and still give the same bytes.
    """
    if not (
        _VERB_FORM.fullmatch(verb)
        and _CODE_FORM.fullmatch(reason)
        and _SUBJECTS_FORM.fullmatch(subjects)
        and _DETAIL_FORM.fullmatch(detail)
    ):
        raise NotCoded("the row does not have the form of an entry")
    at = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")[:-6]
    actor = "null" if actor_id is None else f'"{actor_id}"'
    digest = sha256(sealed).hexdigest() if sealed else ""
    return (
        f'{{"actor":{actor},"at":"{at}Z","commitment":"{commitment.hex()}","detail":{detail},"id":"{entry_id}",'
        f'"reason":"{reason}","sealed":"{digest}","subjects":{subjects},"v":{VERSION},"verb":"{verb}"}}'
    ).encode("ascii")
