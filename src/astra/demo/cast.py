"""Who works at the invented organisation? The same persons in the demo and in every test.

Everybody here is invented. Jelena founds the organisation; the others join and are admitted as real colleagues are.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.accounts import selectors
from astra.accounts.rules.roles import desks_of
from astra.accounts.services import changing, joining, second_factors, setup
from astra.vault.actor import Actor, staff, system
from astra.vault.services.members import OpenedMember

PREPARED_ON = date(2026, 1, 12)


@dataclass(frozen=True)
class Person:
    """Somebody at the invented organisation: how she signs in, her work name, her roles."""

    key: str
    work_name: str
    roles: tuple[str, ...]
    passphrase: str


JELENA = Person("jelena", "Jelena", ("coordinator",), "sova reka lipa zora meda kula")

PERSONS = (
    Person("petar", "Petar", ("administrator",), "duga livada senka more prag vosak"),
    Person("mira", "Mira", ("counsellor",), "breza topola jasen vrba kesten hrast"),
    Person("sanja", "Sanja", ("counsellor",), "jutro podne vecer ponoc svitanje sumrak"),
    Person("vesna", "Vesna", ("case_worker",), "kafa sveska lampa stolica prozor vrata"),
    Person("ana", "Ana", ("data_protection_officer",), "pesak kamen skoljka talas plima obala"),
    Person("lara", "Lara", ("volunteer",), "jabuka kruska sljiva dunja visnja kajsija"),
    Person("dunja", "Dunja", ("psychologist",), "violina klavir flauta bubanj gitara truba"),
    Person("ivana", "Ivana", ("lawyer",), "papir olovka gumica lenjir spajalica koverta"),
    Person("milena", "Milena", ("missing_worker",), "fenjer kompas mapa staza most potok"),
    Person("outsider", "Teodora", ("educator",), "tabla kreda klupa zvono skola odmor"),
    Person("tara", "Tara", ("campaigner",), "plakat boja cetka platno okvir slika"),
    Person("nina", "Nina", ("researcher",), "broj tabela grafik uzorak mera skala"),
)
EVERYBODY = (JELENA, *PERSONS)


@dataclass(frozen=True)
class Employed:
    """A person of the cast as she works here: her account, her member id and her opened key."""

    person: Person
    user_id: UUID
    opened: OpenedMember

    @property
    def id(self) -> UUID:
        """Her member id, under which she acts."""
        return self.opened.member_id

    def actor(self) -> Actor:
        """A fresh visit of hers with open keys."""
        return staff(self.id, desks_of(self.person.roles), self.opened.keyring())


def build() -> tuple[dict[str, Employed], tuple[bytes, ...]]:
    """Found the organisation and admit everybody; returns who works here, and the three paper shares."""
    founded = setup.found_organisation(username=JELENA.key, work_name=JELENA.work_name, passphrase=JELENA.passphrase)
    employed = {JELENA.key: Employed(JELENA, founded.user.id, founded.opened)}
    jelena = employed[JELENA.key].actor()
    for person in PERSONS:
        employed[person.key] = employ(jelena, person)
    petar = employed["petar"].actor()
    changing.change_roles(actor=petar, member_id=employed["jelena"].id, roles=JELENA.roles)
    for one in employed.values():
        second_factors.note_codes(user_id=one.user_id)
    return employed, founded.recovery_shares


def employ(actor: Actor, person: Person) -> Employed:
    """Let one person join and admit her at once."""
    joined = joining.create_colleague(
        actor=system(),
        username=person.key,
        work_name=person.work_name,
        passphrase=person.passphrase,
        roles=person.roles,
    )
    member_id = joined.opened.member_id
    joining.record_preparation(actor=actor, member_id=member_id, trained_on=PREPARED_ON, agreed_on=PREPARED_ON)
    joining.admit(actor=actor, member_id=member_id, roles=person.roles, fingerprint=selectors.fingerprint(member_id))
    return Employed(person, joined.user.id, joined.opened)
