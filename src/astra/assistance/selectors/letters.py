"""Which letters does a file have, and what do they say? Each only to who sits in its tier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.assistance.letter_sections import LETTER, LetterWords
from astra.assistance.models import Letter, LetterTemplate
from astra.assistance.rules.letter_docx import Block, build_template, fill, read_blocks
from astra.assistance.rules.letters import kinds
from astra.assistance.selectors.referrals import get_referral, referral_words
from astra.cases import selectors as cases
from astra.directory import selectors as directory
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class LetterLine:
    """One letter of a file."""

    id: UUID
    kind: str
    script: str
    tier: str
    state: str
    is_telling: bool
    made_at: datetime
    written_by: str
    document_id: UUID | None


@dataclass(frozen=True)
class TemplateLine:
    """Whether an organisation has put its own in place."""

    kind: str
    script: str
    version: int
    at: datetime | None
    who: str


def get_letter(actor: Actor, letter_id: UUID) -> Letter:
    """A letter in a tier of a file that the actor sits in, or `NotFound`."""
    found = Letter.objects.filter(pk=letter_id).first()
    if found is None:
        actor.check_desk("cases")
        vault.check_reach(actor, letter_id)
        raise NotFound
    cases.get_case(actor, found.case_id)
    if found.tier not in cases.tiers_of(actor, found.case_id):
        raise NotFound
    return found


def letter_words(actor: Actor, letter: Letter) -> Opened[LetterWords]:
    """What a letter says."""
    return vault.open_section(actor, letter.pk, LETTER)


def letters_of(actor: Actor, case_id: UUID) -> list[LetterLine]:
    """The letters of a file in the tiers in which the actor sits, newest first."""
    cases.get_case(actor, case_id)
    rows = Letter.objects.filter(case=case_id, tier__in=cases.tiers_of(actor, case_id)).order_by("-made_at")
    found = list(rows)
    names = accounts.work_names({row.written_by for row in found if row.written_by})
    return [
        LetterLine(
            row.pk,
            row.kind,
            row.script,
            row.tier,
            row.state,
            row.is_telling,
            row.made_at,
            names.get(row.written_by, "") if row.written_by else "",
            row.document_id,
        )
        for row in found
    ]


def newest_template(kind: str, script: str) -> LetterTemplate | None:
    """The organisation's own template, if it has one."""
    return LetterTemplate.objects.filter(kind=kind, script=script, retired_at=None).first()


def template_bytes(letter: Letter) -> bytes:
    """The template with which a letter was written."""
    return bytes(letter.template.content) if letter.template else build_template(kinds()[letter.kind], letter.script)


def blocks_of(letter: Letter, words: LetterWords) -> list[Block]:
    """The letter as it will be printed."""
    return read_blocks(fill(template_bytes(letter), dict(words.values)))


def template_in_use(kind: str, script: str) -> bytes:
    """The template of a kind as a DOCX, the organisation's own or ours."""
    own = newest_template(kind, script)
    return bytes(own.content) if own else build_template(kinds()[kind], script)


def own_templates(actor: Actor) -> Sequence[TemplateLine]:
    """The templates that the organisation has put in place."""
    actor.check_desk("cases", "coordination")
    rows = list(LetterTemplate.objects.filter(retired_at=None).order_by("kind", "script"))
    names = accounts.work_names({row.by for row in rows if row.by})
    return [
        TemplateLine(row.kind, row.script, row.version, row.at, names.get(row.by, "") if row.by else "") for row in rows
    ]


def offered_values(
    actor: Actor, case_id: UUID, person_id: UUID | None, referral_id: UUID | None = None
) -> dict[str, str]:
    """What the file could put into a letter about one of its people; nothing of it goes in by itself."""
    facts = cases.case_facts(actor, case_id)
    found = {"number": facts.number, "signer": accounts.work_name(actor.id), **_to_whom(actor, referral_id)}
    cards = {card.id: card for card in cases.people_in(actor, case_id)}
    if person_id not in cards or person_id is None:
        return found
    found["person"] = cards[person_id].known.name
    identity = people.find_identity(actor, person_id)
    if identity is not None and identity.content.birth is not None:
        birth = identity.content.birth
        if birth.earliest == birth.latest:
            found["born"] = birth.earliest.strftime("%d.%m.%Y.")
    return found


def _to_whom(actor: Actor, referral_id: UUID | None) -> dict[str, str]:
    """What a referral says of the letter that carries it; a hidden place has no address here."""
    if referral_id is None:
        return {}
    row = get_referral(actor, referral_id)
    organisation = directory.organisation_row(actor, row.organisation_id)
    places = [place for place in directory.places_of(organisation) if place.address]
    address = f"{places[0].address}, {places[0].town}" if places else ""
    body = referral_words(actor, row).content.told
    return {"recipient": organisation.name, "address": address, "body": body}


def confirmers(actor: Actor, letter: Letter) -> dict[UUID, str]:
    """The colleagues who can confirm a letter: who sits in its tier and did not write it."""
    circle = cases.tier_circles([letter.case_id]).get(letter.case_id, {}).get(letter.tier)
    members = vault.workers_in(circle) if circle else set()
    names = accounts.work_names(members - {actor.id})
    return dict(sorted(names.items(), key=lambda pair: pair[1]))
