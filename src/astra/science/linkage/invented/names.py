"""Which given and family names does a community have, and how common is each?

Given names and the commonest family names are listed; the long tail of family names is composed of stems and endings,
as the names themselves were.
"""

from functools import lru_cache
from random import Random

from astra.science.linkage.invented.drawing import Weighted, falling
from astra.science.linkage.invented.spelling import Word, by_serbian_ear, spell
from astra.science.linkage.invented.tables import Row, lines_of, parts_of, rows_of

COMMUNITIES: dict[str, Row] = {row["community"]: row for row in rows_of("communities.csv")}
_CYRILLIC_AT_HOME = {"mk": "mk", "ru": "ru"}
_SOFT = ("č", "ć", "đ", "š", "ž", "j", "lj", "nj", "c", "dž", "i")
_VOWELS = "aeiouyë"
_GIVEN_STEEPNESS = 0.6
_SEX = {"M": "F", "F": "M"}


def word_of(community: str, native: str, script: str = "", others: tuple[str, ...] = ()) -> Word:
    """Make a name of a community from its spelling at home.

    Examples
    --------
    >>> word_of("al", "Xhevahire").serbian, word_of("ru", "Ol'ga").script
    ('Dževahire', 'Ольга')
    """
    serbian = by_serbian_ear(native, COMMUNITIES[community]["reading"])
    if community in _CYRILLIC_AT_HOME:
        script = spell(Word(serbian, serbian), _CYRILLIC_AT_HOME[community], 0) if "'" not in native else _soft(native)
        native = serbian
    return Word(native, serbian, script, others)


def _soft(native: str) -> str:
    """Write a Russian name with its soft signs."""
    parts = [spell(Word(part, part), "ru", 0) if part else "" for part in native.split("'")]
    return parts[0] + "".join("ь" + part.lower() for part in parts[1:])


@lru_cache(maxsize=1)
def _given() -> dict[tuple[str, str], Weighted[Word]]:
    """Read every given name by community and sex."""
    found: dict[tuple[str, str], dict[Word, None]] = {}
    for line in lines_of("given.txt"):
        head, names = line.split(": ")
        community, sex = head.split()
        pool = found.setdefault((community, sex), {})
        pool.update((word_of(community, name.replace("_", " ")), None) for name in names.split())
    for row in rows_of("eastern.csv"):
        if row["kind"] in _SEX:
            word = word_of(row["community"], row["latin"], row["script"], parts_of(row["others"]))
            found.setdefault((row["community"], row["kind"]), {})[word] = None
    return {key: falling(list(pool), _GIVEN_STEEPNESS) for key, pool in found.items()}


def _joined(stem: str, ending: str) -> str:
    """Put an ending to a stem as the language does: Miloš + Ović is Milošević, Kosta + Ović is Kostić."""
    if ending == "-":
        return stem
    if ending == "Ović":
        if stem[-1] in "ae" and stem[-2:] not in {"je", "ce"}:
            return stem[:-1] + "ić"
        if stem.endswith("je"):
            stem = stem[:-1]
        stem = stem[:-1] if stem[-1] == "o" else stem
        return stem + ("ević" if stem.endswith(_SOFT) else "ović")
    if ending[0] in _VOWELS and stem[-1] in _VOWELS:
        stem = stem[:-1]
    return (stem[:-1] if stem[-1] == ending[0] else stem) + ending


def _composed(community: str, group: str, stems: list[str], tails: list[str]) -> tuple[list[str], list[str]]:
    """Compose the names of one group of stems: common ones and rare ones."""
    row = next(row for row in rows_of("endings.csv") if row["community"] == community and row["group"] == group)
    if group == "heads":
        stems = [head + tail for head in stems for tail in tails]
    if group == "mother":
        stems = [stem.rstrip("a") for stem in stems]
    common, _, rare = row["endings"].partition("||")
    return (
        [_joined(stem, ending) for stem in stems for ending in parts_of(common)],
        [_joined(stem, ending) for stem in stems for ending in parts_of(rare)],
    )


def _listed() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines_of("surnames.txt"):
        head, names = line.split(": ")
        community, group = head.split()
        found.setdefault(community, {}).setdefault(group, []).extend(names.split())
    return found


def _latin_families(community: str, groups: dict[str, list[str]]) -> list[Word]:
    whole = groups.get("whole", [])
    fathers: list[str] = []
    common: list[str] = []
    rare: list[str] = []
    for group, stems in groups.items():
        if group == "first":
            rare += [first + second.lower() for first in stems for second in groups["second"]]
        elif group not in {"whole", "tails", "second"}:
            more_common, more_rare = _composed(community, group, stems, groups.get("tails", []))
            rare += more_rare
            (fathers if group == "father" else common).extend(more_common)
    rare += [prefix + family.lower() for prefix in ("Hadži", "Pop") for family in fathers]
    # One order for every seed: how common a name is belongs to the community, not to one invented registry.
    order = Random(community)  # noqa: S311  (invented data; nothing here is a secret)
    names = list(whole)
    for tail in (fathers, common, rare):
        fresh = sorted(set(tail).difference(names))
        order.shuffle(fresh)
        names += fresh
    return [word_of(community, name) for name in names]


def _eastern_families(community: str) -> list[Word]:
    """Family names first written in Arabic letters: listed ones, stems with endings, and for Arabs fathers' names."""
    rows = [row for row in rows_of("eastern.csv") if row["community"] == community]
    words = [word_of(community, r["latin"], r["script"], parts_of(r["others"])) for r in rows if r["kind"] == "S"]
    endings = [row for row in rows_of("endings.csv") if row["community"] == community and row["script"]]
    for ending in endings:
        pairs = list(zip(parts_of(ending["endings"]), parts_of(ending["script"]), strict=True))
        for latin, script in pairs:
            for row in rows:
                if row["kind"] == "T":
                    others = tuple(other + latin for other in parts_of(row["others"]))
                    words.append(word_of(community, row["latin"] + latin, row["script"] + script, others))
    if community == "ar":
        fathers = [row for row in rows if row["kind"] == "M"]
        words += [word_of(community, r["latin"], r["script"], parts_of(r["others"])) for r in fathers]
        words += [word_of(community, "Abu " + r["latin"], "أبو " + r["script"]) for r in fathers]
        words += [word_of(community, "Al " + r["latin"], "ال" + r["script"]) for r in fathers if r["latin"][0] != "A"]
    return list(dict.fromkeys(words))


@lru_cache(maxsize=1)
def _families() -> dict[str, Weighted[Word]]:
    listed = _listed()
    pools = {}
    for community, row in COMMUNITIES.items():
        words = [*_eastern_families(community), *_latin_families(community, listed.get(community, {}))]
        pools[community] = falling(list(dict.fromkeys(words)), float(row["steepness"]))
    return pools


def draw_given(rng: Random, community: str, sex: str) -> Word:
    """Draw a given name; some communities take a share of theirs from a neighbour."""
    row = COMMUNITIES[community]
    lends = row["lender"] and rng.random() < float(row["borrow_given"])
    return _given()[row["lender"] if lends else community, sex].draw(rng)


def draw_family(rng: Random, community: str) -> Word:
    """Draw a family name, in the form of a man."""
    row = COMMUNITIES[community]
    lends = row["lender"] and rng.random() < float(row["borrow_family"])
    return _families()[row["lender"] if lends else community].draw(rng)


@lru_cache(maxsize=100_000)
def womans(family: Word, community: str) -> Word:
    """Give a family name the form of a woman, in the languages that have one.

    Examples
    --------
    >>> womans(word_of("mk", "Petkovski"), "mk").serbian, womans(word_of("ru", "Smirnov"), "ru").script
    ('Petkovska', 'Смирнова')
    """
    name = family.native
    if community not in _CYRILLIC_AT_HOME:
        return family
    if name.endswith(("ski", "cki", "eski")):
        return word_of(community, name[:-1] + "a")
    if name.endswith("skij"):
        return word_of(community, name[:-2] + "aja")
    if community == "ru" and name.endswith(("ov", "ev", "in")):
        return word_of(community, name + "a")
    return word_of(community, name + "a") if community == "mk" and name.endswith(("ov", "ev")) else family


@lru_cache(maxsize=10_000)
def patronymic(father: Word, sex: str) -> Word:
    """Make a Russian patronymic of the father's name.

    Examples
    --------
    >>> patronymic(word_of("ru", "Sergej"), "F").serbian, patronymic(word_of("ru", "Ivan"), "M").serbian
    ('Sergejevna', 'Ivanovič')
    """
    name = father.serbian
    if name.endswith(("a", "o")):
        return word_of("ru", name[:-1] + ("ična" if sex == "F" else "ič"))
    soft = name.endswith(("j", "ij")) or "'" in father.native
    stem = name[:-2] + "j" if name.endswith("ij") else name
    return word_of("ru", stem + ("ev" if soft else "ov") + ("na" if sex == "F" else "ič"))


def count_families() -> int:
    """Count the different family names of all communities."""
    return len({word.serbian for pool in _families().values() for word in pool.things})


def count_given() -> int:
    """Count the different given names of all communities."""
    return len({word.serbian for pool in _given().values() for word in pool.things})
