"""Two files of one person: said by one, confirmed by another, undone; and who could open what at each moment."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.people import facts, selectors, services, showing
from astra.people.models import Joining, Person
from astra.people.rules.persons import Identity, Name, SafeRule, Safety, Stay
from astra.people.services import merging
from astra.vault import selectors as vault
from astra.vault.selectors import desk_circle
from astra.vault.services.circles import build_wall

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def register(cast: Cast, who: str = "mira", **parts: object) -> UUID:
    identity = Identity(names=(Name("Zlatija", "Zorić"),))
    return services.register_person(actor=cast.actor(who), identity=identity, **parts)  # type: ignore[arg-type]


def only(cast: Cast, *names: str) -> list[UUID]:
    """The circles of these people alone: nobody else can open what is sealed to them."""
    return [vault.personal_circle(cast.employed[name].id) for name in names]


def two_files(cast: Cast) -> tuple[UUID, UUID]:
    """A file of Vesna's and one of Dunja's; Mira and Sanja can open both."""
    return register(cast, to=only(cast, "mira", "sanja", "vesna")), register(
        cast, to=only(cast, "mira", "sanja", "dunja")
    )


def opens(cast: Cast, who: str, person_id: UUID) -> bool:
    return selectors.find_identity(cast.actor(who), person_id) is not None


def owners(record_id: UUID, retention: str = "identity") -> set[UUID]:
    rows = apps.get_model("vault.ErasureOwner").objects.filter(handle__record=record_id, handle__retention=retention)
    return set(rows.values_list("owner", flat=True))


def grants(*person_ids: UUID) -> set[tuple[object, ...]]:
    rows = apps.get_model("vault.Grant").objects.filter(record__in=person_ids)
    return set(rows.values_list("record", "kind", "circle", "expires_at"))


def reach(*person_ids: UUID) -> set[tuple[object, ...]]:
    return set(apps.get_model("vault.Reach").objects.filter(record__in=person_ids).values_list("record", "circle"))


def verbs() -> list[str]:
    return list(Pending.objects.filter(verb__startswith="people.").order_by("entry_id").values_list("verb", flat=True))


def test_one_persons_word_opens_nothing(cast: Cast) -> None:
    kept, other = two_files(cast)
    before = grants(kept, other), reach(kept, other)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    assert (grants(kept, other), reach(kept, other)) == before
    assert not opens(cast, "vesna", other)
    assert not opens(cast, "dunja", kept)
    assert selectors.resolve(other) == other, "each desk works on with what it has"
    assert [one.other(kept) for one in selectors.joinings_of(cast.actor("sanja"), kept)] == [other]
    assert selectors.joinings_of(cast.actor("vesna"), kept) == [], "she must not know of the other file"
    assert selectors.waiting_joinings(cast.actor("vesna")) == []
    assert [one.joined for one in selectors.waiting_joinings(cast.actor("sanja"))] == [other]


def test_a_second_person_confirms(cast: Cast) -> None:
    kept, other = two_files(cast)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    with pytest.raises(NotAllowedNow):
        services.confirm_merge(actor=cast.actor("mira"), duplicate_id=other)
    with pytest.raises(NotFound):
        services.confirm_merge(actor=cast.actor("vesna"), duplicate_id=other)
    services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    assert opens(cast, "vesna", other)
    assert opens(cast, "dunja", kept)
    assert selectors.resolve(other) == kept
    assert selectors.waiting_joinings(cast.actor("sanja")) == []
    with pytest.raises(NotAllowedNow):
        services.confirm_merge(actor=cast.actor("vesna"), duplicate_id=other)
    assert verbs()[-2:] == ["people.merged", "people.merge_confirmed"]


def test_nobody_confirms_her_own_word_even_past_the_service(cast: Cast) -> None:
    kept, other = two_files(cast)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Joining.objects.update(confirmed_by=cast.mira.id, confirmed_at=now())


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_undone_everything_is_as_it_was(cast: Cast, is_confirmed: bool) -> None:
    kept, other = two_files(cast)
    before = grants(kept, other), reach(kept, other), owners(kept), owners(other)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    assert owners(other) == {kept}
    if is_confirmed:
        services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    undoing = "dunja" if is_confirmed else "sanja"
    services.separate_people(actor=cast.actor(undoing), duplicate_id=other)
    assert (grants(kept, other), reach(kept, other), owners(kept), owners(other)) == before
    assert not opens(cast, "vesna", other)
    assert not opens(cast, "dunja", kept)
    assert selectors.resolve(other) == other
    assert verbs()[-1] == "people.separated"
    with pytest.raises(NotAllowedNow):
        services.separate_people(actor=cast.actor("mira"), duplicate_id=other)
    services.merge_people(actor=cast.actor("mira"), keep_id=other, duplicate_id=kept)
    assert owners(kept) == {other}, "it can be joined again, the other way round too"


def test_who_may_not_know_of_both_can_neither_join_nor_undo(cast: Cast) -> None:
    kept, other = two_files(cast)
    for who, first, second in (("vesna", kept, other), ("vesna", other, kept)):
        with pytest.raises(NotFound):
            services.merge_people(actor=cast.actor(who), keep_id=first, duplicate_id=second)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    for who in ("vesna", "dunja"):
        with pytest.raises(NotFound):
            services.separate_people(actor=cast.actor(who), duplicate_id=other)
    with pytest.raises(NotFound):
        services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=UUID(int=7))


def test_a_file_that_waits_is_not_joined_further(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    kept, other, third = register(cast), register(cast), register(cast)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    for keep, duplicate in ((kept, kept), (other, third), (third, kept), (third, other)):
        with pytest.raises(NotAllowedNow):
            services.merge_people(actor=mira, keep_id=keep, duplicate_id=duplicate)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=third)
    services.confirm_merge(actor=sanja, duplicate_id=other)
    with pytest.raises(NotAllowedNow):
        services.merge_people(actor=mira, keep_id=register(cast), duplicate_id=other)


def test_files_that_were_joined_before_come_along_and_go_back(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    kept, third = two_files(cast)
    other = register(cast, to=only(cast, "mira", "sanja"))
    services.merge_people(actor=mira, keep_id=other, duplicate_id=third)
    services.confirm_merge(actor=sanja, duplicate_id=third)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=sanja, duplicate_id=other)
    assert selectors.duplicates_of(kept) == sorted([other, third])
    assert opens(cast, "vesna", third), "everything of one person"
    assert opens(cast, "dunja", kept)
    services.set_whereabouts(actor=mira, person_id=other, stay=Stay("died"))
    assert not selectors.may_be_called(kept)
    services.separate_people(actor=sanja, duplicate_id=other)
    assert selectors.duplicates_of(other) == [third]
    assert (owners(third), owners(other), owners(kept)) == ({other}, {other}, {kept})
    assert not opens(cast, "vesna", third)
    services.separate_people(actor=sanja, duplicate_id=third)
    assert owners(third) == {third}


def test_the_one_in_the_middle_can_be_left_out(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    kept, other, third = register(cast), register(cast), register(cast)
    for keep, duplicate in ((other, third), (kept, other)):
        services.merge_people(actor=mira, keep_id=keep, duplicate_id=duplicate)
        services.confirm_merge(actor=sanja, duplicate_id=duplicate)
    services.separate_people(actor=sanja, duplicate_id=third)
    assert owners(third) == {third}
    assert selectors.duplicates_of(kept) == [other]
    services.separate_people(actor=sanja, duplicate_id=other)
    assert (owners(third), owners(other)) == ({third}, {other})


def test_safety_waits_for_nobody(cast: Cast) -> None:
    mira = cast.actor("mira")
    kept = register(cast, to=only(cast, "mira", "vesna"), safety=Safety((SafeRule("voicemail"),)))
    rules = Safety((SafeRule("no_voicemail"), SafeRule("never_say", "sud")))
    other = register(cast, to=only(cast, "mira", "dunja"), safety=rules)
    assert showing.safe_contact(cast.actor("vesna"), kept).voicemail == "yes"  # type: ignore[union-attr]
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    for who, person_id in (("vesna", kept), ("dunja", other), ("mira", kept), ("mira", other)):
        card = showing.safe_contact(cast.actor(who), person_id)
        assert card is not None
        assert (card.voicemail, card.never_say) == ("no", "sud")
        known = selectors.known_among(cast.actor(who), [person_id])[person_id]
        assert known.safety is not None
        assert SafeRule("never_say", "sud") in known.safety.rules
    assert not opens(cast, "vesna", other)
    services.set_whereabouts(actor=mira, person_id=other, stay=Stay("died"))
    assert not selectors.may_be_called(kept), "whoever dials learns that she died"
    services.separate_people(actor=mira, duplicate_id=other)
    assert selectors.may_be_called(kept)
    assert showing.safe_contact(cast.actor("vesna"), kept).voicemail == "yes"  # type: ignore[union-attr]


def test_three_files_of_one_person_share_their_rules(cast: Cast) -> None:
    mira = cast.actor("mira")
    kept = register(cast)
    for words in ("sud", "policija"):
        other = register(cast, safety=Safety((SafeRule("never_say", words),)))
        services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    said = selectors.safety_among(cast.actor("vesna"), [other])[other]
    assert {rule.words for rule in said.rules} == {"sud", "policija"}


def test_a_right_for_a_time_is_for_that_time_again(cast: Cast) -> None:
    kept, other = two_files(cast)
    vesna = vault.personal_circle(cast.vesna.id)
    until = now() + timedelta(days=7)
    services.share_with(actor=cast.actor("mira"), person_id=other, circles=[vesna], until=until)
    before = grants(other)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    assert vesna in selectors.circles_of(other)
    services.separate_people(actor=cast.actor("mira"), duplicate_id=other)
    assert grants(other) == before


def test_the_last_one_who_can_open_a_file_keeps_it(cast: Cast) -> None:
    kept, other = two_files(cast)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    for circle in only(cast, "mira", "sanja", "dunja"):
        services.let_circle_go(actor=cast.actor("vesna"), person_id=other, circle_id=circle)
    services.separate_people(actor=cast.actor("vesna"), duplicate_id=other)
    assert opens(cast, "vesna", other)


def test_what_was_written_meanwhile_is_sorted_by_hand(cast: Cast) -> None:
    mira = cast.actor("mira")
    kept, other = two_files(cast)
    assert selectors.to_sort_out(mira, kept) is None
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    record = apps.get_model("vault.Record")
    fresh = record.objects.create(kind="contact")
    handle = apps.get_model("vault.ErasureHandle").objects.create(record=fresh, retention="contact")
    apps.get_model("vault.ErasureOwner").objects.create(handle=handle, owner_id=kept)
    circle = desk_circle("hotline")
    apps.get_model("vault.Reach").objects.create(
        circle_id=circle, record=fresh, kind="contact", listed_at=fresh.created_at
    )
    assert selectors.to_sort_out(mira, kept) is None, "it is one person's still"
    services.separate_people(actor=mira, duplicate_id=other)
    for person_id in (kept, other):
        found = selectors.to_sort_out(cast.actor("mira"), person_id)
        assert found is not None
        assert [(one.id, one.kind) for one in found[1]] == [(fresh.pk, "contact")]
    assert selectors.to_sort_out(cast.actor("vesna"), kept) is None
    with pytest.raises(NotFound):
        selectors.to_sort_out(cast.actor("vesna"), other)


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize("asked_by_the_later", [False, True])
def test_one_erasure_takes_every_joined_file(cast: Cast, is_confirmed: bool, asked_by_the_later: bool) -> None:
    mira = cast.actor("mira")
    kept, other = register(cast), register(cast)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    if is_confirmed:
        services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    services.set_safety(actor=mira, person_id=other, safety=Safety(note="Posle spajanja"))
    asked = other if asked_by_the_later else kept
    services.erase(actor=cast.actor("jelena"), person_id=asked, reason="request")
    for person_id in (kept, other):
        with pytest.raises(NotFound):
            selectors.identity(cast.actor("mira"), person_id)
        row = Person.objects.get(pk=person_id)
        assert (row.code_name, row.sex, row.citizenship, row.of_age_quarter) == ("", "", "", None)
        assert selectors.safety_among(cast.actor("mira"), [person_id]) == {}
    assert list(facts.people()) == []
    assert not Joining.objects.exists()


def test_who_separates_owns_her_own_file_again(cast: Cast) -> None:
    mira = cast.actor("mira")
    kept, other = register(cast), register(cast)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    services.separate_people(actor=mira, duplicate_id=other)
    services.erase(actor=cast.actor("jelena"), person_id=kept, reason="request")
    assert selectors.identity(cast.actor("mira"), other).content.names


def test_two_who_undo_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = cast.actor("mira")
    kept, other = two_files(cast)
    services.merge_people(actor=mira, keep_id=kept, duplicate_id=other)
    seen = Joining.objects.get()
    monkeypatch.setattr(merging, "find_joining", lambda _joined: seen)
    services.separate_people(actor=mira, duplicate_id=other)
    with pytest.raises(Conflict):
        services.separate_people(actor=cast.actor("sanja"), duplicate_id=other)
    with pytest.raises(Conflict):
        services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)


def test_a_wall_stays_a_wall(cast: Cast) -> None:
    kept, other = two_files(cast)
    build_wall(actor=cast.actor("mira"), record_id=other, member_id=cast.vesna.id)
    services.merge_people(actor=cast.actor("mira"), keep_id=kept, duplicate_id=other)
    services.confirm_merge(actor=cast.actor("sanja"), duplicate_id=other)
    assert opens(cast, "vesna", kept)
    assert not opens(cast, "vesna", other)
