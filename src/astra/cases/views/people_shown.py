"""How are the people of a file shown, each with what must be known before anybody calls her?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.cases.selectors import PersonCard
from astra.cases.views.shown import Tag, label, page_of
from astra.people.rules.persons import Safety

STOPPING = ("do_not_call", "waits_for_her")
OWN_PLACES = ("call_only_between", "code_word", "never_say", "must_not_know", "voicemail", "no_voicemail", *STOPPING)


@dataclass(frozen=True)
class Rules:
    """Safe contact, as the component draws it."""

    when: str = ""
    how: str = ""
    code_word: str = ""
    never_say: str = ""
    voicemail: str = ""
    note: str = ""
    stop: str = ""


@dataclass(frozen=True)
class Shown:
    """Somebody in a file."""

    id: UUID
    name: str
    code_name: str
    role: str
    url: str
    consent_url: str
    facts: list[str]
    tags: list[Tag]
    details: list[tuple[str, str, str]]
    rules: Rules | None


def people_shown(cards: Iterable[PersonCard]) -> list[Shown]:
    """The people of a file, in their order."""
    return [_shown(card) for card in cards]


def _shown(card: PersonCard) -> Shown:
    known = card.facts
    coded = [("sex", known.sex), ("age_band", known.age_band), ("whereabouts", known.whereabouts)] if known else []
    code_name = known.code_name if known and known.code_name != card.name else ""
    details = [(label("contact_detail_kind", one.kind), one.value, one.note) for one in card.details]
    return Shown(
        id=card.id,
        name=card.name,
        code_name=code_name,
        role=label("case_role", card.role),
        url=page_of("people:person", card.id),
        consent_url=page_of("consent:ledger", card.id),
        facts=[label(name, code) for name, code in coded if code],
        tags=[] if card.may_be_called else [Tag(_("Nobody calls any more"), "danger")],
        details=details,
        rules=rules_of(card.safety, may_be_called=card.may_be_called),
    )


def rules_of(safety: Safety | None, *, may_be_called: bool = True) -> Rules | None:
    """Safe-contact rules as the component draws them; None where nobody has asked yet."""
    if not may_be_called:
        return Rules(stop=_("Nobody calls any more"))
    if safety is None or safety.is_empty:
        return None
    said = {rule.code: rule.words for rule in safety.rules}
    others = [_worded(rule.code, rule.words) for rule in safety.rules if rule.code not in OWN_PLACES]
    secrets = [said["never_say"]] if "never_say" in said else []
    secrets += [_worded("must_not_know", said["must_not_know"])] if "must_not_know" in said else []
    return Rules(
        when=said.get("call_only_between", ""),
        how=" · ".join(others),
        code_word=said.get("code_word", ""),
        never_say=" · ".join(secrets),
        voicemail="yes" if "voicemail" in said else "no" if "no_voicemail" in said else "",
        note=safety.note,
        stop=next((_worded(code, "") for code in STOPPING if code in said), ""),
    )


def _worded(code: str, words: str) -> str:
    name = vocabulary.codes("contact_rule").label(code, get_language())
    return f"{name}: {words}" if words else name
