"""Is a sample drawn by chance and repeatably, read under its own reason, and told to nobody but whoever took it?"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import QualityReview
from astra.hotline.rules import quality as rules
from astra.hotline.tests.conftest import SAID
from astra.kernel.clock import LOCAL, now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.vocabulary import codes

POINTS = codes(rules.POINT).offered


def lately() -> date:
    """The day on which `make` lets the phone ring: ten minutes ago may have been last month."""
    return (now() - timedelta(minutes=10)).astimezone(LOCAL).date()


GOOD, WORDS = dict.fromkeys(POINTS, "yes"), "You heard what she did not say."


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


@given(st.sets(st.uuids(), max_size=40), st.integers(1, rules.MOST), st.integers(1, 999_999))
def test_the_same_number_draws_the_same_contacts_in_whatever_order(contacts: set[UUID], n: int, seed: int) -> None:
    drawn = rules.draw(contacts, n, seed)
    assert drawn == rules.draw(sorted(contacts, reverse=True), n, seed)
    assert len(set(drawn)) == min(n, len(contacts))
    assert set(drawn) <= contacts


def test_what_is_refused() -> None:
    for n in (0, rules.MOST + 1):
        with pytest.raises(Invalid):
            rules.draw([uuid4()], n, 1)
    for wrong in ({}, {**GOOD, POINTS[0]: "perhaps"}):
        with pytest.raises(Invalid):
            rules.check_scores(wrong)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_from_the_draw_to_what_the_counsellor_sees(cast: Cast, make: Callable[..., NewContact]) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    services.record_contact(actor=cast.actor("jelena"), contact=make())
    services.record_non_data(actor=cast.actor("mira"), line="sos_trafficking", kind="silent", key=uuid4())
    jelena, mira = cast.client("jelena"), cast.client("mira")
    typed = {"month": lately().strftime("%d.%m.%Y."), "n": "5", "seed": "7"}
    for _ in range(2):
        assert jelena.post(page("draw_quality"), typed).status_code == 302
    row = QualityReview.objects.get()
    assert (row.contact_id, row.counsellor_id, row.seed) == (contact, cast.mira.id, 7)
    assert selectors.quality_reviews(cast.actor("mira")) == []
    assert mira.get(page("quality_review", row.pk)).status_code == 404
    assert SAID in jelena.get(page("quality_review", row.pk)).content.decode()
    assert Pending.objects.filter(reason="hotline:quality_review", actor_id=cast.jelena.id).exists()
    answers = {f"point_{code}": score for code, score in GOOD.items()} | {"words": WORDS}
    missing = {name: value for name, value in answers.items() if name != f"point_{POINTS[0]}"}
    refused = jelena.post(page("quality_review", row.pk), missing).content.decode()
    assert "govuk-error-summary" in refused
    assert WORDS in refused
    assert jelena.post(page("quality_review", row.pk), answers).status_code == 302
    assert WORDS in mira.get(page("quality_review", row.pk)).content.decode()
    assert str(row.pk) in mira.get(page("quality")).content.decode()
    assert cast.client("sanja").get(page("quality_review", row.pk)).status_code == 404
    with pytest.raises(NotAllowedNow):
        services.score_quality(actor=cast.actor("jelena"), quality_id=row.pk, scores=GOOD)
    with pytest.raises(NotFound):
        services.score_quality(actor=cast.actor("mira"), quality_id=row.pk, scores=GOOD)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_only_supervisors_draw_and_only_from_the_month(cast: Cast, make: Callable[..., NewContact]) -> None:
    services.record_contact(actor=cast.actor("mira"), contact=make())
    with pytest.raises(Denied):
        services.draw_sample(actor=cast.actor("mira"), month=lately(), n=1, seed=1)
    long_ago = lately().replace(day=1) - timedelta(days=40)
    assert services.draw_sample(actor=cast.actor("jelena"), month=long_ago, n=1, seed=1) == []
    assert cast.client("mira").post(page("draw_quality"), {}).status_code == 403
    assert cast.client("jelena").post(page("draw_quality"), {"n": "99"}).status_code == 200
