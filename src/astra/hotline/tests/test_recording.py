"""Is a contact saved once, sealed to the right circles, and owned by the people it speaks about?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback, NewContact
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link
from astra.hotline.sections import CALLER as CALLER_PART
from astra.hotline.sections import LEAVING, SAFE_CONTACT, WORDS
from astra.hotline.services import recording, writing
from astra.hotline.tests.conftest import SAID
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.people import services as people
from astra.vault import selectors as vault
from astra.vault.models import ErasureOwner, Section

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]


def owners(record_id: UUID, kind: str) -> set[UUID]:
    """Whom a sealed part speaks about."""
    section = Section.objects.get(record=record_id, kind=kind)
    return set(ErasureOwner.objects.filter(handle=section.handle).values_list("owner", flat=True))


def test_a_contact_is_sealed_and_opened_by_a_colleague(cast: Cast, make: Make) -> None:
    contact_id = services.record_contact(actor=cast.actor("mira"), contact=make())
    for name in ("mira", "sanja", "jelena"):
        sheet = selectors.sheet(cast.actor(name), contact_id)
        assert sheet.words is not None
        assert sheet.words.content.said == SAID
        assert sheet.caller is not None
        assert sheet.caller.content.name == "Radmila"
        assert sheet.safe is not None
        assert sheet.line.coded.topics == ("trafficking_suspicion", "withheld_documents")
        assert sheet.line.counsellor_id == cast.mira.id
    entry = Pending.objects.filter(verb="hotline.contact_recorded").get()
    assert entry.actor_id == cast.mira.id
    assert SAID not in entry.detail


@pytest.mark.parametrize("name", ["outsider", "tara", "nina", "petar", "ana", "vesna"])
def test_an_outsider_neither_lists_nor_opens_nor_writes(cast: Cast, make: Make, name: str) -> None:
    contact_id = services.record_contact(actor=cast.actor("mira"), contact=make())
    outsider = cast.actor(name)
    with pytest.raises(NotFound):
        selectors.sheet(outsider, contact_id)
    for kind in LEAVING:
        with pytest.raises(NotFound):
            vault.open_section(outsider, contact_id, kind)
    assert selectors.lines(outsider, [contact_id]) == []
    with pytest.raises(Denied):
        services.record_contact(actor=outsider, contact=make())
    with pytest.raises(Denied):
        services.withdraw(actor=outsider, contact_id=contact_id)


def test_a_volunteer_logs_and_sees_rules_not_stories(cast: Cast, make: Make) -> None:
    own = services.record_contact(actor=cast.actor("lara"), contact=make())
    others = services.record_contact(actor=cast.actor("mira"), contact=make())
    lara = cast.actor("lara")
    sheet = selectors.sheet(lara, own)
    assert sheet.words is None
    assert sheet.caller is None
    assert sheet.safe is not None
    assert sheet.line.review == "to_review"
    with pytest.raises(NotFound):
        selectors.sheet(lara, others)
    with pytest.raises(NotFound):
        vault.open_section(lara, others, WORDS)
    assert vault.open_section(lara, others, SAFE_CONTACT).content.when == "after 18"
    assert selectors.sheet(cast.actor("mira"), own).words is not None


def test_the_missing_line_is_read_by_both_desks(cast: Cast, make: Make) -> None:
    contact_id = services.record_contact(actor=cast.actor("milena"), contact=make(line="missing_116000"))
    assert selectors.sheet(cast.actor("milena"), contact_id).words is not None
    assert selectors.sheet(cast.actor("mira"), contact_id).words is not None
    assert selectors.contact(cast.actor("milena"), contact_id).review == ""
    other = services.record_contact(actor=cast.actor("mira"), contact=make())
    with pytest.raises(NotFound):
        selectors.sheet(cast.actor("milena"), other)


def test_one_click_needs_no_keys_and_seals_nothing(cast: Cast) -> None:
    key = uuid4()
    actor = cast.actor("lara")
    first = services.record_non_data(actor=actor, line="sos_trafficking", kind="silent", key=key)
    again = services.record_non_data(actor=actor, line="sos_trafficking", kind="silent", key=key)
    assert first == again
    assert Contact.objects.count() == 1
    assert not Section.objects.filter(record=first).exists()
    assert Contact.objects.get().review == ""
    with pytest.raises(Invalid):
        services.record_non_data(actor=actor, line="sos_trafficking", kind="about_self")


def test_the_same_key_is_the_same_contact(cast: Cast, make: Make) -> None:
    new = make(key=uuid4())
    first = services.record_contact(actor=cast.actor("mira"), contact=new)
    assert services.record_contact(actor=cast.actor("sanja"), contact=new) == first
    assert services.record_contacts(actor=cast.actor("mira"), contacts=[new, new, make()])[:2] == [first, first]
    assert Contact.objects.count() == 2


def test_a_late_contact_keeps_the_time_of_the_call(cast: Cast, make: Make) -> None:
    rang = now() - timedelta(hours=5)
    contact_id = services.record_contact(actor=cast.actor("mira"), contact=make(received_at=rang))
    line = selectors.contact(cast.actor("mira"), contact_id)
    assert line.coded.received_at == rang
    assert line.is_late
    assert line.coded.source == "paper"


def test_bulk_saves_what_single_saves(cast: Cast, make: Make) -> None:
    people_ids = [people.register_person(actor=cast.actor("mira")) for _ in range(2)]
    links = (Link(people_ids[0], CALLER), Link(people_ids[1], CONCERNED))
    new = make(links=links, callback=NewCallback(due_at=now() + timedelta(days=1), why="Ask about the passport"))
    single = services.record_contact(actor=cast.actor("mira"), contact=new)
    many = services.record_contacts(actor=cast.actor("mira"), contacts=[new, make(kind="silent", **BLANK), new])
    actor = cast.actor("sanja")
    first, other = selectors.sheet(actor, single), selectors.sheet(actor, many[2])
    assert first.words is not None
    assert other.words is not None
    assert first.words.content == other.words.content
    assert replace(first.line, id=other.line.id, saved_at=other.line.saved_at) == other.line
    for kind in (WORDS.name, CALLER_PART.name, SAFE_CONTACT.name):
        assert owners(single, kind) == owners(many[2], kind)
    assert owners(single, WORDS.name) == set(people_ids)
    assert owners(single, CALLER_PART.name) == {people_ids[0]}
    assert len(selectors.callbacks(actor)) == 3
    assert Pending.objects.filter(verb="hotline.contacts_recorded").count() == 1


BLANK: dict[str, object] = {
    "topics": (),
    "actions": (),
    "caller_role": "",
    "words": NewContact.words,
    "caller": NewContact.caller,
    "safe": NewContact.safe,
}


def test_bulk_reads_no_more_for_more_rows(cast: Cast, make: Make) -> None:
    reads = []
    for rows in (1, 5, 60):  # the first one asks what a process asks once
        with CaptureQueriesContext(connection) as context:
            services.record_contacts(actor=cast.actor("mira"), contacts=[make() for _ in range(rows)])
        reads.append(sum(query["sql"].startswith("SELECT") for query in context.captured_queries))
    assert reads[1] == reads[2]
    assert len(context) < 100


def test_an_unknown_caller_is_owned_by_her_contact(cast: Cast, make: Make) -> None:
    contact_id = services.record_contact(actor=cast.actor("mira"), contact=make())
    assert owners(contact_id, WORDS.name) == {contact_id}
    assert owners(contact_id, CALLER_PART.name) == {contact_id}


def test_nobody_is_linked_whom_the_actor_may_not_know(cast: Cast, make: Make) -> None:
    person = people.register_person(actor=cast.actor("mira"))
    with pytest.raises(NotFound):
        services.record_contact(actor=cast.actor("lara"), contact=make(links=(Link(person, CALLER),)))
    assert Contact.objects.count() == 0


def test_a_wrong_row_saves_nothing_of_its_batch(cast: Cast, make: Make) -> None:
    with pytest.raises(Invalid):
        services.record_contacts(actor=cast.actor("mira"), contacts=[make(), make(line="nowhere")])
    assert Contact.objects.count() == 0


def test_what_goes_alongside_is_written_with_each_batch_or_not_at_all(cast: Cast, make: Make) -> None:
    seen: list[UUID] = []
    key = uuid4()
    saved = services.record_contacts(actor=cast.actor("mira"), contacts=[make(key=key)], alongside=seen.extend)
    assert seen == saved

    def fails(_ids: object) -> None:
        raise NotFound

    with pytest.raises(NotFound):
        services.record_contacts(actor=cast.actor("mira"), contacts=[make()], alongside=fails)
    assert Contact.objects.count() == 1


def test_two_windows_that_save_at_once_make_one_contact(
    cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = make(key=uuid4())
    first = services.record_contact(actor=cast.actor("mira"), contact=new)
    answers = iter([{}, {new.key: first}])
    for module in (writing, recording):  # the second window looked before the first had saved
        monkeypatch.setattr(module, "known_by_key", lambda _keys: next(answers))
    assert services.record_contact(actor=cast.actor("mira"), contact=new) == first
    assert Contact.objects.count() == 1
