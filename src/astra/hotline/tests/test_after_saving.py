"""Can a saved contact be mended, taken back, reviewed, vouched for and followed by a call?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback, NewContact, Seen
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import CALLER, Coded, Link
from astra.hotline.sections import LEAVING, Caller, SafeContact, Words
from astra.hotline.services import without_keys
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.people.rules.persons import SafeRule, Safety, Stay
from astra.vault import selectors as vault
from astra.vault.actor import visitor

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]


def test_words_are_added_to_a_one_click_contact(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_non_data(actor=mira, line="sos_trafficking", kind="silent")
    services.revise_contact(actor=mira, contact_id=contact, words=Words(said="Somebody breathed"))
    sheet = selectors.sheet(mira, contact)
    assert sheet.words is not None
    assert sheet.words.revision == 1
    services.revise_contact(
        actor=mira, contact_id=contact, coded=make().coded, words=Words(said="More"), seen=Seen(words=1)
    )
    sheet = selectors.sheet(mira, contact)
    assert sheet.words is not None
    assert sheet.words.content.said == "More"
    assert sheet.line.coded.kind == "about_someone"
    assert sheet.line.coded.topics == make().coded.topics


def test_two_colleagues_do_not_overwrite_each_other(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    change = {"contact_id": contact, "seen": Seen(words=1)}
    services.revise_contact(actor=cast.actor("sanja"), words=Words(said="Hers"), **change)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        services.revise_contact(actor=cast.actor("mira"), words=Words(said="Mine"), **change)  # type: ignore[arg-type]


def test_a_new_time_moves_the_contact_in_the_list(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    first = services.record_contact(actor=mira, contact=make())
    second = services.record_contact(actor=mira, contact=make())
    earlier = make(received_at=now() - timedelta(days=3)).coded
    services.revise_contact(actor=mira, contact_id=second, coded=earlier)
    rows, _ = selectors.contacts_page(mira, selectors.Filters())
    assert [row.id for row in rows] == [first, second]


def test_undo_is_for_a_quarter_of_an_hour(cast: Cast) -> None:
    lara = cast.actor("lara")
    contact = services.record_non_data(actor=lara, line="sos_trafficking", kind="hang_up")
    services.withdraw(actor=lara, contact_id=contact)
    assert selectors.contacts_page(lara, selectors.Filters())[0] == []
    with pytest.raises(NotAllowedNow):
        services.withdraw(actor=lara, contact_id=contact)
    with pytest.raises(Denied):
        services.restore_contact(actor=lara, contact_id=contact)
    services.restore_contact(actor=cast.actor("mira"), contact_id=contact)
    Contact.objects.update(saved_at=now() - timedelta(hours=1))
    with pytest.raises(NotAllowedNow):
        services.withdraw(actor=cast.actor("lara"), contact_id=contact)
    services.withdraw(actor=cast.actor("mira"), contact_id=contact, reason="double_entry")


def test_a_senior_returns_an_entry_and_the_volunteer_mends_it(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("lara"), contact=make())
    with pytest.raises(Denied):
        services.review_contact(actor=cast.actor("mira"), contact_id=contact, verb="accept")
    jelena = cast.actor("jelena")
    assert [line.id for line in selectors.to_review(jelena)] == [contact]
    assert services.review_contact(actor=jelena, contact_id=contact, verb="return", words="Which day?") == "returned"
    lara = cast.actor("lara")
    sheet = selectors.sheet(lara, contact)
    assert sheet.words is not None
    assert sheet.review_note is not None
    assert sheet.review_note.content.words == "Which day?"
    assert "hotline.returned" in {due.kind for due in selectors.due(lara, today())}
    services.revise_contact(
        actor=lara, contact_id=contact, words=Words(said="On Tuesday"), seen=Seen(words=sheet.words.revision)
    )
    assert selectors.sheet(cast.actor("lara"), contact).words is None
    assert services.review_contact(actor=cast.actor("jelena"), contact_id=contact, verb="accept") == "reviewed"
    mended = selectors.sheet(cast.actor("jelena"), contact).words
    assert mended is not None
    assert mended.content.said == "On Tuesday"


def test_nobody_reviews_her_own_entry(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("jelena"), contact=make())
    with pytest.raises(NotFound):
        services.review_contact(actor=cast.actor("jelena"), contact_id=contact, verb="accept")
    Contact.objects.update(review="to_review")
    with pytest.raises(Denied):
        services.review_contact(actor=cast.actor("jelena"), contact_id=contact, verb="accept")


def _coded() -> Coded:
    return Coded(line="sos_trafficking", kind="about_self", received_at=now())


def test_who_cannot_sign_in_logs_and_a_colleague_vouches(cast: Cast) -> None:
    key = uuid4()
    given = {"coded": _coded(), "words": Words(said="No keys tonight"), "signed_as": "mira", "key": key}
    contact = services.log_without_keys(actor=visitor(), **given)  # type: ignore[arg-type]  # keywords from a dict
    assert services.log_without_keys(actor=visitor(), **given) == contact  # type: ignore[arg-type]
    sanja = cast.actor("sanja")
    assert selectors.contacts_page(sanja, selectors.Filters())[0] == []
    assert [line.id for line in selectors.to_confirm(sanja)] == [contact]
    sheet = selectors.sheet(sanja, contact)
    assert sheet.signed_as is not None
    assert sheet.signed_as.content.name == "mira"
    with pytest.raises(Denied):
        services.confirm_logged(actor=cast.actor("lara"), contact_id=contact, is_hers=True)
    services.confirm_logged(actor=sanja, contact_id=contact, is_hers=True, counsellor_id=cast.mira.id)
    (line,), _ = selectors.contacts_page(cast.actor("sanja"), selectors.Filters())
    assert line.counsellor_id == cast.mira.id
    assert line.coded.source == "without_keys"
    with pytest.raises(NotAllowedNow):
        services.confirm_logged(actor=sanja, contact_id=contact, is_hers=False)


def test_a_flood_without_keys_is_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(without_keys, "AN_HOUR_AT_MOST", 2)
    for _ in range(2):
        services.log_without_keys(actor=visitor(), coded=_coded(), words=Words(), signed_as="x")
    with pytest.raises(NotAllowedNow):
        services.log_without_keys(actor=visitor(), coded=_coded(), words=Words(), signed_as="x")


def _promise(cast: Cast, **given: object) -> UUID:
    promise = {"due_at": now() - timedelta(minutes=1), "why": "The passport", **given}
    return services.add_callback(actor=cast.actor("mira"), callback=NewCallback(**promise))  # type: ignore[arg-type]


def test_a_promise_is_kept_tried_and_ended(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    promise = _promise(cast, contact_id=contact)
    assert [line.id for line in selectors.callbacks(mira, until=now()) if line.may_be_called] == [promise]
    assert services.note_attempt(actor=mira, callback_id=promise, result="no_answer", words="Rang ten times") == "open"
    line = selectors.callback(cast.actor("sanja"), promise)
    assert line.attempts == 1
    assert line.due_at > now()
    assert line.note is not None
    assert line.note.why == "The passport"
    assert line.note.attempts[0].words == "Rang ten times"
    assert line.said_rules is not None
    assert services.note_attempt(actor=cast.actor("sanja"), callback_id=promise, result="reached") == "done"
    with pytest.raises(NotAllowedNow):
        services.note_attempt(actor=mira, callback_id=promise, result="reached")
    assert selectors.callbacks(mira) == []
    with pytest.raises(Invalid):
        services.note_attempt(actor=mira, callback_id=_promise(cast, contact_id=contact), result="maybe")


def test_a_death_stops_callbacks(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira)
    contact = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),)))
    promise = _promise(cast, contact_id=contact)
    assert selectors.callback(mira, promise).person_id == person
    people.set_whereabouts(actor=mira, person_id=person, stay=Stay(kind="died", since=today()))
    assert not selectors.callback(mira, promise).may_be_called
    assert [line for line in selectors.callbacks(mira, until=now()) if line.may_be_called] == []
    with pytest.raises(NotAllowedNow):
        services.note_attempt(actor=mira, callback_id=promise, result="no_answer")
    services.close_callback(actor=mira, callback_id=promise, verb="stop", reason="died")
    assert selectors.callbacks(mira) == []
    with pytest.raises(NotAllowedNow):
        _promise(cast, person_id=person)


def test_a_withdrawn_contact_is_called_by_nobody(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    _promise(cast, contact_id=contact)
    services.withdraw(actor=mira, contact_id=contact, reason="double_entry")
    assert selectors.callbacks(mira) == []


def test_a_promise_needs_somebody_the_actor_may_know(cast: Cast, make: Make) -> None:
    with pytest.raises(Invalid):
        _promise(cast)
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    with pytest.raises(NotFound):
        services.add_callback(actor=cast.actor("lara"), callback=NewCallback(due_at=now(), contact_id=contact))


def test_a_volunteer_calls_back_whom_she_is_asked_to(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    promise = _promise(cast, contact_id=contact, assigned_to=cast.lara.id)
    (line,) = selectors.callbacks(cast.actor("lara"))
    assert line.note is not None
    assert line.said_rules is not None
    assert (
        services.note_attempt(actor=cast.actor("lara"), callback_id=promise, result="unsafe", words="A man")
        == "stopped"
    )
    for kind in LEAVING:
        with pytest.raises(NotFound):
            vault.open_section(cast.actor("lara"), contact, kind)


def test_follow_ups_are_due_to_who_took_the_contact(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make(follow_up="check_safety", follow_up_on=today()))
    (due,) = selectors.due(mira, today())
    assert (due.kind, due.record_id, due.day) == ("hotline.follow_up", contact, today())
    assert selectors.due(cast.actor("sanja"), today()) == []
    assert selectors.due(cast.actor("vesna"), today()) == []
    services.close_follow_up(actor=mira, contact_id=contact)
    assert selectors.due(mira, today()) == []


def test_a_rule_of_hers_stops_callbacks(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira)
    promise = _promise(cast, person_id=person)
    people.set_safety(actor=mira, person_id=person, safety=Safety((SafeRule("waits_for_her"),)))
    mira = cast.actor("mira")
    assert not selectors.callback(mira, promise).may_be_called
    assert [line for line in selectors.callbacks(mira, until=now()) if line.may_be_called] == []
    with pytest.raises(NotAllowedNow):
        _promise(cast, person_id=person)


def test_a_line_nobody_of_the_desk_reads_is_not_hers_to_change(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("lara"), contact=make())
    services.revise_contact(actor=cast.actor("lara"), contact_id=contact, coded=make(kind="about_self").coded)
    assert selectors.contact(cast.actor("mira"), contact).review == "to_review"
    with pytest.raises(Conflict):
        services.revise_contact(actor=cast.actor("lara"), contact_id=contact, words=Words(said="unseen"))
    sheet = selectors.sheet(cast.actor("mira"), contact)
    assert sheet.words is not None
    assert sheet.words.content == make().words


def test_caller_and_rules_are_mended_too(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make(caller=NewContact.caller))
    change = {"caller": Caller(name="Now she says it"), "safe": SafeContact(when="never"), "seen": Seen(safe=1)}
    services.revise_contact(actor=mira, contact_id=contact, **change)  # type: ignore[arg-type]  # keywords from a dict
    sheet = selectors.sheet(mira, contact)
    assert sheet.caller is not None
    assert sheet.caller.content.name == "Now she says it"
    assert sheet.safe is not None
    assert sheet.safe.content.when == "never"
    with pytest.raises(Conflict):
        services.revise_contact(actor=mira, contact_id=contact, safe=SafeContact(), seen=Seen(safe=1))


def test_words_after_a_try_begin_a_note_where_there_was_none(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    promise = _promise(cast, contact_id=contact, why="")
    assert services.note_attempt(actor=mira, callback_id=promise, result="somebody_else", words="A man") == "open"
    note = selectors.callback(cast.actor("sanja"), promise).note
    assert note is not None
    assert [attempt.words for attempt in note.attempts] == ["A man"]
    assert selectors.callbacks_about(mira, contact)[0].id == promise
    with pytest.raises(NotFound):
        services.close_callback(actor=cast.actor("lara"), callback_id=promise, verb="stop")


def test_a_review_is_kept_when_it_comes_twice(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("lara"), contact=make(words=NewContact.words))
    jelena = cast.actor("jelena")
    services.review_contact(actor=jelena, contact_id=contact, verb="return", words="First")
    services.revise_contact(actor=cast.actor("lara"), contact_id=contact, words=Words(said="At last"))
    services.review_contact(actor=cast.actor("jelena"), contact_id=contact, verb="return", words="Second")
    note = selectors.sheet(cast.actor("lara"), contact).review_note
    assert note is not None
    assert note.content.words == "Second"


def test_a_rejected_log_is_withdrawn(cast: Cast) -> None:
    contact = services.log_without_keys(actor=visitor(), coded=_coded(), words=Words(said="x"), signed_as="nobody")
    services.confirm_logged(actor=cast.actor("sanja"), contact_id=contact, is_hers=False, reason="not_hers")
    assert selectors.lines(cast.actor("sanja"), [contact]) == []
    assert selectors.to_confirm(cast.actor("sanja")) == []
