"""Are names found where a Serbian reader looks for them?"""

from astra.science.script import sort_key


def test_the_latin_alphabet() -> None:
    words = [
        "avion",
        "Cer",
        "čamac",
        "Ćira",
        "danak",
        "džep",
        "đak",
        "lala",
        "lutka",
        "ljubav",
        "nos",
        "nula",
        "njiva",
        "Sava",
        "Šar",
        "Zora",
        "Žika",
    ]
    assert sorted(reversed(words), key=sort_key) == words


def test_the_cyrillic_alphabet() -> None:
    words = [
        "азбука",
        "Вера",
        "Дуња",
        "Ђак",
        "Жика",
        "зора",
        "Лука",
        "Љуба",
        "Нада",
        "Њива",
        "рад",
        "ћуп",
        "фес",
        "хлеб",
        "цар",
        "час",
        "џеп",
        "шах",
    ]
    assert sorted(reversed(words), key=sort_key) == words


def test_strangers_stand_near_their_kin() -> None:
    assert sorted(["Zoran", "Wagner", "Vera", "Müller", "Muller", "محمد", "1. maj"], key=sort_key) == [
        "1. maj",
        "Muller",
        "Müller",
        "Wagner",
        "Vera",
        "Zoran",
        "محمد",
    ]
