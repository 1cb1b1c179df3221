"""Does a file live through five years, from what was said on the phone to being forgotten, with figures that stay?

One browser at the desk and one small phone without scripts; the clock is moved on, everything else is real: screening
and three facts, a plan in her words, a bed, a school, a trial with three hearings and another article, compensation
ordered and half paid, a consent taken back, her own file read and corrected, aftercare, closing, erasure.
"""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from astra.assistance import facts as assistance
from astra.assistance import selectors as in_assistance
from astra.assistance import services as helping
from astra.audit.services import sequence_pending
from astra.cases import selectors as cases
from astra.cases.models import Case
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.consent.models import Consent
from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.justice import facts as justice
from astra.justice.tests.test_browser import fill_in, follow
from astra.kernel.clock import LOCAL, now, today
from astra.research import selectors as research
from astra.research.rules.catalogue import TABLES
from astra.research.rules.grids import Grid
from astra.rights.models import OwnRequest
from tests.journeys.passing import Clock, Desk, keep, passing, written
from tests.journeys.test_her_own_page import OURS, Phone, _own_log, hand_over_codes, on_the_phone, phone, site

__all__ = ["_own_log", "passing", "phone", "site"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

SAID = "Rekli su da je hotel, a vrata su bila zaključana."
HERS = (
    "Zlata Zlatić",
    SAID,
    "Svoj stan i škola",
    "Ekonomska škola",
    "Pauza je bila moguća",
    "Rođena sam 2005, ne 2004.",
)


@pytest.fixture
def person(cast: Cast, passing: Clock) -> UUID:
    """Zlata, who is known by her name only."""
    assert passing.on < timedelta(0)
    return make_person(cast.actor("mira"), HERS[0])


@pytest.fixture
def others(cast: Cast, passing: Clock) -> None:
    """Ten more people, so that the figures are not hers alone."""
    assert passing.on < timedelta(0)
    mira = cast.actor("mira")
    for number in range(10):
        make_case(mira, make_person(mira, f"Osoba {number}"))


@pytest.mark.usefixtures("_own_log", "others")
def test_a_file_lives_for_five_years(cast: Cast, page: Page, phone: Phone, person: UUID, passing: Clock) -> None:
    page.set_default_timeout(20_000)
    began = today()
    mira = cast.actor("mira")
    contact = make_contact(mira, SAID)
    hotline.link_person(actor=mira, contact_id=contact, person_id=person, role="concerned")
    case = make_case(mira, person, contact_ids=[contact])
    desk = Desk(cast, page, passing, case)
    desk.after(0)
    agreed(desk, person)
    listened(desk, person, contact)
    planned(desk)
    sheltered(desk)
    desk.after(60)
    helped_to_school(desk)
    desk.after(240)
    tried(desk)
    compensated(desk)
    desk.after(120)
    read_and_corrected(desk, phone, person)
    taken_along(desk, person)
    followed_up(desk)
    closed(desk)
    passing.pass_days((began + timedelta(days=5 * 365) - today()).days)
    forgotten(cast, page, person, case)


def agreed(desk: Desk, person: UUID) -> None:
    """She agrees that a partner and a lawyer learn who she is."""
    for recipient in ("partner_organisation", "lawyer"):
        desk.page.goto(reverse("consent:record", args=[person]))
        answer = {"purpose": "representation", "recipient": recipient, "section": "identity", "method": "written"}
        keep(desk.page, answer)
    assert Consent.objects.filter(person=person, answer="given").count() == 2


def listened(desk: Desk, person: UUID, contact: UUID) -> None:
    """From what was said to our assessment, the decision and her choice."""
    page = desk.page
    page.goto(reverse("hotline:contact", args=[contact]))
    page.get_by_role("link", name="Begin a screening").press("Enter")
    page.wait_for_url("**/screenings/of/**")  # loaded, so that its script listens to the button
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-source] p'))")
    page.get_by_role("button", name=re.compile("Take the marked words ?: Deceived about the nature")).press("Enter")
    expect(page.locator("#id_D1_01_words")).to_have_value(SAID)
    press(page, "Control+Enter")
    expect(page.get_by_text("An aid to listening. It decides nothing")).to_be_visible()
    desk.open("cases:assess", person)
    page.select_option("#id_status", "confirmed")
    page.select_option("#id_profile", "adult")
    for name, code in (("acts", "recruits"), ("means", "deception"), ("forms", "forced_labour")):
        page.locator(f'input[name="{name}"][value="{code}"]').press("Space")
    press(page, "Control+Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    desk.open("cases:decide", person)
    page.select_option("#id_decision", "identified")
    page.fill("#id_reported_on", written(today()))
    page.fill("#id_decided_on", written(today()))
    press(page, "Control+Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()


def planned(desk: Desk) -> None:
    """A plan with a goal in her words."""
    review = written(today() + timedelta(days=90))
    desk.form("assistance:plan", {"agreement": "agreed", "her_words": "Korak po korak", "review_on": review})
    desk.form("assistance:goal", {"domain": "housing", "her_words": HERS[2]})
    expect(desk.page.get_by_role("heading", name=HERS[2])).to_be_visible()


def sheltered(desk: Desk) -> None:
    """A bed from tonight on."""
    jelena = desk.cast.actor("jelena")
    house = helping.add_house(actor=jelena, name="Jedan")
    bed = helping.add_bed(actor=jelena, house_id=house, room="1", label="A")
    until = written(today() + timedelta(days=90))
    desk.form("assistance:book_stay", {"bed_id": str(bed), "until": until, "remark": "Boji se mraka"})
    expect(desk.page.locator("#stays")).to_contain_text("Staying")


def helped_to_school(desk: Desk) -> None:
    """Help given, a school begun, a home of her own."""
    given = {"kind": "psychological_support", "given_on": written(today()), "units": "4", "remark": "Razgovori"}
    desk.form("assistance:service", given)
    desk.open("assistance:school")
    press(desk.page, "n")
    expect(desk.page.locator("#id_where")).to_be_visible()
    keep(desk.page, {"kind": "secondary", "began_on": written(today()), "where": HERS[3]})
    expect(desk.page.get_by_role("heading", name=HERS[3])).to_be_visible()
    desk.open("assistance:case")
    desk.page.locator("#stays").get_by_role("link", name="Leaves").press("Enter")
    expect(desk.page.locator("#id_left_on")).to_be_visible()
    keep(desk.page, {"left_on": written(today()), "reason": "own_home"})
    expect(desk.page.locator("#stays")).to_contain_text("Has left")


def tried(desk: Desk) -> None:
    """A trial: three hearings months apart, another article after the first, a judgment that becomes final."""
    page = desk.page
    desk.open("justice:case")
    follow(page, "proceedings", "New proceeding")
    begun = {"kind": "criminal", "role": "injured_party", "begun_on": written(today()), "authority": "Viši sud"}
    fill_in(page, begun)
    desk.open("cases:team")
    page.locator("#id_member").select_option(str(desk.cast.ivana.id))
    for tier in ("team", "legal"):
        page.locator(f'input[name="tiers"][value="{tier}"]').press("Space")
    page.get_by_role("button", name="Let in").press("Enter")
    expect(page.get_by_text("Ivana Legal aid", exact=True)).to_be_visible()
    for number, outcome in enumerate(("she_testified", "evidence_taken", "judgment_given")):
        desk.open("justice:case")
        follow(page, "proceedings", "Criminal")
        if number < 2:
            article, stage = (("kz184", "report"), ("kz388", "indictment"))[number]
            follow(page, "qualifications", "New qualification")
            fill_in(page, {"article": article, "stage": stage, "since": written(today())})
        if number == 1:
            page.get_by_role("link", name="The trial begins", exact=True).press("Enter")
            fill_in(page, {"day": written(today())})
        follow(page, "hearings", "New hearing")
        at = (now() + timedelta(days=10)).astimezone(LOCAL)
        fill_in(page, {"kind": "main_hearing", "begins_at_0": written(at.date()), "begins_at_1": "09:30"})
        desk.after(11)
        desk.open("justice:case")
        follow(page, "proceedings", "Criminal")
        follow(page, "hearings", "It was held")
        fill_in(page, {"outcome": outcome, "course": HERS[4]})
        desk.after(140)
    desk.open("justice:case")
    follow(page, "proceedings", "Criminal")
    expect(page.locator("#hearings h3")).to_have_count(3)
    expect(page.locator("#qualifications li")).to_have_count(2)
    follow(page, "decisions", "New decision")
    decided = {"instance": "first", "outcome": "convicted", "decided_on": written(today()), "is_final": "yes"}
    fill_in(page, decided)
    follow(page, "claims", "New claim")
    fill_in(page, {"kind": "non_material", "claimed": "1.000.000,00", "claimed_on": written(today())})


def compensated(desk: Desk) -> None:
    """Ordered, and half of it paid half a year later."""
    page = desk.page
    follow(page, "claims", "Ordered")
    fill_in(page, {"day": written(today()), "ordered": "600.000,00"})
    desk.after(180)
    desk.open("justice:case")
    follow(page, "proceedings", "Criminal")
    follow(page, "claims", "Payment")
    fill_in(page, {"amount": "300.000,00", "paid_on": written(today()), "payer": "convicted_person"})
    expect(page.locator("#claims")).to_contain_text("300,000.00 RSD")


def read_and_corrected(desk: Desk, phone: Phone, person: UUID) -> None:
    """On her phone: she reads who opened her file, asks for a correction, takes a consent back; the desk answers."""
    page, hers = desk.page, phone.page
    own, _calm = hand_over_codes(desk.cast, page, (desk.case, person))
    sequence_pending()
    with on_the_phone(page):
        phone.come("sr", own)
        expect(hers.get_by_role("heading", level=1)).to_have_text("Zlata")
        expect(hers.locator('section[aria-labelledby="readers"] dl')).to_contain_text(str(today().year))
        hers.locator("#kind").select_option("correct")
        hers.locator("#words").fill(HERS[5])
        hers.locator('form[action$="/m/a/"] button').press("Enter")
        expect(hers.locator('section[aria-labelledby="asked"]')).to_contain_text(HERS[5])
        agreed = hers.locator('section[aria-labelledby="agreed"]')
        agreed.locator("article", has_text="Partnerska organizacija").get_by_role("button").press("Enter")
        expect(agreed.locator("button")).to_have_count(1)
    answers = {one.recipient: one.withdrawn_on for one in Consent.objects.filter(person=person)}
    assert answers == {"partner_organisation": today(), "lawyer": None}
    desk.after(3)
    page.goto(reverse("people:identity", args=[person]))
    keep(page, {"birth": "2005"})
    page.goto(reverse("rights:request", args=[OwnRequest.objects.get(kind="correct").pk]))
    page.locator('select[name="outcome"]').select_option("done")
    page.locator('form[action$="/answer/"] textarea[name="words"]').fill(OURS)
    page.locator('form[action$="/answer/"] button').press("Enter")
    expect(page.locator("main")).to_contain_text(OURS)


def taken_along(desk: Desk, person: UUID) -> None:
    """What is hers alone: prepared by one, checked by another, handed over once, with what she had corrected."""
    page = desk.page
    desk.open("desk:own_file", person)
    expect(page.get_by_text("Nobody else can open all of it")).to_be_visible()
    page.locator("#hers li", has_text="Razgovori").locator('input[name="apart"]').press("Space")
    press(page, "Control+Enter")
    expect(page.get_by_text("Those who can open all of it")).to_be_visible()
    keep(page, {"checker": str(desk.cast.ivana.id)})
    file = page.url
    desk.cast.sign_in(page, "ivana")
    page.goto(file)
    page.get_by_role("button", name="It may be handed over like this").press("Enter")
    expect(page.get_by_text("Checked.")).to_be_visible()
    desk.after(0)
    page.goto(file)
    page.locator('input[name="is_in_person"]').press("Space")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Hand it over now").press("Enter")
    with ZipFile(taken.value.path()) as archive:
        said = archive.read("a.json").decode()
    assert [words for words in (HERS[0], HERS[2], "2005") if words not in said] == []
    assert "Razgovori" not in said, "what is read together with her"


def followed_up(desk: Desk) -> None:
    """Support ends; she is asked after for a year."""
    page = desk.page
    desk.open("assistance:case")
    page.get_by_role("button", name="Begin aftercare").press("Enter")
    expect(page.get_by_role("button", name="Begin aftercare")).to_have_count(0)
    for _ in range(4):
        tasks = cases.case_page(desk.cast.actor("mira"), desk.case).tasks
        (soonest, *_others) = sorted(
            (task for task in tasks if task.kind == "aftercare"), key=lambda task: task.due_on or today()
        )
        assert soonest.due_on is not None
        desk.after((soonest.due_on - today()).days)
        page.goto(reverse("cases:task", args=[soonest.id]))
        page.get_by_role("button", name="Done").press("Enter")
        expect(page.get_by_role("button", name="Done")).to_have_count(0)
    assert in_assistance.assistance_page(desk.cast.actor("mira"), desk.case).facts.state == "follow_up"


def closed(desk: Desk) -> None:
    """The case ends with its outcome; the whole story stands on one page."""
    desk.open("cases:close")
    page = desk.page
    page.locator('input[name="outcome"]').first.press("Space")
    press(page, "Control+Enter")
    expect(page).to_have_url(re.compile(reverse("cases:case", args=[desk.case])))
    assert Case.objects.get(pk=desk.case).state == "closed"
    page.goto(reverse("desk:story", args=[desk.case]))
    for words in (HERS[2], "Trafficking established", "Compensation"):
        expect(page.locator("main")).to_contain_text(words)


def forgotten(cast: Cast, page: Page, person: UUID, case: UUID) -> None:
    """Erased on her own wish: the figures stay where they may, her words are nowhere."""
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    years = range(today().year - 5, today().year + 1)

    def tables() -> dict[str, Grid]:
        return {name: research.table(jelena, name, years, is_rounded=False).grid for name in TABLES}

    before, sentence = tables(), research.decade(jelena, years, is_rounded=False)
    flow = research.flow(jelena, years)
    assert (sentence.persons, sentence.families["psychological"]) == (1, 4)
    assert before["nights"].everybody.together == 60
    (trial,), (claim,) = justice.proceeding_facts(), justice.compensation_facts()
    assert (trial.articles, trial.hearings_held) == (("kz184", "kz388"), 3)
    assert (claim.ordered, claim.paid) == (Decimal(600000), Decimal(300000))

    cast.sign_in(page, "ana")
    page.goto(reverse("desk:keeping"))
    page.fill("#id_record", str(person))
    page.locator('input[name="reason"]').first.press("Space")
    page.locator('input[name="is_sure"]').press("Space")
    page.get_by_role("button", name="Erase").press("Enter")
    expect(page.get_by_text("Erased. What others share")).to_be_visible()

    after = tables()
    changed = {name for name in TABLES if after[name] != before[name]}
    for name in changed:
        assert after[name].coarsened > before[name].coarsened, name
        assert after[name].everybody == before[name].everybody, name
    assert changed == {
        "forms",
        "forms_in_detail",
        "identified",
        "compensation",
        "assessed",
    }  # a rare form; sums to two digits
    assert research.decade(jelena, years, is_rounded=False) == sentence
    assert research.flow(jelena, years) == flow
    (kept,) = (one for one in justice.compensation_facts())
    assert (kept.ordered, kept.paid) == (claim.ordered, claim.paid)
    assert [one.client for one in assistance.client_facts()] == [1]

    cast.sign_in(page, "mira")
    for address in (reverse("people:person", args=[person]), reverse("assistance:case", args=[case])):
        page.goto(address)
        text = page.locator("main").inner_text()
        assert not [words for words in HERS if words in text]
    assert person not in {card.id for card in cases.people_in(mira, case)}
