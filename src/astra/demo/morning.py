"""What lies on the desks of the invented organisation this morning? Callbacks, tasks, a hand-over, a story half told.

`filling` invents a year at random; this is the one morning that everybody looks at first, told by hand: a mother, her
daughter who wants nothing told, a colleague who hands over, a volunteer's entry, and words typed half.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.cases import services as cases
from astra.cases.entries import NewMember
from astra.cases.sections import Common
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo import rota
from astra.demo.cast import Employed
from astra.demo.desk_of_the_team import agree
from astra.demo.helping import help_her
from astra.demo.her_own import give_her_own
from astra.demo.offering import tell_offers
from astra.demo.on_trial import go_to_court
from astra.demo.partners import list_partners
from astra.demo.phoning import let_ring
from astra.demo.referring import refer_her
from astra.hotline import services as hotline
from astra.hotline.entries import NewCallback, NewContact, Typed
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.sections import Caller, SafeContact, Words
from astra.hotline.selectors import Visiting
from astra.kernel.clock import LOCAL, now
from astra.kernel.ids import new_id
from astra.kernel.partial_dates import PartialDate
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety, Stay
from astra.vault.actor import visitor

Told = dict[str, Any]  # Any: the texts of the data file, by section
SOS = "sos_trafficking"


def lay_out(employed: Mapping[str, Employed], *, today: date) -> None:
    """Put everything in its place, as the people of the organisation would have done it."""
    told: Told = tomllib.loads(files("astra.demo").joinpath("data/morning.toml").read_text(encoding="utf-8"))
    Morning(employed, told, today).lay_out()


class Morning:
    """The invented morning being told."""

    def __init__(self, employed: Mapping[str, Employed], told: Told, today: date) -> None:
        self.by = employed
        self.told = told
        self.today = today

    def lay_out(self) -> None:
        """Tell it in its order."""
        mother, daughter = self._mother(), self._daughter()
        first, second = self._calls(mother, daughter)
        self._callbacks(mother, daughter)
        case = self._case(daughter, mother, [first, second])
        partners = list_partners(actor=self.by["jelena"].actor(), today=self.today)
        help_her(self.by, case=case, person=daughter, today=self.today)
        refer_her(self.by["vesna"].actor(), case=case, person=daughter, partners=partners, today=self.today)
        go_to_court(self.by, case=case, today=self.today)
        self._led_by_the_counsellor(mother)
        self._handed_over()
        self._unled()
        self._group()
        self._waiting_for_others()
        self._conversations()
        tell_offers(self.by, today=self.today)
        let_ring(mothers_number=self.told["mother"]["phone"], at=self._at(0, 11))
        rota.plan(self.by, self.told, self.today)
        agree(self.by, self.told["team"], today=self.today, at=now(), person_id=daughter)

    def _at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        moment = datetime.combine(self.today - timedelta(days=days_ago), time(hour, minute), LOCAL)
        return min(moment, now() - timedelta(minutes=5))

    def _day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def _mother(self) -> UUID:
        told = self.told["mother"]
        return people.register_person(
            actor=self.by["mira"].actor(),
            identity=Identity(names=(Name(told["given"], told["family"]),), sex="female", languages=("sr",)),
            details=ContactDetails((ContactDetail("mobile", told["phone"]),)),
            safety=Safety(
                (
                    SafeRule("call_only_between", told["between"]),
                    SafeRule("code_word", told["code_word"]),
                    SafeRule("never_say", told["never_say"]),
                    SafeRule("no_voicemail"),
                )
            ),
        )

    def _daughter(self) -> UUID:
        told, born = self.told["daughter"], date(self.today.year - 19, 4, 12)
        return people.register_person(
            actor=self.by["mira"].actor(),
            identity=Identity(
                names=(Name(told["given"], told["family"]),),
                mother=told["mother"],
                birth=PartialDate(born, born),
                sex="female",
                citizenships=("RS",),
                languages=("sr",),
            ),
            details=ContactDetails((ContactDetail("mobile", told["phone"], "yes"),)),
            safety=Safety(
                (
                    SafeRule("messages_only"),
                    SafeRule("code_word", told["code_word"]),
                    SafeRule("must_not_know", told["must_not_know"]),
                )
            ),
            stay=Stay(kind="shelter", since=self.today - timedelta(days=20), place=told["place"]),
        )

    def _calls(self, mother: UUID, daughter: UUID) -> tuple[UUID, UUID]:
        """The mother asks, the daughter wants nothing told: two contacts, two silences."""
        mira, said = self.by["mira"].actor(), self.told["contacts"]
        first = self._contact(
            mira,
            Coded(SOS, "about_someone", self._at(6, 21, 40), "voice", "sr", "mother", ("missing_runaway",), minutes=22),
            Words(said=said["mother_said"], done=said["mother_done"]),
            (Link(mother, CALLER), Link(daughter, CONCERNED)),
        )
        second = self._contact(
            mira,
            Coded(SOS, "about_self", self._at(5, 7, 15), "voice", "sr", "self", ("trafficking_after",), minutes=31),
            Words(said=said["daughter_said"], done=said["daughter_done"]),
            (Link(daughter, CALLER),),
        )
        return first, second

    def _contact(self, actor: Any, coded: Coded, words: Words, links: tuple[Link, ...] = ()) -> UUID:  # Any: an Actor
        return hotline.record_contact(actor=actor, contact=NewContact(coded, words=words, links=links))

    def _callbacks(self, mother: UUID, daughter: UUID) -> None:
        why, mira = self.told["callbacks"], self.by["mira"]
        said = self.told["contacts"]
        anonymous = hotline.record_contact(
            actor=mira.actor(),
            contact=NewContact(
                Coded(SOS, "about_someone", self._at(1, 19, 5), "voice", "sr", "friend", ("trafficking_suspicion",)),
                words=Words(said=said["anonymous_said"], done=said["anonymous_done"]),
                caller=Caller(phone="+381 61 555 0199"),
                safe=SafeContact(when="posle 20 h", voicemail="no"),
            ),
        )
        late = datetime.combine(self.today, time(23, 30), LOCAL)
        for new in (
            NewCallback(now() - timedelta(hours=20), why["mother"], person_id=mother),
            NewCallback(
                max(now(), late - timedelta(hours=9)), why["daughter"], person_id=daughter, assigned_to=mira.id
            ),
            NewCallback(late, why["anonymous"], contact_id=anonymous),
        ):
            hotline.add_callback(actor=mira.actor(), callback=new)

    def _case(self, client: UUID, mother: UUID, contacts: list[UUID]) -> UUID:
        """The case that tells a story: opened by the counsellor, led by the case worker, with narrow tiers."""
        told, vesna = self.told["case"], self.by["vesna"]
        case = cases.open_case(
            actor=self.by["mira"].actor(),
            ground="consent",
            title=told["title"],
            story=told["story"],
            ground_words=told["ground_words"],
            people=[(client, "client"), (mother, "mother")],
            contact_ids=contacts,
            team=[self.by["mira"].id, vesna.id],
            lead=vesna.id,
        )
        facts = {"kind": "trafficking", "risk": "raised"}
        cases.set_facts(actor=vesna.actor(), case_id=case, forms=["forced_labour"], countries=["AT", "RS"], **facts)
        for name in ("dunja", "ivana"):
            cases.admit(actor=vesna.actor(), case_id=case, member_id=self.by[name].id)
        self._notes(case)
        tasks = self.told["tasks"]
        for kind, title, due in (("call_back", "school", -2), ("accompany", "passport", 0), ("document", "labour", 3)):
            cases.add_task(actor=vesna.actor(), case_id=case, kind=kind, title=tasks[title], due_on=self._day(due))
        self._consents(client)
        give_her_own(vesna.actor(), case, client, told)
        return case

    def _notes(self, case: UUID) -> None:
        told = self.told["case"]
        for name, kind, tier, part, at in (
            ("vesna", "meeting", "team", "meeting", self._at(4, 11)),
            ("vesna", "field_visit", "team", "visit", self._at(2, 15, 30)),
            ("dunja", "medical", "health", "health", self._at(1, 10)),
            ("ivana", "note", "legal", "legal", self._at(1, 13, 20)),
        ):
            cases.add_note(
                actor=self.by[name].actor(),
                case_id=case,
                title=told.get(f"{part}_title", ""),
                text=told[part],
                kind=kind,
                tier=tier,
                happened_at=at,
            )

    def _consents(self, person: UUID) -> None:
        for purpose, recipient, section, answer, until in (
            ("assistance", "own_team", "everything", "given", 180),
            ("accommodation", "shelter", "identity", "given", 20),
            ("police_report", "police", "story", "refused", None),
            ("representation", "lawyer", "legal", "not_asked", None),
        ):
            new = NewConsent(
                purpose,
                recipient,
                section,
                answer,
                giver="self",
                method="spoken_in_person",
                language="sr",
                until_on=self._day(until) if until else None,
                ask_by=self.today if answer == "not_asked" else None,
            )
            consent.record_consent(actor=self.by["mira"].actor(), person_id=person, new=new)

    def _led_by_the_counsellor(self, mother: UUID) -> None:
        """What does not leave the line: a counsellor leads it herself, alone or with the psychologist."""
        mira, told, tasks = self.by["mira"], self.told["counsellor"], self.told["tasks"]
        support = cases.open_case(
            actor=mira.actor(),
            ground="consent",
            title=told["support_title"],
            story=told["support_story"],
            people=[(mother, "client")],
            lead=mira.id,
        )
        cases.admit(actor=mira.actor(), case_id=support, member_id=self.by["dunja"].id)
        offer = cases.open_case(
            actor=mira.actor(),
            ground="not_yet_asked",
            title=told["offer_title"],
            story=told["offer_story"],
            lead=mira.id,
        )
        for case, kind, title, due in (
            (support, "call_back", "mother", 0),
            (support, "appointment", "psychologist", 4),
            (offer, "document", "agency", 1),
        ):
            cases.add_task(
                actor=mira.actor(), case_id=case, kind=kind, title=tasks[title], due_on=self._day(due), assigned=mira.id
            )

    def _handed_over(self) -> None:
        told, sanja, mira = self.told["handover"], self.by["sanja"], self.by["mira"]
        person = people.register_person(actor=sanja.actor(), identity=Identity(sex="female", languages=("sr",)))
        case = cases.open_case(
            actor=sanja.actor(),
            ground="consent",
            title=told["title"],
            story=told["story"],
            people=[(person, "client")],
            lead=sanja.id,
        )
        cases.hand_over(actor=sanja.actor(), receiver_id=mira.id, case_ids=[case], text=told["text"])

    def _unled(self) -> None:
        told = self.told["unled"]
        cases.open_case(
            actor=self.by["jelena"].actor(), ground="child_protection", title=told["title"], story=told["story"]
        )

    def _group(self) -> None:
        told, vesna = self.told["group"], self.by["vesna"]
        made = cases.open_group(
            actor=vesna.actor(),
            ground="not_yet_asked",
            title=told["title"],
            story=told["story"],
            common=Common(
                site=told["site"],
                employer=told["employer"],
                recruiter=told["recruiter"],
                transport=told["transport"],
                conditions=told["conditions"],
            ),
            members=[NewMember(name=name) for name in told["workers"]],
            lead=vesna.id,
        )
        cases.hold(actor=vesna.actor(), case_id=made.group_id, words=self.told["tasks"]["report"])

    def _waiting_for_others(self) -> None:
        """A volunteer's entry to review, a contact logged without keys, and a sentence that stops half-way."""
        said = self.told["contacts"]
        offer = Coded(SOS, "about_self", self._at(0, 8, 10), "viber", "sr", "self", ("job_offer_check",), minutes=12)
        words = Words(said=said["volunteer_said"], done=said["volunteer_done"])
        self._contact(self.by["lara"].actor(), offer, words)
        hotline.log_without_keys(
            actor=visitor(),
            coded=Coded(SOS, "about_self", self._at(0, 6, 50)),
            words=Words(said=said["without_keys_said"]),
            signed_as=self.by["sanja"].person.key,
        )
        typed = Typed([("line", SOS), ("kind", "about_self"), ("said", said["draft_said"])])
        hotline.save_draft(actor=self.by["mira"].actor(), draft_id=new_id(), typed=typed)

    def _conversations(self) -> None:
        """In writing: somebody whom nobody answers yet, somebody whom Mira does, and thanks."""
        said, mira, sanja = self.told["conversations"], self.by["mira"].actor(), self.by["sanja"].actor()
        self._written("sr", said["offer"])
        locked_in = self._written("ar", said["locked_in"])
        hotline.take(actor=mira, conversation_id=locked_in.conversation.pk)
        answer = said["locked_in_answer"]
        hotline.answer(actor=mira, conversation_id=locked_in.conversation.pk, text=answer, mark=new_id())
        hotline.write(visiting=locked_in, text=said["locked_in_again"], mark=new_id())
        thanks = self._written("sr-latn", said["thanks"]).conversation.pk
        hotline.take(actor=sanja, conversation_id=thanks)
        hotline.answer(actor=sanja, conversation_id=thanks, text=said["thanks_answer"], mark=new_id())
        hotline.end_conversation(actor=sanja, conversation_id=thanks, outcome="helped")

    def _written(self, language: str, text: str) -> Visiting:
        visiting, _, _ = hotline.begin_conversation(line=SOS, language=language)
        hotline.write(visiting=visiting, text=text, mark=new_id())
        return visiting
