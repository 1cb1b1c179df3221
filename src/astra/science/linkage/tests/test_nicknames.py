"""Are the forms of one name brought together, and are different names kept apart?"""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from astra.science.linkage.normalise.nicknames import NameFamilies, from_script
from astra.science.linkage.normalise.sounds import sound
from astra.science.script import is_cyrillic, to_cyrillic

LANGUAGES = {"sr", "bs", "hr", "mk", "bg", "rom", "sq", "hu", "ro", "ru", "uk", "tr", "ar", "fa"}


@pytest.fixture(scope="module")
def families() -> NameFamilies:
    return NameFamilies(sound)


def rows(name: str) -> list[dict[str, str]]:
    text = files("astra.science.linkage.normalise").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Aca", "Aleksandar"),
        ("Саша", "Александар"),
        ("Ђока", "Ђорђе"),
        ("Goca", "Gordana"),
        ("Ceca", "Svetlana"),
        ("Kaća", "Katarina"),
        ("Mujo", "Mustafa"),
        ("Meho", "Mehmed"),
        ("Šabi", "Šaban"),
        ("Joso", "Josip"),
        ("Трајче", "Трајан"),
        ("Gosho", "Georgi"),
        ("Meti", "Ahmet"),
        ("Pista", "István"),
        ("Bözsi", "Erzsébet"),
        ("Ghiță", "Gheorghe"),
        ("Vova", "Vladimir"),
        ("Marichka", "Mariya"),
        ("İbo", "İbrahim"),
        ("Fatoş", "Fatma"),
        ("Hammoudi", "Mohammad"),
        ("Mamad", "Mohammad"),
    ],
)
def test_nicknames_and_full_names(families: NameFamilies, short: str, full: str) -> None:
    assert sound(full) in families.short_for(sound(short))
    assert sound(short) in families.shorts_of(sound(full))


def test_a_nickname_tells_less_the_more_names_share_it(families: NameFamilies) -> None:
    assert len(families.short_for(sound("Mica"))) > len(families.short_for(sound("Ceca"))) >= 1
    assert families.short_for("nobodysname") == frozenset()
    assert families.shorts_of("nobodysname") == frozenset()
    for token in ("aca", "mila", "jovan"):
        assert token not in families.short_for(token) | families.shorts_of(token)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Youssef", "Jusuf"),
        ("Мухамед", "Mohammed"),
        ("Mehmet", "Muhammad"),
        ("Elmasry", "Al-Masri"),
        ("Gamal", "Džamal"),
        ("Ajša", "Aicha"),
        ("Hatice", "Khadija"),
        ("Abdul-Rahman", "Abderrahmane"),
        ("Yousafzai", "Jusufzai"),
        ("Alizadeh", "Alizada"),
        ("Ghulam", "Gholam"),
        ("Redžep", "Recep"),
        ("Rojin", "Rozhin"),
    ],
)
def test_spellings(families: NameFamilies, one: str, other: str) -> None:
    first, second = (sound(name).replace(" ", "") for name in (one, other))
    assert first == second or second in families.spellings(first)
    assert first == second or first in families.spellings(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Петар", "Pjetër"),
        ("Đorđe", "György"),
        ("Jovan", "János"),
        ("Jelena", "Ilona"),
        ("Stefan", "István"),
        ("Nikola", "Miklós"),
        ("Aleksandar", "Skënder"),
        ("Katarina", "Katalin"),
        ("Jusuf", "Josif"),
    ],
)
def test_equivalents_are_no_spellings(families: NameFamilies, one: str, other: str) -> None:
    first, second = sound(one), sound(other)
    assert second in families.equivalents(first)
    assert first in families.equivalents(second)
    assert second not in families.spellings(first)


def test_different_names_stay_apart(families: NameFamilies) -> None:
    for one, other in (
        ("Ana", "Ivana"),
        ("Marko", "Mirko"),
        ("Milan", "Milana"),
        ("Hasan", "Husein"),
        ("Ahmed", "Muhamed"),
    ):
        first, second = sound(one), sound(other)
        assert second not in families.spellings(first) | families.equivalents(first)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("محمد", "Muhammad"),
        ("مُحَمَّد", "Muhammad"),
        ("أحمد", "Ahmad"),
        ("احمد", "Ahmad"),
        ("عبد الرحمن", "Abdulrahman"),
        ("عبدالرحمن", "Abdulrahman"),
        ("فاطمة", "Fatima"),
        ("فاطمه", "Fatima"),
        ("علي", "Ali"),
        ("علی", "Ali"),
        ("کریمی", "Karimi"),
        ("كريمي", "Karimi"),
        ("يوســف", "Yusuf"),
        ("ذبیح‌الله", "Zabihullah"),
        ("القاسم", "Al-Qasem"),
        ("نبی‌زاده", "Nabizada"),
        ("کریم‌زاده", "Karimzada"),
        ("محمد کریمی", "Muhammad Karimi"),
        ("محمد ظظظ", "Muhammad ظظظ"),
    ],
)
def test_names_in_arabic_letters(families: NameFamilies, text: str, expected: str) -> None:
    assert from_script(text)[0] == expected
    assert families.from_script(text) == from_script(text)


@pytest.mark.parametrize("text", ["", "Ana", "ظظظ", "ظظظ ظظ", "Ђорђе"])
def test_what_is_not_known_gives_nothing(text: str) -> None:
    assert from_script(text) == ()


def test_another_fold_can_be_used() -> None:
    heard = NameFamilies(sound)
    assert sound("Jusuf") in heard.spellings(sound("Youssef")) | {sound("Youssef")}
    assert sound("Aleksandar") in heard.short_for(sound("Aca"))
    assert sound("Đorđe") in heard.equivalents(sound("György"))


def test_the_nicknames_are_whole() -> None:
    data = rows("nicknames.csv")
    assert len(data) >= 600
    assert {row["language"] for row in data} == LANGUAGES
    assert not [
        key for key, number in Counter((r["language"], r["sex"], r["name"]) for r in data).items() if number > 1
    ]
    for row in data:
        forms = row["short_forms"].split()
        assert row["sex"] in {"M", "F"}
        assert row["source"]
        assert forms
        assert len(set(forms)) == len(forms), row
        assert row["name"] not in forms, row
        assert not any(is_cyrillic(form) or not form[0].isupper() for form in (row["name"], *forms)), row


def test_the_spellings_are_whole() -> None:
    data = rows("spellings.csv")
    assert len(data) >= 250
    for row in data:
        forms = row["forms"].split()
        assert row["sex"] in {"M", "F", ""}
        assert len(forms) > 1
        assert len(set(forms)) == len(forms), row
        assert not any(is_cyrillic(form) for form in forms)
        assert bool(row["script_form"]) == (row["language"] in {"ar", "fa", "ps", "ku"}), row


def test_both_scripts_fold_alike(families: NameFamilies) -> None:
    for name in ("Aca", "Đoka", "Ljilja", "Snežana"):
        token = sound(to_cyrillic(name))
        assert families.short_for(token) == families.short_for(sound(name))
