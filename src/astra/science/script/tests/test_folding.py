"""Does one search find a name however it is written?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.science.script import fold_letters, normalise, to_cyrillic


@pytest.mark.parametrize(
    ("folded", "spellings"),
    [
        ("djordjevic", ["Ђорђевић", "Đorđević", "ĐORĐEVIĆ", "Djordjević", "djordjevic", "Đorđevic\u0301"]),
        ("dzemo ljiljana nj", ["Џемо Љиљана Њ.", "Džemo Ljiljana Nj", "\u01c4EMO LJILJANA NJ"]),
        ("petrovic jovic", ["Petrović-Jović", "Петровић Јовић", " petrović/jović ", "Petrović–Jović"]),
        ("obrien", ["O'Brien", "O’Brien", "o`brien"]),
        ("strasse oren lodz", ["Straße Øren Łódź"]),
        ("istanbul", ["İstanbul", "Istanbul", "ıstanbul"]),
        ("jurij sc", ["Юрий Щ"]),
        ("116 000", ["116 000", "116-000", "١١٦ ٠٠٠"]),
        ("finger 1 2", ["ﬁnger ½"]),
        ("محمد", ["محمد", "  محمد!"]),
        ("", ["", "...", "\u200b"]),
    ],
)
def test_one_form(folded: str, spellings: list[str]) -> None:
    assert {normalise(spelling) for spelling in spellings} == {folded}


def test_folding_letters_keeps_what_lies_between() -> None:
    assert fold_letters("15. МАРТА 1998. – o’kej") == "15. marta 1998. – o’kej"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = normalise(text)
    assert normalise(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(max_size=40))
def test_composed_and_decomposed_are_one(text: str) -> None:
    assert normalise(unicodedata.normalize("NFC", text)) == normalise(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="abvgdđežzijklmnoprstćufhcčšABVGDĐŽŠĆČLJN ", max_size=30))
def test_both_scripts_fold_to_one_ascii_form(text: str) -> None:
    assert normalise(text).isascii()
    assert normalise(to_cyrillic(text)) == normalise(text)
