"""What is there to be asked for? One organisation with records that some may open, others may not, and some erased.

Everything is built once a module, through the rooms' own services, and every request is undone after its answer. Which
records somebody may know of is asked of the vault, so that the tests find by themselves what is hers and what is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from astra.accounts import selectors as accounts
from astra.accounts.rules.roles import ROLES
from astra.accounts.services import invitations
from astra.cases import services as cases
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.hotline import services as hotline
from astra.hotline.entries import NewCallback, NewContact, Typed
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.rules.interpreters import Facts
from astra.hotline.rules.rota import Span
from astra.hotline.sections import Caller, InterpreterWords, Words
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.scanner import new_scanner
from astra.vault.services.attachments import Incoming

BY_ROLE = {
    "volunteer": "lara",
    "counsellor": "mira",
    "case_worker": "vesna",
    "psychologist": "dunja",
    "lawyer": "ivana",
    "missing_worker": "milena",
    "coordinator": "jelena",
    "educator": "outsider",
    "campaigner": "tara",
    "researcher": "nina",
    "data_protection_officer": "ana",
    "administrator": "petar",
}
FILE_WORKERS = ("mira", "vesna", "dunja", "ivana", "milena", "jelena")
HOUSE_KNOWS = frozenset(
    {"member_id", "invitation_id", "organisation_id", "request_id", "shift_id", "swap_id", "shift_handover_id"}
)
"""Parameters that hide nothing: every colleague may know her colleagues, the directory, and who works when."""
SAME_KIND = {"other_id": "case_id"}
PLANTED = {"name": "Zvezdana", "family": "Tajnović", "phone": "+381645550123", "mail": "zvezdana@primer.example"}


@dataclass
class World:
    """The organisation, and its records by the parameter that names them."""

    cast: Cast
    records: dict[str, list[UUID]] = field(default_factory=dict)
    owner: dict[UUID, UUID] = field(default_factory=dict)
    """Of a part (a note, a task), the record whose reach decides."""
    _reached: dict[UUID | None, set[UUID]] = field(default_factory=dict)
    _gone: set[UUID] = field(default_factory=set)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def put(self, parameter: str, record_id: UUID, owner: UUID | None = None) -> UUID:
        """Remember a record."""
        self.records.setdefault(parameter, []).append(record_id)
        self.owner[record_id] = owner or record_id
        return record_id

    def hers(self, parameter: str, actor: Actor) -> list[UUID]:
        """The records of a kind that somebody may know of."""
        return [one for one in self._all(parameter) if parameter in HOUSE_KNOWS or self._is_hers(one, actor)]

    def not_hers(self, parameter: str, actor: Actor) -> list[UUID]:
        """The records of a kind that are alive and not hers to know of."""
        gone = self._erased()
        return [one for one in self._all(parameter) if not self._is_hers(one, actor) and one not in gone]

    def erased(self, parameter: str) -> list[UUID]:
        """The erased records of a kind."""
        gone = self._erased()
        return [one for one in self._all(parameter) if one in gone]

    def typed_names(self, record_ids: list[UUID]) -> list[str]:
        """What people type for these records: numbers of cases, code names of people."""
        cases_found = apps.get_model("cases.Case").objects.filter(pk__in=record_ids)
        people_found = apps.get_model("people.Person").objects.filter(pk__in=record_ids)
        return [case.number for case in cases_found] + [person.code_name for person in people_found]

    def _all(self, parameter: str) -> list[UUID]:
        return self.records[SAME_KIND.get(parameter, parameter)]

    def _is_hers(self, record_id: UUID, actor: Actor) -> bool:
        if actor.id not in self._reached:
            self._reached[actor.id] = vault.reachable_among(actor, set(self.owner.values()))
        return self.owner[record_id] in self._reached[actor.id]

    def _erased(self) -> set[UUID]:
        if not self._gone:
            gone = apps.get_model("vault.Record").objects.filter(pk__in=list(self.owner)).exclude(erased_at=None)
            self._gone = set(gone.values_list("pk", flat=True))
        return self._gone

    def actor(self, name: str) -> Actor:
        """Somebody with open keys, the same for the whole module."""
        if name not in self._actors:
            self._actors[name] = self.cast.actor(name)
        return self._actors[name]

    def browser(self, role: str) -> Client:
        """Somebody of this role, signed in."""
        client = self.cast.client(BY_ROLE[role])
        client.raise_request_exception = False
        return client


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back, in both databases."""
    with transaction.atomic(), transaction.atomic(using="keystore"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keystore")


def ask(
    client: Client, method: str, address: str, data: dict[str, Any] | None = None, *, follow: bool = False
) -> HttpResponse:
    """Send one request and undo what it did, in the databases and in the browser."""
    cookies = deepcopy(client.cookies)
    with undone():
        if method == "POST":
            answer = client.post(address, data or {}, follow=follow)
        elif method == "GET":
            answer = client.get(address, data or {})
        else:
            answer = client.generic(method, address)
    client.cookies = cookies
    return answer  # type: ignore[return-value]  # the test client's own kind of answer


def build(cast: Cast) -> World:
    """Make the organisation's records: ours, another team's, walled off, erased."""
    world = World(cast)
    team = [cast.employed[name].id for name in FILE_WORKERS]
    _set_of(world, "mira", team=team)
    _half_done(world)
    _set_of(world, "dunja", team=[cast.dunja.id], is_apart=True)
    _set_of(world, "vesna", team=[cast.vesna.id], is_apart=True)
    _set_of(world, "mira", team=[cast.mira.id], is_apart=True)
    _wall_off(world, _set_of(world, "jelena", team=team))
    _written(world)
    gone = _set_of(world, "mira", team=team)
    _told_by_another(world, gone["person_id"])
    _on_shift(world, gone)
    people.erase(actor=cast.actor("ana"), person_id=gone["person_id"], reason="her_request")
    invitations.invite(actor=cast.actor("petar"), role="educator")
    world.put("invitation_id", accounts.open_invitations()[0].id)
    world.put("organisation_id", directory.add_organisation(actor=cast.actor("mira"), entry=Entry("Centar", "ngo")))
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
    made |= _in_the_case(actor, case)
    made |= _about_the_person(world, actor, person, is_apart=is_apart)
    for parameter, record_id in made.items():
        owner = {"consent_id": person, "override_id": person, "guardianship_id": person}.get(parameter)
        world.put(parameter, record_id, owner)
    return made


def _in_the_case(actor: Actor, case: UUID) -> dict[str, UUID]:
    incoming = Incoming(new_id(), new_scanner())
    incoming.write(PLANTED["name"].encode())
    facts = incoming.finish(name=f"{PLANTED['name']}.txt", content_type="text/plain")
    return {
        "note_id": cases.add_note(actor=actor, case_id=case, title=PLANTED["name"], text=PLANTED["phone"]),
        "task_id": cases.add_task(actor=actor, case_id=case, kind="other", title=PLANTED["name"], due_on=today()),
        "document_id": cases.add_document(
            actor=actor, case_id=case, incoming=incoming, facts=facts, kind="other", title=PLANTED["name"]
        ),
    }


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
    return {"contact_id": contact, "callback_id": hotline.add_callback(actor=mira, callback=new)}


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
    _wall_off(world, {"draft_id": draft})
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


def _written(world: World) -> None:
    """Conversations: one that the line's readers answer, one that a wall keeps from everybody."""
    for _ in range(2):
        visiting, _, _ = hotline.begin_conversation(line="sos_trafficking", language="sr-latn")
        hotline.write(visiting=visiting, text=f"{PLANTED['name']} {PLANTED['phone']}", mark=new_id())
        world.put("conversation_id", visiting.conversation.pk)
    _wall_off(world, {"conversation_id": visiting.conversation.pk})


def _on_shift(world: World, gone: dict[str, UUID]) -> None:
    """Shifts, hand-overs, emergencies, interpreters and notes after the work: ours, walled off, and of the erased."""
    mira, jelena, members = world.cast.actor("mira"), world.cast.actor("jelena"), world.cast.employed
    span = Span(now() + timedelta(days=2), now() + timedelta(days=2, hours=8))
    new = hotline.NewShift(members["mira"].id, "on_line", ("sos_trafficking",), span)
    (shift,) = hotline.plan_shifts(actor=jelena, shifts=[new])
    world.put("shift_id", shift)
    world.put("swap_id", hotline.ask_swap(actor=mira, shift_id=shift, member_id=members["sanja"].id))
    world.put("shift_handover_id", hotline.hand_over(actor=mira, lines=["sos_trafficking"]))
    for subject in (None, None, gone["person_id"]):
        point = hotline.add_point(
            actor=mira, kind="other", line="sos_trafficking", words=PLANTED["name"], subject_id=subject
        )
        contact = gone["contact_id"] if subject else None
        danger = hotline.open_danger(
            actor=mira, situation="held", line="sos_trafficking", place=PLANTED["name"], contact_id=contact
        )
        hotline.close_danger(actor=mira, danger_id=danger, outcome="by_mistake")
        world.put("point_id", point)
        world.put("danger_id", danger)
    _wall_off(world, {name: world.records[name][1] for name in ("point_id", "danger_id")})
    for name in ("mira", "sanja", "mira"):
        note = hotline.write_debrief(actor=world.cast.actor(name), kind="own", words=PLANTED["name"])
        world.put("debrief_id", note)
    hotline.destroy_debrief(actor=mira, debrief_id=note)
    facts, words = Facts(("ar",), signed_on=today()), InterpreterWords(PLANTED["name"], PLANTED["phone"])
    for _ in world.records["debrief_id"][:2]:
        interpreter = hotline.add_interpreter(actor=jelena, facts=facts, words=words)
        world.put("interpreter_id", interpreter)
    _wall_off(world, {"interpreter_id": interpreter})
    drawn = hotline.draw_sample(
        actor=jelena, month=(now() - timedelta(minutes=9)).astimezone(LOCAL).date(), n=2, seed=1
    )
    for quality in drawn:
        world.put("quality_id", quality)
    _wall_off(world, {"quality_id": quality})
    for name, note in zip(("mira", "sanja"), world.records["debrief_id"], strict=False):
        call = hotline.choose_interpreter(
            actor=world.cast.actor(name),
            interpreter_id=world.records["interpreter_id"][0],
            language="ar",
            conflict="none_found",
        )
        world.put("call_id", call, owner=note)  # reached by nobody but her who chose, as her own note is


def _wall_off(world: World, made: dict[str, UUID]) -> None:
    """A conflict of interest with everybody: nobody may know of these records."""
    wall = apps.get_model("vault.Wall")
    members = [one.id for one in world.cast.employed.values()]
    records = [record for parameter, record in made.items() if parameter != "guardianship_id"]
    wall.objects.bulk_create(wall(record_id=record, member_id=member) for record in records for member in members)


assert set(BY_ROLE) == set(ROLES)
