"""Plants secrets into a running installation as colleagues would write them; prints them, one a line.

Run as a program of its own in the installation's environment, with the number of the first secret.
"""
# ruff: noqa: E402  (Django is set up before a room is imported)

import os
import sys
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()

from astra.accounts.services.signing import open_with_passphrase
from astra.cases import services as cases
from astra.cases.sections import Common
from astra.demo.cast import EVERYBODY
from astra.hotline import selectors as hotline_selectors
from astra.hotline import services as hotline
from astra.hotline.entries import NewCallback, NewContact, Typed
from astra.hotline.rules.channels import Inbound
from astra.hotline.rules.contacts import CALLER, Coded, Link
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import Caller, OfferLookup, OfferWords, SafeContact, Words
from astra.kernel.clock import now, today
from astra.kernel.ids import new_id
from astra.people import selectors as people_selectors
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety, Stay
from astra.vault.actor import Actor, staff, system
from astra.vault.scanner import new_scanner
from astra.vault.services.attachments import Incoming
from astra.vault.services.trail import reading
from tests.seizure.helped import helped

DESKS = ("hotline", "people", "cases", "consent", "directory", "coordination", "missing")
ROUNDS = 8


class Secrets:
    """Gives out words that occur nowhere else: letters only, so that every field takes them."""

    def __init__(self, prefix: str = "Qx") -> None:
        self.prefix = prefix
        self.given: list[str] = []

    def __call__(self) -> str:
        number = f"{len(self.given):04d}"
        self.given.append(self.prefix + "".join("bcdfghjklm"[int(digit)] for digit in number) + "tajna")
        return self.given[-1]


def actor_of(key: str) -> Actor:
    """Somebody of the invented organisation with open keys."""
    person = next(somebody for somebody in EVERYBODY if somebody.key == key)
    signed = open_with_passphrase(username=person.key, passphrase=person.passphrase)
    if signed is None:
        raise SystemExit(f"{key} cannot sign in")
    return staff(signed.opened.member_id, DESKS, signed.opened.keyring())


def plant_person(actor: Actor, secret: Secrets) -> UUID:
    """A person whose every part is secret."""
    return people.register_person(
        actor=actor,
        identity=Identity(
            names=(Name(given=secret(), family=secret()), Name(text=secret(), kind="nickname")),
            mother=secret(),
            father=secret(),
            birth_place=secret(),
            notes=secret(),
        ),
        details=ContactDetails((ContactDetail("email", f"{secret()}@example.org", note=secret()),)),
        safety=Safety((SafeRule("code_word", secret()), SafeRule("never_say", secret())), note=secret()),
        stay=Stay(kind="shelter", place=secret(), note=secret()),
    )


def plant_contact(actor: Actor, person: UUID, secret: Secrets, drafts_for: Collection[UUID] = ()) -> UUID:
    """A contact whose every word is secret, and a draft that stays half written."""
    contact = hotline.record_contact(
        actor=actor,
        contact=NewContact(
            coded=Coded("sos_trafficking", "about_self", now() - timedelta(minutes=5), caller_role="self"),
            words=Words(said=secret(), done=secret(), follow_up=secret()),
            caller=Caller(name=secret(), email=f"{secret()}@example.org", note=secret()),
            safe=SafeContact(how=secret(), code_word=secret(), never_say=secret()),
            links=(Link(person, CALLER),),
            callback=NewCallback(due_at=now() + timedelta(hours=2), why=secret()),
        ),
    )
    offer = hotline.NewOffer(
        OfferCoded("AT", "I", "social_network", terms=("fee_lent",)),
        OfferWords(
            employer=secret(), agency=secret(), recruiter=secret(), place=secret(), work=secret(), promised=secret()
        ),
        contact_id=contact,
    )
    check = hotline.begin_check(actor=actor, offer=offer)
    look = OfferLookup("website", today(), source=secret(), said=secret())
    hotline.note_lookup(actor=actor, check_id=check, lookup=look)
    hotline.decide_flags(actor=actor, check_id=check, confirmed={"debt"}, taken_away=(), remark=secret())
    hotline.conclude_check(actor=actor, check_id=check, verdict="warnings")
    hotline.tell_finding(actor=actor, check_id=check, answer=secret())
    typed = Typed(values=(("said", secret()), ("done", secret())), people=drafts_for)
    hotline.save_draft(actor=actor, draft_id=new_id(), typed=typed)
    return contact


def plant_case(actor: Actor, person: UUID, contact: UUID, secret: Secrets) -> UUID:
    """A file with words in every part, and a document."""
    case = cases.open_case(
        actor=actor,
        ground="consent",
        title=secret(),
        story=secret(),
        people=[(person, "client")],
        contact_ids=[contact],
        ground_words=secret(),
        common=Common(site=secret(), employer=secret(), recruiter=secret()),
    )
    cases.add_note(actor=actor, case_id=case, title=secret(), text=secret())
    cases.add_task(actor=actor, case_id=case, kind="other", title=secret(), remark=secret())
    incoming = Incoming(new_id(), new_scanner())
    incoming.write((secret() + " ").encode() * 3000)
    facts = incoming.finish(name=f"{secret()}.txt", content_type="text/plain")
    cases.add_document(actor=actor, case_id=case, incoming=incoming, facts=facts, kind="other", title=secret())
    return case


def plant_messages(actor: Actor, secret: Secrets) -> None:
    """A mail and an SMS came from secret addresses; one was answered by a notice, one in words that still wait."""
    postman = hotline.begin_postman(site="https://primer.example")
    for channel, reply in (("email", "words"), ("sms", "notice")):
        address = f"{secret()}@primer.example" if channel == "email" else secret()
        inbound = Inbound(channel, secret(), address, secret(), now())
        hotline.receive(actor=system(), inbound=inbound, desk=hotline.Desk("sos_trafficking", "sr-latn"))
        (line,) = [one for one in hotline_selectors.queue(actor) if one.channel == channel]
        hotline.choose_reply(actor=actor, conversation_id=line.id, reply=reply)
        hotline.answer(actor=actor, conversation_id=line.id, text=secret(), mark=new_id())
        hotline_selectors.sender_address(actor, line.id)
    sent, waits = hotline.waiting_letters(postman)
    for letter_id, _ in (sent, waits):
        assert hotline.hand_over_letter(postman, letter_id) is not None
    hotline.note_sent(sent[0])


def main() -> None:
    """Plant, read, search; print what was planted."""
    secret = Secrets()
    plant_messages(actor_of("mira"), secret)
    for _ in range(ROUNDS):
        actor = actor_of("jelena")
        person = plant_person(actor, secret)
        case = plant_case(actor, person, plant_contact(actor, person, secret), secret)
        with reading(actor, "test.read"):
            people_selectors.identity(actor, person)
            people_selectors.search(actor, secret())
    helped(actor, case, person, secret)
    sys.stdout.write("\n".join(secret.given) + "\n")


if __name__ == "__main__":
    main()
