"""How are safe-contact rules put before somebody who is about to dial? Short, in the order in which they matter."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from astra import vocabulary
from astra.people.rules.persons import SafeRule, Safety

LIST = "contact_rule"
CODE_WORD, NEVER_SAY, MUST_NOT_KNOW = "code_word", "never_say", "must_not_know"
VOICEMAIL = {"no_voicemail": "no", "voicemail": "yes"}
"""The careful one first: where two files of one person differ, no voicemail is left."""
WHERE_SHE_IS = "where_she_is"
"""Not of the list: what follows for contacting her from where she is now, in the words of whoever noted it."""
BETWEEN = " · "
STOPS = ("do_not_call", "waits_for_her")


@dataclass(frozen=True)
class SafeShown:
    """The rules as the safe-contact component reads them, in the reader's language."""

    when: str = ""
    how: str = ""
    code_word: str = ""
    never_say: str = ""
    kept_from: str = ""
    """Who must not learn of it, and what."""
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
    codes = {rule.code for rule in rules}
    stops = [_said(rule, language) for rule in rules if rule.code in STOPS]
    how = (_joined(rules, language, "how", "allow", "forbid", "say"), _words(rules, WHERE_SHE_IS))
    return SafeShown(
        when=_joined(rules, language, "when"),
        how=BETWEEN.join(part for part in how if part),
        code_word=_words(rules, CODE_WORD),
        never_say=_words(rules, NEVER_SAY),
        kept_from=_words(rules, MUST_NOT_KNOW),
        voicemail=next((said for code, said in VOICEMAIL.items() if code in codes), ""),
        note=safety.note if safety else "",
        stop=stop or BETWEEN.join(stops),
        reviewed=reviewed,
    )


def both(one: SafeShown | None, other: SafeShown | None) -> SafeShown | None:
    """What two sources say (her file, and what she said in a call), as one card; the careful voicemail counts."""
    if one is None or other is None:
        return one or other
    found = {}
    for part in fields(SafeShown):
        said = [getattr(one, part.name), getattr(other, part.name)]
        fresh = [text for at, text in enumerate(said) if text and not any(text in earlier for earlier in said[:at])]
        found[part.name] = BETWEEN.join(fresh)
    answers = {one.voicemail, other.voicemail}
    voicemail = next((said for said in VOICEMAIL.values() if said in answers), "")
    how = "" if found["how"] in found["note"] else found["how"]
    return replace(SafeShown(**found), voicemail=voicemail, how=how, stop=one.stop or other.stop)


# --- rules of several files, and rules that are added ----------------------------------------------------------------


def together(several: Iterable[Safety], where_she_is: Iterable[str] = ()) -> Safety:
    """The rules of all files of one person as one, with what follows from where she is now."""
    found = list(several)
    rules = [rule for safety in found for rule in safety.rules]
    rules += [SafeRule(WHERE_SHE_IS, words) for words in where_she_is if words.strip()]
    notes = [safety.note for safety in found if safety.note]
    return Safety(tuple(dict.fromkeys(rules)), BETWEEN.join(dict.fromkeys(notes)))


def added(known: Safety, fresh: Safety) -> Safety:
    """The rules with what was said since; nothing is taken away, but the newest word on voicemail replaces the last."""
    rules = {rule.code: rule for rule in one_each(known.rules)}
    for rule in one_each(fresh.rules):
        if rule.code in VOICEMAIL:
            rules = {code: one for code, one in rules.items() if code not in VOICEMAIL or code == rule.code}
        words = rules[rule.code].words if rule.code in rules else ""
        rules[rule.code] = SafeRule(rule.code, _and(words, rule.words))
    return Safety(tuple(rules.values()), _and(known.note, fresh.note))


def one_each(rules: Iterable[SafeRule]) -> tuple[SafeRule, ...]:
    """The rules with one for each code: a mother who must not know and a father who must not know stay both."""
    found: dict[str, SafeRule] = {}
    for rule in rules:
        words = found[rule.code].words if rule.code in found else ""
        found[rule.code] = SafeRule(rule.code, _and(words, rule.words))
    return tuple(found.values())


def _and(known: str, fresh: str) -> str:
    """Both texts, each once."""
    parts = [part for part in (known, fresh) if part]
    return known if fresh and fresh in known.split(BETWEEN) else BETWEEN.join(parts)


def _said(rule: SafeRule, language: str | None) -> str:
    label = vocabulary.codes(LIST).label(rule.code, language)
    return f"{label}: {rule.words}" if rule.words else label


def _words(rules: tuple[SafeRule, ...], code: str) -> str:
    return BETWEEN.join(rule.words for rule in rules if rule.code == code and rule.words)


def _joined(rules: tuple[SafeRule, ...], language: str | None, *effects: str) -> str:
    apart = {CODE_WORD, NEVER_SAY, MUST_NOT_KNOW, WHERE_SHE_IS, *VOICEMAIL, *STOPS}
    known = vocabulary.codes(LIST)
    chosen = [rule for rule in rules if rule.code not in apart and known.fact(rule.code, "effect") in effects]
    if effects == ("when",):
        return BETWEEN.join(rule.words or known.label(rule.code, language) for rule in chosen)
    return BETWEEN.join(_said(rule, language) for rule in chosen)
