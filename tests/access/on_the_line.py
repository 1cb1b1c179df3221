"""What is planted on the hotline: conversations, calls, the register, shifts and what is agreed there."""

from datetime import timedelta
from uuid import UUID

from django.apps import apps

from astra.demo.files import picture
from astra.hotline import services as hotline
from astra.hotline.rules.calls import CallEvent
from astra.hotline.rules.employers import Entry as CheckedEntry
from astra.hotline.rules.interpreters import Facts
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.rules.rota import Span
from astra.hotline.sections import InterpreterWords, OfferWords, PlanWords
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.ids import new_id
from astra.vault.actor import system
from astra.vault.scanner import NoScanner
from astra.vault.services.attachments import Incoming
from astra.vault.services.erasure import erase_owner
from tests.access.world import PLANTED, World


def written(world: World) -> None:
    """Conversations: one that the line's readers answer, one that a wall keeps from everybody, one that is erased."""
    _answered, walled, erased = (_with_a_file(world) for _ in range(3))
    world.wall_off(walled)
    erase_owner(actor=world.cast.actor("mira"), owner_id=erased["talk_id"], reason="her_request")


def _with_a_file(world: World) -> dict[str, UUID]:
    """A conversation of words and a picture."""
    visiting, _, _ = hotline.begin_conversation(line="sos_trafficking", language="sr-latn")
    hotline.write(visiting=visiting, text=f"{PLANTED['name']} {PLANTED['phone']}", mark=new_id())
    incoming = Incoming(new_id(), NoScanner())
    incoming.write(picture())
    facts = incoming.finish(name=f"{PLANTED['name']}.jpg", content_type="image/jpeg")
    hotline.write_file(visiting=visiting, arrived=hotline.Arrived(incoming.record_id, facts), mark=new_id())
    talk = apps.get_model("hotline.Talk").objects.get(conversation=visiting.conversation.pk)
    made = {"conversation_id": visiting.conversation.pk, "talk_id": talk.pk}
    for parameter, record_id in made.items():
        world.put(parameter, record_id)
    return made


def register(world: World) -> None:
    """An organisation in the register, with a finding; and a check that a wall keeps from everybody."""
    mira = world.cast.actor("mira")
    entry = CheckedEntry("Sunčani put d.o.o.", "agency")
    made = world.put("checked_id", hotline.add_organisation(actor=mira, entry=entry, is_organisation=True))
    found = hotline.add_finding(
        actor=mira, organisation_id=made, what="website", source="primer.example", on=today(), verdict="none_so_far"
    )
    world.put("finding_id", found)
    check = hotline.begin_check(actor=mira, offer=hotline.NewOffer(OfferCoded(), OfferWords(agency=PLANTED["name"])))
    world.put("check_id", check)
    world.wall_off({"check_id": check})


def rung(world: World) -> None:
    """Telephone calls: one that the line's readers see, one that a wall keeps from everybody."""
    for _ in range(2):
        event = CallEvent("test", str(new_id()), "ringing", now(), dialled="116000", number=PLANTED["phone"])
        world.put("call_id", hotline.hear(actor=system(), event=event))
    world.wall_off({"call_id": world.records["call_id"][-1]})


def on_shift(world: World, gone: dict[str, UUID]) -> None:
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
    world.wall_off({name: world.records[name][1] for name in ("point_id", "danger_id")})
    for name in ("mira", "sanja", "mira"):
        note = hotline.write_debrief(actor=world.cast.actor(name), kind="own", words=PLANTED["name"])
        world.put("debrief_id", note)
    hotline.destroy_debrief(actor=mira, debrief_id=note)
    _agreed(world, gone["person_id"])
    facts, words = Facts(("ar",), signed_on=today()), InterpreterWords(PLANTED["name"], PLANTED["phone"])
    for _ in world.records["debrief_id"][:2]:
        interpreter = hotline.add_interpreter(actor=jelena, facts=facts, words=words)
        world.put("interpreter_id", interpreter)
    world.wall_off({"interpreter_id": interpreter})
    drawn = hotline.draw_sample(
        actor=jelena, month=(now() - timedelta(minutes=9)).astimezone(LOCAL).date(), n=2, seed=1
    )
    for quality in drawn:
        world.put("quality_id", quality)
    world.wall_off({"quality_id": quality})
    for name, note in zip(("mira", "sanja"), world.records["debrief_id"], strict=False):
        call = hotline.choose_interpreter(
            actor=world.cast.actor(name),
            interpreter_id=world.records["interpreter_id"][0],
            language="ar",
            conflict="none_found",
        )
        world.put("interpreting_id", call, owner=note)  # reached by nobody but her who chose, as her own note is


def _agreed(world: World, gone: UUID) -> None:
    """Plans for regular callers, points for the team, notes of supervisors: ours, walled off, and of the erased."""
    mira, jelena, members = world.cast.actor("mira"), world.cast.actor("jelena"), world.cast.employed
    for subject in (None, None, gone):
        words_of_plan = PlanWords(nickname=PLANTED["name"], helps=PLANTED["phone"])
        planned = hotline.Planned(words_of_plan, today() + timedelta(days=20), mira.id)
        world.put("plan_id", hotline.make_plan(actor=mira, planned=planned, person_id=subject))
    world.wall_off({"plan_id": world.records["plan_id"][1]})
    world.put("meeting_id", hotline.begin_meeting(actor=jelena, held_on=today(), present=[members["mira"].id]))
    for subject in (None, None, gone):
        made = hotline.flag_point(actor=mira, words=PLANTED["name"], subject_id=subject)
        world.put("meeting_point_id", made)
    world.wall_off({"meeting_point_id": world.records["meeting_point_id"][1]})
    hotline.decide_watching(actor=jelena, is_allowed=True, decided_on=today())
    hotline.found_supervision(actor=jelena, members=[members["mira"].id, members["sanja"].id])
    for _ in range(3):
        noted = hotline.write_supervision(actor=world.cast.actor("mira"), words=PLANTED["name"])
        world.put("supervision_note_id", noted)
    world.wall_off({"supervision_note_id": world.records["supervision_note_id"][1]})
    hotline.destroy_supervision(actor=world.cast.actor("mira"), supervision_note_id=noted)
