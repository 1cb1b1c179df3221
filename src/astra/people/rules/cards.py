"""What goes on a search card, and in which form?"""

import phonenumbers

from astra.people.rules.persons import CardName, ContactDetails, Identity, SearchCard, Whereabouts

HOME_REGION = "RS"
SHORTEST_NUMBER = 6


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


def make_card(
    code_name: str, identity: Identity, details: ContactDetails, whereabouts: Whereabouts, phone_kinds: frozenset[str]
) -> SearchCard:
    """Everything by which she may be found, from the sections that say it."""
    addresses = [entry.value for entry in details.entries if entry.kind == "address"]
    places = [identity.birth_place, *addresses, *(stay.place for stay in whereabouts.stays)]
    phones = [phone_digits(entry.value) for entry in details.entries if entry.kind in phone_kinds]
    numbers = [compact(number.number) for number in identity.numbers]
    birth = identity.birth
    return SearchCard(
        code_name=code_name,
        names=tuple(CardName(name.given, name.family, name.text) for name in identity.names if name.full),
        born_from=birth.earliest if birth and not birth.has_open_start else None,
        born_until=birth.latest if birth and not birth.has_open_end else None,
        sex=identity.sex,
        places=tuple(dict.fromkeys(place for place in places if place)),
        phones=tuple(dict.fromkeys(phone for phone in phones if phone)),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
    )
