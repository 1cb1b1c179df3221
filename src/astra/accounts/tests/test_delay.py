"""Are guesses slowed down per account, for names that exist and names that do not alike?"""

from unittest import mock

import pytest
from django.test import Client

from astra.accounts.models import Tries
from astra.accounts.services import signing
from astra.accounts.services.signing import TooSoon, open_with_passphrase
from astra.accounts.tests.support import later, type_words
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.vault.services import members

MIRA = "breza topola jasen vrba kesten hrast"


def test_the_right_words_open_the_key(cast: Cast) -> None:
    found = open_with_passphrase(username="Мира", passphrase="  БРЕЗА topola jasen vrba kesten hrast")
    assert found is not None
    assert found.opened.secret == cast.mira.opened.secret


@pytest.mark.parametrize("name", ["mira", "nobody.at.all"])
def test_wrong_words_wait_longer_and_longer(cast: Cast, name: str) -> None:
    for _ in range(3):
        assert open_with_passphrase(username=name, passphrase="wrong") is None
    with pytest.raises(TooSoon) as first:
        open_with_passphrase(username=name, passphrase=MIRA)
    assert first.value.parts == {"seconds": 2}
    with later(seconds=3):
        assert open_with_passphrase(username=name, passphrase="wrong") is None
    with later(seconds=4), pytest.raises(TooSoon):
        open_with_passphrase(username=name, passphrase="wrong")


def test_nobody_is_kept_out_for_more_than_a_minute(cast: Cast) -> None:
    for _ in range(3):
        open_with_passphrase(username="mira", passphrase="wrong")
    Tries.objects.update(failures=10_000)
    with later(seconds=61):
        assert open_with_passphrase(username="mira", passphrase=MIRA) is not None
    assert not Tries.objects.exists()


def test_the_same_work_for_a_name_that_nobody_has(cast: Cast) -> None:
    with mock.patch.object(members, "passphrase_key", wraps=members.passphrase_key) as derived:
        signing.open_with_passphrase(username="mira", passphrase="wrong")
        signing.open_with_passphrase(username="nobody", passphrase="wrong")
    (known, unknown) = derived.call_args_list
    assert known.args[2] == unknown.args[2]


def test_the_same_page_for_a_name_that_nobody_has(cast: Cast) -> None:
    def page(name: str) -> str:
        text = type_words(Client(), name, "wrong words here").content.decode()
        return text.replace(name, "NAME")

    def without_token(text: str) -> str:
        return "\n".join(line for line in text.splitlines() if "csrf" not in line)

    assert without_token(page("mira")) == without_token(page("nobody"))


def test_typed_names_are_not_kept(cast: Cast) -> None:
    open_with_passphrase(username=MIRA, passphrase="mira")
    row = Tries.objects.get()
    assert "breza" not in row.name


def test_refusals_of_real_accounts_are_on_the_log(cast: Cast) -> None:
    open_with_passphrase(username="mira", passphrase="wrong")
    entry = Pending.objects.filter(verb="accounts.passphrase_refused").get()
    assert entry.actor_id == cast.mira.id


def test_the_page_says_how_long_to_wait(cast: Cast) -> None:
    client = Client()
    for _ in range(3):
        type_words(client, "mira", "wrong")
    answer = type_words(client, "mira", MIRA)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
