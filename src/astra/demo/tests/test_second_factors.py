"""Can everybody at the demo sign in with her words and the code on the page, and is nobody invented elsewhere?"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from astra.demo import second_factors
from astra.demo.cast import EVERYBODY
from astra.demo.commands import REAL_PLACE, demo
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import NotAllowedNow

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def at_demo() -> Iterator[None]:
    """A demo installation: the code stands on the page."""
    engine: dict[str, Any] = deepcopy(settings.TEMPLATES[0])  # Any: what Django takes as the engine's options
    engine["OPTIONS"]["context_processors"].append("astra.demo.second_factors.hint")
    with override_settings(INSTALLATION_KIND="demo", TEMPLATES=[engine]):
        yield


@pytest.mark.usefixtures("at_demo")
def test_words_and_the_code_on_the_page_open_the_desk(cast: Cast) -> None:
    second_factors.set_up(cast.employed)
    second_factors.set_up(cast.employed)  # a second time changes nothing
    client = Client()
    asked = client.post(
        reverse("account_login"), {"login": "mira", "password": cast.mira.person.passphrase}, follow=True
    )
    code = asked.context["demo_code"]
    assert code in asked.content.decode()
    home = client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)
    assert home.context["work_name"] == "Mira"
    assert home.status_code == 200


def test_no_code_stands_on_the_page_of_a_real_place(cast: Cast) -> None:
    second_factors.set_up(["mira"])
    client = Client()
    asked = client.post(
        reverse("account_login"), {"login": "mira", "password": cast.mira.person.passphrase}, follow=True
    )
    assert "demo_code" not in asked.context
    assert second_factors.present_code("mira").digits not in asked.content.decode()


def test_codes_are_those_of_an_authenticator_app() -> None:
    first, second = (second_factors.present_code("mira", at) for at in (1_000_000.0, 1_000_029.0))
    assert second_factors.present_code("mira", 1_000_020.0).seconds_left == 30 - 1_000_020 % 30
    assert len(first.digits) == 6
    assert first.digits == second_factors.present_code("mira", 1_000_001.0).digits
    assert second.seconds_left == 30 - 1_000_029 % 30
    assert second_factors.secret_of("mira") != second_factors.secret_of("ana")


@pytest.mark.usefixtures("at_demo")
def test_codes_are_printed(cast: Cast) -> None:
    printed = CliRunner().invoke(demo, ["codes"]).output
    assert all(person.passphrase in printed for person in EVERYBODY)
    assert second_factors.present_code("ana").digits in printed


def test_nobody_is_invented_among_real_people(cast: Cast) -> None:
    for command in (["codes"], ["fill"]):
        refused = CliRunner().invoke(demo, command)
        assert isinstance(refused.exception, NotAllowedNow)
        assert str(refused.exception) == REAL_PLACE
