"""Does every form of the words that must not stand in a letter wake the second person, and nothing else?"""

from io import BytesIO

import docx
import pytest

from astra.assistance.rules import letter_docx, letters
from astra.assistance.rules.letter_words import telling_words
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.science.script import to_cyrillic

VICTIM = ["žrtva", "žrtve", "žrtvi", "žrtvu", "žrtvo", "žrtvom", "žrtava", "žrtvama", "žrtvin", "žrtvinog", "ŽRTVE"]
TRADE = [
    "trgovina",
    "trgovine",
    "trgovini",
    "trgovinu",
    "trgovino",
    "trgovinom",
    "trgovac",
    "trgovca",
    "trgovcima",
    "trgovaca",
    "trgovanje",
]


@pytest.mark.parametrize("word", VICTIM)
def test_every_form_in_both_scripts(word: str) -> None:
    for text in (word, to_cyrillic(word)):
        assert telling_words(f"Ona je {text}, kažu.") == [text]
    assert telling_words(word.replace("ž", "z").replace("Ž", "Z"))


@pytest.mark.parametrize("word", TRADE)
def test_trade_in_people_in_every_form(word: str) -> None:
    for whom in ("ljudima", "ljudskim bićima", "mladim ženama", "decom", "maloletnim licima"):
        for text in (f"{word} {whom}", to_cyrillic(f"{word} {whom}")):
            assert telling_words(f"Zbog: {text}.")
    assert telling_words(f"{word} polovnim automobilima i drugom robom, a zatim dugo ništa o ljudima") == []


@pytest.mark.parametrize(
    "text",
    [
        "victims of human trafficking",
        "a trafficked person",
        "viktimizacija",
        "human trade",
        "sexual exploitation",
        "žr\u00adtve",
        "trgovina\nljudima",
        "vrbovanje radi eksploatacije",
    ],
)
def test_other_ways_of_saying_it(text: str) -> None:
    assert telling_words(text)


@pytest.mark.parametrize(
    "text",
    ["Radi u trgovini.", "Zaposlena je kod trgovca obućom", "people who trust", "Potvrda o pruženoj podršci", "strava"],
)
def test_what_says_nothing(text: str) -> None:
    assert telling_words(text) == []


@pytest.mark.parametrize("kind", letters.kinds())
@pytest.mark.parametrize("script", letters.SCRIPTS)
def test_what_comes_along_is_right_and_says_nothing(kind: str, script: str) -> None:
    one = letters.kinds()[kind]
    template = letter_docx.build_template(one, script)
    letter_docx.check_template(template, one)
    assert set(one.needed) <= set(one.places())
    values = {name: f"[{name}]" for name in one.places()}
    text = letter_docx.text_of(letter_docx.read_blocks(letter_docx.fill(template, values)))
    assert telling_words(text) == []
    assert all(f"[{name}]" in text for name in one.places())
    assert "{{" not in text
    bare = letter_docx.text_of(letter_docx.read_blocks(letter_docx.fill(template, {"body": "<b>&"})))
    assert "<b>&" in bare
    assert "born" not in bare.lower()
    assert "rođenja" not in bare
    if script == letters.CYRILLIC:
        assert one.title[script] in text
        assert not set("šđžćč") & set(text)


def own(*paragraphs: str, head: str = "", cell: str = "") -> bytes:
    paper = docx.Document()
    paper.core_properties.author = "Kabinet 3"
    for text in paragraphs:
        paper.add_paragraph(text)
    if head:
        paper.sections[0].header.paragraphs[0].text = head
    if cell:
        paper.add_table(1, 1).cell(0, 0).text = cell
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def problems(data: bytes, kind: str = "service_certificate") -> list[str]:
    with pytest.raises(Invalid) as refused:
        letter_docx.check_template(data, letters.kinds()[kind])
    return [one.message % one.parts if one.parts else one.message for one in refused.value.problems]


def test_a_wrong_template_is_told_where_and_what_would_be_right() -> None:
    data = own("Naslov", "", "Ime: {{ ime }} {{ body }}", head="{{ logo }}", cell="{% for x in y %}")
    said = problems(data)
    assert any("Paragraph 2 in the text" in one and "“ime”" in one and "person, born" in one for one in said)
    assert any("Paragraph 1 in the head" in one and "“logo”" in one for one in said)
    assert any("Paragraph 3 in the text" in one and "{% for x in y %}" in one for one in said)
    assert any("no place for {{ person }}" in one for one in said)
    assert problems(b"no docx") == [letter_docx.NO_DOCX]
    assert problems(b"x" * (letter_docx.LARGEST + 1)) == [letter_docx.TOO_LARGE]
    assert problems(own("{{ body.__class__ }} {{ person }} {{ body }}"))


def test_an_own_template_is_filled_everywhere_and_tells_nobody_s_name() -> None:
    data = own("{{ person }}: {{ body }}", "Rođena: {{ born }}", head="Broj {{ number }}", cell="{{ address }}")
    letter_docx.check_template(data, letters.kinds()["service_certificate"])
    filled = letter_docx.fill(data, {"person": "Mila & Ana", "body": "red 1\nred 2", "number": "7"})
    assert [block.text for block in letter_docx.read_blocks(filled)] == ["Broj 7", "Mila & Ana: red 1\nred 2"]
    assert docx.Document(BytesIO(filled)).core_properties.author == ""


def test_whoever_wrote_it_is_no_second_person() -> None:
    with pytest.raises(NotAllowedNow):
        letters.check_second_person(1, 1)
    letters.check_second_person(1, 2)


def test_the_steps_of_a_letter() -> None:
    table = letters.LETTER
    assert table.verbs_from(letters.TO_CONFIRM) == ("confirm_letter", "return_letter")
    assert not table.can(letters.TO_CONFIRM, "issue_letter")
    assert not table.can(letters.DRAFT, "issue_letter")
    assert table.verbs_from(letters.ISSUED) == ()
