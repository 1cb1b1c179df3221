"""How do the tests of this room make people, contacts and files? One function for each thing that a test needs."""

from datetime import timedelta
from uuid import UUID

from astra.cases import services
from astra.hotline import services as hotline
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import Coded
from astra.hotline.sections import Words
from astra.kernel.clock import now
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, SafeRule, Safety
from astra.vault.actor import Actor


def make_person(actor: Actor, name: str = "Milica Perić") -> UUID:
    """Somebody with a name and one rule of safe contact."""
    return people.register_person(
        actor=actor,
        identity=Identity(names=(Name(text=name),)),
        safety=Safety(rules=(SafeRule("do_not_call"),)),
    )


def make_contact(actor: Actor, said: str = "Zove zbog ćerke", *, hours_ago: int = 2) -> UUID:
    """A call about somebody, some hours ago."""
    coded = Coded(line="sos_trafficking", kind="about_someone", received_at=now() - timedelta(hours=hours_ago))
    return hotline.record_contact(actor=actor, contact=NewContact(coded=coded, words=Words(said=said)))


def make_case(actor: Actor, person_id: UUID | None = None, title: str = "Pomoć oko posla", **more: object) -> UUID:
    """A file on the ground of consent, with one client."""
    people_in = [(person_id or make_person(actor), "client")]
    given: dict[str, object] = {"ground": "consent", "title": title, "people": people_in, "lead": actor.id} | more
    return services.open_case(actor=actor, **given)  # type: ignore[arg-type]  # a test may change any part
