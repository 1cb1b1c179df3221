"""What stands above every page of the room, and who can be named in its forms?"""

from typing import Any
from uuid import UUID

from django.urls import reverse

from astra.accounts.selectors import work_names
from astra.cases import selectors as cases
from astra.justice.views.shown import Tag
from astra.vault import selectors as vault
from astra.vocabulary.naming import label


def case_head(facts: cases.CaseFacts) -> dict[str, Any]:
    """Which file this is: its number, its state and its risk; never a name."""
    tags = [Tag(label("case_status", facts.state))]
    if facts.risk:
        danger = facts.risk in ("high", "immediate")
        tags.append(Tag(label("risk_level", facts.risk), "danger" if danger else "attention"))
    return {"case": facts, "case_tags": tags, "case_url": reverse("cases:case", args=[facts.id])}


def workers(case_id: UUID, tier: str) -> dict[UUID, str]:
    """The colleagues who sit in a tier, by member id."""
    circle = cases.tier_circles([case_id]).get(case_id, {}).get(tier)
    members = vault.workers_in(circle) if circle else set()
    return dict(sorted(work_names(members).items(), key=lambda pair: pair[1]))
