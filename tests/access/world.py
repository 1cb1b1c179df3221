"""What is there to be asked for? One organisation with records that some may open, others may not, and some erased.

Everything is built once a module, through the rooms' own services, and every request is undone after its answer. Which
records somebody may know of is asked of the vault, so that the tests find by themselves what is hers and what is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from astra.accounts.rules.roles import ROLES
from astra.demo.pytest_cast import Cast
from astra.vault import selectors as vault
from astra.vault.actor import Actor

BY_ROLE = {
    "volunteer": "lara",
    "counsellor": "mira",
    "case_worker": "vesna",
    "psychologist": "dunja",
    "lawyer": "ivana",
    "missing_worker": "milena",
    "coordinator": "jelena",
    "educator": "outsider",
    "campaigner": "tara",
    "researcher": "nina",
    "data_protection_officer": "ana",
    "administrator": "petar",
}
FILE_WORKERS = ("mira", "vesna", "dunja", "ivana", "milena", "jelena")
HOUSE_KNOWS = frozenset(
    {
        *("member_id", "invitation_id", "organisation_id", "request_id", "checked_id", "finding_id"),
        *("shift_id", "swap_id", "shift_handover_id", "meeting_id", "judgment_id"),
        *("house_id", "bed_id"),
        *("ending_id", "disposal_id", "alarm_id"),
    }
)
"""Parameters that hide nothing: every colleague may know her colleagues, the directory, and who works when."""
SAME_KIND = {"other_id": "case_id"}
PLANTED = {"name": "Zvezdana", "family": "Tajnović", "phone": "+381645550123", "mail": "zvezdana@primer.example"}


@dataclass
class World:
    """The organisation, and its records by the parameter that names them."""

    cast: Cast
    records: dict[str, list[UUID]] = field(default_factory=dict)
    owner: dict[UUID, UUID] = field(default_factory=dict)
    """Of a part (a note, a task), the record whose reach decides."""
    booked: UUID | None = None
    """The interpreter whose hours are booked for cases."""
    _reached: dict[UUID | None, set[UUID]] = field(default_factory=dict)
    _gone: set[UUID] = field(default_factory=set)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def put(self, parameter: str, record_id: UUID, owner: UUID | None = None) -> UUID:
        """Remember a record."""
        self.records.setdefault(parameter, []).append(record_id)
        self.owner[record_id] = owner or record_id
        return record_id

    def hers(self, parameter: str, actor: Actor) -> list[UUID]:
        """The records of a kind that somebody may know of."""
        return [one for one in self._all(parameter) if parameter in HOUSE_KNOWS or self._is_hers(one, actor)]

    def not_hers(self, parameter: str, actor: Actor) -> list[UUID]:
        """The records of a kind that are alive and not hers to know of."""
        gone = self._erased()
        return [one for one in self._all(parameter) if not self._is_hers(one, actor) and self.owner[one] not in gone]

    def erased(self, parameter: str) -> list[UUID]:
        """The erased records of a kind."""
        gone = self._erased()
        return [one for one in self._all(parameter) if self.owner[one] in gone]

    def typed_names(self, record_ids: list[UUID]) -> list[str]:
        """What people type for these records: numbers of cases, code names of people."""
        cases_found = apps.get_model("cases.Case").objects.filter(pk__in=record_ids)
        people_found = apps.get_model("people.Person").objects.filter(pk__in=record_ids)
        return [case.number for case in cases_found] + [person.code_name for person in people_found]

    def _all(self, parameter: str) -> list[UUID]:
        return self.records[SAME_KIND.get(parameter, parameter)]

    def _is_hers(self, record_id: UUID, actor: Actor) -> bool:
        if actor.id not in self._reached:
            self._reached[actor.id] = vault.reachable_among(actor, set(self.owner.values()))
        return self.owner[record_id] in self._reached[actor.id]

    def _erased(self) -> set[UUID]:
        if not self._gone:
            gone = apps.get_model("vault.Record").objects.filter(pk__in=self.owner.values()).exclude(erased_at=None)
            self._gone = set(gone.values_list("pk", flat=True))
        return self._gone

    def actor(self, name: str) -> Actor:
        """Somebody with open keys, the same for the whole module."""
        if name not in self._actors:
            self._actors[name] = self.cast.actor(name)
        return self._actors[name]

    def browser(self, role: str) -> Client:
        """Somebody of this role, signed in."""
        client = self.cast.client(BY_ROLE[role])
        client.raise_request_exception = False
        return client

    def wall_off(self, made: dict[str, UUID]) -> None:
        """A conflict of interest with everybody: nobody may know of these records."""
        wall = apps.get_model("vault.Wall")
        members = [one.id for one in self.cast.employed.values()]
        records = apps.get_model("vault.Record").objects.filter(id__in=made.values()).values_list("id", flat=True)
        wall.objects.bulk_create(wall(record_id=record, member_id=member) for record in records for member in members)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back, in both databases."""
    with transaction.atomic(), transaction.atomic(using="keystore"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keystore")


def ask(
    client: Client, method: str, address: str, data: dict[str, Any] | None = None, *, follow: bool = False
) -> HttpResponse:
    """Send one request and undo what it did, in the databases and in the browser."""
    cookies = deepcopy(client.cookies)
    with undone():
        if method == "POST":
            answer = client.post(address, data or {}, follow=follow)
        elif method == "GET":
            answer = client.get(address, data or {})
        else:
            answer = client.generic(method, address)
    client.cookies = cookies
    return answer  # type: ignore[return-value]  # the test client's own kind of answer


assert set(BY_ROLE) == set(ROLES)
