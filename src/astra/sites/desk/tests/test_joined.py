"""Do pages that show parts of several rooms also carry what happens in one of them to the others?"""

from datetime import timedelta

import pytest
from django.urls import reverse

from astra.cases import services as cases
from astra.cases.models import Case, Task
from astra.cases.rules.lifecycle import ACTIVE
from astra.consent import selectors as ledger
from astra.consent import services as consent
from astra.consent.models import Consent
from astra.consent.rules.ledger import Question
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.partial_dates import PartialDate, add_years
from astra.people import selectors, services
from astra.people.models import Guardianship, Person
from astra.people.rules import ages
from astra.people.rules.persons import Identity, Name, Stay
from astra.people.tests.pages import page, register, text

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_before_eighteen_she_is_asked_and_theirs_ends(cast: Cast) -> None:
    mira, browser = cast.actor("mira"), cast.client("mira")
    birth = PartialDate.on(add_years(today(), -18) + timedelta(days=20))
    child = services.register_person(actor=mira, identity=Identity(names=(Name("Mala"),), birth=birth))
    mother = register(cast)
    services.add_guardian(actor=mira, child_id=child, role="parent", from_on=today(), guardian_id=mother)
    by_mother = NewConsent(
        "referral", "shelter", "identity", giver="mother", giver_id=mother, method="spoken_phone", language="sr"
    )
    made = consent.record_consents(actor=mira, new=[(child, by_mother)])
    assert [due.kind for due in selectors.due(mira, today())] == ["people.of_age"]
    assert page("own_consent", child) in text(browser, page("person", child))
    assert "Mala" in text(browser, reverse("desk:home")), "the task stands in my day"
    answer = browser.post(page("own_consent", child), {"on": today().strftime("%d.%m.%Y.")})
    assert answer["Location"] == reverse("consent:ledger", args=[child]), "her own answer is written down next"
    assert selectors.due(mira, today()) == []
    ends_on = Guardianship.objects.get(child=child).until_on
    assert ends_on is not None
    assert ends_on >= today()
    quarter = Person.objects.get(pk=child).of_age_quarter
    assert quarter is not None
    assert ends_on == ages.quarter_end(quarter), "the very day stays sealed"
    assert Consent.objects.get(pk=made[0]).until_on == ends_on
    question = Question("referral", "shelter", "identity", add_years(today(), 1))
    assert not ledger.has_consent(mira, child, question)


def test_who_takes_her_consent_back_has_her_case_looked_at_again(cast: Cast) -> None:
    mira, browser = cast.actor("mira"), cast.client("mira")
    person_id = register(cast)
    helped = NewConsent("assistance", "own_team", "everything", method="spoken_phone", language="sr")
    told = NewConsent("referral", "shelter", "identity", method="spoken_phone", language="sr")
    ours, others = consent.record_consents(actor=mira, new=[(person_id, helped), (person_id, told)])
    case_id = cases.open_case(actor=mira, ground="consent", title="Pomoć", people=[(person_id, "client")], lead=mira.id)
    cases.open_case(actor=mira, ground="legal_duty", title="Prijava", people=[(person_id, "client")])
    said = {"words": "Ne želi više"}
    waiting = Task.objects.filter(kind="ground_review", state="to_do")
    assert browser.post(reverse("consent:withdraw", args=[others]), said).status_code == 302
    assert not waiting.exists(), "what is given on to others says nothing of our own work"
    assert browser.post(reverse("consent:withdraw", args=[ours]), said).status_code == 302
    assert [(task.case_id, task.due_on) for task in waiting] == [(case_id, today() + timedelta(days=1))]
    assert cases.review_grounds(actor=mira, person_id=person_id) == 0, "one task is enough"


def test_a_death_ends_callbacks_and_no_proceedings(cast: Cast) -> None:
    mira, browser = cast.actor("mira"), cast.client("mira")
    person_id = register(cast)
    case_id = cases.open_case(actor=mira, ground="legal_duty", title="Suđenje", people=[(person_id, "client")])
    task_id = cases.add_task(actor=mira, case_id=case_id, kind="court_hearing", due_on=today(), title="Ročište")
    services.set_whereabouts(actor=mira, person_id=person_id, stay=Stay(kind="died", since=today()))
    file = text(browser, reverse("cases:case", args=[case_id]))
    assert "Suđenje" in file
    assert Case.objects.get(pk=case_id).state == ACTIVE
    assert Task.objects.get(pk=task_id).state == "to_do"
    assert "Suđenje" in text(browser, reverse("desk:home")), "the hearing is due all the same"
    cases.add_note(actor=mira, case_id=case_id, text="Majka nastavlja kao oštećena")
