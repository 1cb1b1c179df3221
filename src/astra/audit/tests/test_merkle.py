"""Is the tree the one of RFC 6962? Against the published vectors, and against the definition itself."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.audit.rules import merkle
from astra.audit.rules.merkle import Span, Subtree, Tree, hash_leaf, hash_node

# The reference leaves, roots and proofs of Certificate Transparency, as in transparency-dev/merkle
# (testonly/constants.go) and the tests of google/certificate-transparency.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]

sizes = st.integers(min_value=1, max_value=600)


def mth(hashes: Sequence[bytes]) -> bytes:
    """The Merkle tree hash exactly as section 2.1 defines it."""
    if not hashes:
        return merkle.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hash_node(mth(hashes[:half]), mth(hashes[half:]))


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of section 2.1.1."""
    if len(hashes) == 1:
        return []
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    if index < half:
        return [*path(index, hashes[:half]), mth(hashes[half:])]
    return [*path(index - half, hashes[half:]), mth(hashes[:half])]


def subproof(old: int, hashes: Sequence[bytes], is_whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of section 2.1.2."""
    if old == len(hashes):
        return [] if is_whole else [mth(hashes)]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    if old <= half:
        return [*subproof(old, hashes[:half], is_whole), mth(hashes[half:])]
    return [*subproof(old - half, hashes[half:], False), mth(hashes[:half])]


def leaf_hashes(size: int) -> list[bytes]:
    return [hash_leaf(str(number).encode()) for number in range(size)]


def nodes_of(hashes: Sequence[bytes]) -> Callable[[Subtree], bytes]:
    def node(part: Subtree) -> bytes:
        return mth(hashes[part.number << part.level : (part.number + 1) << part.level])

    return node


def prove(spans: list[Span], hashes: Sequence[bytes]) -> list[bytes]:
    return [merkle.span_root(span, nodes_of(hashes)) for span in spans]


def grown(hashes: Sequence[bytes]) -> Tree:
    tree = Tree()
    for leaf_hash in hashes:
        tree.append(leaf_hash)
    return tree


def test_roots_are_the_published_ones() -> None:
    tree = Tree()
    assert tree.root() == ROOTS[0]
    for leaf, root in zip(LEAVES, ROOTS[1:], strict=True):
        tree.append(hash_leaf(leaf))
        assert tree.root() == root


@pytest.mark.parametrize(("index", "size", "expected"), INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, expected: list[str]) -> None:
    hashes = [hash_leaf(leaf) for leaf in LEAVES[:size]]
    proof = prove(merkle.inclusion_spans(index, size), hashes)
    assert [step.hex() for step in proof] == expected
    assert merkle.is_included(hashes[index], index, size, ROOTS[size], proof)


@pytest.mark.parametrize(("old", "new", "expected"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, expected: list[str]) -> None:
    hashes = [hash_leaf(leaf) for leaf in LEAVES[:new]]
    proof = prove(merkle.consistency_spans(old, new), hashes)
    assert [step.hex() for step in proof] == expected
    assert merkle.is_consistent(old, new, ROOTS[old], ROOTS[new], proof)


@settings(deadline=None)
@given(sizes)
def test_appending_gives_the_same_root_as_the_definition(size: int) -> None:
    hashes = leaf_hashes(size)
    tree = grown(hashes)
    assert tree.root() == mth(hashes)
    assert [part for part, _root in tree.completed] == [Subtree(8, number) for number in range(size // 256)]
    assert all(root == nodes_of(hashes)(part) for part, root in tree.completed)


@settings(deadline=None)
@given(sizes, st.data())
def test_a_stored_frontier_goes_on_where_it_stopped(size: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, size))
    hashes = leaf_hashes(size)
    first = grown(hashes[:cut])
    again = Tree(cut, first.peaks)
    for leaf_hash in hashes[cut:]:
        again.append(leaf_hash)
    assert again.root() == mth(hashes)


def test_a_frontier_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves has 2 peaks"):
        Tree(3, [bytes(32)])
    with pytest.raises(ValueError, match="1 leaves has 1 peaks"):
        Tree(1, [bytes(31)])


def test_subtrees_of_the_higher_kept_level_are_collected() -> None:
    tree = Tree(65_535, [bytes(32)] * 16)
    tree.append(bytes(32))
    assert [part for part, _root in tree.completed] == [Subtree(8, 255), Subtree(16, 0)]


@settings(deadline=None)
@given(sizes, st.data())
def test_inclusion_is_proven_and_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = leaf_hashes(size)
    root = mth(hashes)
    proof = prove(merkle.inclusion_spans(index, size), hashes)
    assert proof == path(index, hashes)
    assert merkle.is_included(hashes[index], index, size, root, proof)
    assert not merkle.is_included(hash_leaf(b"other"), index, size, root, proof)
    assert not merkle.is_included(hashes[index], index, size, hash_leaf(b"other"), proof)
    assert not merkle.is_included(hashes[index], index, size, root, [*proof, bytes(32)])
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        bit = data.draw(st.integers(0, 255))
        wrong = (int.from_bytes(proof[place]) ^ 1 << bit).to_bytes(32)
        assert not merkle.is_included(hashes[index], index, size, root, [*proof[:place], wrong, *proof[place + 1 :]])
        assert not merkle.is_included(hashes[index], index, size, root, proof[:-1])
        elsewhere = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
        assert not merkle.is_included(hashes[index], elsewhere, size, root, proof)


@settings(deadline=None)
@given(sizes, st.data())
def test_consistency_is_proven_and_nothing_else(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    hashes = leaf_hashes(new)
    older, newer = mth(hashes[:old]), mth(hashes)
    proof = prove(merkle.consistency_spans(old, new), hashes)
    assert proof == subproof(old, hashes, True)
    assert merkle.is_consistent(old, new, older, newer, proof)
    assert not merkle.is_consistent(old, new, hash_leaf(b"other"), newer, proof)
    assert not merkle.is_consistent(old, new, older, hash_leaf(b"other"), proof)
    assert not merkle.is_consistent(old, new, older, newer, [*proof, bytes(32)])
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        wrong = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not merkle.is_consistent(old, new, older, newer, [*proof[:place], wrong, *proof[place + 1 :]])
        assert not merkle.is_consistent(old, new, older, newer, proof[:-1])


def test_the_empty_log_is_the_beginning_of_every_log() -> None:
    assert merkle.consistency_spans(0, 5) == []
    assert merkle.is_consistent(0, 5, merkle.EMPTY_ROOT, ROOTS[5], [])
    assert not merkle.is_consistent(0, 5, ROOTS[1], ROOTS[5], [])
    assert not merkle.is_consistent(0, 5, merkle.EMPTY_ROOT, ROOTS[5], [bytes(32)])
    assert not merkle.is_consistent(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [bytes(32)])


def test_impossible_sizes_are_refused() -> None:
    assert not merkle.is_included(ROOTS[1], 1, 1, ROOTS[1], [])
    assert not merkle.is_included(ROOTS[1], -1, 1, ROOTS[1], [])
    assert not merkle.is_consistent(5, 3, ROOTS[5], ROOTS[3], [])
    assert not merkle.is_consistent(3, 5, ROOTS[3], ROOTS[5], [])
    with pytest.raises(ValueError, match="leaf 8 is not"):
        merkle.inclusion_spans(8, 8)
    with pytest.raises(ValueError, match="not an older state"):
        merkle.consistency_spans(9, 8)
