"""Are other channels offered to the public only when they are proved, under the settings of now?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from astra.hotline.models import ProvedChannel
from astra.kernel.clock import now
from astra.sites.channels.settings import read_settings

pytestmark = [pytest.mark.django_db]
TOLD = """site = "https://primer.example"
[email]
from = "pomoc@primer.example"
[sms]
folder = "/run/gammu"
number = "+38160000999"
"""


@pytest.fixture
def connected() -> Iterator[None]:
    path = Path(settings.ENV.home, "channels.toml")
    path.write_text(TOLD, encoding="utf-8")
    yield
    path.unlink(missing_ok=True)


def page(browser: Client, language: str = "sr") -> str:
    return browser.get(f"/{language}/r/").content.decode()


@pytest.mark.usefixtures("connected")
def test_only_what_came_back_is_offered(browser: Client) -> None:
    assert "pomoc@primer.example" not in page(browser)
    for one in read_settings().channels:
        ProvedChannel.objects.create(channel=one.channel, settings=one.digest, proved_at=now())
    whole = page(browser)
    assert 'href="mailto:pomoc@primer.example"' in whole
    assert 'href="sms:+38160000999"' in whole
    assert "ostavlja manje tragova" in whole
    assert "أثرًا" in page(browser, "ar")


@pytest.mark.usefixtures("connected")
def test_other_settings_have_to_be_proved_anew(browser: Client) -> None:
    for one in read_settings().channels:
        ProvedChannel.objects.create(channel=one.channel, settings=b"of yesterday", proved_at=now())
    assert "pomoc@primer.example" not in page(browser)


def test_without_channels_nothing_is_said_of_them(browser: Client) -> None:
    assert "Drugi načini" not in page(browser)
