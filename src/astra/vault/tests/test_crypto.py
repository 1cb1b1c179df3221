"""Do the primitives refuse everything that is not exactly right?"""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.vault.crypto import aead, hybrid, padding, shamir, streams
from astra.vault.crypto.passphrase import fold_passphrase, new_passphrase

KEY = bytes(range(32))


@given(st.binary(max_size=400), st.binary(max_size=40))
def test_a_box_opens_with_its_key_and_context(data: bytes, bound: bytes) -> None:
    assert aead.open_box(KEY, aead.seal(KEY, data, bound), bound) == data


@given(st.integers(0, 60), st.integers(1, 255))
def test_any_changed_byte_closes_the_box(position: int, change: int) -> None:
    box = bytearray(aead.seal(KEY, b"x" * 32, b"ctx"))
    box[position] ^= change
    with pytest.raises(aead.WrongBox):
        aead.open_box(KEY, bytes(box), b"ctx")


def test_other_key_other_context_and_short_boxes_are_refused() -> None:
    box = aead.seal(KEY, b"data", b"ctx")
    for key, given_box, bound in [
        (aead.new_key(), box, b"ctx"),
        (KEY, box, b"cty"),
        (KEY, b"\x01", b""),
        (KEY, b"", b""),
    ]:
        with pytest.raises(aead.WrongBox):
            aead.open_box(key, given_box, bound)


@given(st.lists(st.one_of(st.binary(max_size=5), st.text(max_size=5), st.integers(0, 99)), max_size=4))
def test_contexts_of_different_lists_differ(parts: list[bytes | str | int]) -> None:
    assert aead.context("d", *parts) != aead.context("d", *parts, b"")
    assert aead.context("d", b"ab", b"c") != aead.context("d", b"a", b"bc")


@given(st.binary(max_size=70_000))
@settings(max_examples=40, deadline=None)
def test_padding_hides_length_in_buckets(data: bytes) -> None:
    padded = padding.pad(data)
    assert padding.unpad(padded) == data
    size = len(padded)
    assert size % padding.STEP == 0 or (size & (size - 1) == 0 and size >= padding.SMALLEST)


def test_bad_padding_is_refused() -> None:
    for broken in (b"", b"\0\0\0", b"\0\0\1\0abc"):
        with pytest.raises(padding.BadPadding):
            padding.unpad(broken)


def test_sealing_to_a_circle_from_outside() -> None:
    keys = hybrid.CircleKeys(KEY)
    box = hybrid.seal_to(keys.public, b"words", b"ctx")
    assert hybrid.unwrap(hybrid.CircleKeys(KEY), box, b"ctx") == b"words"
    assert hybrid.unwrap(keys, aead.seal(keys.symmetric, b"in", b"c"), b"c") == b"in"
    for other, given_box, bound in [
        (hybrid.CircleKeys(aead.new_key()), box, b"ctx"),
        (keys, box, b"cty"),
        (keys, box[:-1], b"ctx"),
        (keys, b"\x02", b"ctx"),
    ]:
        with pytest.raises(aead.WrongBox):
            hybrid.unwrap(other, given_box, bound)
    with pytest.raises(aead.WrongBox):
        hybrid.open_with(keys, b"\x01rest", b"ctx")


def test_keys_of_a_secret_are_stable_and_distinct() -> None:
    one, two = hybrid.CircleKeys(KEY), hybrid.CircleKeys(KEY)
    assert one.public == two.public
    assert len({one.symmetric, one.mac, KEY}) == 3
    assert len(one.public) == 1216
    assert hybrid.fingerprint(one.public) != hybrid.fingerprint(hybrid.CircleKeys(bytes(32)).public)


@given(st.binary(min_size=32, max_size=32), st.integers(2, 4), st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_any_threshold_of_shares_gives_the_secret(secret: bytes, threshold: int, spare: int) -> None:
    shares = shamir.split(secret, threshold=threshold, shares=threshold + spare)
    assert shamir.combine(shares[-threshold:]) == secret
    assert shamir.combine(shares) == secret
    with pytest.raises(shamir.BadShare):
        shamir.combine(shares[: threshold - 1])


def test_a_mistyped_share_and_mixed_secrets_are_noticed() -> None:
    first, second = shamir.split(KEY, threshold=2, shares=3)[:2]
    with pytest.raises(shamir.BadShare):
        shamir.combine([first, bytes([second[0]]) + second[1:-1] + bytes([second[-1] ^ 1])])
    with pytest.raises(shamir.BadShare):
        shamir.combine([first, first])
    with pytest.raises(shamir.BadShare):
        shamir.combine([first, shamir.split(KEY[:16], threshold=2, shares=2)[1]])
    with pytest.raises(ValueError, match="threshold"):
        shamir.split(KEY, threshold=3, shares=2)


@pytest.mark.parametrize("size", [0, 1, streams.CHUNK - 1, streams.CHUNK, streams.CHUNK + 1, 3 * streams.CHUNK])
def test_a_file_comes_back_whole(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    pieces = [data[i : i + 70_001] for i in range(0, size, 70_001)]
    sealed = b"".join(streams.seal_chunks(KEY, pieces, b"file"))
    assert b"".join(streams.open_chunks(KEY, io.BytesIO(sealed), b"file")) == data


def test_cut_swapped_joined_and_foreign_files_are_refused() -> None:
    data = [bytes(streams.CHUNK), b"\1" * streams.CHUNK, b"\2" * 10]
    sealed = b"".join(streams.seal_chunks(KEY, data, b"file"))
    start, chunk = len(streams.MAGIC) + streams.PREFIX_BYTES, streams.CHUNK + streams.TAG_BYTES
    head, one = sealed[:start], sealed[start : start + chunk]
    two, rest = sealed[start + chunk : start + 2 * chunk], sealed[start + 2 * chunk :]
    for broken in (head + one + two, head + two + one + rest, head + one, sealed + rest, b"PK" + sealed, head):
        with pytest.raises(aead.WrongBox):
            list(streams.open_chunks(KEY, io.BytesIO(broken), b"file"))
    with pytest.raises(aead.WrongBox):
        list(streams.open_chunks(KEY, io.BytesIO(sealed), b"another"))


def test_passphrases_are_six_words_and_read_alike_in_both_scripts() -> None:
    words = new_passphrase().split()
    assert len(words) == 6
    assert all(len(word) == 4 and word.isascii() for word in words)
    assert len({new_passphrase() for _ in range(50)}) == 50
    assert fold_passphrase("  Баку ЛОМЕ\ttiro ") == "baku lome tiro"
