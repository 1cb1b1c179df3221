"""Does mail that belongs to no case have its number in the one register, and nothing that could name anybody?"""

import re
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from astra.audit.models import Pending
from astra.cases.tests.making import make_case
from astra.demo.pytest_cast import Cast
from astra.directory.rules import Entry
from astra.directory.services import add_organisation
from astra.justice import selectors, services
from astra.justice.models import OfficeLetter
from astra.justice.tests.making import ago, make_letter
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
NUMBERS = re.compile(r"(\d+)/\d{4} ·")


def test_office_mail_has_numbers_of_the_same_register(cast: Cast) -> None:
    mira, client = cast.actor("mira"), cast.client("mira")
    ministry = add_organisation(actor=mira, entry=Entry("Ministarstvo", "central_government"))
    make_letter(mira, make_case(mira), dated_on=ago(0))
    said = {"direction": "in", "subject": "summons", "institution_id": str(ministry)}
    sent = client.post(reverse("justice:add_office_letter"), said | {"dated_on": f"{ago(0):%d.%m.%Y.}"})
    assert sent.status_code == 302
    make_letter(mira, make_case(mira), dated_on=ago(0))
    shown = client.get(reverse("justice:letters")).content.decode()
    assert NUMBERS.findall(shown)[:3] == ["3", "2", "1"]
    assert "Ministarstvo" in shown
    assert "Ministarstvo" not in client.get(reverse("justice:letters") + "?direction=out").content.decode()
    assert Pending.objects.filter(verb="justice.office_letter_registered").count() == 1


def test_office_mail_needs_an_institution_and_a_day_that_has_come(cast: Cast) -> None:
    mira = cast.actor("mira")
    court = add_organisation(actor=mira, entry=Entry("Sud", "court"))
    with pytest.raises(Invalid):
        services.register_office_letter(
            actor=mira, direction="out", subject="report", dated_on=ago(0), institution_id=None
        )
    with pytest.raises(Invalid):
        services.register_office_letter(
            actor=mira, direction="out", subject="report", dated_on=ago(-1), institution_id=court
        )
    assert not OfficeLetter.objects.exists()


def test_no_field_of_office_mail_can_hold_words() -> None:
    held = [one for one in OfficeLetter._meta.get_fields() if isinstance(one, models.TextField)]
    codes = [one for one in OfficeLetter._meta.get_fields() if isinstance(one, models.CharField)]
    assert held == []
    assert {one.name for one in codes} == {"direction", "subject", "proof", "state"}


def test_silence_towards_the_office_is_followed_up(cast: Cast) -> None:
    mira, client = cast.actor("mira"), cast.client("mira")
    court = add_organisation(actor=mira, entry=Entry("Sud", "court"))
    said: dict[str, Any] = {"actor": mira, "subject": "request_action", "institution_id": court, "dated_on": ago(40)}
    with pytest.raises(Invalid):
        services.register_office_letter(**said, direction="in", answer_due_on=ago(10))
    with pytest.raises(Invalid):
        services.register_office_letter(**said, direction="out", answer_due_on=ago(41))
    services.register_office_letter(**said, direction="out", answer_due_on=ago(10))
    row = OfficeLetter.objects.get()
    assert [one.day for one in selectors.office_due(mira, ago(0))] == [ago(10)]
    assert selectors.office_due(mira, ago(11)) == selectors.office_due(cast.actor("vesna"), ago(0)) == []
    assert reverse("justice:letters") in client.get("/").content.decode()
    english = {"accept-language": "en"}
    page = client.get(reverse("justice:letters") + "?silent=1", headers=english).content.decode()
    address = reverse("justice:step_office_letter", args=[row.pk, "remind"])
    assert address in page
    assert client.get(address, headers=english).status_code == 200
    assert client.post(address, {"day": f"{ago(0):%d.%m.%Y.}"}).status_code == 302
    assert selectors.office_due(mira, ago(0)) == []
    services.step_office_letter(actor=mira, letter_id=row.pk, verb="answer", day=ago(0))
    with pytest.raises(NotAllowedNow):
        services.step_office_letter(actor=mira, letter_id=row.pk, verb="remind", day=ago(0))
    with pytest.raises(NotFound):
        services.step_office_letter(actor=mira, letter_id=row.pk + 1, verb="answer", day=ago(0))
    assert client.get(reverse("justice:step_office_letter", args=[row.pk, "prove"])).status_code == 404
