"""How do rights, reported persons, letters and demands look on the legal side of a file?"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.selectors import work_name
from astra.justice.rules import lifecycles as life
from astra.justice.rules.silence import following
from astra.justice.selectors import Known
from astra.justice.selectors import Link as LinkOf
from astra.justice.views.shown import AnyPart, Item, Tag, deeds, facts, institution, said, state_tag
from astra.kernel.clock import today
from astra.vocabulary.naming import day, label


def right_item(part: AnyPart) -> Item:
    """A right that was asked for."""
    row, name = part.row, label("special_right", part.row.kind)
    tags = [state_tag(life.RIGHT, row.state)]
    if row.state == life.GRANTED and row.valid_until and row.valid_until < today():
        tags.append(Tag(_("No longer valid"), "danger"))
    return Item(
        title=name,
        tags=tags,
        facts=facts(
            (_("Asked for on"), day(row.asked_on)),
            (_("Answered on"), day(row.answered_on)),
            (_("Valid from"), day(row.valid_from)),
            (_("Valid until"), day(row.valid_until)),
            (_("On what it rests"), said(part, "remark")),
        ),
        deeds=deeds("right", part, life.RIGHT, name),
    )


def known_name(one: Known) -> str:
    """A reported person in a choice: the name, the part in it where there is none, and the case."""
    return f"{one.name or label('role_in_process', one.part.row.part)} ({one.number})"


def suspect_item(part: AnyPart, links: Iterable[LinkOf] = (), number: str = "") -> Item:
    """Somebody who is suspected, and with whom of the reader's own cases linked."""
    row = part.row
    name = said(part, "name") or label("role_in_process", row.part)
    return Item(
        title=name,
        url=f"{reverse('justice:case', args=[row.case_id])}#suspects" if number else "",
        tags=[state_tag(life.SUSPECT, row.state)],
        facts=facts(
            (_("Case"), number),
            (_("Part in it"), label("role_in_process", row.part)),
            (_("Who this is to the client"), label("relation_to_trafficker", row.relation)),
            (_("Links with others"), said(part, "links")),
            (_("What is known"), said(part, "remark")),
        ),
        lines=[f"{label('suspect_link', one.kind)}: {known_name(one.known)}" for one in links],
        deeds=deeds("suspect", part, life.SUSPECT, name, "change", "link"),
    )


def _letter_facts(part: AnyPart, case_number: str, proof: str, upcoming: str) -> list[tuple[str, str]]:
    row = part.row
    return facts(
        (_("Case"), case_number),
        (_("Date"), day(row.dated_on)),
        (_("Institution"), institution(part)),
        (_("Their number"), said(part, "their_number")),
        (_("What it is about"), said(part, "subject")),
        (_("Proof of delivery"), proof),
        (_("Answer due on"), day(row.answer_due_on)),
        (_("If nobody answers"), upcoming),
        (_("What was done"), said(part, "course")),
    )


def letter_item(part: AnyPart, *, case_number: str = "", case_url: str = "") -> Item:
    """A letter of the register, and what follows if nobody answers."""
    row = part.row
    name = f"{row.number} · {label('letter_direction', row.direction)} · {label('letter_subject', row.subject)}"
    since = row.answer_due_on if row.state == life.WAITING else row.state_on
    next_step = following(row.state, since) if since else None
    upcoming = f"{_(life.VERB_NAMES[next_step.verb])}, {day(next_step.due_on)}" if next_step else ""
    proof = ", ".join(
        one for one in (label("delivery_proof", row.proof), day(row.delivered_on), said(part, "proof")) if one
    )
    return Item(
        title=name,
        url=case_url,
        tags=[state_tag(life.LETTER, row.state)],
        facts=_letter_facts(part, case_number, proof, upcoming),
        deeds=[
            one
            for one in deeds("letter", part, life.LETTER, row.number, "prove")
            if row.direction == "out" and not one.url.endswith("/await_answer/")
        ],
    )


def _demand_facts(part: AnyPart, checked: str, told: str) -> list[tuple[str, str]]:
    row = part.row
    return facts(
        (_("Who"), said(part, "asker")),
        (_("On what right"), label("demand_right", row.right)),
        (_("Answer until"), day(row.due_on)),
        (_("What is demanded"), said(part, "wanted")),
        (_("Does the right hold?"), checked),
        (_("Opinion"), said(part, "opinion")),
        (_("Whose opinion it is"), said(part, "lawyer")),
        (_("Given"), said(part, "given")),
        (_("Held back"), said(part, "held_back")),
        (_("Told"), ", ".join(one for one in (told, said(part, "told")) if one)),
    )


def demand_item(part: AnyPart) -> Item:
    """A demand for the file: on what right, checked by whom, what was given, and whether she was told."""
    row = part.row
    name = f"{label('demand_asker', row.asker)} · {day(row.received_on)}"
    checked = ""
    if row.checked_on:
        holds = label("right_holds", row.right_holds)
        checked = f"{holds} · {work_name(row.checked_by_id)}, {day(row.checked_on)}"
    told = day(row.told_on) or label("untold_because", row.untold_because)
    tags = [state_tag(life.DEMAND, row.state)]
    if row.state != life.TAKEN_BACK:
        tags.append(Tag(_("The person was told"), "good") if row.told_on else Tag(_("Not told yet"), "attention"))
    return Item(
        title=name,
        tags=tags,
        facts=_demand_facts(part, checked, told),
        deeds=deeds("demand", part, life.DEMAND, name, *(() if row.told_on else ("tell",))),
    )
