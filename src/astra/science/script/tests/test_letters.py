"""Is Cyrillic written in Latin letters, and is a script recognised?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.science.script import is_cyrillic, to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав, ЊЕГОШ, Џон, џеп", "Ljubav, NJEGOŠ, Džon, džep"),
        ("Љ. Петровић; НБ-Њ", "Lj. Petrović; NB-Nj"),
        ("ПАЊ, коЊ", "PANJ, koNj"),
        ("инјекција, надживети", "injekcija, nadživeti"),
        ("Щербаков Юрий, Ѓорѓи, Їжа", "Ščerbakov Jurij, Đorđi, Jiža"),
        ("ЮЛИЯ", "JULIJA"),
        ("з́еница", "źenica"),
        ("plain", "plain"),
        ("već ovde", "već ovde"),
    ],
)
def test_to_latin(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


def test_is_cyrillic() -> None:
    assert is_cyrillic("Ђорђевић (PDF)")
    assert not is_cyrillic("Đorđević")
    assert not is_cyrillic("Ђ. Petrović")
    assert not is_cyrillic("+381 11")
    assert not is_cyrillic("محمد")


@given(st.text(alphabet="абвгдђежзијклљмнњопрстћуфхцчџш ", max_size=40))
def test_nothing_cyrillic_remains(text: str) -> None:
    assert not any("\u0400" <= letter <= "\u04ff" for letter in to_latin(text))
