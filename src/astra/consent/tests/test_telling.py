"""Is a colleague told who has somebody's file? Only where the ledger says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import gettext

from astra.consent import services
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.partial_dates import PartialDate
from astra.people import selectors as people
from astra.people import services as persons
from astra.people.rules.persons import Identity, Name
from astra.people.selectors import Keepers
from astra.vault import selectors as vault

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SPOKEN = NewConsent("assistance", "own_team", "identity", method="spoken_phone", language="sr")


@pytest.mark.parametrize(
    ("years", "said", "is_told"),
    [
        (30, [], False),
        (30, [{}], True),
        (30, [{"section": "everything"}], True),
        (30, [{"section": "health"}], False),
        (30, [{}, {"answer": "refused"}], False),
        (10, [{"giver": "mother", "child_view": "agrees"}], True),
        (16, [{}], True),
    ],
)
def test_who_has_the_file_is_told_only_with_consent(
    cast: Cast, years: int, said: list[dict[str, str]], is_told: bool
) -> None:
    vesna, mira = cast.actor("vesna"), cast.actor("mira")
    birth = PartialDate.on(today() - timedelta(days=366 * years))
    hers = Identity(names=(Name("Zlatija", "Savić"),), birth=birth)
    person_id = persons.register_person(actor=vesna, identity=hers, to=[vault.personal_circle(cast.vesna.id)])
    for parts in said:
        new = replace(SPOKEN, **parts)  # type: ignore[arg-type]  # the tests name the parts
        services.record_consent(actor=vesna, person_id=person_id, new=new)
    people.search(mira, "Zlatija")
    (match,) = people.search(mira, "Zlatija Savić")
    assert (match.person_id, match.is_reachable) == (person_id, False)
    assert match.keepers == (Keepers(("Vesna",), ("team",)) if is_told else Keepers(("Jelena",)))
    assert ("Vesna" in match.keepers.said(gettext)) == is_told
