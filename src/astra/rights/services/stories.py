"""How is somebody's own story written, approved by her, and printed, so that it is told once?"""

from uuid import UUID

from django.utils.translation import gettext

from astra import vocabulary
from astra.assistance.rules.letter_docx import Block
from astra.assistance.rules.letter_words import telling_words
from astra.assistance.services.letter_paper import lay_out
from astra.cases.rules.tiers import TEAM
from astra.cases.services import TierFiling
from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow
from astra.rights.models import Story
from astra.rights.rules import stories as rules
from astra.rights.sections import STORY, STORY_APPROVED, StoryWords
from astra.rights.selectors.access import check_client, get_row
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.viewing import Clean


def write_story(*, actor: Actor, case_id: UUID, person_id: UUID, text: str) -> UUID:
    """Begin somebody's story, as she tells it; it is not approved yet."""
    said = rules.check_words(text)
    check_client(actor, case_id, person_id)
    if Story.objects.filter(person=person_id).exists():
        raise NotAllowedNow(rules.HAS_ONE)
    filing = TierFiling(actor, case_id, TEAM)
    story_id = filing.seal("story", STORY, StoryWords(said), owners=[person_id])
    filing.line("story_written", story_id)
    with filing.transaction("rights.story_written"):
        Story.objects.create(record_id=story_id, person_id=person_id, case_id=case_id)
    return story_id


def revise_story(*, actor: Actor, story_id: UUID, text: str, revision: int) -> None:
    """Change the text; what she approved stays what it was until she approves the new one."""
    said = rules.check_words(text)
    row = get_row(actor, Story, story_id)
    filing = TierFiling(actor, row.case_id, TEAM)
    filing.revise(story_id, STORY, StoryWords(said), revision=revision)
    with filing.transaction("rights.story_revised"):
        pass


def approve_story(*, actor: Actor, story_id: UUID, revision: int, may_print: bool, is_in_person: bool) -> None:
    """Note that she has read this very text and approves it, and whether it may be printed for an institution."""
    row = get_row(actor, Story, story_id)
    opened = vault.open_section(actor, story_id, STORY)
    rules.check_approval(is_in_person=is_in_person, read=revision, newest=opened.revision)
    filing = TierFiling(actor, row.case_id, TEAM)
    before = vault.find_section(actor, story_id, STORY_APPROVED)
    if before is None:
        filing.seal_more(story_id, STORY_APPROVED, opened.content, owners=[row.person_id])
        filing.touch(story_id)
    else:
        filing.revise(story_id, STORY_APPROVED, opened.content, revision=before.revision)
    filing.line("story_approved", story_id)
    with filing.transaction("rights.story_approved", detail={"may_print": may_print}):
        Story.objects.filter(pk=story_id).update(
            approved_revision=opened.revision, approved_on=today(), may_print=may_print
        )


def print_story(*, actor: Actor, story_id: UUID, recipient: str, script: str) -> Clean:
    """The approved text on one page, for one institution; to whom it went stands in the file."""
    row = get_row(actor, Story, story_id)
    vocabulary.check("consent_recipient", recipient, field="recipient")
    approved = vault.find_section(actor, story_id, STORY_APPROVED)
    text = approved.content.text if approved else ""
    rules.check_printing(is_approved=approved is not None, may_print=row.may_print, telling=telling_words(text))
    blocks = [Block(gettext("My story"), is_heading=True), *(Block(line) for line in text.splitlines() if line.strip())]
    made = lay_out(blocks, script)
    filing = TierFiling(actor, row.case_id, TEAM)
    filing.touch(story_id)
    filing.line("story_printed", story_id, code=recipient)
    with filing.transaction("rights.story_printed", detail={"recipient": recipient}):
        pass
    return made
