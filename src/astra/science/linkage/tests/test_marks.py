"""Do two descriptions of one mark meet, and do different marks stay apart?"""

import numpy as np
import pytest

from astra.science.linkage.normalise.body import KIND_OF, KIND_WORDS, PART_OF, RELATIONS, USUAL_PART, Kind, larger_parts
from astra.science.linkage.normalise.lexicon import lexicon
from astra.science.linkage.normalise.marks import Mark, mark_codes, mark_words, marks_likeness, read_marks


def said(text: str) -> list[str]:
    return [mark_words(int(code)) for code in mark_codes(text)]


def likeness(asked: str, noted: str) -> int:
    row = np.zeros((1, 4), np.uint32)
    codes = mark_codes(noted)
    row[0, : len(codes)] = codes
    return int(marks_likeness(mark_codes(asked)[:1], row)[0, 0])


@pytest.mark.parametrize(
    "text",
    [
        "ožiljak na levom obrazu",
        "ОЖИЉАК НА ЛЕВОМ ОБРАЗУ",
        "oziljak, levi obraz",
        "brazgotina na levoj strani lica",
        "posekotina po obrazu, leva strana",
        "na lijevom obrazu ima veliki ožiljak",
        "scar on left cheek",
        "Narbe auf der linken Wange",
        "heg a bal arcán",
        "vragë në faqen e majtë",
    ],
)
def test_one_scar_in_many_words(text: str) -> None:
    assert read_marks(text) == (Mark(Kind.SCAR, PART_OF["cheek"], 1, 0),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ожиљак изнад десне обрве", ["scar, right brow"]),
        ("ožiljak na čelu", ["scar, forehead"]),
        ("ožiljak preko celog lica", ["scar, face"]),
        ("ožiljak od opekotine na ruci", ["burn, arm"]),
        ("ožiljak od operacije slepog creva", ["scar, belly"]),
        ("ubodna rana na stomaku", ["scar, belly"]),
        ("opekotina na desnoj šaci", ["burn, right hand"]),
        ("mladež ispod oka", ["mole or birthmark, eye"]),
        ("beleg na leđima", ["mole or birthmark, back"]),
        ("anyajegy a nyakán", ["mole or birthmark, neck"]),
        ("tetovaža na levoj podlaktici", ["tattoo, left forearm"]),
        ("pege po licu", ["freckles"]),
        ("минђуша у левом уву", ["piercing, left ear"]),
        ("nosi naočare", ["glasses"]),
        ("kratkovida", ["glasses"]),
        ("slušni aparat", ["hearing aid or poor hearing"]),
        ("hearing aid in the right ear", ["hearing aid or poor hearing, right ear"]),
        ("nedostaje prednji zub", ["missing or broken tooth"]),
        ("krnj zub", ["missing or broken tooth"]),
        ("slomljen zub", ["missing or broken tooth"]),
        ("zlatan zub", ["gold teeth, braces or dentures"]),
        ("proteza za zube", ["gold teeth, braces or dentures"]),
        ("šepa na levu nogu", ["limp or help for walking, left leg"]),
        ("u invalidskim kolicima", ["limp or help for walking"]),
        ("sakat prst", ["missing, short, lame or artificial limb, finger"]),
        ("kraći mali prst", ["missing, short, lame or artificial limb, finger"]),
        ("nema dva prsta na levoj šaci", ["missing, short, lame or artificial limb, left finger"]),
        ("left leg shorter", ["missing, short, lame or artificial limb, left leg"]),
        ("nema levo oko", ["squint or blind eye, left eye"]),
        ("mucanje", ["stutter or other trouble of speech"]),
        ("razrok", ["squint or blind eye"]),
        ("akne", ["acne"]),
        ("ekcem na rukama", ["eczema or rash"]),
        ("bele fleke po koži", ["patches of skin without colour"]),
        ("мршаве грађе", ["thin"]),
        ("punija osoba", ["heavy"]),
        ("duga kosa do pojasa", ["long hair"]),
        ("kratko ošišana", ["short hair"]),
        ("kovrdžava kosa", ["curly hair"]),
        ("levoruka", ["left-handed"]),
        ("scar on left hand", ["scar, left hand"]),
        ("nosi maramu", ["headscarf"]),
        ("astma, pumpica", ["asthma"]),
        ("epilepsija", ["epilepsy"]),
        ("razmak između zuba", ["gap between teeth"]),
        ("grize nokte", ["bitten nails"]),
        ("naočare sa debelim staklima", ["glasses"]),
        ("ožiljak na l. obrazu", ["scar, left cheek"]),
        ("rez, brada", ["scar, chin"]),
        ("zub sa protezom", ["gold teeth, braces or dentures"]),
        ("lice puno boginja", ["pockmarks"]),
        ("slomljen nos", ["deformity, nose"]),
        ("trudna, sedmi mesec", ["pregnant"]),
        ("tragovi uboda igle na obe ruke", ["needle marks"]),
        ("brada i brkovi", ["beard or moustache"]),
        ("ima bradu", ["beard or moustache"]),
        ("ožiljak na bradi", ["scar, chin"]),
        ("na bradi ožiljak", ["scar, chin"]),
        ("modrica ispod oka", ["bruise or fresh injury, eye"]),
    ],
)
def test_kinds_and_parts(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_phrases_part_and_go_on() -> None:
    assert said("šepa; ožiljak na čelu") == ["limp or help for walking", "scar, forehead"]
    assert said("tetovaža na ruci i nozi") == ["tattoo, arm", "tattoo, leg"]
    assert said("tetovaža na ruci, na levoj podlaktici") == ["tattoo, left forearm"]
    assert said("pirsing u nosu и пирсинг у обрви") == ["piercing, nose", "piercing, brow"]
    assert said("Ožiljak na bradi. Visok.") == ["scar, chin", "other mark"]
    assert said("trudna, leva ruka") == ["pregnant", "other mark, left arm"]
    assert said("ožiljak; ožiljak") == ["scar"]


def test_what_is_not_there_is_no_mark() -> None:
    for text in ("", "nema", "nepoznato", "/", "bez ožiljaka", "no scars", "ne nosi naočare; nema tetovaže", "12"):
        assert said(text) == [], text


def test_words_of_a_tattoo_leave_a_trace() -> None:
    rose, roses, anchor = (mark_codes(f"tetovaža {what} na ruci")[0] & 0xFFFF for what in ("ruža", "ruže", "sidro"))
    assert rose == roses != 0
    assert anchor not in (0, rose)
    assert mark_codes("tetovaža: ruža, na ruci")[0] & 0xFFFF == rose


def test_at_most_four_marks_and_known_kinds_first() -> None:
    codes = mark_codes("visok; tih; šepa; mucanje; naočare; razrok")
    assert codes.dtype == np.uint32
    assert [code >> 24 for code in codes.tolist()] == [Kind.LIMP, Kind.SPEECH, Kind.GLASSES, Kind.SQUINT]
    assert mark_codes("").shape == (0,)
    assert mark_words(0) == ""


@pytest.mark.parametrize(
    ("asked", "noted", "level"),
    [
        ("ožiljak na levom obrazu", "", 0),
        ("ožiljak na levom obrazu", "tetovaža na vratu", 1),
        ("ožiljak na levom obrazu", "ožiljak na nozi", 2),
        ("ožiljak na levom obrazu", "ožiljak", 2),
        ("ožiljak na levom obrazu", "opekotina na obrazu", 2),
        ("ožiljak na levom obrazu", "opekotina na nozi", 1),
        ("ožiljak na levom obrazu", "scar, face", 3),
        ("ožiljak na levom obrazu", "scar on right cheek", 3),
        ("ožiljak iznad desne obrve", "ožiljak na čelu", 3),
        ("tetovaža na podlaktici", "tetovaža na ruci", 3),
        ("ožiljak na levom obrazu", "scar on the cheek", 4),
        ("ožiljak na levom obrazu", "naočare; brazgotina na levoj strani lica", 4),
        ("šepa", "limps on the left leg", 4),
        ("naočare", "wears glasses", 4),
        ("tetovaža ruža", "tetovaža ruže na ramenu", 4),
        ("tetovaža ruža na ruci", "tetovaža ruže na nozi", 2),
        ("visok", "visoka", 4),
        ("visok", "tiha", 1),
        ("ekcem", "crvene ruke od ekcema", 4),
        ("akne", "ekcem", 2),
        ("mršav", "pothranjena", 4),
    ],
)
def test_levels_of_likeness(asked: str, noted: str, level: int) -> None:
    assert likeness(asked, noted) == level
    if level:
        assert likeness(noted, asked) == level or ";" in noted


def test_many_candidates_at_once_agree_with_one_by_one() -> None:
    texts = ["", "šepa", "ožiljak na obrazu; naočare", "tetovaža na vratu; ožiljak na čelu; šepa", "scar on left cheek"]
    table = np.zeros((len(texts), 4), np.uint32)
    for row, text in enumerate(texts):
        codes = mark_codes(text)
        table[row, : len(codes)] = codes
    asked = mark_codes("ožiljak na levom obrazu; šepa")
    levels = marks_likeness(asked, table)
    assert levels.dtype == np.uint8
    assert levels.tolist() == [[0, 1, 4, 2, 4], [0, 4, 1, 4, 1]]
    assert marks_likeness(asked[:0], table).shape == (0, len(texts))


def test_the_body_hangs_together() -> None:
    assert np.array_equal(RELATIONS, RELATIONS.T)
    assert larger_parts(PART_OF["thumb"]) == (PART_OF["finger"], PART_OF["hand"], PART_OF["arm"])
    assert RELATIONS[PART_OF["forearm"], PART_OF["arm"]] == 1
    assert RELATIONS[PART_OF["forearm"], PART_OF["leg"]] == 0
    assert RELATIONS[0, 0] == 0
    assert set(KIND_WORDS) == set(Kind)
    assert set(USUAL_PART) <= set(Kind)


def test_every_meaning_in_the_data_is_known() -> None:
    words = lexicon("mark", "part", "side", "lack")
    senses = {sense for entry in (*words._whole.values(), *words._beginnings.values()) for sense in entry}
    assert {sense.meaning for sense in senses if sense.topic == "mark"} == set(KIND_OF)
    assert {sense.meaning for sense in senses if sense.topic == "part"} <= set(PART_OF)
    assert {sense.meaning for sense in senses if sense.topic == "side"} == {"left", "right"}
