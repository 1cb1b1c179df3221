"""How does the legal side of a file look? Codes become words, records become items with their tags and deeds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astra.accounts.selectors import work_name
from astra.justice.models import Measure, Payment, Penalty, Qualification
from astra.justice.rules import lifecycles as life
from astra.justice.rules.money import NOTHING, Balance
from astra.justice.rules.terms import terms, warning
from astra.justice.selectors import Part
from astra.kernel.clock import today
from astra.kernel.transitions import Lifecycle
from astra.vocabulary.naming import day, label

AnyPart = Part[Any, Any]  # Any: a record of this room with its words

TONES = {
    "proceeding": {"trial": "info", "judged": "attention", "appealed": "attention", "final": "good"},
    "hearing": {"planned": "info", "held": "good", "postponed": "attention"},
    "protective_measure": {"asked": "info", "granted": "good", "refused": "danger"},
    "special_right": {"asked": "info", "granted": "good", "refused": "danger"},
    "term": {"open": "info", "met": "good", "missed": "danger"},
    "claim": {"claimed": "info", "ordered": "attention", "enforced": "attention", "paid": "good", "refused": "danger"},
    "reported_person": {"suspected": "attention", "charged": "attention", "convicted": "plum"},
    "registered_letter": {"waiting": "info", "reminded": "attention", "complained": "attention", "answered": "good"},
    "demand_for_file": {"received": "danger", "checked": "attention"},
}


@dataclass(frozen=True)
class Tag:
    """A state in a word and a shape."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Link:
    """Something that can be done with an item."""

    label: str
    url: str
    hidden: str = ""


@dataclass(frozen=True)
class Item:
    """One record on a page: its heading, its tags, its facts, and what can be done with it."""

    title: str
    url: str = ""
    tags: Sequence[Tag] = ()
    facts: Sequence[tuple[str, str]] = ()
    deeds: Sequence[Link] = ()
    lines: Sequence[str] = field(default=())


def state_tag(lifecycle: Lifecycle, state: str) -> Tag:
    """How far something is."""
    return Tag(_(life.STATE_NAMES[lifecycle.name][state]), TONES[lifecycle.name].get(state, ""))


def facts(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Facts with what is blank left out."""
    return [(key, value) for key, value in pairs if value]


def money(amount: Decimal | None, currency: str) -> str:
    """An amount as people here read it."""
    if amount is None:
        return ""
    return f"{number_format(amount, 2, use_l10n=True, force_grouping=True)} {currency}"


def said(part: AnyPart, name: str) -> str:
    """Words of a record, blank where they cannot be opened."""
    return str(getattr(part.words, name)) if part.words is not None else ""


def deeds(what: str, part: AnyPart, lifecycle: Lifecycle, hidden: str, *more: str) -> list[Link]:
    """What can be done with a record now, by its table, and beyond it."""
    verbs = [*lifecycle.verbs_from(part.row.state)]
    return [link(what, part, verb, _(life.VERB_NAMES[verb]), hidden) for verb in verbs] + [
        link(what, part, verb, words, hidden) for verb, words in _more(more)
    ]


def _more(verbs: Iterable[str]) -> list[tuple[str, str]]:
    names = {
        "change": _("Change"),
        "link": _("Link"),
        "pay": _("Payment"),
        "penalty": _("Penalty"),
        "prove": _("Proof of delivery"),
        "tell": _("Tell the person"),
    }
    return [(verb, names[verb]) for verb in verbs]


def link(what: str, part: AnyPart, verb: str, words: str, hidden: str) -> Link:
    """The way to one deed of a record."""
    return Link(words, reverse("justice:change", args=[what, part.row.pk, verb]), hidden)


def authority(part: AnyPart) -> str:
    """Who leads a proceeding."""
    row = part.row
    return row.authority.name if row.authority else said(part, "authority")


def proceeding_name(part: AnyPart) -> str:
    """How a proceeding is called in a list."""
    kind = label("proceeding_kind", part.row.kind)
    return " · ".join(one for one in (kind, said(part, "number"), day(part.row.begun_on)) if one)


def institution(part: AnyPart) -> str:
    """With whom a letter was exchanged."""
    row = part.row
    return row.institution.name if row.institution else said(part, "institution")


def letter_name(part: AnyPart) -> str:
    """How a letter is called in a list."""
    row = part.row
    return " · ".join(one for one in (row.number, institution(part), label("letter_subject", row.subject)) if one)


def qualified(row: Qualification) -> str:
    """An article with its paragraph, its stage and its day."""
    article = label("criminal_article", row.article)
    if row.paragraph:
        article = _("%(article)s, paragraph %(paragraph)s") % {"article": article, "paragraph": row.paragraph}
    return f"{article} ({label('proceeding_stage', row.stage)}, {day(row.since)})"


def moment(part: AnyPart) -> str:
    """When a hearing is."""
    return date_format(localtime(part.row.begins_at), "SHORT_DATETIME_FORMAT")


def role_tags(roles: Mapping[UUID | None, str], names: Mapping[UUID, str]) -> list[Tag]:
    """What each client is in a proceeding, by name where the case has several."""
    told = {person: label("proceeding_role", role) for person, role in roles.items()}
    if len(names) < 2:
        return [Tag(role) for role in told.values()]
    return [Tag(f"{names[person]}: {role}" if person and person in names else role) for person, role in told.items()]


def proceeding_item(part: AnyPart, latest: Qualification | None, roles: Sequence[Tag]) -> Item:
    """A proceeding in the list of a file."""
    row = part.row
    return Item(
        title=label("proceeding_kind", row.kind),
        url=reverse("justice:proceeding", args=[row.pk]),
        tags=[state_tag(life.PROCEEDING, row.state), *roles],
        facts=facts(
            (_("Authority"), authority(part)),
            (_("Number"), said(part, "number")),
            (_("Qualification"), qualified(latest) if latest else ""),
            (_("Since"), day(row.begun_on)),
        ),
    )


def hearing_item(part: AnyPart, *, with_deeds: bool = True) -> Item:
    """A hearing."""
    row, words = part.row, moment(part)
    tags = [state_tag(life.HEARING, row.state)]
    if row.state == life.PLANNED:
        tags.append(Tag(_("Prepared"), "good") if row.is_prepared else Tag(_("Not prepared yet"), "attention"))
    ends = "hearing_outcome" if row.state == life.HELD else "postponed_because"
    return Item(
        title=f"{words} · {label('hearing_kind', row.kind)}",
        tags=tags,
        facts=facts(
            (_("Place"), said(part, "place")),
            (_("Goes along"), work_name(row.escort_id) if row.escort_id else ""),
            (_("Preparation"), said(part, "preparation")),
            (_("What must be known"), said(part, "remark")),
            (_("Outcome"), label(ends, row.outcome) if row.outcome else ""),
            (_("How it went"), said(part, "course")),
        ),
        deeds=deeds("hearing", part, life.HEARING, words, "change") if with_deeds else [],
    )


def measure_item(row: Measure) -> Item:
    """A protective measure."""
    name = label("protective_measure", row.kind)
    verbs = life.MEASURE.verbs_from(row.state)
    return Item(
        title=name,
        tags=[state_tag(life.MEASURE, row.state)],
        facts=facts((_("Asked for on"), day(row.asked_on)), (_("Answered on"), day(row.answered_on))),
        deeds=[
            Link(_(life.VERB_NAMES[verb]), reverse("justice:step_measure", args=[row.pk, verb]), name) for verb in verbs
        ],
    )


def incident_item(part: AnyPart) -> Item:
    """Something that hurt her again."""
    row = part.row
    return Item(
        title=f"{day(row.happened_on)} · {label('secondary_harm', row.kind)}",
        tags=[Tag(_("A complaint was made"), "info")] if row.is_reported else [],
        facts=facts((_("What happened"), said(part, "what")), (_("What we did about it"), said(part, "done"))),
    )


def term_item(part: AnyPart) -> Item:
    """A term with its warning and, where a law sets it, how sure its length is."""
    row, name = part.row, label("term_kind", part.row.code)
    tags = [state_tag(life.TERM, row.state)]
    if row.state == life.OPEN:
        found = warned(row.due_on)
        tags = [found] if found else tags
    by_law = terms().get(row.code)
    law = ""
    if by_law is not None and row.event_on:
        law = by_law.law if by_law.is_confirmed else _("%(law)s, not yet confirmed by a lawyer") % {"law": by_law.law}
    return Item(
        title=f"{day(row.due_on)} · {name}",
        tags=tags,
        facts=facts(
            (_("What is to be done"), said(part, "title")),
            (_("Runs from"), day(row.event_on)),
            (_("Legal basis"), law),
            (_("Proof"), said(part, "proof")),
        ),
        deeds=deeds("term", part, life.TERM, name),
    )


def warned(due_on: date) -> Tag | None:
    """The warning that stands on a term today."""
    step = warning(due_on, today())
    if step is None:
        return None
    if step < 0:
        return Tag(_("The term has run out"), "danger")
    left = (due_on - today()).days
    if left == 0:
        return Tag(_("Last day today"), "danger")
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return Tag(words, "danger" if step == 1 else "attention")


def _decision_deeds(part: AnyPart, title: str) -> list[Link]:
    row, verbs = part.row, [("penalty", _("Penalty"))]
    if row.final_on is None and row.proceeding.state != life.FINAL:
        verbs += [] if row.appealed_on else [("appeal", _("Appeal lodged"))]
        verbs.append(("become_final", _("Became final")))
    return [link("decision", part, verb, words, title) for verb, words in verbs]


def _how_final(part: AnyPart) -> Tag:
    """Whether a decision stands; one against which an appeal was decided is followed by that decision."""
    row = part.row
    if row.final_on:
        return Tag(_("Final"), "good")
    if row.appealed_on:
        is_decided = row.proceeding.state == life.FINAL
        return Tag(_("Appeal decided")) if is_decided else Tag(_("Under appeal"), "attention")
    return Tag(_("Not final"), "attention")


def decision_item(part: AnyPart, penalties: Iterable[Penalty]) -> Item:
    """A decision with its penalties."""
    row = part.row
    title = f"{day(row.decided_on)} · {label('instance', row.instance)}: {label('decision_outcome', row.outcome)}"
    tags = [_how_final(part)]
    tags += [Tag(_("By plea agreement"))] if row.is_plea else []
    appealed = f"{day(row.appealed_on)}, {label('appealed_by', row.appealed_by)}" if row.appealed_on else ""
    return Item(
        title=title,
        tags=tags,
        facts=facts(
            (_("Received on"), day(row.received_on)),
            (_("Appeal"), appealed),
            (_("Final on"), day(row.final_on)),
            (_("What it says"), said(part, "remark")),
        ),
        lines=[sentence(one) for one in penalties],
        deeds=_decision_deeds(part, title),
    )


def sentence(row: Penalty) -> str:
    """What one accused was sentenced to, in a line."""
    spans = [
        ngettext("%(n)s year", "%(n)s years", row.years) % {"n": row.years} if row.years else "",
        ngettext("%(n)s month", "%(n)s months", row.months) % {"n": row.months} if row.months else "",
        money(row.fine, row.currency),
    ]
    kind = f"{label('role_in_process', row.accused)}: {label('penalty_kind', row.kind)}"
    return " · ".join(one for one in (kind, *spans) if one)


def _claim_facts(part: AnyPart, paid: Decimal, still: Decimal | None) -> list[tuple[str, str]]:
    row = part.row
    return facts(
        (_("Claimed"), f"{money(row.claimed, row.currency)}, {day(row.claimed_on)}"),
        (_("Ordered"), f"{money(row.ordered, row.currency)}, {day(row.ordered_on)}" if row.ordered else ""),
        (_("Enforcement since"), day(row.enforced_on)),
        (_("Paid"), money(paid, row.currency) if row.ordered is not None else ""),
        (_("Still open"), money(still, row.currency) if still else ""),
        (_("What must be known"), said(part, "remark")),
    )


def claim_item(part: AnyPart, payments: Sequence[Payment]) -> Item:
    """A claim with its payments and what is open."""
    row, name = part.row, label("claim_kind", part.row.kind)
    paid = sum((one.amount for one in payments), NOTHING)
    still = (row.ordered - paid) if row.ordered is not None else None
    verbs = [verb for verb in life.CLAIM.verbs_from(row.state) if verb != "pay_off"]
    links = [link("claim", part, verb, _(life.VERB_NAMES[verb]), name) for verb in verbs]
    if row.state in (life.ORDERED, life.ENFORCED):
        links.insert(0, link("claim", part, "pay", _("Payment"), name))
    return Item(
        title=name,
        tags=[state_tag(life.CLAIM, row.state)],
        facts=_claim_facts(part, paid, still),
        lines=[
            f"{day(one.paid_on)} · {money(one.amount, row.currency)} · {label('payer', one.payer)}" for one in payments
        ],
        deeds=links,
    )


def balance_lines(found: Iterable[Balance]) -> list[dict[str, str]]:
    """What was claimed, ordered, paid and is open, one line a currency."""
    return [
        {
            "currency": one.currency,
            "claimed": money(one.claimed, one.currency),
            "ordered": money(one.ordered, one.currency),
            "paid": money(one.paid, one.currency),
            "open": money(one.open, one.currency),
        }
        for one in found
    ]
