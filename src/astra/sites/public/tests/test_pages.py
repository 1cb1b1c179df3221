"""Do the public pages open without a cookie, in every language, and say nothing in the browser's history?"""

import re

import pytest
from django.test import Client

from astra.sites.public.languages import SPOKEN, Spoken, preferred

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]


@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda spoken: spoken.path)
def test_a_page_speaks_its_language_and_sets_no_cookie(browser: Client, spoken: Spoken) -> None:
    answer = browser.get(f"/{spoken.path}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{spoken.tag}" dir="{spoken.direction}"' in text
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


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
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_titles_say_nothing(browser: Client) -> None:
    titles = {re.search(r"<title>(.*?)</title>", browser.get(f"/{one.path}/").content.decode()) for one in SPOKEN}
    assert all(found and "traffick" not in found.group(1).lower() for found in titles)


def test_forms_from_elsewhere_are_refused(browser: Client) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/sr/", headers=headers).status_code == 403
