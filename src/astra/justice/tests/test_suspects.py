"""Who finds a reported person, and who learns with whom somebody is linked? The legal circle of both cases alone."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import services as cases
from astra.cases.tests.making import make_case
from astra.demo.pytest_cast import Cast
from astra.justice import selectors, services
from astra.justice.sections import SuspectWords
from astra.justice.tests.making import ago, make_decision, make_proceeding
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def suspected(cast: Cast, case_id: UUID, name: str, who: str = "mira") -> UUID:
    return services.add_suspect(actor=cast.actor(who), case_id=case_id, part="exploiter", words=SuspectWords(name))


def test_reported_persons_are_found_and_linked_within_ones_own_cases_only(cast: Cast) -> None:
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    here, there = make_case(mira, team=[cast.mira.id]), make_case(mira, team=[cast.mira.id])
    first, second = suspected(cast, here, "Zoran Zlić"), suspected(cast, there, "Zlić Z., „Zoki“")
    elsewhere = suspected(cast, make_case(jelena, team=[cast.jelena.id]), "Zoran Zlić", "jelena")
    assert {one.part.row.pk for one in selectors.find_suspects(mira, "ЗЛИЋ")} == {first, second}
    assert {one.part.row.pk for one in selectors.find_suspects(mira, "zlic zoran")} == {first}
    assert selectors.find_suspects(cast.actor("vesna"), "zlic") == selectors.find_suspects(mira, "z") == []
    with pytest.raises(NotFound):
        services.link_suspect(actor=mira, suspect_id=first, other_id=elsewhere, kind="same_person")
    for nobody in (None, first):
        with pytest.raises(Invalid):
            services.link_suspect(actor=mira, suspect_id=first, other_id=nobody, kind="same_person")
    services.link_suspect(actor=mira, suspect_id=second, other_id=first, kind="knows")
    services.link_suspect(actor=mira, suspect_id=first, other_id=second, kind="same_person")
    [link] = selectors.links_of(mira, [first])[first]
    assert (link.kind, link.known.part.row.pk) == ("same_person", second)
    services.link_suspect(actor=mira, suspect_id=first, other_id=second)
    assert selectors.links_of(mira, [first, second]) == {}


def test_a_link_into_a_case_that_is_not_hers_is_not_told(cast: Cast) -> None:
    mira = cast.actor("mira")
    here, there = make_case(mira, team=[cast.mira.id]), make_case(mira, team=[cast.mira.id])
    first, second = suspected(cast, here, "Zoran Zlić"), suspected(cast, there, "Zoki")
    cases.admit(actor=mira, case_id=here, member_id=cast.ivana.id, tiers=["team", "legal"])
    services.link_suspect(actor=mira, suspect_id=first, other_id=second, kind="same_person")
    ivana = cast.actor("ivana")
    assert [one.name for one in selectors.find_suspects(ivana, "zoran")] == ["Zoran Zlić"]
    assert selectors.links_of(ivana, [first, second]) == {}


def test_the_pages_of_looking_for_and_linking(cast: Cast) -> None:
    mira, client = cast.actor("mira"), cast.client("mira")
    here, there = make_case(mira, team=[cast.mira.id]), make_case(mira, team=[cast.mira.id])
    first, second = suspected(cast, here, "Zoran Zlić"), suspected(cast, there, "Zoki")
    english = {"accept-language": "en"}
    address = reverse("justice:change", args=["suspect", first, "link"])
    assert "Zoki" in client.get(address, headers=english).content.decode()
    assert client.post(address, {"other_id": second, "kind": "works_together"}).status_code == 302
    page = client.get(reverse("justice:case", args=[here]), headers=english).content.decode()
    assert "Work together: Zoki (" in page
    found = client.post(reverse("justice:suspects"), {"text": "zoran"}, headers=english).content.decode()
    assert "Zoran Zlić" in found
    assert "Work together: Zoki (" in found
    nobody = cast.client("vesna").post(reverse("justice:suspects"), {"text": "zoran"}, headers=english)
    assert "Nobody whom you may know of." in nobody.content.decode()
    assert "Zoran Zlić" not in nobody.content.decode()


def test_a_confirmed_acquittal_convicts_nobody_and_a_conviction_keeps_its_proceeding(cast: Cast) -> None:
    mira = cast.actor("mira")
    case = make_case(mira)
    trial, other = make_proceeding(mira, case), make_proceeding(mira, case)
    suspect = services.add_suspect(
        actor=mira, case_id=case, part="exploiter", words=SuspectWords("Zoran Zlić"), proceeding_id=trial
    )
    services.step_suspect(actor=mira, suspect_id=suspect, verb="charge", day=ago(39))
    make_decision(mira, trial, "acquitted", decided_on=ago(30))
    confirmed = make_decision(mira, trial, "confirmed", instance="second", decided_on=ago(20))
    services.make_final(actor=mira, decision_id=confirmed, day=ago(10))
    with pytest.raises(NotAllowedNow):
        services.step_suspect(actor=mira, suspect_id=suspect, verb="convict", day=ago(1))
    make_decision(mira, other, "convicted", decided_on=ago(30))
    upheld = make_decision(mira, other, "confirmed", instance="second", decided_on=ago(20))
    services.make_final(actor=mira, decision_id=upheld, day=ago(10))
    changed: dict[str, Any] = {
        "actor": mira,
        "suspect_id": suspect,
        "part": "exploiter",
        "words": SuspectWords("Zoran Zlić"),
    }
    services.revise_suspect(**changed, revision=1, proceeding_id=other)
    services.step_suspect(actor=mira, suspect_id=suspect, verb="convict", day=ago(1))
    with pytest.raises(Invalid):
        services.revise_suspect(**changed, revision=2, proceeding_id=trial)
    with pytest.raises(Invalid):
        services.revise_suspect(**changed, revision=2, proceeding_id=other, relation="nonsense")
