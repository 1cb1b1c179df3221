"""Who can interpret for this person, and who is in a call now?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Interpreter, Interpreting
from astra.hotline.rules import interpreters as rules
from astra.hotline.sections import INTERPRETER, InterpreterWords
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class InterpreterLine:
    """Somebody on the register."""

    id: UUID
    facts: rules.Facts
    words: InterpreterWords
    revision: int


@dataclass(frozen=True)
class InterpretingLine:
    """Somebody chosen for a call."""

    id: UUID
    interpreter: InterpreterLine
    language: str
    contact_id: UUID | None
    conversation_id: UUID | None
    chosen_at: datetime
    joined_at: datetime | None
    left_at: datetime | None


def interpreters(actor: Actor, wish: rules.Wish | None = None, *, with_ended: bool = False) -> list[InterpreterLine]:
    """The register, or those who fit a wish; whoever may be called at once comes first."""
    actor.check_desk("hotline", "cases")
    rows = Interpreter.objects.all() if with_ended else Interpreter.objects.filter(ended_on=None)
    found = [one for one in _lines(actor, list(rows)) if wish is None or rules.fits(one.facts, wish)]
    return sorted(found, key=lambda one: rules.place(one.facts, one.words.name))


def interpreter(actor: Actor, interpreter_id: UUID) -> InterpreterLine:
    """One of them, or `NotFound`."""
    vault.check_reach(actor, interpreter_id)
    found = _lines(actor, list(Interpreter.objects.filter(pk=interpreter_id)))
    if not found:
        raise NotFound
    return found[0]


def interpreting(actor: Actor, call_id: UUID) -> InterpretingLine:
    """One call for which the actor chose somebody."""
    row = Interpreting.objects.filter(pk=call_id, chosen_by=actor.id).first() if actor.id else None
    if row is None:
        raise NotFound
    return _call(actor, row)


def interpreting_now(actor: Actor) -> list[InterpretingLine]:
    """The calls of the actor that are not over: so that nobody forgets to note when the interpreter left."""
    rows = Interpreting.objects.filter(chosen_by=actor.id, left_at=None).order_by("chosen_at") if actor.id else []
    return [_call(actor, row) for row in rows]


def _call(actor: Actor, row: Interpreting) -> InterpretingLine:
    return InterpretingLine(
        row.pk,
        interpreter(actor, row.interpreter_id),
        row.language,
        row.contact_id,
        row.conversation_id,
        row.chosen_at,
        row.joined_at,
        row.left_at,
    )


def _lines(actor: Actor, rows: list[Interpreter]) -> list[InterpreterLine]:
    words = vault.open_sections(actor, [row.pk for row in rows], INTERPRETER) if rows else {}
    return [
        InterpreterLine(
            row.pk,
            rules.Facts(tuple(row.languages), row.sex, row.is_sworn, row.signed_on, row.ended_on),
            words[row.pk].content,
            words[row.pk].revision,
        )
        for row in rows
        if row.pk in words
    ]
