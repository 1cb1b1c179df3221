"""What happens to a file: shared, let go, joined, separated, come of age, erased."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotFound
from astra.kernel.partial_dates import PartialDate
from astra.people import facts, selectors, services, showing
from astra.people.rules.persons import (
    ContactDetail,
    ContactDetails,
    Identity,
    Name,
    SafeRule,
    Safety,
    Stay,
)
from astra.vault import selectors as vault
from astra.vault.selectors import desk_circle

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def register(cast: Cast, years: int = 30, **parts: object) -> UUID:
    birth = PartialDate.on(today() - timedelta(days=365 * years))
    who = Identity(names=(Name("Zlatija", "Zorić"),), birth=birth, sex="female", citizenships=("RS",))
    return services.register_person(actor=cast.actor("mira"), identity=who, **parts)  # type: ignore[arg-type]


def test_a_team_comes_in_and_the_hotline_lets_go(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(cast, safety=Safety((SafeRule("do_not_call"),)))
    vesna = vault.personal_circle(cast.vesna.id)
    services.share_with(actor=mira, person_id=person_id, circles=[vesna])
    assert selectors.identity(cast.actor("vesna"), person_id).content.names
    services.let_circle_go(actor=mira, person_id=person_id, circle_id=desk_circle("hotline"), until=now())
    sanja = cast.actor("sanja")
    with pytest.raises(NotFound):
        selectors.identity(sanja, person_id)
    assert selectors.safety(sanja, person_id) is not None, "what keeps her safe stays"
    assert [match.person_id for match in selectors.search(sanja, "Zlatija Zorić")] == [person_id]
    services.let_circle_go(actor=cast.actor("vesna"), person_id=person_id, circle_id=vesna)
    assert selectors.identity(cast.actor("vesna"), person_id), "the last one who can open her stays"


def test_a_circle_is_let_go_at_once(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(cast)
    vesna = vault.personal_circle(cast.vesna.id)
    services.share_with(actor=mira, person_id=person_id, circles=[vesna])
    services.let_circle_go(actor=mira, person_id=person_id, circle_id=vesna)
    with pytest.raises(NotFound):
        selectors.identity(cast.actor("vesna"), person_id)


def test_two_who_write_at_once(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(cast)
    opened = selectors.identity(mira, person_id)
    services.add_name(actor=mira, person_id=person_id, name=Name(text="Zlata", kind="nickname"))
    with pytest.raises(Conflict):
        services.revise_identity(actor=mira, person_id=person_id, identity=opened.content, revision=opened.revision)
    services.set_safety(actor=mira, person_id=person_id, safety=Safety(note="Prvo"))
    with pytest.raises(Conflict):
        services.set_safety(actor=mira, person_id=person_id, safety=Safety(note="Drugo"))


def test_what_is_typed_is_checked(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(cast)
    with pytest.raises(Invalid):
        services.add_name(actor=mira, person_id=person_id, name=Name())
    with pytest.raises(Invalid):
        services.set_safety(actor=mira, person_id=person_id, safety=Safety((SafeRule("code_word"),)))
    with pytest.raises(Invalid):
        services.set_safety(actor=mira, person_id=person_id, safety=Safety((SafeRule("whistle"),)))
    with pytest.raises(Invalid):
        services.set_whereabouts(actor=mira, person_id=person_id, stay=Stay("shelter", date(2100, 1, 1)))


def test_only_who_may_erases(cast: Cast) -> None:
    person_id = register(cast)
    with pytest.raises(Denied):
        services.erase(actor=cast.actor("mira"), person_id=person_id, reason="request")
    with pytest.raises(NotFound):
        services.erase(actor=cast.actor("jelena"), person_id=UUID(int=9), reason="request")


def test_before_eighteen_a_task_asks_her(cast: Cast) -> None:
    mira = cast.actor("mira")
    birth = PartialDate.on(today().replace(day=1) - timedelta(days=365 * 17 + 320))
    young = services.register_person(actor=mira, identity=Identity(birth=birth))
    register(cast, 5)
    adult_on = birth.turns_18_range().latest
    dues = selectors.due(mira, today())
    assert [(due.record_id, due.day, due.kind) for due in dues] == [(young, adult_on, "people.of_age")]
    assert selectors.due(cast.actor("outsider"), today()) == []
    services.ask_own_consent(actor=mira, person_id=young, on=today())
    assert selectors.due(mira, today()) == []


def test_guardians_have_dates(cast: Cast) -> None:
    mira = cast.actor("mira")
    child, mother = register(cast, 14), register(cast, 40)
    office = directory.add_organisation(actor=mira, entry=Entry("Centar", "social_work_centre"))
    since = date(2026, 1, 1)
    first = services.add_guardian(actor=mira, child_id=child, role="parent", from_on=since, guardian_id=mother)
    services.add_guardian(actor=mira, child_id=child, role="social_work_centre", from_on=since, organisation_id=office)
    assert [line.name for line in selectors.guardians(mira, child)] == ["Zlatija Zorić", "Centar"]
    services.end_guardian(actor=mira, guardianship_id=first, on=since)
    assert [line.is_current for line in selectors.guardians(mira, child)] == [False, True]
    grown = today() + timedelta(days=365 * 5)
    assert [line.is_current for line in selectors.guardians(mira, child, grown)] == [False, False]
    assert {fact.is_organisation for fact in facts.guardianships()} == {True, False}
    for person, organisation in ((None, None), (child, None), (mother, office)):
        with pytest.raises(Invalid):
            services.add_guardian(
                actor=mira,
                child_id=child,
                role="parent",
                from_on=since,
                guardian_id=person,
                organisation_id=organisation,
            )
    with pytest.raises(Invalid):
        services.add_guardian(
            actor=mira, child_id=child, role="parent", from_on=since, until_on=date(2025, 1, 1), guardian_id=mother
        )
    with pytest.raises(Invalid):
        services.end_guardian(actor=mira, guardianship_id=first, on=date(2025, 1, 1))
    with pytest.raises(NotFound):
        services.end_guardian(actor=mira, guardianship_id=UUID(int=5), on=since)
    with pytest.raises(NotFound):
        services.add_guardian(
            actor=cast.actor("vesna"), child_id=child, role="parent", from_on=since, guardian_id=mother
        )


def test_the_server_knows_codes_only(cast: Cast) -> None:
    register(
        cast,
        14,
        details=ContactDetails((ContactDetail("mobile", "0641234567", note="sestrin"),)),
        stay=Stay("shelter", place="Zrenjanin", contact_rules="samo utorkom"),
        safety=Safety((SafeRule("code_word", "violina"),)),
    )
    fact = next(facts.people())
    assert (fact.sex, fact.age_band, fact.citizenship, fact.whereabouts) == ("female", "9_17", "RS", "shelter")
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith(("people_", "vault_"))]
        kept = b""
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  the table names are our own
            kept += b"".join(_bytes(value) for row in cursor.fetchall() for value in row)
    for secret in ("Zlatija", "Zorić", "0641234567", "Zrenjanin", "utorkom", "violina", "sestrin"):
        assert secret.encode() not in kept


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_where_she_is_now_says_how_to_reach_her(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(cast)
    services.set_whereabouts(
        actor=mira, person_id=person_id, stay=Stay("at_home", date(2024, 1, 1), contact_rules="SMS")
    )
    shelter = Stay("shelter", date(2025, 1, 1), contact_rules="Samo preko dežurne")
    services.set_whereabouts(actor=mira, person_id=person_id, stay=shelter)
    card = showing.safe_contact(cast.actor("mira"), person_id)
    assert card is not None
    assert card.how == "Samo preko dežurne", "the rules of where she was are over"
    services.set_whereabouts(actor=mira, person_id=person_id, stay=Stay("unknown", today()))
    assert showing.safe_contact(cast.actor("mira"), person_id) is None
