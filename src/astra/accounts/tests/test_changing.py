"""Do changed roles, forgotten words and leaving count at once, in rows, circles and visits?"""

from collections.abc import Collection

import pytest
from django.test import Client

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, AGAIN, LEFT, User
from astra.accounts.services import changing, invitations, own, second_factors
from astra.accounts.services.signing import open_with_passphrase
from astra.accounts.tests.support import set_up_app, type_words
from astra.demo.cast import Employed
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.vault import selectors as vault
from astra.vault.actor import staff
from astra.vault.keyring import NotHeld

MIRA = "breza topola jasen vrba kesten hrast"


def _change(cast: Cast, by: str, whom: str, *roles: str) -> None:
    changing.change_roles(actor=cast.actor(by), member_id=cast.employed[whom].id, roles=roles)


def _circles(one: Employed) -> Collection[str]:
    return selectors.held_circles(staff(one.id, (), one.opened.keyring()))


def test_a_new_role_opens_and_an_old_one_closes(cast: Cast) -> None:
    _change(cast, "jelena", "sanja", "case_worker", "educator")
    assert selectors.roles_of(cast.sanja.user_id) == {"case_worker", "educator"}
    assert _circles(cast.sanja) == {"house", "index", "safety"}
    assert "hotline" not in selectors.desks_for(User.objects.get(pk=cast.sanja.user_id))
    hotline = vault.desk_circle("hotline")
    number, _ = cast.actor("mira").keyring.newest(hotline)
    _change(cast, "jelena", "sanja", "counsellor")
    assert _circles(cast.sanja) == {"house", "hotline", "index", "safety"}
    assert cast.actor("sanja").keyring.newest(hotline)[0] == number


def test_an_administrator_takes_but_does_not_give_case_roles(cast: Cast) -> None:
    with pytest.raises(Denied):
        _change(cast, "petar", "sanja", "counsellor", "coordinator")
    _change(cast, "petar", "sanja", "educator")
    assert _circles(cast.sanja) == {"house"}


@pytest.mark.parametrize(
    ("by", "whom", "roles"),
    [
        ("jelena", "jelena", ("coordinator", "counsellor")),
        ("petar", "petar", ("administrator", "educator")),
        ("mira", "lara", ("counsellor",)),
        ("jelena", "mira", ("counsellor", "administrator")),
        ("jelena", "mira", ("data_protection_officer",)),
        ("petar", "ana", ("educator",)),
        ("jelena", "ana", ("educator",)),
        ("jelena", "petar", ("educator",)),
        ("ana", "mira", ("counsellor", "coordinator")),
    ],
)
def test_escalation_is_refused(cast: Cast, by: str, whom: str, roles: tuple[str, ...]) -> None:
    before = selectors.roles_of(cast.employed[whom].user_id)
    with pytest.raises(Denied):
        _change(cast, by, whom, *roles)
    assert selectors.roles_of(cast.employed[whom].user_id) == before


def test_roles_that_exclude_each_other(cast: Cast) -> None:
    with pytest.raises(Invalid):
        _change(cast, "jelena", "mira", "coordinator", "data_protection_officer")


def test_the_last_coordinator_stays(cast: Cast) -> None:
    with pytest.raises(NotAllowedNow):
        _change(cast, "petar", "jelena", "educator")
    with pytest.raises(NotAllowedNow):
        changing.leave(actor=cast.actor("petar"), member_id=cast.jelena.id)
    _change(cast, "jelena", "mira", "coordinator")
    changing.leave(actor=cast.actor("petar"), member_id=cast.jelena.id)


def test_a_role_without_preparation_waits(cast: Cast) -> None:
    User.objects.filter(pk=cast.vesna.user_id).update(trained_on=None)
    with pytest.raises(NotAllowedNow):
        _change(cast, "jelena", "vesna", "case_worker", "counsellor")


def test_a_leaver_keeps_nothing(cast: Cast) -> None:
    client = cast.client("mira")
    hotline = vault.desk_circle("hotline")
    before, _ = cast.actor("sanja").keyring.newest(hotline)
    changing.leave(actor=cast.actor("jelena"), member_id=cast.mira.id)
    assert client.get("/my/").headers["Location"].startswith("/sign-in/")
    assert open_with_passphrase(username="mira", passphrase=MIRA) is None
    with pytest.raises(NotHeld):
        cast.actor("mira").keyring.newest(hotline)
    assert cast.actor("sanja").keyring.newest(hotline)[0] == before + 1
    gone = selectors.colleague(cast.mira.id)
    assert gone is not None
    assert gone.state == LEFT
    assert not gone.roles
    assert selectors.work_name(cast.mira.id) == "Mira"
    assert cast.mira.id not in {one.member_id for one in selectors.colleagues()}
    assert cast.mira.id in {one.member_id for one in selectors.colleagues(with_departed=True)}
    with pytest.raises(NotAllowedNow):
        changing.leave(actor=cast.actor("jelena"), member_id=cast.mira.id)


def test_a_circle_that_the_administrator_cannot_renew_is_renewed_at_the_next_sign_in(cast: Cast) -> None:
    second_factors.reset(actor=cast.actor("jelena"), member_id=cast.sanja.id)
    hotline = vault.desk_circle("hotline")
    before, _ = cast.actor("sanja").keyring.newest(hotline)
    changing.leave(actor=cast.actor("petar"), member_id=cast.mira.id)
    assert cast.actor("sanja").keyring.newest(hotline)[0] == before
    client = Client()
    type_words(client, "sanja", cast.sanja.person.passphrase)
    set_up_app(client)
    assert cast.actor("sanja").keyring.newest(hotline)[0] == before + 1


@pytest.mark.parametrize("by", ["mira", "ana", "outsider"])
def test_who_may_not_end_somebodys_work(cast: Cast, by: str) -> None:
    with pytest.raises(Denied):
        changing.leave(actor=cast.actor(by), member_id=cast.vesna.id)


def test_forgotten_words(cast: Cast) -> None:
    client = cast.client("mira")
    link = invitations.invite_again(actor=cast.actor("sanja"), member_id=cast.mira.id)
    browser = Client()
    words = browser.get(f"/again/{link.token}/").context["words"]
    assert browser.post(f"/again/{link.token}/", {"words": "wrong"}).context["form"].errors
    assert browser.post(f"/again/{link.token}/", {"words": words}).headers["Location"] == "/sign-in/"
    assert client.get("/my/").headers["Location"].startswith("/sign-in/")
    assert open_with_passphrase(username="mira", passphrase=MIRA) is None
    found = open_with_passphrase(username="mira", passphrase=words)
    assert found is not None
    assert found.user.state == AGAIN
    assert not selectors.desks_for(found.user)
    hotline = vault.desk_circle("hotline")
    with pytest.raises(NotHeld):
        found.opened.keyring().newest(hotline)
    fingerprint = selectors.fingerprint(cast.mira.id)
    with pytest.raises(Conflict):
        changing.vouch(actor=cast.actor("sanja"), member_id=cast.mira.id, fingerprint="other words")
    assert changing.vouch(actor=cast.actor("sanja"), member_id=cast.mira.id, fingerprint=fingerprint) == 2
    found.opened.keyring().newest(hotline)
    assert User.objects.get(pk=cast.mira.user_id).state == ACTIVE


def test_vouching_opens_only_what_both_share(cast: Cast) -> None:
    link = invitations.invite_again(actor=cast.actor("petar"), member_id=cast.mira.id)
    words = invitations.words_for(token=link.token)
    invitations.begin_again(token=link.token, typed=words)
    fingerprint = selectors.fingerprint(cast.mira.id)
    assert changing.vouch(actor=cast.actor("petar"), member_id=cast.mira.id, fingerprint=fingerprint) == 1
    found = open_with_passphrase(username="mira", passphrase=words)
    assert found is not None
    found.opened.keyring().newest(vault.desk_circle("house"))
    with pytest.raises(NotHeld):
        found.opened.keyring().newest(vault.desk_circle("hotline"))


def test_who_helps_whom(cast: Cast) -> None:
    for name in ("vesna", "outsider", "ana", "lara"):
        with pytest.raises(Denied):
            invitations.invite_again(actor=cast.actor(name), member_id=cast.mira.id)
    with pytest.raises(Denied):
        invitations.invite_again(actor=cast.actor("mira"), member_id=cast.mira.id)
    with pytest.raises(NotFound):
        invitations.invite_again(actor=cast.actor("jelena"), member_id=cast.mira.user_id)
    changing.leave(actor=cast.actor("jelena"), member_id=cast.sanja.id)
    with pytest.raises(NotAllowedNow):
        invitations.invite_again(actor=cast.actor("jelena"), member_id=cast.sanja.id)


def test_a_newer_link_replaces_the_older(cast: Cast) -> None:
    first = invitations.invite_again(actor=cast.actor("sanja"), member_id=cast.mira.id)
    invitations.invite_again(actor=cast.actor("sanja"), member_id=cast.mira.id)
    with pytest.raises(NotFound):
        invitations.find(first.token)


def test_new_words_of_ones_own(cast: Cast) -> None:
    actor = cast.actor("mira")
    user = User.objects.get(pk=cast.mira.user_id)
    fresh = own.new_words(actor=actor, kept="")
    assert own.new_words(actor=actor, kept=fresh.kept) == fresh
    assert own.new_words(actor=cast.actor("sanja"), kept=fresh.kept) != fresh
    with pytest.raises(Invalid):
        own.change_words(user=user, actor=actor, present=MIRA, fresh=fresh.words, typed="others")
    with pytest.raises(Invalid):
        own.change_words(user=user, actor=actor, present="wrong", fresh=fresh.words, typed=fresh.words)
    own.change_words(user=user, actor=actor, present=MIRA, fresh=fresh.words, typed=fresh.words)
    assert open_with_passphrase(username="mira", passphrase=fresh.words) is not None


def test_second_factors_are_reset_by_somebody_else(cast: Cast) -> None:
    with pytest.raises(Denied):
        second_factors.reset(actor=cast.actor("jelena"), member_id=cast.jelena.id)
    with pytest.raises(Denied):
        second_factors.reset(actor=cast.actor("mira"), member_id=cast.sanja.id)
    with pytest.raises(NotFound):
        second_factors.reset(actor=cast.actor("petar"), member_id=cast.mira.user_id)
