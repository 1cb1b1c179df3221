"""How are safe-contact rules put before somebody who is about to dial? Short, in the order in which they matter."""

from dataclasses import dataclass

from astra import vocabulary
from astra.people.rules.persons import SafeRule, Safety

LIST = "contact_rule"
CODE_WORD, NEVER_SAY, MUST_NOT_KNOW = "code_word", "never_say", "must_not_know"
VOICEMAIL = {"voicemail": "yes", "no_voicemail": "no"}
STOPS = ("do_not_call", "waits_for_her")


@dataclass(frozen=True)
class SafeShown:
    """The rules as the safe-contact component reads them, in the reader's language."""

    when: str = ""
    how: str = ""
    code_word: str = ""
    never_say: str = ""
    voicemail: str = ""
    note: str = ""
    stop: str = ""
    """Why nobody may call now."""
    reviewed: str = ""


def shown(safety: Safety | None, language: str | None, *, stop: str = "", reviewed: str = "") -> SafeShown | None:
    """The rules in words; None where nobody has asked and nothing forbids."""
    if (safety is None or safety.is_empty) and not stop:
        return None
    rules = safety.rules if safety else ()
    stops = [_said(rule, language) for rule in rules if rule.code in STOPS]
    return SafeShown(
        when=_joined(rules, language, "when"),
        how=_joined(rules, language, "how", "allow", "forbid", "say"),
        code_word=_words(rules, CODE_WORD),
        never_say=_never_say(rules, language),
        voicemail=next((VOICEMAIL[rule.code] for rule in rules if rule.code in VOICEMAIL), ""),
        note=safety.note if safety else "",
        stop=stop or " · ".join(stops),
        reviewed=reviewed,
    )


def _said(rule: SafeRule, language: str | None) -> str:
    label = vocabulary.codes(LIST).label(rule.code, language)
    return f"{label}: {rule.words}" if rule.words else label


def _words(rules: tuple[SafeRule, ...], code: str) -> str:
    return " · ".join(rule.words for rule in rules if rule.code == code and rule.words)


def _joined(rules: tuple[SafeRule, ...], language: str | None, *effects: str) -> str:
    apart = {CODE_WORD, NEVER_SAY, MUST_NOT_KNOW, *VOICEMAIL, *STOPS}
    known = vocabulary.codes(LIST)
    chosen = [rule for rule in rules if rule.code not in apart and known.fact(rule.code, "effect") in effects]
    if effects == ("when",):
        return " · ".join(rule.words or known.label(rule.code, language) for rule in chosen)
    return " · ".join(_said(rule, language) for rule in chosen)


def _never_say(rules: tuple[SafeRule, ...], language: str | None) -> str:
    forbidden = [_words(rules, NEVER_SAY)]
    forbidden += [_said(rule, language) for rule in rules if rule.code == MUST_NOT_KNOW]
    return " · ".join(part for part in forbidden if part)
