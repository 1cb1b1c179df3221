"""Does every page of the room open for whom it is, and only for her? And does each say so?"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from astra.accounts.access import COLLEAGUE, DESK, ENTERING, PUBLIC, SIGNED_IN, access_of, desk, public
from astra.accounts.services import invitations
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.ids import new_id

KEEPERS = {"jelena", "petar"}
OFFICER = {"ana"}
EVERYBODY = {"mira", "vesna", "lara", "outsider"} | KEEPERS | OFFICER
PAGES: list[tuple[str, set[str]]] = [
    ("/my/", EVERYBODY),
    ("/my/words/", EVERYBODY),
    ("/my/second-factor/", EVERYBODY),
    ("/my/passkeys/", EVERYBODY),
    ("/second-factor/passkeys/add/", EVERYBODY),
    ("/second-factor/app/", EVERYBODY),
    ("/colleagues/", EVERYBODY),
    ("/colleagues/{vesna}/", EVERYBODY),
    ("/colleagues/invite/", KEEPERS | OFFICER),
    ("/colleagues/sign-everybody-out/", KEEPERS),
    ("/colleagues/{vesna}/preparation/", KEEPERS),
    ("/colleagues/{vesna}/admit/", KEEPERS | OFFICER),
    ("/colleagues/{vesna}/roles/", KEEPERS | OFFICER),
    ("/colleagues/{vesna}/leave/", KEEPERS | OFFICER),
    ("/colleagues/{vesna}/second-factor/", KEEPERS),
]


@pytest.mark.parametrize(("path", "allowed"), PAGES)
def test_who_opens_what(cast: Cast, path: str, allowed: set[str]) -> None:
    address = path.format(vesna=cast.vesna.id)
    for name in sorted(EVERYBODY):
        status = cast.client(name).get(address).status_code
        assert status == (200 if name in allowed else 403), (name, path)
    assert Client().get(address).headers["Location"].startswith("/sign-in/")


def test_helping_back_is_for_those_who_may(cast: Cast) -> None:
    for path in ("help-back", "vouch"):
        address = f"/colleagues/{cast.mira.id}/{path}/"
        for name in ("sanja", "jelena", "petar"):
            assert cast.client(name).get(address).status_code == 200, name
        for name in ("vesna", "ana", "outsider"):
            assert cast.client(name).get(address).status_code == 404, name
    answer = cast.client("sanja").post(f"/colleagues/{cast.mira.id}/help-back/")
    assert "/again/" in answer.context["address"]


def test_absent_and_not_yours_look_the_same(cast: Cast) -> None:
    client = cast.client("vesna")
    not_hers = client.get(f"/colleagues/{cast.mira.id}/vouch/")
    absent = client.get(f"/colleagues/{new_id()}/vouch/")
    assert not_hers.status_code == absent.status_code == 404
    assert _without_tokens(not_hers.content) == _without_tokens(absent.content)


def _without_tokens(page: bytes) -> list[str]:
    return [line for line in page.decode().splitlines() if "csrf" not in line]


def _views(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern


def test_every_page_of_the_room_says_whom_it_is_for() -> None:
    views = list(_views(get_resolver("astra.accounts.urls").url_patterns))
    assert len(views) > 30
    for pattern in views:
        access = access_of(pattern.callback)
        assert access is not None, pattern
        assert access[0] in {PUBLIC, ENTERING, SIGNED_IN, COLLEAGUE, DESK}


def test_what_is_not_mounted() -> None:
    names = {pattern.name for pattern in _views(get_resolver().url_patterns)}
    for closed in ("account_signup", "account_reset_password", "account_email", "mfa_login_webauthn"):
        assert closed not in names


def test_doors_are_named_rightly() -> None:
    with pytest.raises(ValueError, match="no such desk"):
        desk("kitchen")
    with pytest.raises(ValueError, match="no such desk"):
        desk()
    assert access_of(_bare) is None
    assert access_of(public(_bare)) == (PUBLIC, frozenset())


def _bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _post(cast: Cast, name: str, path: str, data: dict[str, str | list[str]] | None = None) -> int:
    return cast.client(name).post(path, data or {}).status_code


def test_the_deeds_of_the_pages(cast: Cast) -> None:
    at = f"/colleagues/{cast.vesna.id}"
    dates: dict[str, str | list[str]] = {"trained_on": "2026-01-01", "agreed_on": "2099-01-01"}
    assert _post(cast, "jelena", f"{at}/preparation/", dates) == 200
    assert _post(cast, "jelena", f"{at}/preparation/", {"trained_on": "2026-01-01"}) == 302
    assert _post(cast, "jelena", f"{at}/roles/", {"roles": ["counsellor"]}) == 200
    assert _post(cast, "jelena", f"{at}/roles/", {"roles": ["lawyer"]}) == 302
    assert _post(cast, "petar", f"{at}/roles/", {"roles": ["queen"]}) == 200
    assert _post(cast, "petar", f"{at}/sign-out/") == 302
    assert _post(cast, "petar", f"{at}/second-factor/") == 302
    assert _post(cast, "jelena", f"{at}/leave/") == 302
    assert _post(cast, "jelena", f"{at}/leave/") == 409
    assert _post(cast, "ana", f"/colleagues/{cast.jelena.id}/leave/") == 403
    assert _post(cast, "petar", "/colleagues/sign-everybody-out/") == 302


def test_inviting_and_taking_back(cast: Cast) -> None:
    jelena = cast.client("jelena")
    assert jelena.post("/colleagues/invite/", {"role": "administrator"}).context["form"].errors
    assert "/join/" in jelena.post("/colleagues/invite/", {"role": "counsellor"}).context["address"]
    (row,) = jelena.get("/colleagues/").context["invitations"]
    assert jelena.post(f"/colleagues/invitations/{row.id}/withdraw/").status_code == 302
    assert jelena.post(f"/colleagues/invitations/{row.id}/withdraw/").status_code == 404


def test_vouching_in_the_browser(cast: Cast) -> None:
    link = invitations.invite_again(actor=cast.actor("sanja"), member_id=cast.mira.id)
    invitations.begin_again(token=link.token, typed=invitations.words_for(token=link.token))
    address = f"/colleagues/{cast.mira.id}/vouch/"
    sanja = cast.client("sanja")
    fingerprint = sanja.get(address).context["fingerprint"]
    assert sanja.post(address, {"fingerprint": fingerprint}).context["form"].errors["is_compared"]
    assert sanja.post(address, {"fingerprint": "other", "is_compared": "on"}).context["form"].errors
    assert sanja.post(address, {"fingerprint": fingerprint, "is_compared": "on"}).status_code == 302


def test_new_words_in_the_browser(cast: Cast) -> None:
    client = cast.client("mira")
    words = client.get("/my/words/").context["words"]
    assert client.get("/my/words/").context["words"] == words
    assert words not in str(dict(client.session))
    present = cast.mira.person.passphrase
    assert client.post("/my/words/", {"words": words, "passphrase": "wrong"}).context["form"].errors
    assert client.post("/my/words/", {"words": words, "passphrase": present}).status_code == 302


def test_scripts_are_told_instead_of_led_away(cast: Cast) -> None:
    answer = Client().get("/my/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.json()["state"] == "signed_out"
    denied = cast.client("mira").get("/colleagues/invite/", headers={"Accept": "application/json"})
    assert denied.status_code == 403
    assert denied.json()["messages"]


def test_refusals_are_on_the_log(cast: Cast) -> None:
    from_before = _denials()
    cast.client("mira").get("/colleagues/invite/")
    assert _denials() == [*from_before, (cast.mira.id, "accounts:invite")]


def _denials() -> list[tuple[UUID | None, str]]:
    return list(Pending.objects.filter(verb="desk.denied").values_list("actor_id", "reason"))
