"""Is this the organisation that was looked up before? Names without legal forms, in either script, a letter astray.

Pure: no Django. Folding is `astra.science.script`, coarse spelling `astra.science.linkage.sound`; the reason why two
names are held to be one is a marked sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from rapidfuzz.distance import OSA

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.science.linkage import sound
from astra.science.script import normalise

CHECKED_KIND = "checked_kind"
SHORTEST, FEW = 3, 6

NO_NAME = msg("Write the name of the organisation.")
NOT_A_PERSON = msg("Only organisations stand in the register. Say that this is one; a person belongs into the check.")
NOT_ALLOWED = msg("This is not one of the allowed values.")
ITSELF = msg("An entry cannot be joined to itself, or to one that is joined already.")

LEGAL = (
    "d o o,doo,a d,ad,o d,k d,pr,p r,s p,szr,str,sztr,d d,dd,j d o o,jdoo,j p,jp,z u,preduzece,preduzetnik,"
    "preduzetnicka radnja,radnja,firma,drustvo sa ogranicenom odgovornoscu,akcionarsko drustvo,"
    "agencija za zaposljavanje,agencija za posredovanje u zaposljavanju,agencija za posao,agencija,"
    "gmbh co kg,gmbh,g m b h,ug,ag,kg,ohg,e k,e u,eu,mbh,ltd,limited,llc,l l c,inc,plc,corp,co,company,"
    "s r o,sro,a s,z o o,sp z o o,sp zoo,kft,k f t,bt,zrt,nyrt,s r l,srl,s p a,spa,s a,sa,s a r l,sarl,eood,ood,"
    "oy,ab,aps,as,bv,b v,nv,n v,bvba,ooo,zao,tov,shpk,sh p k,ltd sti,limited sirketi,agency,employment agency,"
    "recruitment agency,personalvermittlung"
)
"""Legal forms and words that name no organisation, folded; longer ones are taken off first."""
_FORMS = sorted({tuple(form.split()) for form in LEGAL.split(",")}, key=len, reverse=True)
_NUMBER = re.compile(r"\d")

SAME = msg("the same name")
OTHER_SPELLING = msg("the same name, spelt another way")
BEGINS = msg("begins like this")
A_LETTER = msg("a letter or two differ")
PART = msg("a part of the name is the same")
NUMBER = msg("the same number")
ADDRESS = msg("the same website or address")


@dataclass(frozen=True)
class Entry:
    """An organisation in the register as it is written down. Nobody's private name, number or address."""

    name: str
    kind: str
    country: str = ""
    other_names: tuple[str, ...] = ()
    registration_number: str = ""
    licence_number: str = ""
    licence_until: date | None = None
    website: str = ""
    public_phone: str = ""
    public_email: str = ""


@dataclass(frozen=True)
class Likeness:
    """How like a name is to an entry, from 0 to 1, and why; a marked sentence."""

    score: float
    why: str


@dataclass(frozen=True)
class Searchable:
    """An entry as it is searched: its names in words, its numbers, its addresses."""

    id: UUID
    names: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def searchable(entry_id: UUID, entry: Entry) -> Searchable:
    """Fold an entry for searching, once."""
    names = _folded((entry.name, *entry.other_names))
    numbers = (_digits(entry.registration_number), _digits(entry.licence_number), _digits(entry.public_phone))
    addresses = (host_of(entry.website), normalise(entry.public_email))
    return Searchable(
        entry_id, names, tuple(one for one in numbers if len(one) >= 5), tuple(one for one in addresses if one)
    )


@lru_cache(maxsize=20_000)
def _folded(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Names of the register stay folded; what somebody types is never kept, it may be a person's name."""
    return tuple(dict.fromkeys(words for name in names if (words := core_words(name))))


def core_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters without legal forms; a name that is nothing else keeps its words.

    >>> core_words("Агенција за запошљавање „Сунчани Пут“ д.о.о."), core_words("SUNČANI PUT DOO")
    (('suncani', 'put'), ('suncani', 'put'))
    """
    words = normalise(name).split()
    kept: list[str] = []
    at = 0
    while at < len(words):
        form = next((one for one in _FORMS if tuple(words[at : at + len(one)]) == one), None)
        if form is None:
            kept.append(words[at])
        at += len(form) if form else 1
    return tuple(kept or words)


def host_of(address: str) -> str:
    """The name of a site without protocol, www and path."""
    bare = re.sub(r"^\s*[a-z]+://", "", address.lower()).partition("/")[0].strip()
    return normalise(bare.removeprefix("www."))


def _digits(text: str) -> str:
    return "".join(_NUMBER.findall(text)).lstrip("0")


def likeness(text: str, known: Searchable) -> Likeness | None:
    """How like what somebody types is to an entry; None where it is not."""
    digits = _digits(text)
    if len(digits) >= 5 and any(digits in number or number.endswith(digits[-8:]) for number in known.numbers):
        return Likeness(1.0, NUMBER)
    if "." in text and host_of(text) and any(host_of(text) == one or normalise(text) == one for one in known.addresses):
        return Likeness(1.0, ADDRESS)
    asked = core_words(text)
    found = [one for name in known.names if (one := _between(asked, name)) is not None]
    return max(found, key=lambda one: one.score, default=None)


def _between(asked: Sequence[str], name: Sequence[str]) -> Likeness | None:
    whole, theirs = "".join(asked), "".join(name)
    if len(whole) < SHORTEST:
        return None
    if whole == theirs or sorted(asked) == sorted(name):
        return Likeness(1.0, SAME)
    if _sounds(asked) == _sounds(name):
        return Likeness(0.95, OTHER_SPELLING)
    if theirs.startswith(whole):
        return Likeness(0.9, BEGINS)
    if _slips(whole, theirs):
        return Likeness(0.85, A_LETTER)
    return _in_parts(asked, name)


def _in_parts(asked: Sequence[str], name: Sequence[str]) -> Likeness | None:
    """Every word that is asked for is in the name, in any order, the last one perhaps half typed."""
    slipped = False
    for place, word in enumerate(asked):
        is_begun = place == len(asked) - 1 and (place > 0 or len(word) >= SHORTEST)
        if word in name or (is_begun and any(one.startswith(word) for one in name)):
            continue
        if any(sound(word) == sound(one) or _slips(word, one) for one in name):
            slipped = True
            continue
        return None
    share = len(asked) / max(len(name), len(asked))
    return Likeness(round((0.6 if slipped else 0.7) * share + 0.1, 3), A_LETTER if slipped else PART)


def _sounds(words: Sequence[str]) -> str:
    return " ".join(sorted(sound(word) for word in words))


def _slips(word: str, other: str) -> bool:
    """Whether a hand can have slipped: one letter in five, two in ten."""
    length = min(len(word), len(other))
    allowed = 2 if length >= 10 else 1 if length >= 4 else 0
    return bool(allowed) and OSA.distance(word, other, score_cutoff=allowed) <= allowed


def ranked(text: str, known: Iterable[Searchable], *, limit: int = FEW) -> list[tuple[UUID, Likeness]]:
    """The entries that are like what somebody types, the likest first."""
    found = [(one.id, like) for one in known if (like := likeness(text, one)) is not None]
    return sorted(found, key=lambda pair: (-pair[1].score, str(pair[0])))[:limit]


def check_entry(entry: Entry, *, is_organisation: bool) -> None:
    """Raise `Invalid` with everything that keeps an entry out of the register."""
    problems = []
    if not entry.name.strip():
        problems.append(Problem("name", NO_NAME))
    if not is_organisation:
        problems.append(Problem("is_organisation", NOT_A_PERSON))
    if entry.kind not in vocabulary.codes(CHECKED_KIND):
        problems.append(Problem("kind", NOT_ALLOWED))
    if entry.country and entry.country not in vocabulary.codes("country"):
        problems.append(Problem("country", NOT_ALLOWED))
    if problems:
        raise Invalid(*problems)
