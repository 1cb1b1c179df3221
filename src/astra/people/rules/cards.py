"""What goes on a search card, in which form, and how is it put before the matcher?"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import phonenumbers

from astra.kernel.partial_dates import PartialDate
from astra.people.rules.persons import CardName, ContactDetails, Identity, SearchCard, Whereabouts
from astra.science.linkage.keeping.prepared import SCHEME, Prepared, prepare
from astra.science.linkage.normalise.national import is_jmbg, read_number
from astra.science.linkage.record import Birth, Name, Record

HOME_REGION = "RS"
SHORTEST_NUMBER = 6
NATIONAL_NUMBER, NICKNAME, ADDRESS = "national_number", "nickname", "address"
PHONE, ENDING, NUMBER, HANDLE = "phone ", "ends ", "number ", "account "
"""What stands before a number or an account, so that a phone never meets a file number of the same digits."""
SEXES = {"female": "F", "male": "M"}
A_MONTH = timedelta(days=31)

_PROFILE = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/(?:profile\.php\?id=)?")
_PLATFORM = re.compile(
    r"^(?:instagram|insta|ig|facebook|fb|messenger|tik ?tok|snapchat|telegram|viber|skype)\s*[:\s]\s*"
)


def phone_digits(text: str) -> str:
    """A phone number as digits with country code; a local or unfinished one as the digits that were said."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) < SHORTEST_NUMBER:
        return ""
    try:
        parsed = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(parsed):
        return digits.removeprefix("00")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def compact(text: str) -> str:
    """A file or document number without everything that people leave out: letters and digits only."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def handle(text: str) -> str:
    """An e-mail address or an account as it is compared: no capitals, no @ in front, no address of the platform."""
    plain = _PLATFORM.sub("", _PROFILE.sub("", text.strip().casefold()))
    plain = plain.strip("@/ ")
    return "" if " " in plain else plain


def phone_keys(phone: str) -> tuple[str, ...]:
    """By which keys a number meets another: as a whole, and by its last digits, which is what people remember."""
    return (PHONE + phone, ENDING + phone[-SHORTEST_NUMBER:])


# --- making ----------------------------------------------------------------------------------------------------------


def make_card(
    code_name: str, identity: Identity, details: ContactDetails, whereabouts: Whereabouts, phone_kinds: frozenset[str]
) -> SearchCard:
    """Everything by which she may be found, from the sections that say it; not yet prepared for the matcher."""
    reached = _reached(details, phone_kinds)
    places = [identity.birth_place, *reached.addresses, *(stay.place for stay in whereabouts.stays)]
    numbers = [compact(number.number) for number in identity.numbers]
    national = [read_number(one.number) for one in identity.numbers if one.kind == NATIONAL_NUMBER]
    national += [read_number(one.number) for one in identity.numbers if is_jmbg(read_number(one.number))]
    birth = identity.birth
    return SearchCard(
        code_name=code_name,
        names=tuple(
            CardName(name.given, name.family, name.text, name.kind == NICKNAME) for name in identity.names if name.full
        ),
        born_from=birth.earliest if birth and not birth.has_open_start else None,
        born_until=birth.latest if birth and not birth.has_open_end else None,
        is_age_guessed=birth is not None and _is_guessed(birth),
        sex=identity.sex,
        father=identity.father,
        mother=identity.mother,
        places=_each(places),
        phones=_each(reached.phones),
        handles=_each(reached.handles),
        numbers=_each(numbers),
        national=next(iter(national), ""),
    )


@dataclass(frozen=True)
class _Reached:
    """Ways to reach her, by what they are compared with."""

    addresses: list[str]
    phones: list[str]
    handles: list[str]


def _reached(details: ContactDetails, phone_kinds: frozenset[str]) -> _Reached:
    found = _Reached([], [], [])
    for entry in details.entries:
        phone = phone_digits(entry.value) if entry.kind in phone_kinds else ""
        if entry.kind == ADDRESS:
            found.addresses.append(entry.value)
        elif phone:
            found.phones.append(phone)
        else:
            found.handles.append(handle(entry.value))
    return found


def _each(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _is_guessed(birth: PartialDate) -> bool:
    """Whether a birth comes from an age: a range that is neither a day, a month, nor whole years of the calendar."""
    first, last = birth.earliest, birth.latest
    is_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return not is_years and (birth.has_open_start or birth.has_open_end or last - first > A_MONTH)


# --- for the matcher -------------------------------------------------------------------------------------------------


def record_of(card: SearchCard) -> Record:
    """The card as the matcher understands it."""
    phones = [key for phone in card.phones for key in phone_keys(phone)]
    birth = Birth(card.born_from, card.born_until, not card.is_age_guessed)
    return Record(
        id="",
        names=tuple(Name(name.given, name.family, name.text) for name in card.names if not name.is_nickname),
        nicknames=tuple(name.full for name in card.names if name.is_nickname),
        father=card.father,
        mother=card.mother,
        sex=SEXES.get(card.sex, ""),
        birth=birth if card.born_from or card.born_until else None,
        places=card.places,
        national_id=card.national,
        numbers=(*phones, *(NUMBER + number for number in card.numbers), *(HANDLE + one for one in card.handles)),
    )


def with_prepared(card: SearchCard) -> SearchCard:
    """The card with what the matcher reads of it, as the present matcher writes it."""
    kept = msgspec.json.decode(msgspec.json.encode(prepare(record_of(card))))
    return msgspec.structs.replace(card, prepared=tuple(kept))


def prepared_of(card: SearchCard) -> Prepared:
    """What the matcher reads of a card; of a card that another edition wrote it is made anew."""
    if _is_present(card.prepared):
        return msgspec.convert(card.prepared, Prepared)
    return prepare(record_of(card))


def _is_present(prepared: tuple[Any, ...]) -> bool:  # Any: as on the card
    return bool(prepared) and prepared[0] == SCHEME


class _Findable(msgspec.Struct):
    """The part of a card that the matcher reads; the rest is not even decoded."""

    prepared: Prepared | None = None


_FINDABLE = msgspec.json.Decoder(_Findable)
_CARD = msgspec.json.Decoder(SearchCard)


def read_prepared(sealed: bytes) -> Prepared:
    """`prepared_of` of the bytes of a card: what a million cards are opened with."""
    try:
        found = _FINDABLE.decode(sealed).prepared
    except msgspec.ValidationError:  # another edition's, in another shape
        found = None
    return found if found is not None and found.scheme == SCHEME else prepared_of(_CARD.decode(sealed))
