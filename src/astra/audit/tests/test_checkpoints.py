"""Does a checkpoint promise exactly one tree, and does a witness sign only what continues?"""

from datetime import UTC, datetime, timedelta

import pytest

from astra.audit.rules import checkpoints
from astra.audit.rules.checkpoints import Checkpoint, NotContinued, Older, ProofNeeded, Seen
from astra.audit.rules.merkle import Subtree, Tree, consistency_spans, hash_leaf, span_root
from astra.audit.rules.notes import LOG, WITNESS, BadNote, Note, SigningKey
from astra.audit.rules.proofs import ConsistencyProof, InclusionProof

KEY = SigningKey("example.org/log", LOG, bytes(range(32)))
WITNESS_KEY = SigningKey("example.org/witness", WITNESS, bytes(range(2, 34)))
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HASHES = [hash_leaf(bytes([number])) for number in range(9)]


def root(size: int) -> bytes:
    tree = Tree()
    for leaf_hash in HASHES[:size]:
        tree.append(leaf_hash)
    return tree.root()


def node(part: Subtree) -> bytes:
    tree = Tree()
    for leaf_hash in HASHES[part.number << part.level : (part.number + 1) << part.level]:
        tree.append(leaf_hash)
    return tree.root()


def signed(size: int) -> str:
    return checkpoints.sign_checkpoint(Checkpoint(KEY.name, size, root(size)), KEY)


def proof(old: int, new: int) -> tuple[bytes, ...]:
    return tuple(span_root(span, node) for span in consistency_spans(old, new))


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    text = signed(3)
    lines = text.split("\n")
    assert lines[0] == "example.org/log"
    assert lines[1] == "3"
    assert lines[3] == ""
    assert lines[4].startswith("— example.org/log ")
    assert checkpoints.open_checkpoint(text, [KEY.verifier]) == Checkpoint(KEY.name, 3, root(3))


def test_the_example_of_the_specification_is_read() -> None:
    body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.parse(body)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.body() == body
    assert Checkpoint.parse(body + "an extension line\n") == checkpoint


@pytest.mark.parametrize(
    "body",
    [
        "",
        "log\n3\n",
        "log\n03\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n-3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n3\nCsUYapGG\n",
        "l og\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(body)


def test_a_log_signs_only_in_its_own_name() -> None:
    with pytest.raises(BadNote, match="another log"):
        checkpoints.sign_checkpoint(Checkpoint("example.org/other", 0, root(0)), KEY)
    stranger = SigningKey("example.org/other", LOG, bytes(range(32)))
    forged = Checkpoint(KEY.name, 3, root(3)).body()
    text = Note(forged, Note.parse(signed(3)).signatures).text()
    with pytest.raises(BadNote, match="none of the known keys"):
        checkpoints.open_checkpoint(text, [stranger.verifier])


def test_a_checkpoint_is_kept_by_number_and_by_time() -> None:
    assert checkpoints.is_worth_keeping(1, AT, 0, None)
    assert not checkpoints.is_worth_keeping(9, AT + timedelta(seconds=599), 1, AT)
    assert checkpoints.is_worth_keeping(9, AT + timedelta(seconds=600), 1, AT)
    assert checkpoints.is_worth_keeping(4097, AT, 1, AT)


def test_a_witness_adds_her_line() -> None:
    text = checkpoints.cosign(signed(3), WITNESS_KEY, AT)
    assert text.startswith(signed(3))
    assert checkpoints.open_checkpoint(text, [KEY.verifier]).size == 3
    assert checkpoints.check_cosignature(text, WITNESS_KEY.verifier) == int(AT.timestamp())


def test_a_witness_signs_with_her_own_kind_of_key() -> None:
    with pytest.raises(BadNote, match="own kind"):
        checkpoints.cosign(signed(3), KEY, AT)
    with pytest.raises(BadNote, match="did not sign"):
        checkpoints.check_cosignature(signed(3), KEY.verifier)
    with pytest.raises(BadNote, match="did not sign"):
        checkpoints.check_cosignature(signed(3), WITNESS_KEY.verifier)


def test_a_moved_cosignature_is_refused() -> None:
    line = Note.parse(checkpoints.cosign(signed(3), WITNESS_KEY, AT)).signatures[-1]
    other = Note.parse(signed(4))
    with pytest.raises(BadNote, match="does not fit"):
        checkpoints.check_cosignature(Note(other.body, (line,)).text(), WITNESS_KEY.verifier)


def test_a_witness_signs_what_continues() -> None:
    newer = Checkpoint(KEY.name, 9, root(9))
    checkpoints.check_continues(None, newer, 0, ())
    checkpoints.check_continues(Seen(9, root(9)), newer, 9, ())
    checkpoints.check_continues(Seen(0, root(0)), newer, 0, ())
    for size in range(1, 9):
        checkpoints.check_continues(Seen(size, root(size)), newer, size, proof(size, 9))


def test_a_witness_refuses_what_does_not_continue() -> None:
    newer = Checkpoint(KEY.name, 9, root(9))
    with pytest.raises(NotContinued, match="another root"):
        checkpoints.check_continues(Seen(9, root(8)), newer, 9, ())
    with pytest.raises(Older):
        checkpoints.check_continues(Seen(10, root(9)), newer, 10, ())
    with pytest.raises(ProofNeeded, match="size 4") as asked:
        checkpoints.check_continues(Seen(4, root(4)), newer, 3, proof(3, 9))
    assert asked.value.size == 4
    with pytest.raises(NotContinued, match="does not begin"):
        checkpoints.check_continues(Seen(4, root(5)), newer, 4, proof(4, 9))


def test_an_inclusion_proof_travels_as_text() -> None:
    path = (HASHES[1], node(Subtree(1, 1)), node(Subtree(2, 1)), HASHES[8])
    told = InclusionProof(0, path, signed(9), HASHES[0])
    again = InclusionProof.parse(told.text().replace("\n", "\r\n"))
    assert again == told
    assert told.text().startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert again.check([KEY.verifier]).size == 9
    with pytest.raises(BadNote, match="not in the log"):
        InclusionProof(1, path, signed(9), HASHES[0]).check([KEY.verifier])


def test_the_whole_leaf_may_travel_with_its_proof() -> None:
    leaf = b'{"v":1}' * 9
    tree = Tree()
    tree.append(hash_leaf(leaf))
    text = checkpoints.sign_checkpoint(Checkpoint(KEY.name, 1, tree.root()), KEY)
    assert InclusionProof.parse(InclusionProof(0, (), text, leaf).text()).check([KEY.verifier]).size == 1


def test_a_consistency_proof_travels_as_text() -> None:
    told = ConsistencyProof(4, proof(4, 9), signed(9))
    assert ConsistencyProof.parse(told.text()) == told
    assert told.text().startswith("old 4\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nextra AAAA\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\nextra AAAA\n\n",
        "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 01\n\n",
        "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 1\nAAAA\n\n",
    ],
)
def test_what_is_not_an_inclusion_proof_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        InclusionProof.parse(text)


@pytest.mark.parametrize("text", ["", "new 4\n\n", "old 4\nAAAA\n\n", "old 4\n" + "A" * 43 + "=\n" * 70])
def test_what_is_not_a_consistency_proof_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        ConsistencyProof.parse(text)
