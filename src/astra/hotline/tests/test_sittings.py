"""What becomes of a sitting once it is logged: whose is it, who could answer, and what is not logged yet?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Talk
from astra.hotline.rules.contacts import CALLER, Link
from astra.kernel.clock import now
from astra.people import services as people
from astra.vault.services.erasure import erase_owner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
Make = Callable[..., NewContact]


def written(*texts: str) -> UUID:
    """A conversation in which a visitor wrote these."""
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr-latn")
    for text in texts:
        services.write(visiting=visiting, text=text, mark=uuid4())
    return visiting.conversation.pk  # type: ignore[no-any-return]  # a primary key


def logged(cast: Cast, conversation_id: UUID, contact: NewContact) -> UUID:
    """The same, logged as this contact."""
    mira = cast.actor("mira")
    contact_id = services.record_contact(actor=mira, contact=contact)
    services.became_contact(actor=mira, conversation_id=conversation_id, contact_id=contact_id)
    return contact_id


def test_what_is_to_be_logged_begins_with_the_first_sitting_without_a_contact(cast: Cast, make: Make) -> None:
    mira, found = cast.actor("mira"), written("Halo")
    Talk.objects.update(began_at=now() - timedelta(minutes=9, seconds=30))
    to_log = selectors.to_log(mira, found)
    assert to_log is not None
    assert (to_log.number, to_log.minutes) == (1, 10)
    contact_id = logged(cast, found, make())
    assert selectors.to_log(mira, found) is None
    assert [line.id for line in selectors.contacts_of_conversation(mira, found)] == [contact_id]
    assert selectors.conversation_of(mira, contact_id) == found


def test_a_withdrawn_contact_leaves_the_sitting_to_be_logged_anew(cast: Cast, make: Make) -> None:
    mira, found = cast.actor("mira"), written("Halo")
    wrong = logged(cast, found, make())
    services.withdraw(actor=mira, contact_id=wrong, reason="wrong_entry")
    assert selectors.to_log(mira, found) is not None
    right = logged(cast, found, make())
    assert selectors.contact_of(found) == right


def test_a_logged_sitting_goes_when_the_person_it_speaks_about_is_erased(cast: Cast, make: Make) -> None:
    mira, found = cast.actor("mira"), written("Zaboravite me")
    person = people.register_person(actor=mira)
    logged(cast, found, make(links=(Link(person, CALLER),)))
    erase_owner(actor=mira, owner_id=person, reason="her_wish")
    assert [one.text for one in selectors.exchange(mira, found).messages] == []


def test_only_readers_of_the_line_are_asked_to_take_over(cast: Cast) -> None:
    row = selectors.conversation(cast.actor("mira"), written("Halo"))
    offered = {one.member_id for one in selectors.who_may_answer(row)}
    assert {cast.mira.id, cast.jelena.id} <= offered
    assert cast.lara.id not in offered
