"""Do the proofs that the log gives hold for somebody who has only a public key?"""

import pytest

from astra.audit import selectors, services
from astra.audit.rules import checkpoints, merkle
from astra.audit.rules.checkpoints import Checkpoint
from astra.audit.rules.notes import Note
from astra.audit.rules.proofs import ConsistencyProof, InclusionProof
from astra.audit.tests.conftest import Fill
from astra.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def test_every_kind_of_entry_is_proven(fill: Fill) -> None:
    fill(700)
    for sequence in (0, 1, 255, 256, 511, 600, 699):
        proof = InclusionProof.parse(selectors.inclusion_proof(sequence).text())
        assert proof.check(selectors.verifier_keys()).size == 700
        assert len(proof.leaf) == merkle.HASH_BYTES


def test_the_entry_goes_along_when_it_is_asked_for(fill: Fill) -> None:
    fill(9)
    proof = selectors.inclusion_proof(4, has_entry=True)
    assert b'"verb":"hotline.contact_recorded"' in proof.leaf
    assert proof.check(selectors.verifier_keys()).size == 9
    assert proof.leaf_hash == selectors.inclusion_proof(4).leaf


def test_growth_is_proven_between_any_two_sizes(fill: Fill) -> None:
    roots = {0: merkle.EMPTY_ROOT}
    for count in (1, 2, 253, 1, 300):
        fill(count)
        head = selectors.latest_checkpoint()
        assert head is not None
        roots[head.size] = head.root
    for old, root in roots.items():
        proof = ConsistencyProof.parse(selectors.consistency_proof(old).text())
        newer = checkpoints.open_checkpoint(proof.checkpoint, selectors.verifier_keys())
        assert merkle.is_consistent(old, newer.size, root, newer.root, proof.path)
        assert selectors.root_at(old) == root


def test_growth_is_proven_up_to_a_kept_checkpoint(fill: Fill) -> None:
    fill(10)
    fill(10)
    services.keep_checkpoint()
    fill(10)
    proof = selectors.consistency_proof(10, 20)
    assert Checkpoint.parse(Note.parse(proof.checkpoint).body).size == 20
    assert selectors.consistency_proof(10, 30).checkpoint == selectors.consistency_proof(10).checkpoint


def test_what_is_not_there_is_not_proven(fill: Fill) -> None:
    with pytest.raises(NotFound):
        selectors.inclusion_proof(0)
    fill(5)
    fill(5)
    for sequence in (-1, 10):
        with pytest.raises(NotFound):
            selectors.inclusion_proof(sequence)
    for old, new in ((11, None), (-1, None), (4, 3), (4, 7)):
        with pytest.raises(NotFound):
            selectors.consistency_proof(old, new)
