"""Does any sentence of the part call an offer safe? Every one is read, in every language in which it is said."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from astra import vocabulary
from astra.hotline.rules import offer_answers
from astra.hotline.rules import offers as rules
from astra.science.script.gettext_files import read

PROJECT = Path(__file__).parents[4]
SOURCE = PROJECT / "src" / "astra"
HOTLINE = SOURCE / "hotline"
PART = [
    *(
        path
        for folder in ("forms", "views", "rules", "services", "selectors")
        for path in (HOTLINE / folder).glob("*.py")
    ),
    *(HOTLINE / "templates" / "hotline").glob("*.html"),
    SOURCE / "sites" / "public" / "templates" / "public" / "offer.html",
]
NAMED = re.compile(r"offer|register|checked|employers")
LISTS = (
    "offer_red_flag",
    "offer_term",
    "offer_channel",
    "offer_paper",
    "offer_lookup",
    "offer_verdict",
    "checked_kind",
)
PROMISES = re.compile(
    r"\bsafe(?!-contact)|\bsecure\b|\bharmless|\btrustworthy|\breliable|without risk|no risk"
    r"|bezbed|\bsigur(an|n)|pouzdan|proveren[aoi]? i dobr|bez rizika|безбед|\bсигур(ан|н)|поуздан|без ризика"
    r"|безопас|над[её]жн|безпе[чк]|надійн|biztonság|megbízható|\bi sigur|\be sigur|\bsigurt|besueshëm"
    r"|\b(?:ال)?آمن|موثوق|\bامن|مطمئن",
    re.IGNORECASE,
)
DENIALS = (
    "Nobody can promise that an offer is safe.",
    "it never says that an offer is without risk",
    "How to call back safely",
)
"""Sentences that use such a word to deny it, or about calling back; by a piece of the English."""
TRANSLATED = re.compile(r"""{%\s*translate\s+"([^"]+)"|_\("([^"]+)"\)""")
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", re.DOTALL)
MARKS = {"msg", "_", "gettext", "ngettext", "gettext_lazy"}


def sentences() -> set[str]:
    """Every English sentence that the part can show."""
    found: set[str] = set()
    for path in PART:
        if NAMED.search(path.name):
            found |= set(_in_python(path) if path.suffix == ".py" else _in_template(path))
    return found


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _in_template(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    yield from ("".join(found) for found in TRANSLATED.findall(text))
    yield from BLOCK.findall(text)


def test_no_sentence_of_the_part_promises_anything_in_any_language() -> None:
    english = sentences()
    assert len(english) > 150
    found = []
    for locale in (PROJECT / "locale").glob("*/LC_MESSAGES/django.po"):
        for message in read(locale, locale.parts[-3]):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            if not english.intersection(ids) or any(piece in ids[0] for piece in DENIALS):
                continue
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            found += [(locale.parts[-3], one) for one in (*ids, *said) if PROMISES.search(one)]
    assert found == []


def test_no_answer_and_no_code_promises_anything() -> None:
    found = [
        (language, text)
        for language in offer_answers.written_in()
        for part in offer_answers.texts(language).values()
        for text in part.values()
        if PROMISES.search(text)
    ]
    found += [
        (language, known.label(code, language))
        for known in map(vocabulary.codes, LISTS)
        for code in known.codes
        for language in ("sr-latn", "sr", "en")
        if PROMISES.search(known.label(code, language))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["This offer is safe.", "Ponuda je bezbedna.", "Posao je siguran.", "Предложение безопасно", "العرض آمن"]
)
def test_the_search_itself_finds(text: str) -> None:
    assert PROMISES.search(text)


@pytest.mark.parametrize("language", offer_answers.written_in())
def test_every_language_says_the_same(language: str) -> None:
    said, model = offer_answers.texts(language), offer_answers.texts("en")
    assert {part: set(some) for part, some in said.items()} == {part: set(some) for part, some in model.items()}
    assert set(said["flags"]) == set(vocabulary.codes(rules.FLAG).codes)
    assert set(said["lookups"]) == set(vocabulary.codes(rules.LOOKUP).codes)
    assert "%(day)s" in said["parts"]["day"]
    assert all(text.strip() == text and text for some in said.values() for text in some.values())


@pytest.mark.parametrize("language", offer_answers.written_in())
@pytest.mark.parametrize("verdict", [rules.WARNINGS, rules.NONE_SO_FAR])
def test_an_answer_says_what_was_not_looked_up(language: str, verdict: str) -> None:
    made = offer_answers.answer(
        language,
        verdict=verdict,
        on=date(2026, 11, 22),
        flags=("hurry", "debt"),
        looked_up=[offer_answers.Look("website", date(2026, 11, 20))],
        not_looked_up=("contract_read",),
    )
    said = offer_answers.texts(language)
    assert made.flags == (said["flags"]["debt"], said["flags"]["hurry"])  # the grave one first
    for piece in ("22.11.2026.", "20.11.2026.", said["lookups"]["contract_read"], said["parts"][verdict]):
        assert piece in made.text


def test_there_is_no_third_verdict() -> None:
    with pytest.raises(ValueError, match="safe"):
        offer_answers.answer("en", verdict="safe", on=date(2026, 11, 22))
    assert vocabulary.codes(rules.VERDICT).codes == (rules.WARNINGS, rules.NONE_SO_FAR)


def test_without_a_look_it_says_so() -> None:
    made = offer_answers.answer("en", verdict=rules.WARNINGS, on=date(2026, 11, 22), flags=["debt"])
    assert offer_answers.texts("en")["parts"]["nothing_looked_up"] in made.text
