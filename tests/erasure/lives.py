"""Somebody's life with the organisation, in a running installation: every word of it is planted and printed.

Run as a program in the installation's environment; prints what the drill looks for afterwards, as JSON.
"""
# ruff: noqa: I001  (tests.seizure.plant sets Django up before a room is imported)

from tests.seizure.plant import Secrets, actor_of, plant_case, plant_contact, plant_person
from tests.seizure.helped import helped

import io
import json
import sys
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from openpyxl import Workbook

from astra.assistance import services as assistance
from astra.cases import services as cases
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.hotline import services as hotline
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.sections import WORDS, Caller, Words
from astra.kernel.clock import now, today
from astra.kernel.ids import new_id
from astra.people import selectors as people_reading
from astra.people import services as people
from astra.people.models import Person
from astra.people.rules.persons import Identity, Name
from astra.rights import services as rights
from astra.rights.rules import owning, requests
from astra.vault.actor import Actor
from astra.vault.models import Attachment, ErasureHandle, ErasureKey, ErasureOwner, Grant, Revision, Section
from astra.vault.services.attachments import FileFacts, Incoming
from astra.vault.services.circles import build_wall
from astra.vault.services.erasure import attachment_path
from astra.vault.scanner import new_scanner

NEEDLE_BYTES = 24


def live(actor: Actor, her: UUID, secret: Secrets) -> list[UUID]:
    """What is written about her and nobody else; returns the records that are hers."""
    first = plant_contact(actor, her, secret, drafts_for=[her])
    file = plant_case(actor, her, first, secret)
    from_help = helped(actor, file, her, secret)
    case = _case_of_nobody_yet(actor, secret)
    cases.add_person(actor=actor, case_id=case, person_id=her, role="client")
    health = cases.add_note(actor=actor, case_id=case, title=secret(), text=secret(), tier="health")
    cases.hand_over(
        actor=actor, case_ids=[case], receiver_id=actor_of("vesna").id or her, text=secret(), is_staying=True
    )
    line = consent.record_consent(
        actor=actor,
        person_id=her,
        new=NewConsent(
            "assistance",
            "own_team",
            "everything",
            method="spoken_in_person",
            language="sr",
            words=secret(),
            withheld=secret(),
        ),
    )
    without = consent.share_in_danger(
        actor=actor,
        person_id=her,
        reason_code="danger_to_life",
        recipient="emergency_services",
        sections=("identity",),
        why=secret(),
        given=secret(),
    )
    cases.revise_note(actor=actor, note_id=health, title=secret(), text=secret(), revision=1)
    hers = [questioned(actor, file, secret), *on_her_own_page(actor, file, her, secret), taken_back(actor, her, secret)]
    return [first, file, case, health, line, without, *from_help, *hers]


def questioned(actor: Actor, case: UUID, secret: Secrets) -> UUID:
    """What she answered to questions of the organisation's own."""
    book, written = Workbook(), io.BytesIO()
    page = book.create_sheet("survey")
    for row in (["type", "name", "label"], ["text", "where", "Gde"], ["text", "whom", "Kome"]):
        page.append(row)
    book.save(written)
    asked = assistance.bring_question_set(actor=actor, content=written.getvalue(), title="Anketa")
    given = {"where": secret(), "whom": secret()}
    return assistance.answer_questions(actor=actor, case_id=case, set_id=asked, tier="team", given=given)


def on_her_own_page(actor: Actor, case: UUID, her: UUID, secret: Secrets) -> list[UUID]:
    """What she asked and complained of on her own page."""
    codes = rights.give_page(
        actor=actor, case_id=case, person_id=her, parts=owning.PARTS, name=secret(), is_in_person=True
    )
    opened = rights.open_own(typed=codes.own)
    assert isinstance(opened, tuple)
    kinds = (requests.CORRECT, requests.COMPLAIN)
    return [rights.ask_online(owning=opened[0], kind=kind, words=secret()) for kind in kinds]


def taken_back(actor: Actor, her: UUID, secret: Secrets) -> UUID:
    """A consent that she took back, so that what was told on it is being recalled."""
    new = NewConsent(
        "representation", "lawyer", "needs", method="spoken_in_person", language="sr", words=secret(), withheld=secret()
    )
    line = consent.record_consent(actor=actor, person_id=her, new=new)
    consent.withdraw_consent(actor=actor, consent_id=line, words=secret())
    return line


def _case_of_nobody_yet(actor: Actor, secret: Secrets) -> UUID:
    """A file that begins before anybody knows whose it is: its first words become hers."""
    case = cases.open_case(actor=actor, ground="vital_interest", title=secret(), story=secret())
    cases.add_note(actor=actor, case_id=case, title=secret(), text=secret())
    incoming = Incoming(new_id(), new_scanner())
    incoming.write((secret() + " ").encode() * 3000)
    facts: FileFacts = incoming.finish(name=f"{secret()}.txt", content_type="text/plain")
    cases.add_document(actor=actor, case_id=case, incoming=incoming, facts=facts, kind="other", title=secret())
    return case


def told_by_her_mother(actor: Actor, her: UUID, shared: Secrets) -> tuple[UUID, UUID]:
    """A call that speaks about two: its words wait on the worklist."""
    mother = people.register_person(actor=actor, identity=Identity(names=(Name(given=shared(), family=shared()),)))
    call = hotline.record_contact(
        actor=actor,
        contact=NewContact(
            coded=Coded("sos_trafficking", "about_someone", now() - timedelta(minutes=9), caller_role="mother"),
            words=Words(said=shared()),
            caller=Caller(name=shared()),
            links=(Link(mother, CALLER), Link(her, CONCERNED)),
        ),
    )
    people.add_guardian(actor=actor, child_id=her, role="parent", from_on=today(), guardian_id=mother)
    return mother, call


def main() -> None:
    """Plant, and print what there is to be forgotten."""
    actor, secret, shared = actor_of("jelena"), Secrets(), Secrets(prefix="Zv")
    people_reading.search(actor, Secrets()())  # her name, before anybody knows her
    her, twin = plant_person(actor, secret), plant_person(actor, secret)
    records = live(actor, her, secret)
    mother, call = told_by_her_mother(actor, her, shared)
    people.merge_people(actor=actor, keep_id=her, duplicate_id=twin)
    build_wall(actor=actor, record_id=her, member_id=actor_of("sanja").id or her)
    hers = ErasureOwner.objects.filter(owner=her).values("handle")
    alone = ErasureHandle.objects.filter(pk__in=hers).exclude(owners__owner=mother)
    handles = list(alone.values_list("pk", flat=True))
    sections = Section.objects.filter(handle__in=handles)
    both = ErasureHandle.objects.get(record=call, retention=WORDS.retention)
    of_her = {*alone.values_list("record", flat=True), her, twin}
    sys.stdout.write(
        json.dumps(
            {
                "her": str(her),
                "mother": str(mother),
                "call": str(call),
                "pages": [str(her), *map(str, records)],
                "records": sorted({str(one) for one in (*records, *of_her)}),
                "words": [*secret.given, *_code_names(her, twin)],
                "shared": shared.given,
                "name": secret.given[0],
                "keys": _keys(handles),
                "shared_keys": _keys([both.pk]),
                "shared_sealed": _sealed(Section.objects.filter(handle=both), with_grants=False),
                "sealed": _sealed(sections),
                "files": [str(path) for path in map(attachment_path, _attachments(of_her))],
            }
        )
    )


def _code_names(*person_ids: UUID) -> list[str]:
    return list(Person.objects.filter(pk__in=person_ids).values_list("code_name", flat=True))


def _attachments(records: set[UUID]) -> list[UUID]:
    return list(Attachment.objects.filter(record__in=records).values_list("pk", flat=True))


def _keys(handles: list[UUID]) -> dict[str, str]:
    return {f"erasure key {row.pk}": row.key.hex() for row in ErasureKey.objects.filter(pk__in=handles)}


def _sealed(sections: QuerySet[Section], *, with_grants: bool = True) -> dict[str, str]:
    """A piece of each ciphertext, and of each wrap that opens it."""
    found: dict[str, bytes] = {}
    for row in sections:
        found[f"section {row.pk}"] = bytes(row.sealed)
        for earlier in Revision.objects.filter(section=row):
            found[f"revision {earlier.pk}"] = bytes(earlier.sealed)
        for grant in Grant.objects.filter(record=row.record_id, kind=row.kind) if with_grants else ():
            found[f"grant {grant.pk}"] = bytes(grant.wrapped)
    return {name: sealed[20 : 20 + NEEDLE_BYTES].hex() for name, sealed in found.items()}


if __name__ == "__main__":
    main()
