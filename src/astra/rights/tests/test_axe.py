"""Do the pages beside her case hold what people need who use a keyboard or a screen reader? In a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from astra.demo.pytest_browser import found_by_axe
from astra.demo.pytest_cast import Cast
from astra.rights import services
from astra.rights.sections import ParentAsks
from astra.rights.tests.test_owning import file_of, given, opened
from astra.rights.tests.test_pages import TOLD, shared_and_withdrawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def test_axe_finds_nothing(cast: Cast, page: Page) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    before = [reverse(name, args=[case, person]) for name in ("rights:person", "rights:begin_story", "desk:own_file")]
    cast.sign_in(page, "mira")
    for address in before:
        page.goto(address)
        assert found_by_axe(page) == [], address
    asked = services.ask_online(owning=opened(given(cast, case, person).own), kind="correct", words="Nije tako.")
    story = services.write_story(actor=mira, case_id=case, person_id=person, text=TOLD)
    services.approve_story(actor=mira, story_id=story, revision=1, may_print=True, is_in_person=True)
    words = ParentAsks("Otac", "Izvod", "Sve")
    access = services.note_parent(
        actor=cast.actor("jelena"), case_id=case, person_id=person, right="parent", child_view="agrees", words=words
    )
    taken = services.prepare_file(actor=cast.actor("jelena"), case_id=case, person_id=person)
    line = shared_and_withdrawn(cast, person)
    for address in (
        *before,
        reverse("rights:story", args=[story]),
        reverse("rights:parents", args=[case, person]),
        reverse("rights:parent", args=[access]),
        reverse("rights:recall", args=[line]),
        reverse("rights:requests"),
        reverse("rights:request", args=[asked]),
        reverse("desk:taken_file", args=[taken]),
    ):
        page.goto(address)
        assert found_by_axe(page) == [], address
    services.check_file(actor=mira, taken_id=taken)
    services.revise_story(actor=mira, story_id=story, text="Drugo.", revision=1)
    for address in (reverse("rights:story", args=[story]), reverse("desk:taken_file", args=[taken])):
        page.goto(address)
        assert found_by_axe(page) == [], address
