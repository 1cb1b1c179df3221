"""Is nobody referred without consent, and is everything recalled at once when it is taken back?"""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.urls import reverse

from astra.assistance import selectors, services
from astra.assistance.models import Referral, ReferralGround
from astra.assistance.rules import referrals as rules
from astra.assistance.sections import ReferralWords
from astra.cases import selectors as cases
from astra.cases.models import Task
from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.models import Consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.vault.models import Record
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
TOLD = "Traži se krevet za ženu s detetom."
DAY = timedelta(days=1)


class World:
    """A case with one client, an organisation, and what is asked of the two."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.mira = cast, cast.actor("mira")
        self.person = make_person(self.mira)
        self.case = make_case(self.mira, self.person, team=[cast.mira.id, cast.vesna.id])
        self.place = directory.add_organisation(actor=self.mira, entry=Entry("Kuća", "shelter"))

    def agrees(self, section: str = "needs") -> UUID:
        new = NewConsent("referral", "shelter", section, method="spoken_phone", language="sr", given_on=today())
        return consent.record_consent(actor=self.mira, person_id=self.person, new=new)

    def refer(self, *sections: str, service: str = "shelter") -> UUID:
        return services.refer(
            actor=self.mira,
            case_id=self.case,
            service=service,
            organisation_id=self.place,
            recipient="shelter",
            sections=sections or ("needs",),
            words=ReferralWords(TOLD),
        )

    def send(self, referral: UUID) -> None:
        services.send_referral(actor=self.mira, referral_id=referral, sent_on=today(), answer_by=today() + 5 * DAY)

    def kinds(self) -> list[str]:
        return [line.kind for line in cases.timeline(self.mira, self.case).lines]


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def state(referral: UUID) -> str:
    return Referral.objects.get(pk=referral).state


def test_nobody_is_referred_without_consent_for_each_part(world: World) -> None:
    with pytest.raises(Invalid) as told:
        world.refer("needs")
    assert [one.field for one in told.value.problems] == ["sections"]
    world.agrees("needs")
    with pytest.raises(Invalid) as told:
        world.refer("needs", "health")
    assert len(told.value.problems) == 1
    with pytest.raises(Invalid):
        services.refer(
            actor=world.mira,
            case_id=world.case,
            service="shelter",
            organisation_id=world.place,
            recipient="shelter",
            sections=[],
            words=ReferralWords(),
        )
    assert not Referral.objects.exists()


def test_the_way_of_a_referral(world: World) -> None:
    world.agrees()
    referral = world.refer()
    world.send(referral)
    task = Task.objects.get(case=world.case, kind="referral_follow_up")
    assert (task.due_on, task.state) == (today() + 5 * DAY, "to_do")
    services.answer_referral(
        actor=world.mira, referral_id=referral, answer="accept_referral", on=today(), said="Ponedeljak u devet."
    )
    task.refresh_from_db()
    assert task.state == "done"
    services.complete_referral(actor=world.mira, referral_id=referral, on=today(), said="Smeštena.")
    [line] = selectors.referrals_of(world.cast.actor("vesna"), world.case)
    assert (line.row.state, line.organisation, line.words.told) == (rules.DONE, "Kuća", TOLD)
    assert line.words.answer == "Ponedeljak u devet.\nSmeštena."
    assert [kind for kind in world.kinds() if kind.startswith("referral")] == [
        "referral_answered",
        "referral_answered",
        "referral_sent",
    ]
    with pytest.raises(NotAllowedNow):
        services.recall_referral(actor=world.mira, referral_id=referral, on=today())


def test_a_consent_that_is_taken_back_recalls_at_once(world: World) -> None:
    line = world.agrees()
    referrals = [world.refer(), world.refer(service="psychological_support"), world.refer()]
    world.send(referrals[0])
    world.send(referrals[2])
    services.answer_referral(actor=world.mira, referral_id=referrals[2], answer="accept_referral", on=today())
    services.complete_referral(actor=world.mira, referral_id=referrals[2], on=today())
    consent.withdraw_consent(actor=world.cast.actor("sanja"), consent_id=line)
    assert [state(one) for one in referrals] == [rules.RECALLED, rules.RECALLED, rules.DONE]
    assert world.kinds().count("referral_recalled") == 2
    assert set(Task.objects.filter(kind="referral_follow_up").values_list("state", flat=True)) == {"dropped", "done"}
    assert {one.row.pk for one in selectors.referrals_on(world.mira, line)} == set(referrals)
    with pytest.raises(NotAllowedNow):
        world.send(referrals[0])
    with pytest.raises(Invalid):
        world.refer()


def test_another_consent_and_another_place_are_not_touched(world: World) -> None:
    line = world.agrees("needs")
    other = world.agrees("health")
    referral, both = world.refer("needs"), world.refer("needs", "health")
    consent.withdraw_consent(actor=world.mira, consent_id=other)
    assert (state(referral), state(both)) == (rules.PREPARED, rules.RECALLED)
    assert set(ReferralGround.objects.filter(referral=both).values_list("line", flat=True)) == {line, other}


def test_the_letter_of_a_recalled_referral_does_not_go_out(world: World) -> None:
    line = world.agrees()
    referral = world.refer()
    offered = selectors.offered_values(world.mira, world.case, world.person, referral)
    assert (offered["recipient"], offered["body"]) == ("Kuća", TOLD)
    letter = services.write_letter(
        actor=world.mira,
        case_id=world.case,
        kind="referral",
        script="sr",
        tier="team",
        values={"recipient": "Kuća", "body": TOLD},
        referral=referral,
    )
    services.hand_in_letter(actor=world.mira, letter_id=letter)
    services.as_docx(actor=world.mira, letter_id=letter)
    consent.withdraw_consent(actor=world.mira, consent_id=line)
    for deed in (services.as_docx, services.issue_letter):
        with pytest.raises(NotAllowedNow):
            deed(actor=world.mira, letter_id=letter)


def test_consent_that_has_run_out_is_said(world: World) -> None:
    line = world.agrees()
    referral = world.refer()
    Consent.objects.filter(pk=line).update(given_on=today() - 9 * DAY, until_on=today() - DAY)
    [shown] = selectors.referrals_of(world.mira, world.case)
    assert not shown.stands
    with pytest.raises(Invalid):
        world.send(referral)
    consent.finish_recalls(actor=world.mira, consent_id=line)
    assert state(referral) == rules.RECALLED


@pytest.mark.parametrize(
    ("sent_on", "answer_by", "field"),
    [(DAY, 2 * DAY, "sent_on"), (-DAY, -2 * DAY, "answer_by"), (-DAY, 400 * DAY, "answer_by")],
)
def test_days_that_cannot_be(world: World, sent_on: timedelta, answer_by: timedelta, field: str) -> None:
    world.agrees()
    referral = world.refer()
    with pytest.raises(Invalid) as told:
        services.send_referral(
            actor=world.mira, referral_id=referral, sent_on=today() + sent_on, answer_by=today() + answer_by
        )
    assert [one.field for one in told.value.problems] == [field]
    world.send(referral)
    for on in (today() + DAY, today() - DAY):
        with pytest.raises(Invalid):
            services.recall_referral(actor=world.mira, referral_id=referral, on=on)
    with pytest.raises(Invalid) as told:
        services.answer_referral(actor=world.mira, referral_id=referral, answer="decline_referral", on=today())
    assert [one.field for one in told.value.problems] == ["declined"]
    assert state(referral) == rules.SENT


def test_nothing_that_was_answered_meanwhile_is_answered_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.agrees()
    referral = world.refer()
    stale = Referral.objects.get(pk=referral)
    world.send(referral)
    monkeypatch.setattr("astra.assistance.services.referrals.get_referral", lambda _actor, _id: stale)
    with pytest.raises(Conflict):
        world.send(referral)
    assert Task.objects.filter(kind="referral_follow_up").count() == 1


def test_only_who_sits_in_its_tier_reads_it(world: World) -> None:
    world.agrees()
    referral = world.refer(service="psychological_support")
    assert selectors.referrals_of(world.cast.actor("vesna"), world.case) == []
    with pytest.raises(NotFound):
        selectors.get_referral(world.cast.actor("vesna"), referral)


def test_erasing_her_takes_it_whole(world: World) -> None:
    line = world.agrees()
    referral = world.refer()
    world.send(referral)
    erase_owner(actor=world.cast.actor("jelena"), owner_id=world.person, reason="request")
    assert not Referral.objects.exists()
    assert not ReferralGround.objects.exists()
    assert Record.objects.filter(pk__in=[referral, line]).exclude(erased_at=None).exists()


def test_its_pages(world: World) -> None:
    client = world.cast.client("mira")
    post = partial(client.post, headers={"accept-language": "en"})
    address = reverse("assistance:refer", args=[world.case])
    asked = {
        "service": "shelter",
        "organisation_id": world.place,
        "recipient": "shelter",
        "sections": ["needs"],
        "told": TOLD,
        "person_id": world.person,
    }
    refused = post(address, asked).content.decode()
    assert "Needs and plan: Nobody has asked about this yet." in refused
    assert TOLD in refused
    world.agrees()
    assert post(address, asked).status_code == 302
    referral = Referral.objects.get().pk
    case = client.get(reverse("assistance:case", args=[world.case]), headers={"accept-language": "en"})
    assert "Kuća" in case.content.decode()
    step = partial(reverse, "assistance:step_referral")
    sent = {"sent_on": written(today()), "answer_by": written(today() + DAY)}
    assert post(step(args=[referral, "sent"]), sent).status_code == 302
    answer = {"answer": "decline_referral", "declined": "no_place", "on": written(today())}
    assert post(step(args=[referral, "answered"]), answer).status_code == 302
    assert state(referral) == rules.DECLINED
    assert (
        "No place free"
        in client.get(reverse("assistance:case", args=[world.case]), headers={"accept-language": "en"}).content.decode()
    )
    assert client.get(step(args=[referral, "away"])).status_code == 404


def written(day: date) -> str:
    return f"{day:%d.%m.%Y.}"
