"""Does a witness sign what continues, refuse what does not, and keep the evidence?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from astra.audit import keys, selectors, services
from astra.audit.errors import Unreadable
from astra.audit.rules import checkpoints
from astra.audit.rules.checkpoints import Checkpoint
from astra.audit.rules.merkle import Subtree, Tree, consistency_spans, hash_leaf, span_root
from astra.audit.rules.notes import LOG, SigningKey
from astra.audit.rules.proofs import ConsistencyProof

pytestmark = pytest.mark.django_db

THEIRS = SigningKey("other.example/log", LOG, bytes(range(32)))
KEY = THEIRS.verifier.text()
HASHES = [hash_leaf(bytes([number])) for number in range(20)]
FORKED = [*HASHES[:3], hash_leaf(b"changed"), *HASHES[4:]]


def tree(hashes: list[bytes]) -> Tree:
    grown = Tree()
    for leaf_hash in hashes:
        grown.append(leaf_hash)
    return grown


def signed(size: int, hashes: list[bytes] = HASHES) -> str:
    return checkpoints.sign_checkpoint(Checkpoint(THEIRS.name, size, tree(hashes[:size]).root()), THEIRS)


def request(old: int, new: int, hashes: list[bytes] = HASHES) -> str:
    def node(part: Subtree) -> bytes:
        return tree(hashes[part.number << part.level : (part.number + 1) << part.level]).root()

    path = tuple(span_root(span, node) for span in consistency_spans(old, new))
    return ConsistencyProof(old, path, signed(new, hashes)).text()


@pytest.fixture
def folder(home: Path) -> Callable[[], Path]:
    def only() -> Path:
        (found,) = (home / "audit" / "witness").iterdir()
        return found

    return only


def test_a_log_is_cosigned_as_it_grows(home: Path, folder: Callable[[], Path]) -> None:
    first = services.cosign(actor_id=None, request=signed(5), key=KEY)
    second = services.cosign(actor_id=None, request=request(5, 12))
    ours = keys.ensure_witness_key(home).verifier
    for text, body in ((first, signed(5)), (second, signed(12))):
        assert text.startswith(body)
        assert checkpoints.check_cosignature(text, ours) > 0
    seen = (folder() / "seen.txt").read_text(encoding="utf-8")
    assert seen == f"{first}\n{second}\n"
    services.sequence_pending()
    assert [row.detail["size"] for row in selectors.tail()] == [5, 12]


def test_the_same_checkpoint_may_be_cosigned_again(home: Path, folder: Callable[[], Path]) -> None:
    services.cosign(actor_id=None, request=signed(5), key=KEY)
    services.cosign(actor_id=None, request=signed(5).replace("\n", "\r\n"), key=KEY)
    assert (folder() / "seen.txt").read_text(encoding="utf-8").count("other.example/log\n5\n") == 1


@pytest.mark.parametrize(
    "wrong",
    [signed(5, FORKED), request(5, 12, FORKED), request(5, 12).replace("old 5\n", "old 5\n" + "A" * 43 + "=\n")],
)
def test_a_second_history_is_refused_and_kept(home: Path, folder: Callable[[], Path], wrong: str) -> None:
    services.cosign(actor_id=None, request=signed(5), key=KEY)
    with pytest.raises(Unreadable, match="does not continue"):
        services.cosign(actor_id=None, request=wrong)
    (evidence,) = folder().glob("evidence-*.txt")
    kept = evidence.read_text(encoding="utf-8")
    assert signed(5) in kept
    assert wrong.rpartition("\n\n")[0] in kept
    assert services.cosign(actor_id=None, request=request(5, 12))


def test_a_proof_from_elsewhere_is_sent_back(home: Path) -> None:
    services.cosign(actor_id=None, request=signed(5), key=KEY)
    for wrong in (signed(12), request(4, 12)):
        with pytest.raises(Unreadable, match="proof consistency 5"):
            services.cosign(actor_id=None, request=wrong)


def test_an_older_checkpoint_is_not_signed_again(home: Path) -> None:
    services.cosign(actor_id=None, request=signed(5), key=KEY)
    with pytest.raises(Unreadable, match="larger"):
        services.cosign(actor_id=None, request=signed(4))


def test_a_new_log_needs_its_key(home: Path) -> None:
    with pytest.raises(Unreadable, match="new here"):
        services.cosign(actor_id=None, request=signed(5))
    with pytest.raises(Unreadable, match="not the public key"):
        services.cosign(actor_id=None, request=signed(5), key="something")
    with pytest.raises(Unreadable, match="another log"):
        services.cosign(actor_id=None, request=signed(5), key=keys.ensure_witness_key(home).verifier.text())
    stranger = SigningKey(THEIRS.name, LOG, bytes(32)).verifier.text()
    with pytest.raises(Unreadable, match="did not sign"):
        services.cosign(actor_id=None, request=signed(5), key=stranger)
    assert services.cosign(actor_id=None, request=signed(5), key=KEY + "\n")
    with pytest.raises(Unreadable, match="under another key"):
        services.cosign(actor_id=None, request=signed(5), key=stranger)


@pytest.mark.parametrize("wrong", ["", "nonsense", "old 5\nnonsense\n\n", "old 5\n\nnonsense"])
def test_what_is_no_request_is_refused(home: Path, wrong: str) -> None:
    with pytest.raises(Unreadable, match="neither a checkpoint nor a request"):
        services.cosign(actor_id=None, request=wrong, key=KEY)


def test_nobody_is_her_own_witness(home: Path) -> None:
    services.record(actor_id=None, verb="cases.opened")
    services.sequence_pending()
    with pytest.raises(Unreadable, match="others must witness"):
        services.cosign(actor_id=None, request=services.keep_checkpoint())
