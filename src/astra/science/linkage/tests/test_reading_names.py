"""Is a name read as the person meant it, whatever wrote it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.science.linkage.normalise.names import FAMILY, FATHER, GIVEN, NICKNAME, TEXT, name_words, plain_words
from astra.science.linkage.normalise.repairs import _UNSPOILT, _repaired, repair
from astra.science.linkage.normalise.sounds import arabic_to_latin, skeleton, sound
from astra.science.linkage.record import Name, Record
from astra.science.script import to_cyrillic, to_latin


@pytest.mark.parametrize(
    ("spoilt", "meant"),
    [
        ("Å½ivkoviÄ‡", "Živković"),  # UTF-8 read as Windows 1252
        ("Živković".encode().decode("cp1250"), "Živković"),
        ("Ђока".encode().decode("cp1251"), "Ђока"),
        ("@ivkovi}", "Živković"),  # seven-bit keyboards
        ("[aban", "Šaban"),
        ("Petrovi}", "Petrović"),
        ("Jovanoviæ", "Jovanović"),  # 1250 read as 1252
        ("Obradovi?", "Obradović"),  # a code page without the letter
        ("J0van0vic", "Jovanovic"),  # a scanner
        ("Cтефaн", "Стефан"),  # Latin C and a among Cyrillic letters
        ("Mаrkо", "Marko"),  # Cyrillic а and о among Latin ones
        ("Ana", "Ana"),
        ("O'Brien [majka]", "O'Brien [majka]"),
        ("Müller", "Müller"),
        ("Ђорђе", "Ђорђе"),
        ("محمد", "محمد"),
        ("BG 2024/15", "BG 2024/15"),
    ],
)
def test_what_a_machine_spoilt_is_repaired(spoilt: str, meant: str) -> None:
    assert repair(spoilt) == meant


@given(st.from_regex(_UNSPOILT, fullmatch=True))
def test_what_is_passed_over_quickly_would_not_be_repaired(text: str) -> None:
    assert _repaired(text) == text == repair(text)


@pytest.mark.parametrize(
    "spellings",
    [
        "Đorđević Djordjevic Djordjevich Djordjevitsch Gjorgjeviq Ђорђевић DJORDJEVIĆ Dzordzevic",
        "Hodžić Hoxhiq Hodzich Hodzitsch Хоџић",
        "Živković Zhivkovich Zivkovic Zhivkoviq Живковић",
        "Šaban Shaban Schaban Szaban Шабан",
        "Jusuf Yusuf Iusuf Yussuf Jussuf",
        "Xhevdet Dževdet Gjevdet Djevdet Џевдет",
        "Krasniqi Krasnići Krasnici Krasnichi Краснићи",
        "Kovács Kovač Kovach Kovatsch Kovacs",
        "Szabó Sabo Szabo Сабо",
        "Zsuzsa Žuža Zhuzha",
        "Čedomir Cedomir Tschedomir Chedomir Csedomir Чедомир",
        "Hussain Husejn Husain Hussein",
        "Philipp Filip Filipp Филип",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({sound(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("Petrović", "Pavlović"), ("Milica", "Milana"), ("Marko", "Mirko"), ("Ana", "Una"), ("Krasniqi", "Krasić")],
)
def test_other_names_sound_different(first: str, second: str) -> None:
    assert sound(first) != sound(second)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("محمد", "Muhamed"),
        ("احمد", "Ahmad"),
        ("خديجة", "Hadidža"),
        ("كريمي", "Karimi"),
        ("زهرا", "Zahra"),
        ("حسين", "Husein"),
    ],
)
def test_arabic_script_keeps_the_consonants(arabic: str, latin: str) -> None:
    assert skeleton(sound(arabic_to_latin(arabic))) == skeleton(sound(latin))


SERBIAN = st.text("abvgdđežzijklmnoprstćufhcčš", min_size=1, max_size=14)


@given(SERBIAN)
def test_a_name_sounds_the_same_in_both_scripts(name: str) -> None:
    assert sound(to_cyrillic(name)) == sound(name)


@given(SERBIAN)
def test_a_sound_is_plain_letters(name: str) -> None:
    assert set(sound(name)) <= set("abcdefghijklmnoprstuvz")


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("injekcija", "инјекција"), ("nadživeti", "надживети"), ("konjunktura", "конјунктура"), ("tanjug", "танјуг")],
)
def test_words_that_simple_tables_get_wrong_go_both_ways(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Petrović-Jović, Ana", ("petrovic", "jovic", "ana")),
        ("gđa Ana zvana Cica", ("ana", "cica")),
        ("Abd al-Rahman El-Masri", ("abdrahman", "masri")),
        ("milicaJovanović", ("milica", "jovanovic")),
        ("N.N.", ()),
        ("nepoznata", ()),
        ("محمد احمدی", ("muhammad", "ahmadi")),
        ("М. Јовановић", ("m", "jovanovic")),
        ("", ()),
    ],
)
def test_a_name_comes_apart_into_words(text: str, words: tuple[str, ...]) -> None:
    assert plain_words(text) == words


def test_each_word_knows_its_part() -> None:
    record = Record(
        id="1",
        names=(Name(given="Ana", family="Lučić"), Name(text="Ana Petrović")),
        nicknames=("Anka; rođ. Simić",),
        father="Петар",
    )
    assert [(word.plain, word.part) for word in name_words(record)] == [
        ("ana", GIVEN), ("lucic", FAMILY), ("ana", TEXT), ("petrovic", TEXT), ("anka", NICKNAME), ("simic", FAMILY),
        ("petar", FATHER),
    ]  # fmt: skip
