"""Does whoever listens see what may be heard and asked, in her own script, and is nothing judged by it?"""

import pytest
from django.test import Client
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline.rules import indicators as rules
from astra.hotline.tests.test_conversation_pages import written
from astra.kernel.languages import LANGUAGES
from astra.science.script import is_cyrillic


def test_every_heading_is_there_in_three_scripts_and_short() -> None:
    found = rules.indicators()
    assert len(found) == 11
    for one in found:
        for words in (one.names, one.heard, one.ask):
            assert set(words) == set(LANGUAGES)
            assert is_cyrillic(words["sr"])
            assert max(len(text) for text in words.values()) < 110
        assert all(text.endswith("?") for text in one.ask.values())


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize(
    ("language", "asked"), [("sr-latn", "Dugujete li"), ("sr", "Дугујете ли"), ("en", "Do you owe")]
)
def test_they_stand_beside_the_form_and_the_conversation(cast: Cast, language: str, asked: str) -> None:
    mira, conversation = cast.client("mira"), written("Halo")
    mira.post(reverse("set_language"), {"language": language})
    for address in (reverse("hotline:new"), reverse("hotline:conversation", args=[conversation])):
        page = _page(mira, address)
        assert asked in page
        assert page.count("<dt>") >= 11


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()
