"""Two clients of one case may be two things in one proceeding: does each keep her own role, also when one is erased?"""

from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import services as cases
from astra.cases.models import Task
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.justice import facts, selectors, services
from astra.justice.models import Party, Proceeding
from astra.justice.sections import ProceedingWords
from astra.justice.tests.making import ago, make_proceeding
from astra.justice.tests.test_pages import got, sent
from astra.kernel.errors import Invalid
from astra.vault.services import erasure

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def two(cast: Cast) -> tuple[UUID, UUID, UUID]:
    """A case with two clients, and both."""
    mira = cast.actor("mira")
    first, second = make_person(mira), make_person(mira, "Druga")
    case_id = make_case(mira, first)
    cases.add_person(actor=mira, case_id=case_id, person_id=second, role="client")
    return case_id, first, second


def test_each_client_is_asked_for_and_shown_by_name(cast: Cast) -> None:
    case_id, first, second = two(cast)
    form = got(cast, "mira", "add", case_id, "proceeding").content.decode()
    assert f'name="role_{first.hex}"' in form
    assert f'name="role_{second.hex}"' in form
    given = {"kind": "criminal", "begun_on": f"{ago(3):%d.%m.%Y.}", "tier": "team"}
    refused = sent(cast, "mira", "add", case_id, "proceeding", **given)
    assert "Say what at least one client of this case is" in refused.content.decode()
    assert f'href="#id_role_{first.hex}"' in refused.content.decode(), "the summary leads to the field"
    roles = {f"role_{first.hex}": "injured_party", f"role_{second.hex}": "accused"}
    assert sent(cast, "mira", "add", case_id, "proceeding", **given, **roles).status_code == 302
    trial = Proceeding.objects.get()
    assert selectors.roles_in([trial.pk])[trial.pk] == {first: "injured_party", second: "accused"}
    shown = got(cast, "mira", "proceeding", trial.pk).content.decode()
    assert "Druga: Accused" in shown
    assert Task.objects.filter(case=case_id, kind="write").count() == 1, "non-punishment is raised for the second"
    changed = got(cast, "mira", "change", "proceeding", trial.pk, "change").content.decode()
    assert 'value="injured_party" selected' in changed
    assert 'value="accused" selected' in changed
    assert [set(fact.roles) for fact in facts.proceeding_facts()] == [{"accused", "injured_party"}]


def test_who_does_not_sit_in_the_legal_part_is_told_that_it_was_saved(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    cases.admit(actor=mira, case_id=case_id, member_id=cast.ivana.id, tiers=["team", "legal"])
    given = {"kind": "criminal", "role": "witness", "begun_on": f"{ago(3):%d.%m.%Y.}", "tier": "legal"}
    client = cast.client("mira")
    headers = {"accept-language": "en"}
    address = reverse("justice:add", args=[case_id, "proceeding"])
    said = client.post(address, given, headers=headers, follow=True).content.decode()
    assert "Only those who work in the legal part of the case see it" in said
    assert Proceeding.objects.count() == 1
    seen = client.post(address, given | {"tier": "team"}, headers=headers, follow=True).content.decode()
    assert "Only those who work in the legal part" not in seen


def test_only_clients_of_the_case_have_a_role(cast: Cast) -> None:
    case_id, first, _ = two(cast)
    mira = cast.actor("mira")
    with pytest.raises(Invalid, match="Only clients"):
        make_proceeding(mira, case_id, roles={make_person(mira, "Treća"): "witness"})
    with pytest.raises(Invalid, match="at least one"):
        make_proceeding(mira, case_id, roles={})
    with pytest.raises(Invalid):
        make_proceeding(mira, case_id, roles={first: "judge"})
    assert not Proceeding.objects.exists()


def test_what_one_was_is_still_counted_after_her_erasure_and_leads_to_nobody(cast: Cast) -> None:
    case_id, first, second = two(cast)
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id, roles={first: "injured_party", second: "witness"})
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=first, reason="own_wish")
    assert not Party.objects.filter(person=first).exists()
    assert selectors.roles_in([trial])[trial] == {second: "witness"}
    assert [fact.roles for fact in facts.proceeding_facts()] == [("injured_party", "witness")]
    services.revise_proceeding(
        actor=mira,
        proceeding_id=trial,
        roles={second: "injured_party"},
        authority_id=None,
        words=ProceedingWords("K 9"),
        revision=1,
    )
    assert [fact.roles for fact in facts.proceeding_facts()] == [("injured_party", "injured_party")]


def test_a_role_said_before_the_file_had_a_client_becomes_hers(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, people=[])
    trial = make_proceeding(mira, case_id, role="accused")
    assert selectors.roles_in([trial])[trial] == {None: "accused"}
    hers = make_person(mira)
    cases.add_person(actor=mira, case_id=case_id, person_id=hers, role="client")
    form = got(cast, "mira", "change", "proceeding", trial, "change").content.decode()
    assert '<option value="accused" selected>' in form
    given = {"role": "accused", "revision": "1"}
    assert sent(cast, "mira", "change", "proceeding", trial, "change", **given).status_code == 302
    assert selectors.roles_in([trial])[trial] == {hers: "accused"}
    assert Task.objects.filter(case=case_id, kind="write").count() == 1, "it is raised once"
