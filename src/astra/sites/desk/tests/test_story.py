"""Is the whole story told once, to those who may hear it, when somebody comes back?"""

from datetime import timedelta

import pytest
from django.urls import reverse

from astra.assistance import services as assistance
from astra.assistance.entries import NewService
from astra.cases import services
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.identification.entries import NewChoice
from astra.kernel.clock import today

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_reopening_leads_to_the_whole_story(cast: Cast) -> None:
    vesna, person = cast.actor("vesna"), make_person(cast.actor("vesna"))
    case = make_case(vesna, person, story="Vratila se iz Beča sama.")
    services.record_choice(actor=vesna, case_id=case, person_id=person, new=NewChoice(today(), "declines"))
    assistance.assess_needs(actor=vesna, case_id=case, levels={"school": "urgent"}, her_words="Da završim školu")
    for days in (40, 10):
        new = NewService(case, "escort", today() - timedelta(days=days))
        assistance.give_service(actor=vesna, new=new)
    assistance.give_service(actor=vesna, new=NewService(case, "psychotherapy", today()))
    services.close_case(actor=vesna, case_id=case, outcome="goals_met", words="Upisala se u školu.")
    client = cast.client("vesna")
    answer = client.post(reverse("cases:step", args=[case, "reopen"]))
    assert answer.headers["Location"] == reverse("desk:story", args=[case])
    told = client.get(answer.headers["Location"]).content.decode()
    for words in ("Vratila se iz Beča sama.", "Da završim školu", "Upisala se u školu.", "Pratnja", "2 ×", "Ne želi"):
        assert words in told, words
    assert "Psihoterapija" not in told  # it stands in a tier that is not hers


def test_nobody_else_hears_it(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"), story="Vratila se iz Beča sama.")
    assert cast.client("sanja").get(reverse("desk:story", args=[case])).status_code == 404
    assert cast.client("petar").get(reverse("desk:story", args=[case])).status_code in {403, 404}
