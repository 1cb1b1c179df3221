"""Is nothing lost that was typed, and is it kept no longer than needed?"""

from collections.abc import Callable
from uuid import uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact, Typed
from astra.hotline.models import Contact, Draft
from astra.hotline.sections import DRAFT_CONTENT
from astra.kernel.errors import Conflict, Denied, NotFound
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.vault import selectors as vault
from astra.vault.models import ErasureKey, ErasureOwner, Section

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]
WORDS = (("line", "sos_trafficking"), ("said", "The driver took her"))


def typed(said: str = "The driver took her", **more: object) -> Typed:
    """A form in which something stands."""
    return Typed((("line", "sos_trafficking"), ("said", said)), **{"window": "w1", **more})  # type: ignore[arg-type]


def test_what_was_saved_is_there_again(cast: Cast) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed("The dr"))
    saved = services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    assert saved.sequence == 2
    sheet = selectors.draft(cast.actor("mira"), draft_id)
    assert sheet.values == WORDS
    assert sheet.line.is_mine
    assert [line.id for line in selectors.unfinished(cast.actor("mira"))] == [draft_id]


def test_the_same_save_twice_is_one(cast: Cast) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    first = services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    again = services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    assert first == again
    assert Draft.objects.count() == 1


def test_a_second_window_does_not_overwrite_what_it_has_not_seen(cast: Cast) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed("From the second", window="w2", based_on=1))
    with pytest.raises(Conflict):
        services.save_draft(actor=mira, draft_id=draft_id, typed=typed("From the first", based_on=0))
    assert dict(selectors.draft(mira, draft_id).values)["said"] == "From the second"


def test_drafts_are_the_writers_and_the_hotlines(cast: Cast) -> None:
    draft_id = new_id()
    services.save_draft(actor=cast.actor("lara"), draft_id=draft_id, typed=typed())
    assert selectors.draft(cast.actor("lara"), draft_id).values == WORDS
    assert selectors.draft(cast.actor("mira"), draft_id).values == WORDS
    for name in ("vesna", "outsider", "petar", "ana"):
        with pytest.raises((NotFound, Denied)):
            selectors.draft(cast.actor(name), draft_id)
        with pytest.raises((NotFound, Denied)):
            services.save_draft(actor=cast.actor(name), draft_id=draft_id, typed=typed("x"))
        with pytest.raises(NotFound):
            vault.open_section(cast.actor(name), draft_id, DRAFT_CONTENT)
    services.save_draft(actor=cast.actor("mira"), draft_id=(mine := new_id()), typed=typed())
    with pytest.raises(NotFound):
        selectors.draft(cast.actor("lara"), mine)


def test_a_colleague_finishes_what_somebody_could_not(cast: Cast, make: Make) -> None:
    draft_id = new_id()
    services.save_draft(actor=cast.actor("mira"), draft_id=draft_id, typed=typed())
    sanja = cast.actor("sanja")
    with pytest.raises(Conflict):
        services.save_draft(actor=sanja, draft_id=draft_id, typed=typed("x"))
    services.take_over_draft(actor=sanja, draft_id=draft_id)
    with pytest.raises(Conflict):
        services.save_draft(actor=cast.actor("mira"), draft_id=draft_id, typed=typed("y"))
    services.save_draft(actor=sanja, draft_id=draft_id, typed=typed("finished", window="w9", based_on=1))
    contact = services.finish_draft(actor=sanja, draft_id=draft_id, contact=make())
    assert Draft.objects.get().contact_id == contact
    assert selectors.unfinished(sanja) == []


def test_finishing_twice_makes_one_contact(cast: Cast, make: Make) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    first = services.finish_draft(actor=mira, draft_id=draft_id, contact=make())
    assert services.finish_draft(actor=mira, draft_id=draft_id, contact=make()) == first
    assert Contact.objects.count() == 1
    with pytest.raises(Conflict):
        services.save_draft(actor=mira, draft_id=draft_id, typed=typed("late"))


def test_a_form_that_was_never_a_draft_is_saved_all_the_same(cast: Cast, make: Make) -> None:
    key = uuid4()
    first = services.finish_draft(actor=cast.actor("mira"), draft_id=key, contact=make())
    assert services.finish_draft(actor=cast.actor("mira"), draft_id=key, contact=make()) == first


def test_discarded_in_one_window_saved_in_the_other(cast: Cast, make: Make) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    services.discard_draft(actor=mira, draft_id=draft_id)
    assert selectors.unfinished(mira) == []
    contact = services.finish_draft(actor=mira, draft_id=draft_id, contact=make())
    assert Draft.objects.get().contact_id == contact


@pytest.mark.django_db(databases=["default", "keystore"], transaction=True)
def test_an_ended_draft_loses_its_key(cast: Cast, make: Make) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    person = people.register_person(actor=mira)
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed(people=[person]))
    handle = Section.objects.get(record=draft_id).handle_id
    assert set(ErasureOwner.objects.filter(handle=handle).values_list("owner", flat=True)) == {person}
    contact = services.finish_draft(actor=mira, draft_id=draft_id, contact=make())
    assert services.shred_drafts() == 1
    assert services.shred_drafts() == 0
    assert not ErasureKey.objects.filter(pk=handle).exists()
    with pytest.raises(NotFound):
        vault.open_section(cast.actor("mira"), draft_id, DRAFT_CONTENT)
    assert selectors.sheet(cast.actor("mira"), contact).words is not None


def test_a_drafts_people_own_its_key_while_it_is_unfinished(cast: Cast) -> None:
    draft_id, mira = new_id(), cast.actor("mira")
    person = people.register_person(actor=mira)
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed())
    services.save_draft(actor=mira, draft_id=draft_id, typed=typed(people=[person]))
    handle = Section.objects.get(record=draft_id).handle_id
    assert set(ErasureOwner.objects.filter(handle=handle).values_list("owner", flat=True)) == {person}
