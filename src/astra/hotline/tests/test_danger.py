"""Does danger reach whoever can help within seconds, lose nothing, say nothing to anybody else, and end in words?"""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.audit.models import Pending
from astra.demo.pytest_browser import pass_by, press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Danger
from astra.hotline.rules import danger as rules
from astra.hotline.rules import rota
from astra.hotline.rules.contacts import CALLER, Coded, Link
from astra.hotline.sections import DANGER
from astra.hotline.services import NewShift
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.kernel.tests.drawn import worded
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.science.script import is_cyrillic
from astra.vault import selectors as vault
from astra.vault.models import Grant, Section
from astra.vocabulary import codes

SOS, PLACE = "sos_trafficking", "Third floor, the door with the anchor"


def page_of(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def on_call(cast: Cast, who: str) -> None:
    span = rota.Span(now() - timedelta(hours=1), now() + timedelta(hours=5))
    new = NewShift(cast.employed[who].id, rota.ON_CALL, (SOS,), span)
    services.plan_shifts(actor=cast.actor("jelena"), shifts=[new])


def opened(cast: Cast, who: str = "mira", **given: object) -> UUID:
    return services.open_danger(actor=cast.actor(who), **{"situation": "held", "line": SOS, "place": PLACE, **given})  # type: ignore[arg-type]


def contact_of(cast: Cast, *links: Link) -> UUID:
    coded = Coded(SOS, "about_self", now() - timedelta(minutes=5), "voice")
    return services.record_contact(actor=cast.actor("mira"), contact=NewContact(coded, links=links))


def test_every_kind_of_danger_has_short_steps_in_three_scripts() -> None:
    assert set(rules.sheets()) == {rules.PLACE, *codes(rules.SITUATION).codes}
    for sheet in rules.sheets().values():
        assert 2 < len(sheet.steps) < 8
        for words in (sheet.names, *sheet.steps):
            assert all(words[language] for language in (rules.LATIN, rules.CYRILLIC, rules.ENGLISH))
            assert is_cyrillic(words[rules.CYRILLIC])
            assert max(len(text) for text in words.values()) < 170


def test_the_numbers_of_the_country_come_first() -> None:
    assert [one.number for one in rules.numbers() if one.is_home] == ["192", "194", "193"]
    assert [one.is_home for one in rules.numbers()][:4] == [True, True, True, False]


@pytest.mark.django_db(databases=["default", "keystore"])
class TestWithoutAScript:
    """Everything as pages."""

    def test_from_the_button_to_the_end(self, cast: Cast) -> None:
        on_call(cast, "sanja")
        mira, sanja = cast.client("mira"), cast.client("sanja")
        assert page_of("danger_now") in mira.get("/").content.decode()
        first = mira.get(page_of("danger_now")).content.decode()
        assert "192" in first
        assert cast.sanja.person.work_name in first
        answer = mira.post(page_of("danger_now"), {"situation": "held", "place": PLACE})
        found = Danger.objects.get()
        assert answer["Location"] == page_of("danger", found.pk)
        assert PLACE in mira.get(page_of("danger", found.pk)).content.decode()
        assert page_of("danger_step", found.pk) in sanja.get("/people/").content.decode()
        assert sanja.post(page_of("danger_step", found.pk), {"verb": "acknowledge"}).status_code == 302
        assert cast.sanja.person.work_name in mira.get("/").content.decode()
        contact = contact_of(cast)
        closing = {"outcome": "police_sent", "words": "They came at four.", "contact": str(contact)}
        assert mira.post(page_of("close_danger", found.pk), closing).status_code == 302
        whole = mira.get(page_of("danger", found.pk)).content.decode()
        assert "They came at four." in whole
        assert page_of("contact", contact) in whole
        assert page_of("danger", found.pk) in mira.get(page_of("contact", contact)).content.decode()
        assert "astra-alert" not in sanja.get("/").content.decode()
        verbs = ["danger_opened", "danger_acknowledged", "danger_closed"]
        logged = list(Pending.objects.filter(verb__startswith="hotline.danger").values_list("verb", flat=True))
        assert sorted(logged) == sorted(f"hotline.{verb}" for verb in verbs)

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, cast: Cast) -> None:
        mira = cast.client("mira")
        answer = mira.post(page_of("danger_now"), {"place": PLACE}).content.decode()
        assert "govuk-error-summary" in answer
        assert PLACE in answer
        found = opened(cast)
        answer = mira.post(page_of("close_danger", found), {"words": "They came at four."}).content.decode()
        assert "They came at four." in answer
        assert Danger.objects.get().state == rules.ALERTED

    def test_the_alert_says_who_and_when_and_nothing_else(self, cast: Cast) -> None:
        found = opened(cast)
        answer = cast.client("jelena").get(page_of("danger_alerts"))
        alert = answer.content.decode()
        assert cast.mira.person.work_name in alert
        assert str(found) in alert
        for word in (PLACE, "Zatvoren", "Držana", "SOS", "held"):
            assert word not in worded(answer)

    def test_only_those_who_are_alerted_see_it(self, cast: Cast) -> None:
        on_call(cast, "sanja")
        opened(cast)
        seen = {
            who: bool(selectors.dangers_for(cast.actor(who))) for who in ("mira", "sanja", "jelena", "milena", "vesna")
        }
        assert seen == {"mira": True, "sanja": True, "jelena": True, "milena": False, "vesna": False}

    def test_where_nobody_is_on_call_whoever_is_on_shift_is_told(self, cast: Cast) -> None:
        span = rota.Span(now() - timedelta(hours=1), now() + timedelta(hours=5))
        new = NewShift(cast.sanja.id, rota.ON_LINE, (SOS,), span)
        (shift,) = services.plan_shifts(actor=cast.actor("jelena"), shifts=[new])
        assert cast.sanja.id not in selectors.who_is_alerted(cast.mira.id)
        services.begin_shift(actor=cast.actor("sanja"), shift_id=shift)
        assert selectors.who_is_alerted(cast.mira.id) == {cast.sanja.id, cast.jelena.id}

    def test_whoever_is_not_at_her_computer_has_to_be_called_by_phone(self, cast: Cast) -> None:
        on_call(cast, "sanja")
        cast.client("jelena")
        whole = cast.client("mira").get(page_of("danger_now")).content.decode()
        assert "Poziv odmah vidi: Jelena." in whole
        assert "Bez prijave u sistem: Sanja." in whole

    def test_a_coordinator_who_is_alone_at_the_top_calls_whoever_is_on_shift(self, cast: Cast) -> None:
        on_call(cast, "jelena")
        span = rota.Span(now() - timedelta(hours=1), now() + timedelta(hours=5))
        new = NewShift(cast.sanja.id, rota.ON_LINE, (SOS,), span)
        (shift,) = services.plan_shifts(actor=cast.actor("jelena"), shifts=[new])
        services.begin_shift(actor=cast.actor("sanja"), shift_id=shift)
        opened(cast, "jelena")
        assert len(selectors.dangers_for(cast.actor("sanja"))) == 1
        assert selectors.dangers_for(cast.actor("milena")) == []

    def test_a_volunteer_calls_for_help_and_reads_what_she_wrote(self, cast: Cast) -> None:
        found = opened(cast, "lara")
        assert PLACE in cast.client("lara").get(page_of("danger", found)).content.decode()
        assert PLACE in cast.client("jelena").get(page_of("danger", found)).content.decode()
        assert cast.client("milena").get(page_of("danger", found)).status_code == 404

    def test_the_place_grows_and_the_alert_is_given_again(self, cast: Cast) -> None:
        mira, found = cast.client("mira"), opened(cast)
        mira.post(page_of("danger_step", found), {"verb": "place", "place": f"{PLACE}, behind the market"})
        opened_words = vault.open_section(cast.actor("sanja"), found, DANGER).content
        assert opened_words.place.endswith("behind the market")
        services.acknowledge_danger(actor=cast.actor("jelena"), danger_id=found)
        mira.post(page_of("danger_step", found), {"verb": "alert"})
        row = Danger.objects.get()
        assert (row.state, row.acknowledged_by_id) == (rules.ALERTED, None)

    def test_a_place_that_cannot_be_saved_stays_on_the_page(self, cast: Cast) -> None:
        found, typed = opened(cast), "Somewhere " * 20_001
        answer = cast.client("mira").post(page_of("danger_step", found), {"verb": "place", "place": typed})
        page = answer.content.decode()
        assert "govuk-error-summary" in page
        assert typed.strip() in page

    def test_what_is_over_stays_over(self, cast: Cast) -> None:
        found, mira = opened(cast), cast.actor("mira")
        services.close_danger(actor=mira, danger_id=found, outcome="by_mistake")
        for again in (services.alert_again, services.acknowledge_danger):
            with pytest.raises(NotAllowedNow):
                again(actor=mira, danger_id=found)
        with pytest.raises(NotAllowedNow):
            services.close_danger(actor=mira, danger_id=found, outcome="by_mistake")
        with pytest.raises(Invalid):
            opened(cast, situation="boredom")
        with pytest.raises(NotFound):
            opened(cast, contact_id=uuid4())

    def test_it_belongs_to_the_contact_that_is_written_later_and_goes_with_her(self, cast: Cast) -> None:
        found, mira = opened(cast), cast.actor("mira")
        services.close_danger(actor=mira, danger_id=found, outcome="safe_now", words="She is at her sister's.")
        person = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana"),)))
        contact = contact_of(cast, Link(person, CALLER))
        browser = cast.client("mira")
        assert str(contact) in browser.get(page_of("danger", found)).content.decode()
        assert browser.post(page_of("attach_danger", found), {"contact": str(contact)}).status_code == 302
        people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
        assert not Section.objects.filter(record=found).exists()
        assert Danger.objects.filter(pk=found, outcome="safe_now").exists()

    def test_a_conversation_brings_its_line_along(self, cast: Cast) -> None:
        visiting, _, _ = services.begin_conversation(line="missing_116000", language="sr-latn")
        talk = visiting.conversation.pk
        services.write(visiting=visiting, text="Sam sam", mark=uuid4())
        mira = cast.client("mira")
        assert f"?conversation={talk}" in mira.get(page_of("conversation", talk)).content.decode()
        mira.post(page_of("danger_now"), {"situation": "child_alone", "place": "", "conversation": str(talk)})
        row = Danger.objects.get()
        assert (row.line, row.conversation_id) == ("missing_116000", talk)
        assert cast.client("milena").get(page_of("danger", row.pk)).status_code == 200

    def test_the_bell_is_rung(self, cast: Cast) -> None:
        before = selectors.queue_pulse()
        found = opened(cast)
        between = selectors.queue_pulse()
        services.close_danger(actor=cast.actor("mira"), danger_id=found, outcome="by_mistake")
        assert before != between
        assert selectors.queue_pulse() == before


@pytest.mark.django_db(databases=["default", "keystore"])
def test_what_was_said_in_danger_goes_with_a_person_who_is_linked_afterwards(cast: Cast) -> None:
    mira, contact = cast.actor("mira"), contact_of(cast)
    written = [
        opened(cast, contact_id=contact),
        services.add_point(actor=mira, kind="at_risk", line=SOS, words="Ne sme da se zove", subject_id=contact),
    ]
    visiting, _, _ = services.begin_conversation(line=SOS, language="sr")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    found = visiting.conversation.pk
    written += [
        opened(cast, conversation_id=found),
        services.add_point(actor=mira, kind="at_risk", line=SOS, words="Piše noću", subject_id=found),
    ]
    person = people.register_person(actor=mira)
    services.link_person(actor=mira, contact_id=contact, person_id=person, role="concerned")
    services.became_contact(actor=mira, conversation_id=found, contact_id=contact)
    assert Danger.objects.get(pk=written[2]).contact_id == contact
    people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
    assert not Section.objects.filter(record__in=written).exists()


@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_case_takes_along_what_was_done_in_danger(cast: Cast) -> None:
    contact, team = contact_of(cast), vault.personal_circle(cast.employed["vesna"].id)
    going_on, over = opened(cast, contact_id=contact), opened(cast, contact_id=contact)
    services.close_danger(actor=cast.actor("mira"), danger_id=over, outcome="plan_agreed")
    services.join_case(actor=cast.actor("mira"), contact_ids=[contact], case_circle_id=team)
    hotline = Grant.objects.filter(circle=vault.desk_circle("hotline"))
    for found in (going_on, over):
        assert Grant.objects.filter(record=found, circle=team, expires_at=None).exists()
    assert hotline.get(record=going_on).expires_at is None
    until = hotline.get(record=over).expires_at
    assert until is not None
    assert abs(until - now() - timedelta(days=7)) < timedelta(minutes=1)
    assert not Grant.objects.filter(record=over, circle=vault.desk_circle("seniors"), expires_at=None).exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
class TestInABrowser:
    """Beside what she types."""

    def test_the_key_works_while_typing_and_nothing_typed_is_lost(
        self, cast: Cast, page: Page, live_server: LiveServer
    ) -> None:
        faults = signed_in(page, live_server, cast, "mira")
        page.goto(page_of("new"))
        page.locator('[name="said"]').fill("She is whispering.")
        press(page, "F8")
        panel = page.locator("#danger-beside")
        expect(panel.locator("h1")).to_be_focused()
        panel.locator('[name="place"]').fill(PLACE)
        panel.locator('[value="overheard"]').check()
        press(page, "Control+Enter")
        expect(panel.locator('[name="outcome"]')).to_be_visible()
        assert page.locator('[name="said"]').input_value() == "She is whispering."
        panel.locator('[name="words"]').fill("Half a sen")
        press(page, "Escape")
        press(page, "Escape")
        expect(panel).to_be_hidden()
        page.locator('[name="said"]').press("End")
        page.keyboard.type(" Again.")
        press(page, "F8")
        assert panel.locator('[name="words"]').input_value() == "Half a sen"
        panel.locator('[name="outcome"]').select_option("plan_agreed")
        panel.locator('[name="outcome"]').press("Control+Enter")
        expect(panel.locator(".astra-message--success")).to_be_visible()
        assert page.locator('[name="said"]').input_value() == "She is whispering. Again."
        assert Danger.objects.get().outcome == "plan_agreed"
        press(page, "F8")  # the next emergency begins anew
        expect(panel.locator('[name="situation"]').first).to_be_visible()
        assert faults == []

    def test_the_colleague_sees_it_without_doing_anything_and_answers_by_name(
        self, cast: Cast, page: Page, live_server: LiveServer
    ) -> None:
        page.clock.install()
        faults = signed_in(page, live_server, cast, "jelena")
        page.goto("/")
        found = opened(cast)
        alert = page.locator(".astra-alert")
        pass_by(page, 10)
        expect(alert).to_be_visible()
        assert page.title().startswith("(!) ")
        alert.get_by_role("button").click()
        expect(page.locator("#danger-beside h1")).to_be_visible()
        pass_by(page, 10)
        expect(page.locator(".astra-alert--answered")).to_be_visible()
        assert page.url == f"{live_server.url}/"
        row = Danger.objects.get(pk=found)
        assert row.acknowledged_by_id == cast.jelena.id
        assert faults == []

    def test_who_comes_second_is_told_why_nothing_happened(
        self, cast: Cast, page: Page, live_server: LiveServer
    ) -> None:
        found = opened(cast)
        signed_in(page, live_server, cast, "jelena")
        page.goto("/")
        services.acknowledge_danger(actor=cast.actor("sanja"), danger_id=found)
        page.locator(".astra-alert").get_by_role("button").click()
        expect(page.locator("[data-danger-problem]")).to_contain_text("something has changed meanwhile")

    def test_letters_open_nothing(self, cast: Cast, page: Page, live_server: LiveServer) -> None:
        signed_in(page, live_server, cast, "mira")
        page.goto(page_of("new"))
        page.locator('[name="said"]').press_sequentially("abcdefghijklmnopqrstuvwxyz 0123456789")
        for key in ("F7", "F9", "Shift+F8", "Control+F8"):
            press(page, key)
        expect(page.locator("#danger-beside")).to_be_hidden()
        assert not re.search("danger", page.url)
