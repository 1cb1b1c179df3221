"""How do letters look? States and kinds in the reader's words, telling words marked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astra.accounts.selectors import work_name
from astra.assistance.forms.letters import SCRIPT_NAMES
from astra.assistance.letter_sections import LetterWords
from astra.assistance.models import Letter
from astra.assistance.rules import letters as rules
from astra.assistance.rules.letter_docx import Block
from astra.assistance.rules.letter_words import telling_words
from astra.assistance.selectors.letters import LetterLine, TemplateLine
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

STATES = {
    rules.DRAFT: (msg("Draft"), ""),
    rules.TO_CONFIRM: (msg("Waits for a second person"), "attention"),
    rules.READY: (msg("Ready"), "info"),
    rules.ISSUED: (msg("Issued"), "good"),
}


def letter_rows(lines: Iterable[LetterLine]) -> list[dict[str, Any]]:
    """Letters as a list shows them."""
    return [
        {
            "line": line,
            "url": reverse("assistance:letter", args=[line.id]),
            "title": label("letter_kind", line.kind),
            "state": _(STATES[line.state][0]),
            "tone": STATES[line.state][1],
            "script": dict(SCRIPT_NAMES)[line.script],
        }
        for line in lines
    ]


def letter_context(actor: Actor, found: Letter, words: LetterWords, blocks: Sequence[Block]) -> dict[str, Any]:
    """Everything that the template of a letter needs."""
    telling = telling_words("\n".join(block.text for block in blocks))
    is_mine = found.written_by == actor.id
    return {
        "letter": found,
        "title": label("letter_kind", found.kind),
        "state": _(STATES[found.state][0]),
        "tone": STATES[found.state][1],
        "blocks": [{"is_heading": block.is_heading, "html": _marked(block.text, telling)} for block in blocks],
        "telling": telling,
        "said": words.said,
        "writer": work_name(found.written_by),
        "confirmer": work_name(found.confirmed_by) if found.confirmed_by else "",
        "is_draft": found.state == rules.DRAFT,
        "may_decide": found.state == rules.TO_CONFIRM and not is_mine,
        "waits": found.state == rules.TO_CONFIRM and is_mine,
        "is_ready": found.state == rules.READY,
        "is_issued": found.state == rules.ISSUED,
    }


def _marked(text: str, telling: Sequence[str]) -> SafeString:
    """The text with the telling words marked; everything is escaped first."""
    shown = str(escape(text))
    for words in sorted(telling, key=len, reverse=True):
        shown = shown.replace(str(escape(words)), f"<mark>{escape(words)}</mark>")
    return mark_safe(shown.replace("\n", "<br>"))  # noqa: S308  (escaped above)


def template_rows(own: Sequence[TemplateLine]) -> list[dict[str, Any]]:
    """Every kind in every script, and whose template is in use."""
    mine = {(line.kind, line.script): line for line in own}
    return [
        {
            "kind": kind,
            "script": script,
            "title": label("letter_kind", kind),
            "script_name": name,
            "own": mine.get((kind, script)),
        }
        for kind in rules.kinds()
        for script, name in SCRIPT_NAMES
    ]
