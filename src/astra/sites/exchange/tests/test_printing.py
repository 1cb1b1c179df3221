"""Do the blank forms hold what the screen asks, tell nothing to whoever passes by, and fit on their pages?"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from pikepdf import Pdf

from astra.cases.forms.opening import OpenForm
from astra.consent.forms.ledger import ConsentForm
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.hotline import services as hotline_services
from astra.hotline.entries import NewContact
from astra.hotline.forms.contact import ContactForm
from astra.hotline.rules.contacts import PAPER, Coded
from astra.kernel.clock import now
from astra.kernel.errors import Invalid
from astra.kernel.languages import LANGUAGES
from astra.people.forms.around import SafetyForm, StayForm
from astra.people.forms.persons import DetailForm, IdentityForm, NameForm, NumberForm
from astra.sites.exchange import printing
from astra.sites.exchange.blank_forms import CASE, CONSENT, CONTACT, KINDS, PERSON, SAFE_CONTACT, sheets
from astra.sites.exchange.neutral import is_neutral
from astra.sites.exchange.paper import Namer, Sheet, fields_of, texts_of
from astra.sites.exchange.tests.test_commands import run

# What the screen asks and paper does not: whoever holds a pen ticks nothing that the program does.
NOT_ON_PAPER = {"is_paper", "caller_file", "about_file", "giver_id", "revision"}
SCREEN: dict[str, Iterable[type[forms.Form]]] = {
    CONTACT: [ContactForm],
    PERSON: [IdentityForm, NameForm, NumberForm, DetailForm],
    CASE: [OpenForm],
    CONSENT: [ConsentForm],
    SAFE_CONTACT: [SafetyForm],
}
PAGES = {CONTACT: 2, PERSON: 1, CASE: 1, CONSENT: 1, SAFE_CONTACT: 1}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_screen_stands_on_paper(kind: str) -> None:
    wanted = {name for form in SCREEN[kind] for name in form.base_fields} - NOT_ON_PAPER
    assert wanted <= set(fields_of(sheets("en")[kind]))
    if kind == SAFE_CONTACT:
        assert set(SafetyForm.worded()) | set(StayForm.base_fields) - {"note"} <= set(fields_of(sheets("en")[kind]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_says_what_the_organisation_works_on(kind: str, language: str) -> None:
    sheet = sheets(language)[kind]
    telling = [text for text in texts_of(sheet) if not is_neutral(text)]
    assert telling == []
    assert is_neutral(printing.render(sheet, language, "Kancelarija"))


def test_every_code_has_a_neutral_name_of_its_own() -> None:
    bare = [text for sheet in sheets("sr-latn").values() for text in texts_of(sheet) if text.rstrip(".").isdecimal()]
    assert bare == [], "write neutral names for these in data/neutral.toml"


def test_a_code_without_a_neutral_name_is_printed_as_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("astra.sites.exchange.paper._neutral_names", dict)
    names = Namer("en")
    printed = [name for some in names.codes("case_kind") for name in some.names]
    assert printed[0] == "1."
    assert "Missing child" in printed
    assert names.codes("contact_topic")[0].title == ""


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("Жртва", False),
        ("Trgovina ljudima", False),
        ("Трговина децом", False),
        ("trafficking", False),
        ("Eksploatacija", False),
        ("Sexual exploitation", False),
        ("Trgovina mešovitom robom", True),
        ("Zapisnik razgovora", True),
        ("Centar za zaštitu", True),
        ("", True),
    ],
)
def test_telling_words_are_found_in_either_script(text: str, neutral: bool) -> None:
    assert is_neutral(text) is neutral


@pytest.mark.parametrize("language", ["sr-latn", "sr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_fits_on_its_pages(tmp_path: Path, kind: str, language: str) -> None:
    assert printing.can_make_pdf(), "Pango is missing: apt install libpango-1.0-0 libpangoft2-1.0-0"
    printed = printing.print_sheet(kind, language, tmp_path)
    with Pdf.open(printed.path) as paper:
        assert len(paper.pages) == PAGES[kind]
    assert is_neutral(printed.path.name)


def test_without_pango_pages_for_a_browser_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "HTML", None)
    answer = run("print", "forms", "--kind", "contact", "--language", "sr", "--out", tmp_path / "forms")
    assert answer.exit_code == 0, answer.output
    assert "Pango is missing here" in answer.output
    page = (tmp_path / "forms" / "form-contact-sr.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="sr">' in page
    assert "Мајка" in page


def test_the_command_makes_every_form(tmp_path: Path) -> None:
    answer = run("print", "forms", "--out", tmp_path, "--name", "Kancelarija")
    assert answer.exit_code == 0, answer.output
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"form-{kind}-sr-latn.pdf" for kind in KINDS)
    assert "PDF pages" in answer.output
    assert "keeps the day and the time" in answer.output


def test_a_telling_name_is_not_printed(tmp_path: Path) -> None:
    answer = run("print", "forms", "--out", tmp_path, "--name", "Pomoć žrtvama")
    assert answer.exit_code == 1
    assert "must not stand on a page" in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_would_tell_is_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "sheets", lambda _language: {CONTACT: Sheet(CONTACT, "Record of a victim", ())})
    with pytest.raises(Invalid, match="must not stand on paper"):
        printing.print_sheet(CONTACT, "en", tmp_path)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_conversation_typed_in_from_paper_keeps_its_time(cast: Cast) -> None:
    spoken_at = now() - timedelta(hours=9)
    for source in ("typed", PAPER):
        coded = Coded(line="own_line", kind="about_self", received_at=spoken_at, source=source)
        contact_id = hotline_services.record_contact(actor=cast.actor("mira"), contact=NewContact(coded))
        line = hotline.contact(cast.actor("mira"), contact_id)
        assert (line.coded.received_at, line.coded.source, line.is_late) == (spoken_at, PAPER, True)
