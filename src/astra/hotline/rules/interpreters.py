"""Who may interpret for this person? What is asked first, and what forbids a call."""

from dataclasses import dataclass
from datetime import date

from astra import vocabulary
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

CONFLICT = "interpreter_conflict"
NOT_SIGNED = msg("The confidentiality agreement is not signed. Nobody calls this interpreter.")
HAS_ENDED = msg("This interpreter no longer works with us.")
NOT_HER_LANGUAGE = msg("This interpreter does not speak the language that is needed.")
SHE_REFUSES = msg("The person does not agree to this interpreter. Choose another one.")
WHICH_LANGUAGES = msg("Say which languages.")


@dataclass(frozen=True)
class Wish:
    """What is needed: the language, and whose voice the person wants to hear."""

    language: str
    sex: str = ""


@dataclass(frozen=True)
class Facts:
    """What is coded of an interpreter."""

    languages: tuple[str, ...]
    sex: str = ""
    is_sworn: bool = False
    signed_on: date | None = None
    ended_on: date | None = None


def check_facts(facts: Facts) -> None:
    """Raise `Invalid` when an entry cannot be used."""
    if not facts.languages:
        raise Invalid(Problem("languages", WHICH_LANGUAGES))
    for code in facts.languages:
        vocabulary.check("language", code, field="languages")
    if facts.sex:
        vocabulary.check("sex", facts.sex, field="sex")


def fits(facts: Facts, wish: Wish) -> bool:
    """Whether she is offered for this wish; a wish for a woman's or a man's voice is a wish that counts."""
    return facts.ended_on is None and wish.language in facts.languages and wish.sex in ("", facts.sex)


def check_may_join(facts: Facts, language: str, conflict: str) -> None:
    """Raise what forbids to call her for this person."""
    vocabulary.check(CONFLICT, conflict, field="conflict")
    for is_wrong, why in (
        (facts.ended_on is not None, HAS_ENDED),
        (facts.signed_on is None, NOT_SIGNED),
        (language not in facts.languages, NOT_HER_LANGUAGE),
        (not vocabulary.codes(CONFLICT).fact(conflict, "may_join", False), SHE_REFUSES),
    ):
        if is_wrong:
            raise NotAllowedNow(why)


def place(facts: Facts, name: str) -> tuple[bool, bool, str]:
    """Where she stands on the list: who may be called at once first, sworn ones before the others, then by name."""
    return facts.signed_on is None, not facts.is_sworn, name
