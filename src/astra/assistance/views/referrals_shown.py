"""How does a referral look? Its state, what they were told, and which step comes next."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from astra.assistance.forms.letters import SCRIPT_NAMES
from astra.assistance.rules import referrals as rules
from astra.assistance.selectors.referrals import ReferralLine
from astra.cases.views.shown import Tag
from astra.vocabulary.naming import day, label, labels

Row = dict[str, Any]  # Any: what templates take

TONES = {
    rules.PREPARED: "",
    rules.SENT: "info",
    rules.ACCEPTED: "good",
    rules.DECLINED: "attention",
    rules.DONE: "good",
    rules.RECALLED: "attention",
}


def referral_rows(lines: Iterable[ReferralLine]) -> list[Row]:
    """Referrals in words."""
    return [
        {
            "id": one.row.pk,
            "organisation": one.organisation,
            "service": label("service_type", one.row.service),
            "sections": labels("consent_section", one.row.sections.split()),
            "state": Tag(_(rules.STATE_NAMES[one.row.state]), TONES[one.row.state]),
            "days": _days(one),
            "declined": label("referral_declined", one.row.declined),
            "words": one.words,
            "stands": one.stands,
            "is_prepared": one.row.state == rules.PREPARED,
            "is_sent": one.row.state == rules.SENT,
            "is_accepted": one.row.state == rules.ACCEPTED,
            "is_living": one.row.state in rules.LIVING,
            "letters": _letters(one) if one.row.state == rules.PREPARED and one.stands else [],
            "case_url": f"{reverse('assistance:case', args=[one.row.case_id])}#referrals",
        }
        for one in lines
    ]


def _days(one: ReferralLine) -> list[str]:
    row, said = one.row, []
    if row.sent_on:
        said.append(_("sent %(day)s") % {"day": day(row.sent_on)})
    if row.state == rules.SENT:
        said.append(_("answer by %(day)s") % {"day": day(row.answer_by)})
    if row.ended_on:
        said.append(day(row.ended_on))
    return said


def _letters(one: ReferralLine) -> list[tuple[str, Any]]:
    """Where its letter is begun, in each script."""
    address = reverse("assistance:write_letter", args=[one.row.case_id])
    chosen = {"kind": "referral", "tier": one.row.tier, "about": one.row.person_id, "referral": one.row.pk}
    return [(f"{address}?{urlencode(chosen | {'script': script})}", name) for script, name in SCRIPT_NAMES]
