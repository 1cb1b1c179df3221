"""Do providers that call a web address get in only when they sign, and is what they bring stored before they hear so?

The bodies have the shapes that the providers document; people, numbers and names in them are invented.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from astra.demo.pytest_cast import Cast
from astra.hotline.models import Conversation, Receipt, Talk
from astra.hotline.tests.corresponding import texts
from astra.hotline.tests.test_hearing import rows_that_hold
from astra.sites.channels import hooks
from astra.vault.services.secret_files import secret_path

pytestmark = [
    pytest.mark.django_db(databases=["default", "keystore"]),
    pytest.mark.usefixtures("cast", "connected"),
    pytest.mark.urls("astra.sites.public.urls"),
]
SECRET, TOKEN, WORDS = "tajna-za-probu", "rec-za-proveru", "Treba mi pomoć"
VIBER = {
    "event": "message",
    "timestamp": 1795378500000,
    "message_token": 4912661846655238145,
    "sender": {"id": "01234567890A=", "name": "Izmišljena", "language": "sr", "country": "RS", "api_version": 1},
    "message": {"type": "text", "text": WORDS},
}
WHATSAPP = {
    "object": "whatsapp_business_account",
    "entry": [
        {
            "id": "102290129340398",
            "changes": [
                {
                    "field": "messages",
                    "value": {
                        "messaging_product": "whatsapp",
                        "metadata": {"display_phone_number": "381600000999", "phone_number_id": "1"},
                        "contacts": [{"profile": {"name": "Izmišljena"}, "wa_id": "381600000111"}],
                        "messages": [
                            {
                                "from": "381600000111",
                                "id": "wamid.HBgLMQ==",
                                "timestamp": "1795378500",
                                "type": "text",
                                "text": {"body": WORDS},
                            }
                        ],
                    },
                }
            ],
        }
    ],
}
TELEGRAM = {
    "update_id": 10000,
    "message": {
        "message_id": 1365,
        "from": {"id": 1111111, "is_bot": False, "first_name": "Izmišljena", "language_code": "sr"},
        "chat": {"id": 1111111, "first_name": "Izmišljena", "type": "private"},
        "date": 1795378500,
        "text": WORDS,
    },
}


def messaging(what: str) -> dict[str, Any]:
    """Messenger and Instagram say it in the same shape."""
    message = {"mid": "m_abc", "text": WORDS}
    one = {"sender": {"id": "123"}, "recipient": {"id": "456"}, "timestamp": 1795378500000, "message": message}
    return {"object": what, "entry": [{"id": "456", "time": 1795378500000, "messaging": [one]}]}


SHAPES = {
    "viber": VIBER,
    "whatsapp": WHATSAPP,
    "telegram": TELEGRAM,
    "messenger": messaging("page"),
    "instagram": messaging("instagram"),
}
QUIET = {
    "viber": {"event": "delivered", "timestamp": 1, "message_token": 2, "user_id": "3"},
    "whatsapp": {"entry": [{"changes": [{"value": {"statuses": [{"id": "wamid", "status": "read"}]}}]}]},
    "telegram": {"update_id": 1, "edited_message": {}},
    "messenger": {"entry": [{"messaging": [{"sender": {"id": "1"}, "timestamp": 1, "read": {"watermark": 1}}]}]},
    "instagram": {"entry": [{"messaging": [{"sender": {"id": "1"}, "message": {"mid": "x", "is_echo": True}}]}]},
}


@pytest.fixture
def connected() -> Iterator[None]:
    """The settings name every channel, and each has its secret."""
    told = ['site = "https://primer.example"', *(f"[{channel}]" for channel in SHAPES)]
    Path(settings.ENV.home, "channels.toml").write_text("\n".join(told), encoding="utf-8")
    for channel in SHAPES:
        secret_path(f"channel-{channel}").parent.mkdir(parents=True, exist_ok=True)
        secret_path(f"channel-{channel}").write_text(SECRET, encoding="utf-8")
        secret_path(f"channel-{channel}-verify").write_text(TOKEN, encoding="utf-8")
    yield
    Path(settings.ENV.home, "channels.toml").unlink(missing_ok=True)


@pytest.fixture(params=list(SHAPES))
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def signed(channel: str, body: bytes, secret: str = SECRET) -> dict[str, str]:
    """What the provider puts into its header."""
    mac = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    said = {"viber": mac, "telegram": secret}.get(channel, f"sha256={mac}")
    return {hooks.HOOKS[channel].header: said}


def call(channel: str, told: object, secret: str = SECRET, **headers: str) -> int:
    """The provider calls; returns the status."""
    body = json.dumps(told).encode()
    given = headers or signed(channel, body, secret)
    answer = Client().post(f"/k/{channel}/", body, content_type="application/json", headers=given)
    assert not answer.content
    return answer.status_code


def test_a_message_is_stored_once_however_often_it_is_brought(cast: Cast, channel: str) -> None:
    assert [call(channel, SHAPES[channel]) for _ in range(3)] == [200, 200, 200]
    assert Talk.objects.count() == Receipt.objects.count() == 1
    row = Conversation.objects.get()
    assert row.channel == channel
    assert texts(cast, row.pk) == [WORDS]
    assert rows_that_hold(WORDS) == rows_that_hold("381600000111") == rows_that_hold("01234567890A") == []


@pytest.mark.parametrize("secret", ["druga", ""])
def test_what_is_not_signed_rightly_is_nobodys(channel: str, secret: str) -> None:
    assert call(channel, SHAPES[channel], secret) == 401
    assert call(channel, SHAPES[channel], X="1") == 401
    assert Receipt.objects.count() == 0


def test_what_is_no_message_is_acknowledged_and_forgotten(channel: str) -> None:
    assert call(channel, QUIET[channel]) == 200
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("told", [[], 7, "x", None, {"event": "message"}, {"entry": [{"changes": 1}]}, {"message": 1}])
def test_what_has_another_shape_is_refused_quietly(channel: str, told: object) -> None:
    assert call(channel, told) in (200, 400)
    assert Receipt.objects.count() == 0


def test_a_body_without_end_is_not_read(channel: str) -> None:
    assert call(channel, {"x": "y" * (hooks.LONGEST_BODY + 1)}) == 413


def test_it_is_not_acknowledged_unless_it_is_stored(channel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(**_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("astra.hotline.services.receive", cut)
        with pytest.raises(KeyboardInterrupt):
            call(channel, SHAPES[channel])
    assert call(channel, SHAPES[channel]) == 200
    assert Receipt.objects.count() == 1


def test_a_door_that_nobody_opened_is_not_there(channel: str) -> None:
    assert Client().post("/k/email/", b"{}", content_type="application/json").status_code == 404
    assert Client().post("/k/nothing/", b"{}", content_type="application/json").status_code == 404
    Path(settings.ENV.home, "channels.toml").unlink()
    assert call(channel, SHAPES[channel]) == 404


def test_without_its_secret_it_takes_nothing(channel: str) -> None:
    secret_path(f"channel-{channel}").unlink()
    assert call(channel, SHAPES[channel]) == 503


@pytest.mark.parametrize("meta", ["whatsapp", "messenger", "instagram"])
def test_meta_hears_its_own_word_for_our_token_only(meta: str) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": TOKEN}
    answer = Client().get(f"/k/{meta}/", asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert Client().get(f"/k/{meta}/", asked | {"hub.verify_token": "x"}).status_code == 403
    assert Client().get(f"/k/{meta}/", asked | {"hub.challenge": "<script>"}).status_code == 403


def test_what_is_written_in_a_group_is_not_taken() -> None:
    told = json.loads(json.dumps(TELEGRAM))
    told["message"]["chat"]["type"] = "group"
    assert call("telegram", told) == 200
    assert Receipt.objects.count() == 0


def test_a_picture_is_a_message_without_words(cast: Cast) -> None:
    told = json.loads(json.dumps(WHATSAPP))
    one = told["entry"][0]["changes"][0]["value"]["messages"][0]
    del one["text"]
    one |= {"type": "image", "image": {"id": "1", "mime_type": "image/jpeg"}}
    assert call("whatsapp", told) == 200
    assert texts(cast, Conversation.objects.get().pk) == ["empty"]
