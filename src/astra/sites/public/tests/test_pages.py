"""Do the public pages open without a cookie, in every language, and say nothing in the browser's history?"""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from astra.sites.public.context import Number
from astra.sites.public.languages import SPOKEN, Spoken, preferred
from astra.sites.public.site_map import ENTRIES, Entry

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]

LETTERS = ("", "a/", "b/", "c/", "d/", "e/", "f/", "g/", "h/", "i/", "r/")
"""Every page that somebody reads before she writes."""
PUBLIC = Path(__file__).parents[1]
SHEET = Path(settings.STATICFILES_DIRS[0]) / "public.css"
TELLING = ("traffick", "trgovin", "трговин", "astra", "help", "pomoć", "victim", "žrtv", "offer", "missing", "report")


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda spoken: spoken.path)
def test_a_page_speaks_its_language_and_sets_no_cookie(browser: Client, spoken: Spoken, letter: str) -> None:
    answer = browser.get(f"/{spoken.path}/{letter}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{spoken.tag}" dir="{spoken.direction}"' in text
    assert text.count("<h1") == 1
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("letter", LETTERS)
def test_a_page_asks_nobody_else_and_leads_nowhere_else(browser: Client, letter: str) -> None:
    text = read(browser, f"/en/{letter}")
    addresses = re.findall(r'(?:href|src|action|poster|srcset)="([^"]*)"', text)
    assert len(addresses) > 20
    abroad = [one for one in addresses if urlsplit(one).scheme not in ("", "tel") or urlsplit(one).netloc]
    assert abroad == []
    assert re.findall(r'https?://[^"]*', text) == [settings.ENV.exit_to]


@pytest.mark.parametrize("letter", LETTERS)
def test_no_title_and_no_address_says_what_it_is_about(browser: Client, letter: str) -> None:
    for path in ("sr", "sc", "en"):
        text = read(browser, f"/{path}/{letter}")
        titles = re.findall(r"<title>(.*?)</title>", text)
        assert titles == [{"sr": "Informacije", "sc": "Информације", "en": "Information"}[path]]
        ours = [one.lower() for one in re.findall(r'(?:href|src|action)="(/[^"]*)"', text)]
        assert [one for one in ours if any(word in one for word in TELLING)] == []
        places = set(re.findall(r'href="#([^"]*)"', text))
        assert {one for one in places if len(one) > 1} <= {"main", "pages"}


@pytest.mark.parametrize("letter", LETTERS)
def test_the_way_out_comes_right_after_the_skip_link(browser: Client, letter: str) -> None:
    text = read(browser, f"/sr/{letter}")
    links = re.findall(r"<a [^>]*>", text[text.index("<body") :])
    assert 'href="#main"' in links[0]
    assert 'href="/sr/x/"' in links[1]


@pytest.mark.parametrize("letter", LETTERS)
def test_other_languages_are_links_to_the_same_page(browser: Client, letter: str) -> None:
    text = read(browser, f"/hu/{letter}")
    for spoken in SPOKEN:
        assert f'<a href="/{spoken.path}/{letter}" lang="{spoken.tag}"' in text


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.view)
def test_every_page_is_found_from_every_page(browser: Client, entry: Entry) -> None:
    text = read(browser, "/en/e/")
    assert f">{entry.label}</a>" in text


def test_pages_that_are_not_translated_are_english_and_say_so(browser: Client) -> None:
    text = read(browser, "/ar/f/")
    assert '<html lang="ar" dir="rtl">' in text
    assert '<main id="main" tabindex="-1" lang="en" dir="ltr"><' in text.replace("\n", "").replace(">  <", "><")
    assert "Rights of those who were exploited" in text
    assert '<main id="main" tabindex="-1" lang="ar" dir="rtl">' in read(browser, "/ar/")


def test_numbers_that_help_can_be_dialled_from_every_page(browser: Client) -> None:
    text = read(browser, "/sr/h/")
    for number in ("192", "194", "116000", "+381117850000"):
        assert f'href="tel:{number}"' in text
    assert Number("+381117850000").shown == "+381 11 785 0000"
    assert Number("116000").shown == "116 000"


def test_the_front_page_leads_to_the_language_of_the_browser(browser: Client) -> None:
    answer = browser.get("/", headers={"Accept-Language": "hu;q=0.8, ar, en;q=0.5"})
    assert answer.headers["Location"] == "/ar/"
    assert preferred("").path == "sr"
    assert preferred("sr-Cyrl-RS").path == "sc"
    assert preferred("ro").path == "sr"  # Romanian is not Romani
    assert preferred("rom").path == "ro"
    assert preferred("de, bs;q=x").path == "sr"


def test_leaving_takes_everything_along(browser: Client) -> None:
    answer = browser.get("/sr/x/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == settings.ENV.exit_to
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_a_script_leaves_without_being_led_anywhere(browser: Client) -> None:
    answer = browser.post("/sr/x/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'


def test_an_address_that_leads_nowhere_keeps_the_frame_and_the_language(browser: Client) -> None:
    answer = browser.get("/en/zz/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "There is no such page" in text
    assert 'href="/en/x/"' in text
    assert "First page" in text
    assert 'aria-current="page"' not in text
    assert browser.get("/favicon.ico").status_code == 404


def test_forms_from_elsewhere_are_refused(browser: Client) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/sr/", headers=headers).status_code == 403


def test_the_sheet_is_small_and_has_no_left_and_right() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    assert len(sheet) < 12_000
    sided = r"(?:margin|padding|border)-(?:left|right)\b|[;{](?:left|right|float):|text-align:(?:left|right)"
    # `auto` on both sides centres a column in either direction; old phones know only this way to write it.
    assert set(re.findall(sided, sheet)) <= {"margin-left", "margin-right"}
    assert set(re.findall(r"margin-(?:left|right):([^;}]*)", sheet)) == {"auto"}


def test_every_source_is_named_on_a_page_and_every_name_is_a_source() -> None:
    sources = tomllib.loads((PUBLIC / "sources.toml").read_text(encoding="utf-8"))
    pages = [path.read_text(encoding="utf-8") for path in (PUBLIC / "templates" / "public").glob("*.html")]
    named = {
        name for text in pages for names in re.findall(r"\{# source: (.*?) #\}", text) for name in names.split(", ")
    }
    assert named == set(sources)
    assert {one["checked"] for one in sources.values()} <= {"text", "report", "memory"}
    assert all(one["source"] and one["what"] for one in sources.values())
