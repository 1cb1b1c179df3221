"""Does every page speak the language that its address names, and English where it lacks words?"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from astra.hotline.rules import conversations
from astra.science.script.also_spoken import AWAITED
from astra.science.script.catalogue import Catalogues
from astra.science.script.gettext_files import read
from astra.sites.public.languages import SPOKEN, Spoken
from astra.sites.public.selfcheck import GROUPS, WHO, new_sheet
from astra.sites.public.site_map import FULLY_SPOKEN, ONLY_SOME_LANGUAGES

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]

PROJECT = settings.LOCALE_PATHS[0].parent
CATALOGUES = Catalogues(PROJECT)
ALSO = [spoken for spoken in SPOKEN if spoken.path not in FULLY_SPOKEN]
RIGHT_TO_LEFT = [spoken for spoken in SPOKEN if spoken.direction == "rtl"]
NAMES = {spoken.name for spoken in SPOKEN}
WORDS = ("title", "aria-label", "data-one", "data-two", "data-late")


class Seen(HTMLParser):
    """Collects what a page says: its text, and the words in its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.add(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words |= {value for name, value in attrs if value and name.startswith((*WORDS, "data-say", "data-event"))}


def sentences(code: str) -> dict[str, str]:
    """Every sentence of the public pages as one catalogue says it, plain ones only."""
    known = {message.id for message in read(CATALOGUES.path("ar"), "ar") if isinstance(message.id, str)}
    locale = translation.to_locale(code)
    found: list[Message] = [one for one in read(CATALOGUES.path(locale), locale) if one.id in known and one.id]
    return {str(message.id): str(message.string) for message in found}


def pages(browser: Client, spoken: Spoken) -> Iterator[str]:
    """Every page that is shown in all languages, as far as a visitor gets."""
    at = f"/{spoken.path}"
    for address in ("/", "/a/", "/b/", "/i/", "/r/", "/zz/", "/r/m/"):
        yield browser.get(at + address).content.decode()
    yield browser.post(f"{at}/", headers={"Sec-Fetch-Site": "cross-site"}).content.decode()
    for who, _ in WHO:
        for ticked in ([], [question.code for group in GROUPS for question in group.questions]):
            sheet = new_sheet()
            sent = {"sheet": sheet.name, "who": sheet.sign(who), "is": [sheet.sign(code) for code in ticked]}
            yield browser.post(f"{at}/a/", sent).content.decode()
    yield browser.post(f"{at}/a/", {"sheet": "0.0"}).content.decode()
    yield browser.post(f"{at}/b/", {"code": "1234"}).content.decode()
    yield browser.post(f"{at}/b/", {"code": "4242" * 4}).content.decode()
    yield browser.post(f"{at}/r/a/", follow=True).content.decode()
    yield browser.post(f"{at}/r/s/", {"text": " "}).content.decode()
    yield browser.post(f"{at}/r/s/", {"text": "192", "mark": str(uuid4())}, follow=True).content.decode()
    yield browser.get(f"{at}/r/m/").content.decode()


@pytest.mark.parametrize("spoken", ALSO, ids=lambda spoken: spoken.path)
def test_a_page_says_nothing_in_serbian_and_nothing_in_english(browser: Client, spoken: Spoken) -> None:
    hers, serbian = sentences(spoken.code), sentences("sr-latn")
    foreign = ({*serbian.values()} | {*serbian}) - {*hers.values()} - NAMES
    shown: set[str] = set()
    for page in pages(browser, spoken):
        said = Seen(page).words
        assert said & foreign == set(), page[-3000:]
        shown |= said & {*hers.values()}
    assert len(shown) > 150


def test_a_serbian_page_would_be_found(browser: Client) -> None:
    serbian = {*sentences("sr-latn").values()}
    assert len({word for page in pages(browser, SPOKEN[0]) for word in Seen(page).words & serbian}) > 150


@pytest.mark.parametrize("spoken", ALSO, ids=lambda spoken: spoken.path)
def test_pages_that_no_address_leads_to_speak_it_too(door: None, spoken: Spoken) -> None:
    hers = sentences(spoken.code)
    frame = {"spoken": spoken, "said": spoken, "languages": SPOKEN, "here": "public:home"}
    with translation.override(spoken.code):
        broken = Seen(render_to_string("public/broken.html", frame)).words
        busy = Seen(render_to_string("public/talk_busy.html", {**frame, "typed": "192"})).words
        waits = [
            Seen(render_to_string("public/talk_wait.html", {**frame, "left": left})).words for left in range(1, 31)
        ]
        error = gettext(conversations.TOO_LONG)
    assert hers["Something went wrong here"] in broken
    assert hers["Send"] in busy
    assert error == hers[conversations.TOO_LONG]
    # The shortest waits are said in words where a language has a form for them.
    said = [" ".join(wait) for wait in waits]
    assert all(str(left) in words for left, words in enumerate(said, 1) if left > 2)
    assert not any("Very many" in words or "Stranica" in words for words in said)


@pytest.mark.parametrize("spoken", ALSO, ids=lambda spoken: spoken.path)
def test_what_is_missing_is_said_in_english(door: None, spoken: Spoken) -> None:
    only_serbian = "In which country and town?"
    with translation.override("sr-latn"):
        assert gettext(only_serbian) != only_serbian
    with translation.override(spoken.code):
        assert gettext(only_serbian) == only_serbian


@pytest.mark.parametrize(("door", "language"), [("desk", "sr-latn"), ("public", "en")])
def test_a_process_of_each_door_knows_what_to_say_where_words_are_missing(door: str, language: str) -> None:
    asked = "import pytest, astra.config.settings as settings; print(settings.LANGUAGE_CODE)"
    told = subprocess.run(  # the door is chosen once, when a process begins
        [sys.executable, "-c", asked],
        env={**os.environ, "ASTRA_DOOR": door},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == language


@pytest.mark.parametrize("spoken", ALSO, ids=lambda spoken: spoken.path)
def test_a_catalogue_is_whole_and_says_who_has_read_it(spoken: Spoken) -> None:
    path = CATALOGUES.path(spoken.code)
    messages = [message for message in read(path, spoken.code) if message.id]
    assert len(messages) > 200
    assert all(all(one.string) if isinstance(one.string, tuple) else one.string for one in messages)
    assert {comment for one in messages for comment in one.user_comments} <= {AWAITED}
    assert "review" in path.read_text("utf-8").partition("msgid")[0]


def test_the_list_of_the_catalogues_is_the_list_of_the_pages() -> None:
    assert {tongue.locale for tongue in CATALOGUES.also.tongues} == {spoken.code for spoken in ALSO}
    left_out = {name for name in CATALOGUES.also.not_said if name.endswith(".html")}
    letters = {name.rpartition("/")[2].removesuffix(".html") for name in left_out} - {"fields", "problems"}
    assert {f"public:{name}" for name in letters} == ONLY_SOME_LANGUAGES
    assert all((PROJECT / "src" / name).exists() for name in CATALOGUES.also.not_said)


@pytest.mark.parametrize("spoken", RIGHT_TO_LEFT, ids=lambda spoken: spoken.path)
def test_numbers_are_written_from_left_to_right(browser: Client, spoken: Spoken) -> None:
    numbers = 0
    for page in pages(browser, spoken):
        for inside in re.findall(r'<a [^>]*href="tel:\+?\d+"[^>]*>(.*?)</a>', page, re.DOTALL):
            assert re.search(r'<(\w+) dir="ltr">[+\d ]+</\1>|<bdi>\d+</bdi>|^\d+$', inside)
            numbers += 1
        for code in re.findall(r'<(?:p class="talk__number"|input class="talk__typed")[^>]*>', page):
            assert 'dir="ltr"' in code
            numbers += 1
    assert numbers > 20


@pytest.mark.parametrize("spoken", RIGHT_TO_LEFT, ids=lambda spoken: spoken.path)
def test_a_number_in_a_sentence_has_no_gap_that_would_turn_it_round(spoken: Spoken) -> None:
    # Between two groups of digits a space takes the direction of the text: 116 000 would be read as 000 116.
    assert [said for said in sentences(spoken.code).values() if re.search(r"\d[\s-]+\d", said)] == []


def test_groups_of_arabic_digits_keep_their_places_while_they_are_typed() -> None:
    sheet = (settings.STATICFILES_DIRS[0] / "public.css").read_text("utf-8")
    assert re.search(r"\.talk__typed\{[^}]*unicode-bidi:bidi-override", sheet)
