"""In which words and order is somebody's identification shown?"""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from astra.accounts.selectors import work_name
from astra.cases import selectors
from astra.cases.forms.identifying import field_of
from astra.cases.selectors import PersonCard
from astra.cases.views.shown import Tag
from astra.hotline import selectors as hotline
from astra.hotline.rules import indicators as eleven
from astra.identification import selectors as identification
from astra.identification.rules import indicators, risk
from astra.identification.rules.screening import HEARD, Whole, changes, headings_heard
from astra.identification.selectors import ScreeningLine
from astra.kernel.clock import today
from astra.vault.actor import Actor
from astra.vocabulary.naming import day, label, labels

RISK_TONES = {"immediate": "danger", "high": "danger", "raised": "attention", "low": "good"}
MOST_TOLD = 40


def person_shown(actor: Actor, case_id: UUID, card: PersonCard) -> dict[str, Any]:  # Any: template variables
    """One person: three facts side by side, the risk, the screenings."""
    standing = identification.standing_of(actor, card.id, today())
    newest = standing.risks[0] if standing.risks else None
    return {
        "id": card.id,
        "name": card.known.name,
        "assessments": [_assessment(one) for one in standing.assessments],
        "decisions": [_decision(one, case_id, card.id) for one in standing.decisions],
        "choices": [
            {"title": label("own_choice", one.choice), "on": one.on, "words": one.words, "who": work_name(one.by)}
            for one in standing.choices
        ],
        "risk": _risk(newest) if newest else None,
        "earlier_risks": [_risk(one) for one in standing.risks[1:]],
        "screenings": [_screening(one) for one in standing.screenings],
    }


def _assessment(one: Any) -> dict[str, Any]:  # Any: a line; template variables
    parts = (labels("kz388_acts", one.acts), labels("kz388_means", one.means))
    return {
        "title": label("trafficking_status", one.status),
        "on": one.on,
        "facts": [part for part in (*parts, labels("forms_of_exploitation", one.forms)) if part],
        "words": one.words,
        "who": work_name(one.by),
    }


def _decision(one: Any, case_id: UUID, person_id: UUID) -> dict[str, Any]:  # Any: a line; template variables
    address = reverse("cases:decide", args=[case_id, person_id])
    appeal = label("decision_appeal", one.appeal) if one.appeal != "none" else ""
    return {
        "title": label("formal_decision", one.decision),
        "on": one.decided_on or one.reported_on,
        "facts": [part for part in (label("decided_by", one.body), one.who, appeal) if part],
        "reported_on": one.reported_on,
        "words": one.words,
        "who": work_name(one.by),
        "is_latest": one.is_latest,
        "url": f"{address}?procedure={one.procedure}" if one.is_latest else "",
    }


def _risk(one: Any) -> dict[str, Any]:  # Any: a line; template variables
    headings = [
        {
            "name": label("risk_heading", heading),
            "level": Tag(label("risk_level", one.levels[heading]), RISK_TONES[one.levels[heading]]),
            "words": one.words.get(heading, ""),
            "done": one.done.get(heading, ""),
        }
        for heading in risk.HEADINGS
        if heading in one.levels
    ]
    return {
        "level": Tag(label("risk_level", one.level), RISK_TONES[one.level]),
        "on": one.on,
        "until": one.until,
        "is_over": one.until < today(),
        "is_immediate": one.level == "immediate",
        "headings": headings,
        "who": work_name(one.by),
    }


def _screening(one: ScreeningLine) -> dict[str, Any]:  # Any: template variables
    return {
        "on": one.on,
        "url": reverse("cases:screening", args=[one.id]),
        "who": work_name(one.by),
        "readings": [_reading(whole, is_alone=len(one.wholes) == 1) for whole in one.wholes],
    }


def _reading(whole: Whole, *, is_alone: bool) -> str:
    said = label("screening_reading", whole.reading)
    if is_alone:
        return said
    profile = _("Read as a child") if whole.profile == "child" else _("Read as an adult")
    return f"{profile}: {said}"


# ---- One screening


def screening_page(actor: Actor, line: ScreeningLine) -> dict[str, Any]:  # Any: template variables
    """What was heard, what the rule reads from it with its reasons, what changed."""
    language = get_language() or "en"
    before = earlier(actor, line.person_id, before=line)
    return {
        "line": line,
        "who": work_name(line.by),
        "wholes": [_whole(whole, language, is_alone=len(line.wholes) == 1) for whole in line.wholes],
        "dimensions": _heard(line, language),
        "acts": labels("kz388_acts", line.words.acts),
        "headings": [one.names[language] for one in eleven.indicators() if one.code in headings_heard(line.answers)],
        "checklist": [{"text": one.texts[language], "trust": one.trust} for one in indicators.checklist()],
        "trust": indicators.trust(),
        "before": {"on": before.on} if before else None,
        "changes": [
            {
                "name": indicators.indicators()[one.code].names[language],
                "before": label("screening_answer", one.before) or _("Not spoken about"),
                "after": label("screening_answer", one.after) or _("Not spoken about"),
            }
            for one in (changes(before.answers, line.answers) if before else ())
        ],
    }


def _whole(whole: Whole, language: str, *, is_alone: bool) -> dict[str, Any]:  # Any: template variables
    names = indicators.dimensions()
    return {
        "title": _reading(whole, is_alone=is_alone),
        "rows": [
            {
                "name": names[one.dimension].names[language],
                "is_positive": one.is_positive,
                "reason": _(one.reason),
                "counts": ", ".join(_count(strength, count) for strength, count in one.counts),
            }
            for one in whole.readings
        ],
    }


def _count(strength: str, count: int) -> str:
    words = {
        "strong": ngettext("%(count)s strong", "%(count)s strong", count),
        "medium": ngettext("%(count)s medium", "%(count)s medium", count),
        "weak": ngettext("%(count)s weak", "%(count)s weak", count),
    }
    return words[strength] % {"count": count}


def _heard(line: ScreeningLine, language: str) -> list[dict[str, Any]]:  # Any: template variables
    said = {one.code: one for one in line.answers}
    found = []
    for code, dimension in indicators.dimensions().items():
        rows = [
            {
                "name": one.names[language],
                "is_heard": said[one.code].answer == HEARD,
                "words": said[one.code].words,
                "url": _source_url(said[one.code].record_id),
            }
            for one in indicators.in_dimension(code)
            if one.code in said
        ]
        if rows:
            found.append({"name": dimension.names[language], "rows": rows})
    return found


def _source_url(source: str) -> str:
    kind, _sep, record = source.partition(":")
    names = {"contact": "hotline:contact", "note": "cases:note"}
    return reverse(names[kind], args=[record]) if kind in names and record else ""


# ---- What a screening begins with


def told_in(actor: Actor, case_id: UUID) -> list[dict[str, Any]]:  # Any: template variables
    """What was said in the file so far: its contacts and notes, the newest first."""
    lines = selectors.timeline(actor, case_id, limit=MOST_TOLD, kinds=[]).lines
    found = []
    for line in lines:
        kind = "contact" if line.told.contact is not None else "note" if line.told.what == "note" else ""
        if kind and line.subject_id and line.told.text:
            title = f"{label('event_kind', line.kind)}, {day(line.happened_at.date())}"
            found.append({"key": f"{kind}:{line.subject_id}", "title": title, "text": line.told.text})
    return found


def told_by(actor: Actor, contact_id: UUID) -> list[dict[str, Any]]:  # Any: template variables
    """What was said in one contact, as far as she may read it."""
    line = hotline.contact(actor, contact_id)
    opened = hotline.open_words(actor, [contact_id]).get(contact_id)
    if opened is None:
        return []
    title = f"{label('contact_kind', line.coded.kind)}, {day(line.coded.received_at.date())}"
    return [{"key": f"contact:{contact_id}", "title": title, "text": opened.content.said}]


def sources_of(told: list[dict[str, Any]]) -> list[tuple[str, str]]:  # Any: what `told_in` made
    """The records that words may come from."""
    return [(one["key"], one["title"]) for one in told]


def earlier(actor: Actor, person_id: UUID, before: ScreeningLine | None = None) -> ScreeningLine | None:
    """The last screening, or the one before a given one."""
    lines = identification.standing_of(actor, person_id, today()).screenings
    if before is None:
        return lines[0] if lines else None
    later = [one.id for one in lines]
    at = later.index(before.id) + 1 if before.id in later else len(lines)
    return lines[at] if at < len(lines) else None


def screening_initial(line: ScreeningLine) -> dict[str, Any]:  # Any: initial values
    """The form begins from what was said the last time."""
    initial: dict[str, Any] = {"acts": list(line.words.acts)}
    for one in line.answers:
        key = field_of(one.code)
        initial |= {key: one.answer, f"{key}_words": one.words, f"{key}_from": one.record_id}
    return initial
