"""How does the organisation of these tests come about? Through the rooms' own services, everything once a module."""

from datetime import timedelta
from uuid import UUID

from django.apps import apps

from astra.accounts import selectors as accounts
from astra.accounts.services import invitations
from astra.assistance import selectors as in_assistance
from astra.assistance import services as assistance
from astra.assistance.sections import FieldWords, ReferralWords
from astra.assistance.tests.test_questions import row, sheet
from astra.cases import selectors as in_cases
from astra.cases import services as cases
from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.hotline import services as hotline
from astra.hotline.entries import NewCallback, NewContact, Typed
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.rules.interpreters import Facts
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import Caller, InterpreterWords, OfferWords, Words
from astra.identification.entries import NewScreening
from astra.identification.rules.screening import Answer
from astra.justice import services as justice
from astra.justice.sections import ProceedingWords, TermWords
from astra.kernel.clock import now, today
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name
from astra.rights import services as rights
from astra.rights.sections import ParentAsks
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.scanner import new_scanner
from astra.vault.services import decoys
from astra.vault.services.attachments import Incoming
from tests.access.on_the_line import on_shift, register, rung, written
from tests.access.working import working
from tests.access.world import FILE_WORKERS, PLANTED, World

OF_THE_PERSON = frozenset({"consent_id", "override_id", "guardianship_id", "stay_id", "booking_id"})
"""Rows beside the vault's records: who reaches the person reaches them, and with her they are gone."""


def build(cast: Cast) -> World:
    """Make the organisation's records: ours, another team's, walled off, erased."""
    world = World(cast)
    team = [cast.employed[name].id for name in FILE_WORKERS]
    world.put("organisation_id", directory.add_organisation(actor=cast.actor("mira"), entry=Entry("Centar", "ngo")))
    _set_of(world, "mira", team=team)
    _half_done(world)
    _set_of(world, "dunja", team=[cast.dunja.id], is_apart=True)
    _set_of(world, "vesna", team=[cast.vesna.id], is_apart=True)
    _set_of(world, "mira", team=[cast.mira.id], is_apart=True)
    world.wall_off(_set_of(world, "jelena", team=team))
    written(world)
    register(world)
    rung(world)
    _ending(world)
    gone = _set_of(world, "mira", team=team)
    _told_by_another(world, gone["person_id"])
    on_shift(world, gone)
    people.erase(actor=cast.actor("ana"), person_id=gone["person_id"], reason="her_request")
    invitations.invite(actor=cast.actor("petar"), role="educator")
    world.put("invitation_id", accounts.open_invitations()[0].id)
    for name in FILE_WORKERS:
        world.put("member_id", cast.employed[name].id)
    return world


def _set_of(world: World, who: str, *, team: list[UUID], is_apart: bool = False) -> dict[str, UUID]:
    """A person with her case and everything in it; apart: known to this team alone, not even to coordinators."""
    actor, lead = world.cast.actor(who), team[0]
    personal = [vault.personal_circle(member) for member in team]
    person = people.register_person(
        actor=actor,
        identity=Identity(names=(Name(PLANTED["name"], PLANTED["family"]),), sex="female"),
        details=ContactDetails(
            (ContactDetail("mobile", PLANTED["phone"]), ContactDetail("email", PLANTED["mail"])),
        ),
        to=personal if is_apart else (),
    )
    case = cases.open_case(
        actor=actor,
        ground="consent",
        title=f"{PLANTED['name']} {PLANTED['family']}",
        story=f"{PLANTED['name']} {PLANTED['phone']}",
        people=[(person, "client")],
        team=team,
        lead=lead,
        without_coordinators=is_apart,
    )
    made = {"person_id": person, "case_id": case}
    heard = NewScreening(today(), (Answer("D4.01", "heard", PLANTED["phone"]),), remark=PLANTED["name"])
    made["screening_id"] = cases.screen(actor=actor, case_id=case, person_id=person, new=heard)
    made |= _in_the_case(world, actor, case)
    made |= _of_her_own(actor, case, person)
    made |= _about_the_person(world, actor, person, is_apart=is_apart)
    for parameter, record_id in made.items():
        world.put(parameter, record_id, person if parameter in OF_THE_PERSON else None)
    return made


def _of_her_own(actor: Actor, case: UUID, person: UUID) -> dict[str, UUID]:
    """Her story, a parent's request and a file that she takes along."""
    asked = ParentAsks(PLANTED["family"], PLANTED["name"], PLANTED["phone"])
    return {
        "story_id": rights.write_story(actor=actor, case_id=case, person_id=person, text=PLANTED["name"]),
        "access_id": rights.note_parent(
            actor=actor, case_id=case, person_id=person, right="parent", child_view="agrees", words=asked
        ),
        "taken_id": rights.prepare_file(actor=actor, case_id=case, person_id=person),
    }


def _in_the_case(world: World, actor: Actor, case: UUID) -> dict[str, UUID]:
    proceeding = justice.add_proceeding(
        actor=actor,
        case_id=case,
        tier="team",
        kind="criminal",
        roles=justice.all_as(case, "witness"),
        begun_on=today(),
        words=ProceedingWords(judge=PLANTED["name"]),
    )
    term = justice.add_term(
        actor=actor, case_id=case, tier="team", code="own", due_on=today(), words=TermWords(PLANTED["name"])
    )
    incoming = Incoming(new_id(), new_scanner())
    incoming.write(PLANTED["name"].encode())
    facts = incoming.finish(name=f"{PLANTED['name']}.txt", content_type="text/plain")
    plan = assistance.make_plan(actor=actor, case_id=case, agreement="agreed", review_on=today() + timedelta(days=9))
    where = FieldWords(PLANTED["name"], PLANTED["phone"])
    export = rights.ask_export(actor=actor, case_ids=[case], reason="court", recipient=PLANTED["name"])
    return {
        "export_id": export,
        "goal_id": assistance.add_goal(actor=actor, plan_id=plan, domain="work", her_words=PLANTED["name"]),
        "action_id": assistance.plan_field_action(
            actor=actor,
            case_id=case,
            going=actor.id or new_id(),
            begins_at=now(),
            back_by=now() + timedelta(hours=2),
            every_min=60,
            risk="low",
            words=where,
        ),
        "proceeding_id": proceeding,
        "record_id": term,
        "note_id": cases.add_note(actor=actor, case_id=case, title=PLANTED["name"], text=PLANTED["phone"]),
        "task_id": cases.add_task(actor=actor, case_id=case, kind="other", title=PLANTED["name"], due_on=today()),
        "document_id": cases.add_document(
            actor=actor, case_id=case, incoming=incoming, facts=facts, kind="other", title=PLANTED["name"]
        ),
        "sheet_id": _answered(world, actor, case),
        "stay_id": _staying(world, actor, case),
        **working(actor, case),
        "booking_id": _interpreted(world, actor, case),
        "referral_id": _referred(world, actor, case),
        "letter_id": assistance.write_letter(
            actor=actor,
            case_id=case,
            kind="institution_letter",
            script="sr",
            tier="team",
            values={"recipient": PLANTED["name"], "body": PLANTED["phone"]},
        ),
    }


def _staying(world: World, actor: Actor, case: UUID) -> UUID:
    """A stay, each in a bed of its own; the one house is added with the first."""
    jelena = world.cast.actor("jelena")
    if "house_id" not in world.records:
        world.put("house_id", assistance.add_house(actor=jelena, name="Jedan"))
    house = world.records["house_id"][0]
    bed = assistance.add_bed(actor=jelena, house_id=house, room="1", label=str(new_id()))
    world.put("bed_id", bed)
    until = today() + timedelta(days=3)
    return assistance.book_stay(
        actor=actor, case_id=case, bed_id=bed, first=today(), until=until, remark=PLANTED["name"]
    )


def _interpreted(world: World, actor: Actor, case: UUID) -> UUID:
    """A booking, each of an hour of its own; the one interpreter is put on the register with the first."""
    begins = now() + timedelta(days=1, hours=len(world.records.get("booking_id", ())))
    if world.booked is None:
        facts, words = Facts(("ar",), signed_on=today()), InterpreterWords(PLANTED["name"], PLANTED["phone"])
        world.booked = hotline.add_interpreter(actor=world.cast.actor("jelena"), facts=facts, words=words)
    return assistance.book_interpreter(
        actor=actor,
        case_id=case,
        interpreter_id=world.booked,
        language="ar",
        conflict="none_found",
        purpose="talk",
        begins=begins,
        ends=begins + timedelta(minutes=15),
        place=PLANTED["name"],
    )


def _referred(world: World, actor: Actor, case: UUID) -> UUID:
    """A referral on a consent; the one organisation stands in the directory from the beginning."""
    client = in_cases.clients_of(case)[0]
    new = NewConsent("referral", "shelter", "needs", method="spoken_phone", language="sr", given_on=today())
    consent.record_consent(actor=actor, person_id=client, new=new)
    return assistance.refer(
        actor=actor,
        case_id=case,
        service="food_clothes",
        organisation_id=world.records["organisation_id"][0],
        recipient="shelter",
        sections=["needs"],
        words=ReferralWords(PLANTED["name"]),
    )


def _answered(world: World, actor: Actor, case: UUID) -> UUID:
    """A sheet of answers; the one set of questions is brought in with the first."""
    sets = in_assistance.question_sets(actor)
    set_id = (
        sets[0].id
        if sets
        else assistance.bring_question_set(actor=world.cast.actor("jelena"), content=sheet([row()]), title="Rad")
    )
    return assistance.answer_questions(
        actor=actor, case_id=case, set_id=set_id, tier="team", given={"a": PLANTED["name"]}
    )


def _about_the_person(world: World, actor: Actor, person: UUID, *, is_apart: bool) -> dict[str, UUID]:
    """Consent and override; the contact and the callback of a person whom the hotline knows."""
    made = {
        "consent_id": consent.record_consent(
            actor=actor,
            person_id=person,
            new=NewConsent("referral", "police", "identity", "not_asked", ask_by=today(), words=PLANTED["name"]),
        ),
        "override_id": consent.ask_override(
            actor=actor,
            person_id=person,
            reason_code="court_order",
            purpose="referral",
            recipient="police",
            sections=("identity",),
            why=PLANTED["name"],
        ),
    }
    relative = people.register_person(actor=actor, identity=Identity(names=(Name(text=PLANTED["family"]),)))
    made["guardianship_id"] = people.add_guardian(
        actor=actor, child_id=person, role="parent", from_on=today(), guardian_id=relative
    )
    if not is_apart:
        made |= _calls(world, actor, person)
    return made


def _calls(world: World, actor: Actor, person: UUID) -> dict[str, UUID]:
    mira = world.cast.actor("mira") if not actor.has_desk("hotline") else actor
    contact = hotline.record_contact(
        actor=mira,
        contact=NewContact(
            Coded("sos_trafficking", "about_self", now() - timedelta(minutes=9), "voice", follow_up_on=today()),
            words=Words(said=f"{PLANTED['name']} {PLANTED['mail']}"),
            caller=Caller(name=PLANTED["name"], phone=PLANTED["phone"]),
            links=(Link(person, CALLER),),
        ),
    )
    new = NewCallback(now() + timedelta(hours=1), PLANTED["name"], contact_id=contact, person_id=person)
    words = OfferWords(employer=PLANTED["family"], recruiter=f"{PLANTED['name']} {PLANTED['phone']}")
    offer = hotline.NewOffer(OfferCoded("AT", travel_on=today()), words, contact_id=contact)
    return {
        "contact_id": contact,
        "callback_id": hotline.add_callback(actor=mira, callback=new),
        "check_id": hotline.begin_check(actor=mira, offer=offer),
    }


def _told_by_another(world: World, about: UUID) -> None:
    """A call that speaks about two; when one of them is erased, it waits to be rewritten."""
    actor = world.cast.actor("mira")
    caller = people.register_person(actor=actor, identity=Identity(names=(Name(text=PLANTED["family"]),)))
    coded = Coded("sos_trafficking", "about_someone", now() - timedelta(minutes=5), "voice", caller_role="mother")
    links = (Link(caller, CALLER), Link(about, CONCERNED))
    contact = NewContact(coded, words=Words(said=PLANTED["name"]), links=links)
    world.put("contact_id", hotline.record_contact(actor=actor, contact=contact))


def _half_done(world: World) -> None:
    """Drafts of a volunteer and of counsellors, a volunteer's own contact, and hand-overs between two people each."""
    lara = world.cast.actor("lara")
    for name in ("lara", "mira", "sanja"):
        draft = new_id()
        typed = Typed([("said", PLANTED["name"])])
        hotline.save_draft(actor=world.cast.actor(name), draft_id=draft, typed=typed)
        world.put("draft_id", draft)
    world.wall_off({"draft_id": draft})
    coded = Coded("sos_trafficking", "about_self", now() - timedelta(minutes=3), "voice")
    contact = hotline.record_contact(actor=lara, contact=NewContact(coded, words=Words(said=PLANTED["name"])))
    world.put("contact_id", contact)
    new = NewCallback(now() + timedelta(hours=2), PLANTED["name"], contact_id=contact, assigned_to=world.cast.lara.id)
    world.put("callback_id", hotline.add_callback(actor=lara, callback=new))
    for giver, receiver in (("vesna", "ivana"), ("mira", "dunja"), ("milena", "jelena")):
        actor = world.cast.actor(giver)
        case = cases.open_case(actor=actor, ground="consent", title=PLANTED["name"])
        handed = cases.hand_over(
            actor=actor, receiver_id=world.cast.employed[receiver].id, case_ids=[case], text=PLANTED["name"]
        )
        world.put("handover_id", handed)


def _ending(world: World) -> None:
    """A file whose time is over and one that somebody has proposed; and one that nobody has reason to open."""
    mira, jelena = world.cast.actor("mira"), world.cast.actor("jelena")
    ending = apps.get_model("rights.Ending")
    made = [make_case(mira, make_person(mira, PLANTED["name"])) for _ in range(3)]
    rows = [ending.objects.create(record_id=one, category="case", ends_on=today() - timedelta(days=1)) for one in made]
    world.put("ending_id", rows[0].pk)
    disposal = rights.propose(actor=jelena, category="case", lines=[rows[1].pk], reason="time_over")
    world.put("disposal_id", disposal)
    decoys.lay_out(actor=jelena, record_ids=[made[2]])
    decoys.watch(actor=mira, record_ids=[made[2]])
    world.put("alarm_id", vault.alarms(jelena)[0].id)
