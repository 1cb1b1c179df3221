"""Is an account ever left without a second factor, and is nothing opened before it is set up?"""

from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from astra.accounts.adapters import SecondFactorAdapter
from astra.accounts.models import User, Visit
from astra.accounts.services import visits
from astra.accounts.tests.support import code_of, later, set_up_app, type_words
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.vault.services import circles
from astra.vault.services.keys import SwappedKey

MIRA = "breza topola jasen vrba kesten hrast"


def _passkey(cast: Cast) -> Authenticator:
    data = {"name": "office", "credential": {}}
    made: Authenticator = Authenticator.objects.create(
        user_id=cast.mira.user_id, type=Authenticator.Type.WEBAUTHN, data=data
    )
    return made


def test_the_last_second_factor_stays(cast: Cast) -> None:
    client = cast.client("mira")
    passkey = _passkey(cast)
    client.post(f"/my/passkeys/{passkey.pk}/remove/")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    set_up_app(client)
    client.post(f"/my/passkeys/{passkey.pk}/remove/")
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
    client.post("/my/second-factor/app/remove/")
    assert Authenticator.objects.filter(user=cast.mira.user_id, type=Authenticator.Type.TOTP).exists()


def test_somebody_elses_passkey_is_not_there(cast: Cast) -> None:
    passkey = _passkey(cast)
    for path in ("", "remove/"):
        assert cast.client("sanja").get(f"/my/passkeys/{passkey.pk}/{path}").status_code == 404


def test_changing_it_later_asks_for_it_again(cast: Cast) -> None:
    client = cast.client("mira")
    secret = set_up_app(client)
    with later(minutes=6):
        answer = client.get("/second-factor/passkeys/add/")
        assert answer.headers["Location"].startswith("/second-factor/again/")
        assert client.get(answer.headers["Location"]).status_code == 200
        client.post(answer.headers["Location"], {"code": code_of(secret, steps=1)})
        assert client.get("/second-factor/passkeys/add/").status_code == 200


def test_secrets_of_codes_are_sealed(cast: Cast) -> None:
    secret = set_up_app(cast.client("mira"))
    rows = list(Authenticator.objects.filter(user=cast.mira.user_id))
    assert len(rows) == 2
    assert all(secret not in str(row.data) for row in rows)
    adapter = SecondFactorAdapter()
    assert adapter.decrypt(adapter.encrypt("šifra")) == "šifra"


def test_codes_cannot_be_noted_before_they_exist(cast: Cast) -> None:
    User.objects.filter(pk=cast.mira.user_id).update(codes_noted_at=None)
    client = Client()
    type_words(client, "mira", MIRA)
    assert client.post("/second-factor/codes/noted/").headers["Location"] == "/second-factor/choose/"
    assert User.objects.get(pk=cast.mira.user_id).codes_noted_at is None
    set_up_app(client)
    assert client.get("/second-factor/choose/").headers["Location"] == "/second-factor/codes/"
    client.post("/second-factor/codes/noted/")
    assert client.get("/second-factor/choose/").headers["Location"] == "/"


def test_who_has_an_app_and_no_codes_is_offered_to_make_them(cast: Cast) -> None:
    client = cast.client("mira")
    set_up_app(client)
    user = User.objects.get(pk=cast.mira.user_id)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    offered = client.get("/second-factor/codes/")
    assert offered.status_code == 200
    assert "unused_codes" not in offered.context
    made = client.post("/second-factor/codes/", follow=True)
    assert len(made.context["unused_codes"]) == 10
    assert made.context["can_view_codes"]
    before = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).pk
    client.post("/second-factor/codes/")
    assert Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).pk == before
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/second-factor/codes/").headers["Location"] == "/second-factor/choose/"


@pytest.mark.parametrize(("language", "told"), [("en", "do not go together"), ("sr-latn", "se ne slažu")])
def test_wrong_words_and_codes_are_told_in_our_own_words(cast: Cast, language: str, told: str) -> None:
    client = Client()
    client.cookies["language"] = language
    page = type_words(client, "mira", "duga duga duga duga duga duga").content.decode()
    assert told in page
    assert "username" not in page.partition("govuk-error-message")[2][:200]


def test_guesses_of_codes_are_slowed_down(cast: Cast) -> None:
    secret = set_up_app(cast.client("mira"))
    client = Client()
    type_words(client, "mira", MIRA)
    for _ in range(5):
        client.post("/second-factor/", {"code": "000000"})
    assert client.post("/second-factor/", {"code": code_of(secret, steps=1)}).status_code == 200
    assert Visit.objects.count() == 1


def test_a_swapped_key_is_told_and_logged(cast: Cast) -> None:
    user = User.objects.get(pk=cast.mira.user_id)
    with mock.patch.object(circles, "renew_stale", side_effect=SwappedKey):
        assert not visits.renew_stale(user=user, opened=cast.mira.opened)
    assert Pending.objects.filter(verb="accounts.renewal_refused", actor_id=cast.mira.id).exists()


def test_the_waiting_key_is_thrown_away_by_cancelling(cast: Cast) -> None:
    set_up_app(cast.client("mira"))
    client = Client()
    type_words(client, "mira", MIRA)
    assert "waiting" in client.session
    client.post("/sign-out/")
    assert "waiting" not in client.session
    assert client.get("/second-factor/").headers["Location"] == "/sign-in/"
