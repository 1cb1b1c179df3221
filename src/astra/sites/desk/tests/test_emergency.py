"""Can two officers open one record for a colleague, and does somebody else look at it afterwards?"""

from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from astra.accounts.services import officers
from astra.audit.models import Pending
from astra.cases import selectors as in_cases
from astra.cases.tests.making import make_case
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.kernel.ids import new_id
from astra.kernel.tests.drawn import worded
from astra.people import selectors, services
from astra.people.rules.persons import Identity, Name
from astra.vault.services.emergencies import emergencies
from astra.vault.services.members import leave

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
HOME = "desk:emergency"


@pytest.fixture
def person(cast: Cast) -> UUID:
    """Somebody whom Vesna cannot open, in an organisation whose officers hold their shares."""
    officers.share_out(shares=list(cast.recovery_shares[:2]))
    return services.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text="Una"),)))


def ask(cast: Cast, person: UUID, **changes: str) -> tuple[Client, str]:
    """Jelena asks for Vesna; returns her browser and the answer."""
    jelena = cast.client("jelena")
    given = {
        "record": f"http://localhost:8000/people/{person}/",
        "reader": str(cast.vesna.id),
        "reason": "colleague_absent",
        "words": "Her counsellor is ill and she waits at the police.",
    }
    answer = jelena.post(reverse("desk:ask_emergency"), given | changes, follow=True)
    return jelena, answer.content.decode()


def only(cast: Cast) -> UUID:
    """The request that was made."""
    return emergencies(cast.actor("ana"))[0].id


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
@pytest.mark.parametrize("name", ["jelena", "ana"])
def test_the_page_before_anybody_holds_a_share(cast: Cast, name: str, language: str) -> None:
    client = cast.client(name)
    client.cookies["language"] = language
    page = client.get(reverse(HOME)).content.decode()
    assert "astra user share-emergency" in page
    assert 'name="record"' not in page


def test_two_officers_open_and_somebody_else_looks_at_it(cast: Cast, person: UUID) -> None:
    with pytest.raises(NotFound):
        selectors.identity(cast.actor("vesna"), person)
    jelena, _ = ask(cast, person)
    request_id = only(cast)
    assert jelena.post(reverse("desk:agree_emergency", args=[request_id])).status_code == HTTPStatus.FORBIDDEN
    ana = cast.client("ana")
    assert reverse("desk:agree_emergency", args=[request_id]) in ana.get(reverse(HOME)).content.decode()
    assert reverse("desk:review_emergency", args=[request_id]) not in ana.get(reverse(HOME)).content.decode()
    ana.post(reverse("desk:agree_emergency", args=[request_id]))
    assert selectors.identity(cast.actor("vesna"), person).content.names[0].text == "Una"
    assert cast.client("vesna").get(reverse("people:person", args=[person])).status_code == HTTPStatus.OK
    assert reverse("desk:review_emergency", args=[request_id]) not in jelena.get(reverse(HOME)).content.decode()
    ana.post(reverse("desk:end_emergency", args=[request_id]))
    with pytest.raises(NotFound):
        selectors.identity(cast.actor("vesna"), person)
    look = reverse("desk:review_emergency", args=[request_id])
    assert ana.post(look, {"words": "x"}).context["form"].errors.keys() == {"outcome"}
    assert ana.post(look, {"outcome": "right", "words": "It had to be."}).status_code == HTTPStatus.FOUND
    assert ana.get(look).status_code == HTTPStatus.NOT_FOUND
    noted = Pending.objects.filter(verb__startswith="vault.emergency_").order_by("id")
    assert [one.verb for one in noted][1:] == [
        f"vault.emergency_{what}" for what in ("asked", "opened", "ended", "reviewed")
    ]


def test_whoever_asked_or_read_does_not_review(cast: Cast, person: UUID) -> None:
    jelena, _ = ask(cast, person)
    request_id = only(cast)
    cast.client("ana").post(reverse("desk:agree_emergency", args=[request_id]))
    assert jelena.get(reverse("desk:review_emergency", args=[request_id])).status_code == HTTPStatus.NOT_FOUND


def test_what_is_missing_or_wrong_is_said(cast: Cast, person: UUID) -> None:
    for changes in ({"words": ""}, {"record": "x"}, {"record": str(new_id())}, {"reader": str(cast.petar.id)}):
        _, page = ask(cast, person, **changes)
        assert "govuk-error-message" in page, changes
    assert emergencies(cast.actor("ana")) == []


def test_an_officer_who_left_is_not_asked(cast: Cast, person: UUID) -> None:
    leave(actor=cast.actor("jelena"), member_id=cast.ana.id)
    _, page = ask(cast, person)
    assert "Ana" not in worded(page).partition('id="holders"')[2]


def test_the_team_is_told_at_once(cast: Cast, person: UUID) -> None:
    file = make_case(cast.actor("mira"), person, without_coordinators=True, team=[cast.mira.id])
    client, _page = ask(cast, file)
    assert client is not None
    assert not in_cases.my_day(cast.actor("mira"), today()).tasks
    cast.client("ana").post(reverse("desk:agree_emergency", args=[only(cast)]))
    (task,) = [one for one in in_cases.my_day(cast.actor("mira"), today()).tasks if one.kind == "emergency_opened"]
    assert task.case_id == file
    lines = in_cases.timeline(cast.actor("mira"), file).lines
    assert "emergency_opened" in {line.kind for line in lines}
