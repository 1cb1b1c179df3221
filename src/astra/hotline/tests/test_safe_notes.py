"""Does whoever answers next see how she may be answered, and does the note go where the sitting goes?"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Talk
from astra.hotline.rules.contacts import CALLER, Link
from astra.hotline.sections import SafeContact
from astra.hotline.selectors import Visiting
from astra.hotline.tests.test_conversations import answered, begun
from astra.kernel.errors import Conflict
from astra.people import services as people
from astra.vault.services.erasure import erase_owner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
SAFE = SafeContact(when="posle 18", never_say="Ne pominjite posao")


def noted(cast: Cast) -> Visiting:
    """A conversation in which mira wrote down what is safe."""
    visiting, _, _ = begun("Halo")
    services.note_safety(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk, safe=SAFE)
    return visiting


def shown(cast: Cast, visiting: Visiting, name: str = "sanja") -> SafeContact | None:
    note = selectors.safe_note(cast.actor(name), visiting.conversation.pk)
    return note.opened.content if note else None


def test_the_next_colleague_sees_it_and_the_newest_word_counts(cast: Cast) -> None:
    visiting = noted(cast)
    assert shown(cast, visiting) == SAFE
    found = visiting.conversation.pk
    with pytest.raises(Conflict):  # she had not seen what stands there
        services.note_safety(actor=cast.actor("sanja"), conversation_id=found, safe=SafeContact(how="samo pisati"))
    later = SafeContact(how="samo pisati")
    services.note_safety(actor=cast.actor("sanja"), conversation_id=found, safe=later, seen=1)
    assert shown(cast, visiting, "mira") == later


def test_in_the_next_sitting_it_is_still_there_and_is_written_anew(cast: Cast) -> None:
    visiting = noted(cast)
    found = visiting.conversation.pk
    services.end_conversation(actor=cast.actor("mira"), conversation_id=found)
    services.write(visiting=visiting, text="Opet ja", mark=uuid4())
    assert shown(cast, visiting) == SAFE
    services.note_safety(actor=cast.actor("mira"), conversation_id=found, safe=SafeContact(when="nikad"), seen=1)
    assert shown(cast, visiting) == SafeContact(when="nikad")
    assert Talk.objects.count() == 2


def test_it_goes_into_the_contact_and_belongs_to_the_caller(cast: Cast, make: Callable[..., NewContact]) -> None:
    visiting, mira = noted(cast), cast.actor("mira")
    found = visiting.conversation.pk
    page = cast.client("mira").get(f"{reverse('hotline:new')}?conversation={found}").content.decode()
    assert "posle 18" in page
    person = people.register_person(actor=mira)
    contact = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),)))
    services.became_contact(actor=mira, conversation_id=found, contact_id=contact)
    erase_owner(actor=mira, owner_id=person, reason="her_request")
    assert shown(cast, visiting) is None


def test_it_is_erased_with_its_sitting(cast: Cast) -> None:
    visiting = noted(cast)
    erase_owner(actor=cast.actor("mira"), owner_id=Talk.objects.get().pk, reason="her_request")
    assert shown(cast, visiting) is None


def test_it_is_written_on_the_page_and_shown_before_anybody_answers(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    found = visiting.conversation.pk
    browser, where = cast.client("mira"), reverse("hotline:step", args=[found])
    given = {"verb": "note_safety", "safe_when": "posle 18", "safe_never_say": "Ne pominjite posao", "safe_seen": "0"}
    assert browser.post(where, given).status_code == 302
    page = browser.get(reverse("hotline:conversation", args=[found])).content.decode()
    assert "posle 18" in page
    assert "Ne pominjite posao" in page
    again = browser.post(where, given | {"safe_when": "ujutru"})
    assert again.status_code == 409
    assert "ujutru" in again.content.decode()


def test_who_is_asked_may_say_that_she_cannot(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    found = answered(cast, visiting)
    services.offer(actor=cast.actor("mira"), conversation_id=found, member_id=cast.sanja.id)
    browser = cast.client("sanja")
    assert 'value="decline"' in browser.get(reverse("hotline:conversation", args=[found])).content.decode()
    browser.post(reverse("hotline:step", args=[found]), {"verb": "decline"})
    row = selectors.conversation(cast.actor("mira"), found)
    assert (row.offered_to_id, row.taken_by_id) == (None, cast.mira.id)
    with pytest.raises(Conflict):
        services.decline(actor=cast.actor("sanja"), conversation_id=found)
