"""Do descriptions of a body meet, in whatever words and script they were given?"""

import numpy as np
import pytest

from astra.science.linkage.normalise.appearance import (
    EYES_LIKENESS,
    EYES_WORDS,
    HAIR_LIKENESS,
    HAIR_WORDS,
    eyes_code,
    eyes_word,
    hair_code,
    hair_word,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crna", "black"),
        ("ЦРНА", "black"),
        ("e zezë", "black"),
        ("fekete", "black"),
        ("أسود", "black"),
        ("smeđa", "brown"),
        ("smedja", "brown"),
        ("smeda", "brown"),
        ("braon, duga", "brown"),
        ("kestenjasta", "brown"),
        ("gështenjë", "brown"),
        ("тамносмеђа", "dark brown"),
        ("tamno smeđa", "dark brown"),
        ("dunkelbraun", "dark brown"),
        ("sötétbarna", "dark brown"),
        ("kafe e errët", "dark brown"),
        ("crno-smeđa", "dark brown"),
        ("tamna", "dark brown"),
        ("svetlosmeđa", "light brown"),
        ("svijetlo smeđa", "light brown"),
        ("plava", "blond"),
        ("szőke", "blond"),
        ("blonde", "blond"),
        ("tamnoplava", "dark blond"),
        ("riđa", "red"),
        ("vörös", "red"),
        ("prosede", "grey or white"),
        ("ćelav", "bald or shaved"),
        ("farbana u plavo", "dyed"),
        ("kratka", ""),
        ("redja kosa", ""),
        ("", ""),
    ],
)
def test_hair(text: str, expected: str) -> None:
    assert hair_word(hair_code(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plave", "blue"),
        ("плаве", "blue"),
        ("kék", "blue"),
        ("të kaltërt", "blue"),
        ("smeđe", "brown"),
        ("braun", "brown"),
        ("قهوه‌ای", "brown"),
        ("svetlo braon", "hazel or light brown"),
        ("smeđezelene", "hazel or light brown"),
        ("zelene", "green"),
        ("sive", "grey"),
        ("crne", "black or dark"),
        ("tamne", "black or dark"),
        ("plavo-zelene", "light, between blue, green and grey"),
        ("sivoplave", "light, between blue, green and grey"),
        ("lepe", ""),
        ("", ""),
    ],
)
def test_eyes(text: str, expected: str) -> None:
    assert eyes_word(eyes_code(text)) == expected


@pytest.mark.parametrize(("table", "words"), [(HAIR_LIKENESS, HAIR_WORDS), (EYES_LIKENESS, EYES_WORDS)])
def test_tables_of_likeness(table: np.ndarray, words: tuple[str, ...]) -> None:
    assert table.shape == (len(words), len(words))
    assert table.dtype == np.uint8
    assert np.array_equal(table, table.T)
    assert not table[0].any()
    assert (table.diagonal()[1:] == 3).all()
    assert set(np.unique(table[1:, 1:])) == {1, 2, 3}
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 1


def hair_likeness(one: str, other: str) -> int:
    return int(HAIR_LIKENESS[hair_code(one), hair_code(other)])


def eyes_likeness(one: str, other: str) -> int:
    return int(EYES_LIKENESS[eyes_code(one), eyes_code(other)])


def test_likeness_of_colours() -> None:
    assert hair_likeness("plava", "blond") == 3
    assert hair_likeness("smeđa", "dark brown") == 2
    assert hair_likeness("crna", "plava") == 1
    assert hair_likeness("crna", "") == 0
    assert hair_likeness("farbana", "crna") == 2
    assert hair_likeness("farbana", "ćelav") == 1
    assert eyes_likeness("sive", "plave") == 2
    assert eyes_likeness("plavo-zelene", "zelene") == 2
    assert eyes_likeness("plave", "smeđe") == 1
