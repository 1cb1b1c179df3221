"""How does help look? Codes become words in the reader's language, ratings a drawing with its table."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.assistance.rules.lifecycles import FIELD_STATE_NAMES, GOAL, GOAL_STATE_NAMES, OUT, REACHED, VERB_NAMES
from astra.assistance.rules.silence import NAMES, QUIET, TEAM, WEIGH
from astra.assistance.selectors import AssistancePage, Earlier, FieldLine, GoalLine, PlanLine, ServiceLine
from astra.assistance.selectors.earlier import SaidLine, WelfareLine
from astra.assistance.views.beds_shown import stay_rows
from astra.assistance.views.bookings_shown import booking_rows
from astra.assistance.views.referrals_shown import referral_rows
from astra.assistance.views.scale_shown import scales
from astra.cases.rules.lifecycle import CASE
from astra.cases.views.shown import RISK_TONES, Tag, task_rows
from astra.vocabulary.naming import day, label

Row = dict[str, Any]  # Any: what templates take


def page_context(page: AssistancePage, names: Mapping[UUID, str] | None = None) -> Row:
    """What the template draws; `names` of the clients, where a case may have several."""
    needs = page.needs
    return {
        "needs": needs,
        "needs_rows": _levels(needs.levels) if needs else [],
        "plan": plan_row(page.plan) if page.plan else None,
        "services": [service_row(line) for line in page.services],
        "service_count": page.service_count,
        "field_rows": field_rows(page.field),
        "stays": stay_rows(page.stays),
        "bookings": booking_rows(page.bookings),
        "referrals": referral_rows(page.referrals),
        "silence": _silence(page),
        "scales": scales(page.ratings, names or {}),
        "may_follow_up": CASE.can(page.facts.state, "follow_up"),
    }


def earlier_context(page: Earlier) -> Row:
    """What was written before."""
    return {
        "needs": [{"on": day(one.assessed_on), "words": one.words, "rows": _levels(one.levels)} for one in page.needs],
        "plans": [_said(one) for one in page.plans],
        "attempts": [
            {
                "on": day(one.on),
                "way": label("attempt_way", one.way),
                "result": label("attempt_result", one.result),
                "by": one.by_name,
            }
            for one in page.attempts
        ],
        "welfare": [_weighed(one) for one in page.welfare],
    }


def _said(one: SaidLine) -> Row:
    said = [{"at": part.at, "words": part.content.her_words} for part in one.said]
    return {"on": day(one.made_on), "agreement": label("plan_agreement", one.agreement), "said": said}


def _weighed(one: WelfareLine) -> Row:
    tag = Tag(_("Asked for"), "attention") if one.is_wanted else Tag(_("Not asked for"), "")
    return {"on": day(one.weighed_on), "words": one.words, "by": one.by_name, "tag": tag}


def _levels(levels: Any) -> list[Row]:  # Any: what JSON holds
    tones = {"urgent": "danger", "some": "attention"}
    return [
        {"name": label("life_domain", domain), "tag": Tag(label("need_level", level), tones.get(level, ""))}
        for domain, level in sorted(levels.items(), key=lambda pair: pair[1] != "urgent")
    ]


def plan_row(plan: PlanLine) -> Row:
    """The plan, and its goals with their steps."""
    return {
        "line": plan,
        "agreement": label("plan_agreement", plan.agreement),
        "her_words": plan.words.content.her_words if plan.words else "",
        "goals": [_goal(goal) for goal in plan.goals],
    }


def _goal(goal: GoalLine) -> Row:
    return {
        "line": goal,
        "domain": label("life_domain", goal.domain),
        "state": Tag(_(GOAL_STATE_NAMES[goal.state]), "good" if goal.state == REACHED else ""),
        "steps": task_rows(goal.steps),
        "verbs": [{"verb": verb, "label": _(VERB_NAMES[verb])} for verb in GOAL.verbs_from(goal.state)],
    }


def service_row(line: ServiceLine) -> Row:
    """One service as the table shows it."""
    known = vocabulary.codes("service_type")
    entry = known.entries.get(line.kind)
    extent = [_("%(count)s min") % {"count": line.minutes}] if line.minutes else []
    extent += [f"× {line.units}"] if line.units > 1 else []
    return {
        "line": line,
        "kind": label("service_type", line.kind),
        "pillar": known.group_label(entry.group, get_language()) if entry else "",
        "by": line.organisation or line.provider_name,
        "extent": " ".join(extent),
        "funded_by": label("funded_by", line.funded_by) if line.funded_by else "",
    }


def field_rows(found: Iterable[FieldLine]) -> list[Row]:
    """Field actions with the steps that can be taken now."""
    return [
        {
            "line": line,
            "url": reverse("assistance:field_action", args=[line.id]),
            "state": Tag(_("No sign of life"), "danger")
            if line.is_silent
            else Tag(_(FIELD_STATE_NAMES[line.state]), "info" if line.state == OUT else ""),
            "risk": Tag(label("risk_level", line.risk), RISK_TONES.get(line.risk, "")),
            "is_out": line.state == OUT,
            "verbs": [{"verb": verb, "label": _(VERB_NAMES[verb])} for verb in line.verbs],
        }
        for line in found
    ]


def _silence(page: AssistancePage) -> Row:
    found = page.silence
    tone = "" if found.step == QUIET else "attention" if found.step not in (TEAM, WEIGH) else "danger"
    return {
        "line": found,
        "is_quiet": found.step == QUIET,
        "step": Tag(_("She answers") if found.step == QUIET else _("Silence"), tone),
        "words": _(NAMES[found.step]),
        "next": day(found.next_on),
    }
