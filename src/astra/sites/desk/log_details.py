"""What do the details of an entry mean? One name for each key that any room writes, and words for its coded values.

A key without a name fails the tests, as a verb without a sentence does (`log_words`).
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from astra import vocabulary
from astra.accounts.rules.roles import CIRCLES, ROLES
from astra.kernel.words import msg
from astra.sites.desk.log_words import section_words, verb_words

KEYS = {
    "areas": msg("areas"),
    "right": msg("right"),
    "may_print": msg("may be printed"),
    "apart": msg("parts read together"),
    "is_clean": msg("with a clean copy"),
    "words": msg("words"),
    "questions": msg("questions"),
    "allowed": msg("allowed"),
    "channel": msg("channel"),
    "reply": msg("how to write back"),
    "why": msg("why"),
    "answer": msg("answer"),
    "agreement": msg("agreement"),
    "at": msg("day"),
    "cards": msg("search cards"),
    "carried": msg("carried over"),
    "cases": msg("cases"),
    "circle": msg("circle of keys"),
    "circles": msg("circles of keys"),
    "confirmed": msg("with second factor"),
    "contacts": msg("contacts"),
    "count": msg("how many"),
    "day": msg("day"),
    "due": msg("until"),
    "entries": msg("entries"),
    "entry": msg("number of the entry"),
    "found": msg("found"),
    "from": msg("from whom"),
    "generation": msg("generation of the keys"),
    "grants": msg("rights to read"),
    "ground": msg("ground"),
    "handle": msg("mark of the erasure"),
    "held": msg("entries kept"),
    "holder": msg("who holds the key"),
    "imported": msg("imported"),
    "is_any": msg("sits at one"),
    "is_limited": msg("for a time only"),
    "is_refused": msg("refused"),
    "left": msg("left as it was"),
    "reason": msg("reason"),
    "is_staying": msg("stays in the team"),
    "is_task": msg("a task in a case"),
    "is_wanted": msg("wanted"),
    "keys": msg("keys"),
    "nights": msg("nights"),
    "kind": msg("kind"),
    "told": msg("colleagues told"),
    "parts": msg("parts shown"),
    "known": msg("imported before"),
    "left_out": msg("left out"),
    "line": msg("line"),
    "lines": msg("lines"),
    "log": msg("whose log"),
    "member": msg("colleague"),
    "members": msg("members"),
    "memberships": msg("seats in circles"),
    "n": msg("share number"),
    "officers": msg("officers"),
    "outcome": msg("outcome"),
    "owners": msg("persons it speaks about"),
    "people": msg("persons"),
    "present": msg("who was there"),
    "purpose": msg("for what"),
    "reader": msg("who may read"),
    "rated_by": msg("who rated"),
    "recipient": msg("to whom"),
    "result": msg("how it went"),
    "seed": msg("number drawn by"),
    "services": msg("services"),
    "shifts": msg("shifts"),
    "review": msg("review"),
    "risk": msg("risk"),
    "role": msg("role"),
    "roles": msg("roles"),
    "rounded": msg("rounded for outside"),
    "rows": msg("rows"),
    "same_number": msg("one number"),
    "section": msg("which part"),
    "sections": msg("sealed parts"),
    "set_aside": msg("older log set aside"),
    "shared": msg("shared"),
    "shares": msg("shares"),
    "since": msg("from"),
    "size": msg("entries"),
    "sound": msg("sound"),
    "source": msg("where it comes from"),
    "standard": msg("standard"),
    "standing": msg("standing"),
    "state": msg("state"),
    "tier": msg("part of the case"),
    "tiers": msg("parts of the case"),
    "to": msg("to whom"),
    "to_rewrite": msg("to rewrite"),
    "until": msg("until when"),
    "verb": msg("what was looked for"),
    "visits": msg("signed in"),
    "what": msg("what"),
    "with": msg("together with"),
}

LISTS = {
    "agreement": ("plan_agreement",),
    "rated_by": ("rated_by",),
    "answer": ("consent_answer",),
    "ground": ("case_ground", "consent_purpose"),
    "kind": (
        "contact_kind",
        "case_kind",
        "task_kind",
        "document_kind",
        "event_kind",
        "organisation_type",
        "checked_kind",
        "service_type",
    ),
    "line": ("hotline_line",),
    "outcome": ("close_outcome",),
    "purpose": ("consent_purpose",),
    "recipient": ("consent_recipient",),
    "result": ("offer_verdict", "attempt_result"),
    "risk": ("risk_level",),
    "role": ("case_role", "guardianship"),
    "section": ("consent_section",),
    "tier": ("case_tier",),
    "tiers": ("case_tier",),
    "what": ("retention_class",),
}
"""In which code lists a key's value is looked for, the likeliest first."""

WORDS = {
    "": msg("none"),
    "abandoned": msg("Gave up before anybody answered"),
    "answered": msg("Answered"),
    "called_again": msg("She called again"),
    "called_back": msg("Called back"),
    "caller": msg("Caller"),
    "concerned": msg("Person concerned"),
    "concluded": msg("Concluded"),
    "done": msg("Done"),
    "dropped": msg("Not needed any more"),
    "ended": msg("Ended"),
    "given_up": msg("Given up"),
    "no_answer": msg("No answer"),
    "nothing": msg("Nothing to be done"),
    "open": msg("Open"),
    "reached": msg("Reached by phone"),
    "recorded": msg("Counted"),
    "returned": msg("Returned"),
    "reviewed": msg("Reviewed"),
    "somebody_else": msg("Somebody else answered"),
    "ringing": msg("Ringing"),
    "stopped": msg("Stopped"),
    "to_do": msg("To do"),
    "to_log": msg("To log"),
    "transferred": msg("Passed on"),
    "to_confirm": msg("Not vouched for yet"),
    "to_review": msg("To review"),
    "unsafe": msg("It is not safe to call: stop"),
    "withdrawn": msg("Withdrawn"),
    **CIRCLES,
}
"""Values that are no code of a list: states, results, circles."""


def detail_words(key: str, value: str | int | bool, names: Mapping[UUID, str]) -> str:
    """One detail in the reader's language; what a newer or older version wrote shows itself."""
    name = gettext(KEYS[key]) if key in KEYS else key.replace("_", " ")
    return f"{name}: {_said(key, value, names)}"


def _said(key: str, value: str | int | bool, names: Mapping[UUID, str]) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return str(value)
    member = as_id(value)
    if member is not None:
        return names.get(member, value[:8])
    return " + ".join(_coded(key, part) for part in value.split("+"))


def _coded(key: str, value: str) -> str:
    for name in LISTS.get(key, ()):
        if value in vocabulary.codes(name):
            return vocabulary.codes(name).label(value, get_language())
    if key == "role" and value in ROLES:
        return gettext(ROLES[value].name)
    if key == "verb":
        return verb_words(value)
    if value in WORDS:
        return gettext(WORDS[value])
    return _day(value) or section_words(value)


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    except ValueError:
        return ""


def as_id(value: str | int | bool) -> UUID | None:
    """The id that a value is, if it is one."""
    try:
        return UUID(value) if isinstance(value, str) and len(value) == len(str(UUID(int=0))) else None
    except ValueError:
        return None
