"""Do commands act with somebody's own keys, and does a new organisation have what it needs for the worst day?"""

from unittest import mock

import pytest
from click.testing import CliRunner, Result

from astra.accounts import commands, selectors
from astra.accounts.models import EmergencyReserve
from astra.accounts.services import invitations, officers
from astra.accounts.services.setup import found_organisation
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.vault import selectors as vault
from astra.vault.actor import staff
from astra.vault.models import EmergencyShare
from astra.vault.services.paper import write_paper_share

WORDS = "vreme sat minut dan noc mesec"


@pytest.mark.django_db(databases=["default", "keystore"])
def test_the_first_member_invites_and_admits() -> None:
    founded = found_organisation(username="Vera", work_name="Vera", passphrase=WORDS)
    assert selectors.roles_of(founded.user.id) == {"coordinator", "administrator"}
    actor = staff(founded.user.member_id, selectors.desks_for(founded.user), founded.opened.keyring())
    assert selectors.held_circles(actor) == set(vault.desk_circles())
    assert {"data_protection_officer", "counsellor", "administrator"} <= selectors.givable(actor)
    with pytest.raises(NotAllowedNow):
        found_organisation(username="Nada", work_name="Nada", passphrase=WORDS)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_wrong_name_founds_nothing() -> None:
    with pytest.raises(Invalid):
        found_organisation(username="V", work_name="Vera", passphrase=WORDS)
    assert not vault.desk_circles()


def test_officers_get_shares_once_there_are_two(cast: Cast) -> None:
    shared = officers.share_out(shares=list(cast.recovery_shares[1:]))
    assert set(shared) == {cast.jelena.id, cast.ana.id}
    assert EmergencyShare.objects.count() == 2
    with mock.patch.object(selectors, "officers", return_value=[cast.ana.id]), pytest.raises(NotAllowedNow):
        officers.share_out(shares=list(cast.recovery_shares[:2]))
    EmergencyReserve.objects.all().delete()
    with pytest.raises(NotAllowedNow):
        officers.share_out(shares=list(cast.recovery_shares[:2]))


def _run(*arguments: str, words: str) -> Result:
    return CliRunner().invoke(commands.user, list(arguments), input=words, catch_exceptions=True)


def test_commands_ask_for_the_passphrase(cast: Cast) -> None:
    petar, mira = cast.petar.person.passphrase, cast.mira.person.passphrase
    assert "Mira" in _run("list", words="").output
    assert "/join/" in _run("invite", "educator", "--as", "petar", words=petar).output
    assert _run("invite", "educator", "--as", "petar", words="wrong").exit_code == 1
    assert "/again/" in _run("again", "mira", words=f"sanja\n{cast.sanja.person.passphrase}").output
    assert "Visits ended: 0" in _run("revoke-all", "mira", "--as", "petar", words=petar).output
    assert _run("revoke-all", "--as", "mira", words=mira).exit_code == 1
    assert "next sign-in" in _run("reset-second-factor", "mira", "--as", "petar", words=petar).output
    assert "vouch" not in _run("vouch", "mira", "--as", "sanja", words=f"{cast.sanja.person.passphrase}\nn\n").output
    assert "opened again" in _run("vouch", "mira", "--as", "sanja", words=f"{cast.sanja.person.passphrase}\ny\n").output
    assert "no longer" in _run("leave", "mira", "--as", "petar", words=f"{petar}\ny\n").output
    assert _run("leave", "nobody", "--as", "petar", words=f"{petar}\ny\n").exit_code == 1


def test_admitting_at_the_terminal(cast: Cast) -> None:
    token = _run("invite", "educator", "--as", "petar", words=cast.petar.person.passphrase).output.split("/")[-2]
    words = invitations.words_for(token=token)
    invitations.join(token=token, username="nova", work_name="Nova", typed=words)
    answer = _run("admit", "nova", "--as", "petar", words=f"{cast.petar.person.passphrase}\ny\n")
    assert "works with you now" in answer.output
    assert selectors.member_called("NOVA") is not None


def test_paper_is_asked_again_after_a_slip(cast: Cast) -> None:
    first, second = (write_paper_share(share) for share in cast.recovery_shares[:2])
    answer = _run("share-emergency", words=f"{first[:-4]}\n{first}\n{second}\n")
    assert "not a whole share" in answer.output
    assert "Ana, Jelena" in answer.output
