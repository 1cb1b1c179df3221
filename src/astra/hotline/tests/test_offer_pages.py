"""The pages of a check: from the contact to the answer, with the keyboard alone, without a script, on paper."""

import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import CheckedOrganisation, OfferCheck
from astra.hotline.rules import offers as rules
from astra.hotline.rules.employers import Entry
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import OfferLookup, OfferWords
from astra.hotline.services.offers import NewOffer
from astra.hotline.tests.test_answering import opened, written
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import today

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
live = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
MAKE = Callable[..., NewContact]
NAME = "Sunčani put"


def begun(cast: Cast, **given: object) -> UUID:
    coded = OfferCoded("AT", "I", "social_network", today() + timedelta(days=5), ("fee_lent", "contract_none"))
    words = OfferWords(employer="Neki hotel", agency=NAME, recruiter="Neko Nekić")
    return services.begin_check(actor=cast.actor("mira"), offer=NewOffer(coded, words, **given))  # type: ignore[arg-type]


def concluded(cast: Cast, **given: object) -> UUID:
    check, mira = begun(cast, **given), cast.actor("mira")
    services.note_lookup(actor=mira, check_id=check, lookup=OfferLookup("website", today(), "primer.example"))
    services.decide_flags(actor=mira, check_id=check, confirmed={"debt"}, taken_away=())
    services.conclude_check(actor=mira, check_id=check, verdict=rules.WARNINGS)
    return check


def at_desk(cast: Cast, name: str = "mira") -> Client:
    client: Client = cast.client(name)
    client.cookies["language"] = "en"
    return client


def page_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"hotline:{name}", args=args), query)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_the_whole_way_without_a_script(cast: Cast, make: MAKE) -> None:
    client, mira = at_desk(cast), cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    assert f"offers/new/?contact_id={contact}" in page_of(client, "contact", contact)
    form = page_of(client, "new_offer", contact_id=str(contact))
    assert "her passport was taken away" in form  # what was said stands beside the form
    key = str(uuid4())
    typed = {"key": key, "contact_id": str(contact), "agency": NAME, "country": "AT", "term_fee": "fee_lent"}
    answer = client.post(reverse("hotline:new_offer"), typed)
    check = OfferCheck.objects.get().pk
    assert answer["Location"] == reverse("hotline:offer", args=[check])
    assert client.post(reverse("hotline:new_offer"), typed)["Location"] == answer["Location"]  # once however often
    begin = {"check_id": str(check), "role": "agency", "name": NAME, "begin": "yes"}
    assert f'value="{NAME}"' in client.post(reverse("hotline:add_checked"), begin).content.decode()
    entry = {"check_id": str(check), "role": "agency", "name": NAME, "kind": "agency", "is_organisation": "on"}
    assert client.post(reverse("hotline:add_checked"), entry).status_code == HTTPStatus.FOUND
    look = {
        "what": "agency_licences",
        "about": "agency",
        "on": today().strftime("%d.%m.%Y."),
        "source": "spisak ministarstva",
        "said": "Nema je na spisku.",
        "flag": "no_licence",
    }
    client.post(reverse("hotline:offer_look_up", args=[check]), look)
    flags = {"flag": ["no_licence", "debt"], "proposed": ["debt", "earlier_warnings"], "remark": "jasno"}
    client.post(reverse("hotline:offer_flags", args=[check]), flags)
    line = selectors.offer_line(mira, check)
    assert line.flags == rules.Flags(frozenset({"no_licence", "debt"}), frozenset({"earlier_warnings"}))
    answer = client.post(reverse("hotline:offer_conclude", args=[check]), {"verdict": "none_so_far"})
    assert "Take the flags away" in answer.content.decode()
    answer = client.post(reverse("hotline:offer_conclude", args=[check]), {"verdict": "warnings"})
    assert answer["Location"] == reverse("hotline:offer_answer", args=[check])
    shown = page_of(client, "offer_answer", check, language="en")
    assert "You begin with a debt." in shown
    assert "the contract" in shown  # not checked, and it says so
    client.post(reverse("hotline:offer_answer", args=[check]), {"text": "Rečeno"})
    assert selectors.offer_line(mira, check).state == rules.TOLD
    assert page_of(client, "offers", show="done").count(f"/offers/{check}/") == 1


def test_known_while_it_is_typed_and_chosen_without_losing_a_word(cast: Cast) -> None:
    client, mira = at_desk(cast), cast.actor("mira")
    made = services.add_organisation(actor=mira, entry=Entry(f"{NAME} d.o.o.", "agency"), is_organisation=True)
    shown = client.post(reverse("hotline:known_offerer"), {"agency": "сунчни пут"}).content.decode()
    assert NAME in shown
    assert 'name="choose_agency"' in shown
    typed = {"agency": "suncni", "promised": "Tri hiljade", "choose_agency": str(made)}
    form = client.post(reverse("hotline:new_offer"), typed).content.decode()
    assert "Tri hiljade" in form
    assert f'name="agency_id" value="{made}"' in form
    assert not OfferCheck.objects.exists()
    assert "Nobody has asked us" in client.post(reverse("hotline:known_offerer"), {"employer": "Xyz"}).content.decode()


def test_the_paper_names_nobody_and_speaks_her_language(cast: Cast) -> None:
    check = concluded(cast)
    for language in ("sr", "en"):
        paper = page_of(at_desk(cast), "offer_paper", check, language=language)
        assert not re.search(f"{NAME}|Nekić|hotel|Astra|ASTRA|trgovin|traffick", paper)
    assert "Počinjete sa dugom" in page_of(at_desk(cast), "offer_paper", check, language="sr-latn")


def test_into_the_conversation_it_goes_through_the_box(cast: Cast) -> None:
    conversation = written("Nude mi posao", language="sr").conversation.pk
    client, check = at_desk(cast), concluded(cast, conversation_id=conversation)
    assert f"offers/new/?conversation_id={conversation}" in page_of(client, "conversation", conversation)
    assert "Nude mi posao" in page_of(client, "new_offer", conversation_id=str(conversation))
    assert 'lang="sr-Cyrl"' in page_of(client, "offer_answer", check)
    path = reverse("hotline:offer_into_conversation", args=[check])
    box = client.post(path, {"text": "Pročitajte ovo."}).content.decode()
    assert ">Pročitajte ovo.</textarea>" in box
    assert selectors.exchange(cast.actor("mira"), conversation).messages[-1].text == "Nude mi posao"
    refused = client.get(reverse("hotline:offer_promise", args=[check]))
    assert "Log the conversation as a contact first" in refused.content.decode()


def test_the_register_is_searched_joined_and_corrected(cast: Cast) -> None:
    client = at_desk(cast)
    for name in ("Solar Way", "Solar Wai"):
        client.post(reverse("hotline:add_checked"), {"name": name, "kind": "agency", "is_organisation": "on"})
    refused = client.post(reverse("hotline:add_checked"), {"name": "Pera Perić", "kind": "agency"}).content.decode()
    assert "Only organisations stand in the register" in refused
    first, second = CheckedOrganisation.objects.order_by("added_at").values_list("pk", flat=True)
    assert "Solar Wai" in client.post(reverse("hotline:register"), {"text": "солар вај"}).content.decode()
    assert "Join them" in page_of(client, "checked", first)
    client.post(reverse("hotline:join_checked", args=[first]), {"other": str(second)})
    assert "They are two" in page_of(client, "checked", first)
    found = {"what": "website", "on": "1.1.2020.", "source": "x", "flag": "debt", "reason": "dug"}
    assert "more than a year ago" in client.post(reverse("hotline:add_finding", args=[first]), found).content.decode()
    found["on"] = today().strftime("%d.%m.%Y.")
    client.post(reverse("hotline:add_finding", args=[first]), found)
    sheet = selectors.organisation_sheet(cast.actor("mira"), first)
    client.post(reverse("hotline:withdraw_finding", args=[sheet.findings[0].id]))
    client.post(reverse("hotline:separate_checked", args=[second]))
    client.post(reverse("hotline:change_checked", args=[first]), {"name": "Solar Way doo", "kind": "agency"})
    assert [one.entry.name for one in selectors.list_organisations(cast.actor("mira"))] == [
        "Solar Wai",
        "Solar Way doo",
    ]


def test_handed_over_changed_and_taken_up_again(cast: Cast) -> None:
    client, mira = at_desk(cast), cast.actor("mira")
    check = begun(cast)
    client.post(reverse("hotline:offer_step", args=[check]), {"verb": "take"})
    client.post(reverse("hotline:offer_hand", args=[check]), {"colleague": str(cast.sanja.id)})
    assert selectors.offer_line(mira, check).assigned_to == cast.sanja.id
    form = page_of(client, "change_offer", check)
    assert 'name="revision" value="1"' in form
    client.post(reverse("hotline:change_offer", args=[check]), {"revision": "1", "country": "DE", "employer": "Drugi"})
    assert selectors.offer_line(mira, check).coded == OfferCoded("DE")
    client.post(reverse("hotline:offer_step", args=[check]), {"verb": "drop"})
    client.post(reverse("hotline:offer_step", args=[check]), {"verb": "reopen"})
    assert selectors.offer_line(mira, check).state == rules.TO_DO


def test_a_promise_after_the_journey(cast: Cast, make: MAKE) -> None:
    client, mira = at_desk(cast), cast.actor("mira")
    check = begun(cast, contact_id=services.record_contact(actor=mira, contact=make()))
    due = today() + timedelta(days=12)
    assert due.strftime("%d.%m.%Y.") in page_of(client, "offer_promise", check)
    client.post(
        reverse("hotline:offer_promise", args=[check]),
        {"due_at_0": due.strftime("%d.%m.%Y."), "due_at_1": "12:00", "why": "posle puta"},
    )
    assert "posle puta" not in page_of(client, "offer", check)
    assert len(selectors.callbacks(mira)) == 1


def test_a_volunteer_writes_one_down_and_reads_no_words(cast: Cast) -> None:
    client = at_desk(cast, "lara")
    client.post(reverse("hotline:new_offer"), {"employer": "Neki hotel", "line": "sos_trafficking", "country": "AT"})
    check = OfferCheck.objects.get().pk
    shown = page_of(client, "offer", check)
    assert "not yours to open" in shown
    assert "Neki hotel" not in shown


@live
@pytest.mark.browser
def test_a_check_on_the_phone_with_the_keyboard_alone(
    cast: Cast, page: Page, live_server: LiveServer, make: MAKE
) -> None:
    mira = cast.actor("mira")
    services.add_organisation(actor=mira, entry=Entry(f"{NAME} d.o.o.", "agency"), is_organisation=True)
    contact = services.record_contact(actor=mira, contact=make())
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:contact", args=[contact]))
    press(page, "j")
    expect(page.locator("#offer-form")).to_be_visible()
    press(page, "Escape")
    page.locator("#id_agency").focus()
    page.keyboard.type("suncni put")
    expect(page.get_by_role("button", name="It is this one")).to_be_visible()
    press(page, "Tab", "Tab", "Enter")  # the link to the entry, then the button
    expect(page.get_by_text("In the register:")).to_be_visible()
    page.locator("#id_term_fee").focus()
    page.keyboard.type("Lent")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="Red flags")).to_be_visible()
    press(page, "Escape", "l", "Tab")
    page.keyboard.type("Website")
    press(page, "Tab")
    page.keyboard.type("The agency")
    press(page, "Tab", "Tab")
    page.keyboard.type("https://primer.example")
    press(page, "Enter")
    expect(page.get_by_text("Noted, with its day.")).to_be_visible()
    press(page, "Escape", "f")
    expect(page.get_by_text("The red flags are noted.")).to_be_visible()
    page.locator("#id_verdict_0").focus()
    press(page, "Space", "Enter")
    expect(page.get_by_role("heading", name="The answer")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(re.compile("Počinjete sa dugom"))
    press(page, "Control+Enter")
    expect(page.get_by_text("Noted: the person was told.")).to_be_visible()
    assert OfferCheck.objects.get().state == rules.TOLD
    assert faults == []


@live
@pytest.mark.browser
def test_axe_finds_nothing_on_the_pages_of_a_check(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    conversation = written("Nude mi posao").conversation.pk
    check = concluded(cast, conversation_id=conversation)
    opened(page, conversation)
    assert found_by_axe(page) == []
    services.step_check(actor=cast.actor("mira"), check_id=check, verb="reopen")
    for name, args in (("offers", []), ("new_offer", []), ("offer", [check]), ("register", []), ("add_checked", [])):
        page.goto(reverse(f"hotline:{name}", args=args))
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert found_by_axe(page) == [], name
    assert faults == []
