"""Are notes, checkpoints and proofs the ones that other programs read and write?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.audit.rules import notes
from astra.audit.rules.notes import BadNote, Note, Signature, SigningKey, VerifierKey

# The example of golang.org/x/mod/sumdb/note, which c2sp.org/signed-note describes.
GO_SIGNING = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = SigningKey("example.org/log", notes.LOG, bytes(range(32)))
OTHER = SigningKey("example.org/log", notes.LOG, bytes(range(1, 33)))


def test_keys_and_signatures_are_those_of_the_reference() -> None:
    key = SigningKey.parse(GO_SIGNING)
    assert key.text() == GO_SIGNING
    assert key.verifier.text() == GO_VERIFIER
    assert VerifierKey.parse(GO_VERIFIER) == key.verifier
    assert notes.sign_note(GO_TEXT, key).text() == GO_TEXT + "\n" + GO_LINE


def test_the_note_of_the_reference_is_read_and_verified() -> None:
    note = Note.parse(GO_TEXT + "\n" + GO_LINE)
    assert note.body == GO_TEXT
    assert notes.check_note(note, [VerifierKey.parse(GO_VERIFIER)]).name == "PeterNeumann"


def test_unknown_signatures_are_passed_over() -> None:
    note = notes.sign_note("text\n", KEY)
    stranger = Signature("somebody", b"\0\0\0\0", b"nothing")
    both = Note.parse(Note(note.body, (stranger, *note.signatures)).text())
    assert notes.check_note(both, [KEY.verifier]) == KEY.verifier
    with pytest.raises(BadNote, match="none of the known keys"):
        notes.check_note(both, [OTHER.verifier])
    with pytest.raises(BadNote, match="none of the known keys"):
        notes.check_note(note, [])


def test_a_wrong_signature_of_a_known_key_is_refused_even_beside_a_right_one() -> None:
    note = notes.sign_note("text\n", KEY)
    forged = Signature(OTHER.name, OTHER.verifier.key_id, bytes(64))
    with pytest.raises(BadNote, match="does not fit"):
        notes.check_note(Note(note.body, (*note.signatures, forged)), [KEY.verifier, OTHER.verifier])


@settings(deadline=None)
@given(st.integers(0, len("text\nmore\n") - 1), st.integers(1, 127))
def test_a_changed_text_is_refused(place: int, change: int) -> None:
    note = notes.sign_note("text\nmore\n", KEY)
    body = note.body[:place] + chr(ord(note.body[place]) ^ change) + note.body[place + 1 :]
    with pytest.raises(BadNote):
        notes.check_note(Note(body, note.signatures), [KEY.verifier])


def test_a_text_may_hold_empty_lines() -> None:
    note = notes.sign_note("one\n\ntwo\n", KEY)
    assert Note.parse(note.text()) == note


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n- name AAAA\n",
        "text\n\n— name\n",
        "text\n\n— name not!base64\n",
        "text\n\n— name AAAAAA==\n",
        "text\n\n— na+me AAAAAAAAAAAA\n",
        "text\n\n— name AAAAAAAAAAAB" + "\n",
        "text\x01\n\n" + GO_LINE,
        "text\n\n" + GO_LINE.rstrip(),
        "text\n\n" + GO_LINE * 65,
        "x" * notes.MAX_NOTE + "\n\n" + GO_LINE,
    ],
)
def test_what_is_not_a_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        notes.check_note(Note.parse(text), [KEY.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AAAA",
        GO_VERIFIER.replace("c74f20a3", "c74f20a4"),
        GO_VERIFIER.replace("PeterNeumann", "Peter"),
        GO_VERIFIER.replace("PeterNeumann", "Peter Neumann"),
        "PeterNeumann+c74f20a3+",
    ],
)
def test_what_is_not_a_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text", [GO_VERIFIER, GO_SIGNING.replace("c74f20a3", "c74f20a4"), GO_SIGNING[:-4], "PRIVATE+KEY+"]
)
def test_what_is_not_a_signing_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        SigningKey.parse(text)


def test_a_signing_key_does_not_show_its_secret() -> None:
    assert "seed" not in repr(KEY)


def test_base64_has_one_form() -> None:
    assert notes.decode64("AAE=") == b"\x00\x01"
    for wrong in ("AAF=", "AAE", "A AE=", "č"):
        with pytest.raises(BadNote):
            notes.decode64(wrong)
