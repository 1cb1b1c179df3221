"""A small founded organisation for the vault's own tests."""

from collections.abc import Callable
from uuid import UUID

import pytest

from astra.vault import selectors
from astra.vault.actor import Actor, staff
from astra.vault.services import circles, ledger, members
from astra.vault.services.founding import Founding, found
from astra.vault.services.members import OpenedMember

PASS = "bada bede bidi bodo budu dada"


class House:
    """The founder and whoever joined; gives out fresh actors, as separate visits would have."""

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.people: dict[str, OpenedMember] = {"founder": founding.member}

    def actor(self, name: str) -> Actor:
        opened = self.people[name]
        return staff(opened.member_id, ["hotline", "cases"], opened.keyring())

    def join(self, name: str, *desks: str) -> Actor:
        opened = members.create_member(actor=self.actor("founder"), passphrase=PASS)
        self.people[name] = opened
        for desk in ("house", *desks):
            self.admit(name, selectors.desk_circle(desk))
        return self.actor(name)

    def admit(self, name: str, circle_id: UUID, by: str = "founder") -> None:
        holder = self.people[name].circle_id
        circles.admit(actor=self.actor(by), circle_id=circle_id, holder_circle_ids=[holder])


@pytest.fixture
def house(db: None, tmp_path: object) -> House:
    ledger.ledger_path().unlink(missing_ok=True)  # of an installation that another test had
    return House(found(passphrase=PASS))


Joiner = Callable[..., Actor]
