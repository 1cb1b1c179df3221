"""How does somebody join, and can anybody let in more than she may?"""

from datetime import date, timedelta

import pytest
from django.test import Client

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, WAITING, Invitation, User
from astra.accounts.services import invitations, joining
from astra.accounts.services.joining import Joined
from astra.accounts.tests.support import later, set_up_app, type_words
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.vault import selectors as vault
from astra.vault.actor import staff, system

WORDS = "vreme sat minut dan noc mesec"


def _newcomer(role: str = "counsellor", name: str = "nova") -> Joined:
    return joining.create_colleague(actor=system(), username=name, work_name="Nova", passphrase=WORDS, roles=[role])


def _prepare(cast: Cast, joined: Joined) -> None:
    day = date(2026, 1, 12)
    joining.record_preparation(
        actor=cast.actor("petar"), member_id=joined.opened.member_id, trained_on=day, agreed_on=day
    )


def _admit(cast: Cast, by: str, joined: Joined, *roles: str) -> None:
    member_id = joined.opened.member_id
    joining.admit(actor=cast.actor(by), member_id=member_id, roles=roles, fingerprint=selectors.fingerprint(member_id))


def test_an_invitation_is_kept_as_its_hash_and_works_once(cast: Cast) -> None:
    link = invitations.invite(actor=cast.actor("petar"), role="counsellor")
    assert link.token.encode() not in bytes(Invitation.objects.get().token_hash)
    words = invitations.words_for(token=link.token)
    assert invitations.words_for(token=link.token) == words
    assert words.encode() not in bytes(Invitation.objects.get().words)
    joined = invitations.join(token=link.token, username="Nova", work_name="Nova", typed=words.upper())
    assert joined.user.state == WAITING
    assert bytes(Invitation.objects.get().words) == b""
    with pytest.raises(NotFound):
        invitations.find(link.token)


def test_invitations_end(cast: Cast) -> None:
    link = invitations.invite(actor=cast.actor("petar"), role="counsellor")
    with later(days=7, seconds=1), pytest.raises(NotFound):
        invitations.find(link.token)
    invitations.withdraw(actor=cast.actor("jelena"), invitation_id=link.invitation_id)
    with pytest.raises(NotFound):
        invitations.find(link.token)
    with pytest.raises(NotFound):
        invitations.withdraw(actor=cast.actor("jelena"), invitation_id=link.invitation_id)
    with pytest.raises(NotFound):
        invitations.find("guess")


@pytest.mark.parametrize("name", ["mira", "lara", "vesna", "outsider", "nina"])
def test_who_keeps_no_accounts_invites_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        invitations.invite(actor=cast.actor(name), role="counsellor")


def test_an_invited_person_opens_nothing_before_she_is_admitted(cast: Cast) -> None:
    joined = _newcomer()
    actor = staff(joined.opened.member_id, selectors.desks_for(joined.user), joined.opened.keyring())
    assert not actor.desks
    assert not actor.keyring.wide_circles()


def test_admission_opens_the_circles_of_the_role(cast: Cast) -> None:
    joined = _newcomer()
    _prepare(cast, joined)
    _admit(cast, "jelena", joined, "counsellor")
    user = User.objects.get(pk=joined.user.pk)
    assert user.state == ACTIVE
    actor = staff(user.member_id, selectors.desks_for(user), joined.opened.keyring())
    assert selectors.held_circles(actor) == {"house", "hotline", "index", "safety"}
    for circle in selectors.held_circles(actor):
        actor.keyring.newest(vault.desk_circle(circle))


@pytest.mark.parametrize("role", ["counsellor", "volunteer"])
def test_training_and_agreement_come_first(cast: Cast, role: str) -> None:
    joined = _newcomer(role)
    with pytest.raises(NotAllowedNow):
        _admit(cast, "jelena", joined, role)
    joining.record_preparation(
        actor=cast.actor("petar"), member_id=joined.opened.member_id, trained_on=today(), agreed_on=None
    )
    with pytest.raises(NotAllowedNow):
        _admit(cast, "jelena", joined, role)
    with pytest.raises(Invalid):
        joining.record_preparation(
            actor=cast.actor("petar"),
            member_id=joined.opened.member_id,
            trained_on=today() + timedelta(days=1),
            agreed_on=None,
        )
    with pytest.raises(Denied):
        joining.record_preparation(
            actor=cast.actor("mira"), member_id=joined.opened.member_id, trained_on=None, agreed_on=None
        )
    with pytest.raises(NotFound):
        joining.record_preparation(actor=cast.actor("petar"), member_id=joined.user.pk, trained_on=None, agreed_on=None)


@pytest.mark.parametrize(
    ("by", "role"),
    [
        ("petar", "counsellor"),
        ("petar", "coordinator"),
        ("petar", "data_protection_officer"),
        ("jelena", "administrator"),
        ("jelena", "data_protection_officer"),
        ("mira", "counsellor"),
        ("mira", "volunteer"),
        ("ana", "coordinator"),
        ("ana", "educator"),
        ("outsider", "educator"),
    ],
)
def test_nobody_gives_what_is_not_hers_to_give(cast: Cast, by: str, role: str) -> None:
    joined = _newcomer(role)
    _prepare(cast, joined)
    with pytest.raises(Denied):
        _admit(cast, by, joined, role)
    assert User.objects.get(pk=joined.user.pk).state == WAITING


def test_nobody_admits_herself(cast: Cast) -> None:
    joined = _newcomer()
    actor = staff(joined.opened.member_id, {"coordination"}, joined.opened.keyring())
    with pytest.raises(Denied):
        joining.admit(
            actor=actor,
            member_id=joined.opened.member_id,
            roles=["counsellor"],
            fingerprint=selectors.fingerprint(joined.opened.member_id),
        )


def test_another_key_than_the_one_compared_is_not_admitted(cast: Cast) -> None:
    joined, other = _newcomer("educator"), _newcomer("educator", "druga")
    with pytest.raises(Conflict):
        joining.admit(
            actor=cast.actor("petar"),
            member_id=joined.opened.member_id,
            roles=["educator"],
            fingerprint=selectors.fingerprint(other.opened.member_id),
        )


def test_what_both_see_is_the_same_fingerprint(cast: Cast) -> None:
    assert selectors.own_fingerprint(cast.actor("mira")) == selectors.fingerprint(cast.mira.id)
    assert selectors.own_fingerprint(system()) == ""


def test_admitted_once(cast: Cast) -> None:
    joined = _newcomer("educator")
    _admit(cast, "petar", joined, "educator")
    with pytest.raises(NotAllowedNow):
        _admit(cast, "petar", joined, "educator")
    with pytest.raises(NotFound):
        joining.admit(actor=cast.actor("petar"), member_id=joined.user.pk, roles=["educator"], fingerprint="")


def test_names_are_taken_once(cast: Cast) -> None:
    with pytest.raises(Invalid):
        _newcomer(name="МИРА")


def test_joining_in_the_browser(cast: Cast) -> None:
    link = invitations.invite(actor=cast.actor("jelena"), role="educator")
    address = f"/join/{link.token}/"
    client = Client()
    words = client.get(address).context["words"]
    names = {"username": "Nova", "work_name": "Nova"}
    taken = client.post(address, {**names, "username": "mira"})
    assert taken.context["form"].errors["username"]
    second = client.post(address, names)
    assert words not in second.content.decode()
    wrong = client.post(address, {**names, "words": "some other words"})
    assert wrong.context["form"].errors["words"]
    assert client.post(address, {**names, "words": words}).headers["Location"] == "/sign-in/"
    assert client.get(address).status_code == 404
    type_words(client, "nova", words)
    set_up_app(client)
    client.post("/second-factor/codes/noted/")
    assert client.get("/").headers["Location"].startswith("/waiting/")
    member_id = User.objects.get(username="nova").member_id
    assert client.get("/waiting/").context["fingerprint"] == selectors.fingerprint(member_id)
    petar = cast.client("petar")
    page = petar.get(f"/colleagues/{member_id}/admit/")
    form = {"fingerprint": page.context["fingerprint"], "roles": ["educator"]}
    assert petar.post(f"/colleagues/{member_id}/admit/", form).context["form"].errors["is_compared"]
    petar.post(f"/colleagues/{member_id}/admit/", {**form, "is_compared": "on"})
    assert client.get("/waiting/").headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_links_of_one_kind_do_not_open_the_other(cast: Cast) -> None:
    join = invitations.invite(actor=cast.actor("jelena"), role="educator")
    again = invitations.invite_again(actor=cast.actor("jelena"), member_id=cast.mira.id)
    assert Client().get(f"/again/{join.token}/").status_code == 404
    assert Client().get(f"/join/{again.token}/").status_code == 404
    with pytest.raises(NotFound):
        invitations.begin_again(token=join.token, typed="")
    with pytest.raises(NotFound):
        invitations.join(token=again.token, username="x", work_name="x", typed="")
