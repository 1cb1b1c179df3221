"""In which languages do the public pages speak? The address says it, so that no cookie has to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """One language as the pages speak it."""

    path: str
    """As it stands in addresses."""
    code: str
    """As Django and the catalogues call it."""
    tag: str
    """As browsers and screen readers call it."""
    name: str
    """In itself."""
    direction: str = "ltr"
    digits: str = "0123456789"

    def in_digits(self, code: str) -> str:
        """A number in the digits that readers of this language type."""
        return code.translate(str.maketrans("0123456789", self.digits))


SPOKEN = (
    Spoken("sr", "sr-latn", "sr-Latn", "Srpski"),
    Spoken("sc", "sr", "sr-Cyrl", "Српски"),
    Spoken("en", "en", "en", "English"),
    Spoken("sq", "sq", "sq", "Shqip"),
    Spoken("ro", "rom", "rom", "Romani"),
    Spoken("hu", "hu", "hu", "Magyar"),
    Spoken("ru", "ru", "ru", "Русский"),
    Spoken("uk", "uk", "uk", "Українська"),
    Spoken("ar", "ar", "ar", "العربية", "rtl", "٠١٢٣٤٥٦٧٨٩"),
    Spoken("fa", "fa", "fa", "فارسی", "rtl", "۰۱۲۳۴۵۶۷۸۹"),
)
BY_PATH = {spoken.path: spoken for spoken in SPOKEN}
FIRST = SPOKEN[0]
_WRITTEN = {"sr-cyrl": "sc", "sh": "sr", "bs": "sr", "hr": "sr", "cnr": "sr", "be": "ru"}
"""What browsers ask for and we answer in a language close to it."""


def named_in(path: str) -> Spoken | None:
    """The language that stands in an address, also in one that leads nowhere."""
    return BY_PATH.get(path.removeprefix("/").partition("/")[0])


def preferred(accepted: str) -> Spoken:
    """The first language that a browser asks for and we speak (its Accept-Language header); Serbian otherwise."""
    wanted = []
    for place, part in enumerate(accepted.split(",")):
        name, _, quality = part.strip().partition(";q=")
        wanted.append((-_number(quality), place, name.strip().lower()))
    for _, _, name in sorted(wanted):
        parts = name.split("-")
        for tried in ("-".join(parts[:length]) for length in range(len(parts), 0, -1)):
            path = _WRITTEN.get(tried, tried)
            if path == "rom":
                return BY_PATH["ro"]
            if path in BY_PATH and path != "ro":
                return BY_PATH[path]
    return FIRST


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


class LanguageConverter:
    """The language in an address."""

    regex = "|".join(BY_PATH)

    def to_python(self, value: str) -> Spoken:
        """From the address."""
        return BY_PATH[value]

    def to_url(self, value: Spoken | str) -> str:
        """Into the address."""
        return value.path if isinstance(value, Spoken) else value
