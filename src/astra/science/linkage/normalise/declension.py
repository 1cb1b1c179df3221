"""In which forms does a Serbian sentence write the name of a place?

"u Novom Sadu", "iz Sremskih Karlovaca", "kod Banje Luke": names bend with their sentence. The forms are made from
folded names by ending, generously: a form that nobody uses does no harm, because nobody writes it.
"""

from itertools import product

_FLEETING = ("ac", "ak", "ar", "alj")
_SOFTENED = {"k": "c", "g": "z", "h": "s"}


def _a_forms(word: str, *, is_last: bool) -> tuple[frozenset[str], ...]:
    """Feminine nouns and adjectives: Kikinda, Sremska, Rijeka."""
    stem = word[:-1]
    dative = {stem + "i"}
    if stem[-1:] in _SOFTENED:
        dative.add(stem[:-1] + _SOFTENED[stem[-1]] + "i")
    if not is_last or stem.endswith("k"):
        dative.add(stem + "oj")
    genitive = {stem + "e"} | ({word} if not is_last else set())
    return frozenset(genitive), frozenset(dative), frozenset({stem + "u"}), frozenset({stem + "om"})


def _o_forms(word: str, *, is_last: bool) -> tuple[frozenset[str], ...]:
    """Neuter nouns and adjectives: Sarajevo, Veliko."""
    stem = word[:-1]
    if is_last:
        return frozenset({stem + "a"}), frozenset({stem + "u"}), frozenset({word}), frozenset({stem + "om"})
    return (
        frozenset({stem + "og", stem + "oga", stem + "a"}),
        frozenset({stem + "om", stem + "ome", stem + "u"}),
        frozenset({word}),
        frozenset({stem + "im", stem + "om"}),
    )


def _e_forms(word: str, *, is_last: bool) -> tuple[frozenset[str], ...]:
    """Neuter nouns (Vranje), plurals (Pale) and soft adjectives (Donje)."""
    stem = word[:-1]
    soft = frozenset() if is_last else frozenset({stem + "eg", stem + "em", stem + "im", stem + "ih"})
    return (
        frozenset({stem + "a"}) | soft,
        frozenset({stem + "u", stem + "ama"}) | soft,
        frozenset({word}),
        frozenset({stem + "em", stem + "ama"}) | soft,
    )


def _i_forms(word: str, *, is_last: bool) -> tuple[frozenset[str], ...]:
    """Adjectives (Novi, Donji), plurals (Karlovci) and foreign names (Tbilisi)."""
    stem = word[:-1]
    if not is_last:
        return (
            frozenset({stem + "og", stem + "eg", stem + "oga", stem + "ih"}),
            frozenset({stem + "om", stem + "em", stem + "ome", stem + "im"}),
            frozenset({word, stem + "e"}),
            frozenset({stem + "im"}),
        )
    genitive = {stem + "a", word + "ja"} | ({stem[:-1] + "aca"} if stem.endswith("c") else set())
    return (
        frozenset(genitive),
        frozenset({stem + "ima", word + "ju"}),
        frozenset({stem + "e", word}),
        frozenset({stem + "ima", word + "jem"}),
    )


def _consonant_forms(word: str) -> tuple[frozenset[str], ...]:
    """Masculine nouns (Niš, Leskovac) and the few feminine ones (Peć)."""
    stems = {word}
    for ending in _FLEETING:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stems.add(word[: -len(ending)] + ending[1:])
    return (
        frozenset({stem + "a" for stem in stems} | {word + "i"}),
        frozenset({stem + "u" for stem in stems} | {word + "i"}),
        frozenset({word}),
        frozenset({stem + ending for stem in stems for ending in ("om", "em")}),
    )


def _cases(word: str, *, is_last: bool) -> tuple[frozenset[str], ...]:
    """The forms of one folded word in the genitive, dative, accusative and instrumental."""
    if len(word) < 2 or not word.isascii() or not word.isalpha():
        return (frozenset({word}),) * 4
    match word[-1]:
        case "a":
            return _a_forms(word, is_last=is_last)
        case "o":
            return _o_forms(word, is_last=is_last)
        case "e":
            return _e_forms(word, is_last=is_last)
        case "i":
            return _i_forms(word, is_last=is_last)
        case "u" | "y":
            return (frozenset({word}),) * 4
        case _:
            return _consonant_forms(word)


def bent_forms(name: str) -> frozenset[str]:
    """Give the forms that a folded name of a place takes in Serbian sentences.

    Parameters
    ----------
    name : str
        A name as `astra.science.script.normalise` folds it. What follows "na" stays as it is (Petrovac na Mlavi).

    Returns
    -------
    frozenset of str
        Its genitive, dative, accusative and instrumental, without the name itself.

    Examples
    --------
    >>> {"novog sada", "novom sadu"} <= bent_forms("novi sad"), sorted(bent_forms("nis"))
    (True, ['nisa', 'nisem', 'nisi', 'nisom', 'nisu'])
    >>> "petrovca na mlavi" in bent_forms("petrovac na mlavi")
    True
    """
    bending, preposition, fixed = name.partition(" na ")
    words = bending.split()
    if len(words) > 3 or not words:
        return frozenset()
    cases = [_cases(word, is_last=at == len(words) - 1) for at, word in enumerate(words)]
    forms = {
        " ".join(parts) + preposition + fixed
        for number in range(4)
        for parts in product(*(case[number] for case in cases))
    }
    return frozenset(forms - {name})
