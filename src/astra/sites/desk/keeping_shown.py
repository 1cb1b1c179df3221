"""How are erasures, holds and old keys said on a page? Kinds of records become words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from astra.kernel.words import msg
from astra.vault.services.worklist import Ordered, ToRewrite

KINDS = {
    "callback": msg("promise to call back"),
    "case": msg("case"),
    "case_note": msg("note of a case"),
    "case_task": msg("task of a case"),
    "consent": msg("consent"),
    "contact": msg("contact"),
    "document": msg("document of a case"),
    "draft": msg("draft"),
    "handover": msg("hand-over note"),
    "offer_check": msg("check of a job offer"),
    "organisation": msg("organisation"),
    "override": msg("act without consent"),
    "person": msg("person"),
}
KEYS = {
    "stale circles": msg("Circles that somebody left and nobody has renewed yet"),
    "grants": msg("Wraps of sealed parts under older keys"),
    "memberships": msg("Memberships under older keys"),
}


def kind_words(kind: str) -> str:
    """A kind of record in the reader's language."""
    return capfirst(gettext(KINDS[kind])) if kind in KINDS else kind


def rewrite_rows(lines: Iterable[ToRewrite], today: date) -> list[dict[str, Any]]:
    """What waits to be rewritten: colleagues who can read it find it by its id."""
    return [
        {
            "cells": [
                {"text": date_format(line.due_on, "SHORT_DATE_FORMAT"), "label": gettext("Until")},
                _overdue() if line.due_on < today else {"text": ""},
                {"text": kind_words(line.kind), "label": gettext("What")},
                {"text": str(line.record_id), "label": gettext("Record")},
            ]
        }
        for line in lines
    ]


def _overdue() -> dict[str, str]:
    return {"text": gettext("Overdue"), "tone": "danger"}


def ordered_rows(
    lines: Iterable[Ordered], names: Mapping[UUID, str], reasons: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Erasures that somebody ordered."""
    done = {True: {"text": gettext("Done"), "tone": "good"}, False: {"text": gettext("Under way"), "tone": "attention"}}
    return [
        {
            "cells": [
                {"text": date_format(line.at, "SHORT_DATETIME_FORMAT"), "label": gettext("When")},
                {"text": kind_words(line.kind), "label": gettext("What")},
                {"text": str(reasons.get(line.reason, line.reason)), "label": gettext("Why")},
                {"text": names.get(line.ordered_by, ""), "label": gettext("Ordered by")},
                done[line.is_finished],
            ]
        }
        for line in lines
    ]


def held_rows(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """How much a legal hold keeps, by kind."""
    return [{"key": kind_words(kind), "value": str(count)} for kind, count in sorted(counts.items())]


def key_rows(left: Mapping[str, int]) -> list[dict[str, Any]]:
    """How much still hangs on older keys."""
    return [{"key": gettext(KEYS[name]), "value": str(count)} for name, count in left.items()]
