"""Is a leaf canonical, and does nothing but codes get into it?"""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.audit.rules import leaf
from astra.audit.rules.leaf import NotCoded, leaf_bytes

ENTRY = UUID("01932c4e-0000-7000-8000-000000000001")
ACTOR = UUID("01932c4e-0000-7000-8000-0000000000aa")
AT = datetime(2026, 11, 21, 17, 20, 0, 123, UTC)

codes = st.from_regex(r"\A[A-Za-z0-9_.:/+=,-]{0,40}\Z")
keys = st.from_regex(r"\A[a-z][a-z0-9_.]{0,12}\Z")
numbers = st.integers(-leaf.MAX_NUMBER, leaf.MAX_NUMBER)
details = st.dictionaries(keys, st.one_of(codes, numbers, st.booleans()), max_size=6)


def test_a_leaf_reads_as_expected() -> None:
    data = leaf_bytes(ENTRY, AT, ACTOR, "hotline.contact_recorded", '["ab12"]', "duty", '{"rows":3}', b"x", b"\x01")
    assert data.decode() == (
        '{"actor":"01932c4e-0000-7000-8000-0000000000aa","at":"2026-11-21T17:20:00.000123Z","commitment":"01",'
        '"detail":{"rows":3},"id":"01932c4e-0000-7000-8000-000000000001","reason":"duty",'
        f'"sealed":"{sha256(b"x").hexdigest()}","subjects":["ab12"],"v":1,"verb":"hotline.contact_recorded"}}'
    )


@settings(deadline=None)
@given(st.none() | st.uuids(), st.lists(codes, max_size=5), codes, details, st.binary(max_size=9), st.binary())
def test_a_leaf_is_canonical_json(  # noqa: PLR0917  (drawn by hypothesis)
    actor_id: UUID | None,
    subjects: list[str],
    reason: str,
    detail: dict[str, str | int | bool],
    commitment: bytes,
    sealed: bytes,
) -> None:
    stored = leaf.write_subjects(subjects), leaf.write_detail(detail)
    data = leaf_bytes(ENTRY, AT, actor_id, "vault.opened", stored[0], reason, stored[1], sealed, commitment)
    read = json.loads(data)
    assert json.dumps(read, sort_keys=True, separators=(",", ":")).encode() == data
    assert read["subjects"] == subjects
    assert read["detail"] == detail
    assert leaf.read_subjects(stored[0]) == tuple(subjects)
    assert leaf.read_detail(stored[1]) == detail


def test_the_same_moment_gives_the_same_leaf_in_every_zone() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=1)))
    parts = ACTOR, "vault.opened", "[]", "", "{}", b"", b""
    assert leaf_bytes(ENTRY, AT, *parts) == leaf_bytes(ENTRY, elsewhere, *parts)


@pytest.mark.parametrize("verb", ["opened", "Vault.opened", "vault.", ".opened", "vault.opened.twice", "a." + "b" * 70])
def test_a_verb_is_room_and_event(verb: str) -> None:
    with pytest.raises(NotCoded, match=r"room\.event"):
        leaf.check_verb(verb)
    leaf.check_verb("vault.opened")


@pytest.mark.parametrize("value", ["Ana Petrović", "two words", 'quote"', "back\\slash", "line\n", "č", "x" * 129])
def test_only_codes_enter(value: str) -> None:
    with pytest.raises(NotCoded):
        leaf.check_code(value)
    with pytest.raises(NotCoded):
        leaf.write_subjects(["ok", value])
    with pytest.raises(NotCoded):
        leaf.write_detail({"kind": value})


def test_a_detail_has_small_keys_and_exact_numbers() -> None:
    for wrong in ({"Kind": 1}, {"two words": 1}, {"rows": 2**53}, {"rows": 1.5}):
        with pytest.raises(NotCoded):
            leaf.write_detail(wrong)  # type: ignore[arg-type]
    assert leaf.write_detail(None) == "{}"
    assert leaf.write_detail({"b": True, "a": -1}) == '{"a":-1,"b":true}'


def test_one_string_is_not_a_list_of_subjects() -> None:
    with pytest.raises(NotCoded, match="list"):
        leaf.write_subjects("abc")


@pytest.mark.parametrize(
    ("verb", "subjects", "reason", "detail"),
    [
        ("vault", "[]", "", "{}"),
        ("vault.opened", "[]", 'x","sealed":"', "{}"),
        ("vault.opened", '["a"', "", "{}"),
        ("vault.opened", '["a" ,"b"]', "", "{}"),
        ("vault.opened", "[]", "", '{"a":[]}'),
        ("vault.opened", "[]", "", '{"a":1}}'),
    ],
)
def test_a_row_that_lost_its_form_has_no_leaf(verb: str, subjects: str, reason: str, detail: str) -> None:
    with pytest.raises(NotCoded, match="form"):
        leaf_bytes(ENTRY, AT, None, verb, subjects, reason, detail, b"", b"")
