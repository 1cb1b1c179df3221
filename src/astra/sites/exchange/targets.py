"""What can a column of somebody's spreadsheet hold? The fields that an import fills, with the headers people use."""

from dataclasses import dataclass

from astra.science.script import normalise

PEOPLE, CONTACTS, CASES = "people", "contacts", "cases"
KINDS = (PEOPLE, CONTACTS, CASES)

TEXT, CODE, CODES, DAY, MOMENT, BIRTH, AGE, MINUTES, YES_NO, COUNTRIES, LANGUAGES = (
    "text",
    "code",
    "codes",
    "day",
    "moment",
    "birth",
    "age",
    "minutes",
    "yes_no",
    "countries",
    "languages",
)


@dataclass(frozen=True)
class Target:
    """One field that a column can fill: how its cells are read, from which code list, and how it is usually called."""

    name: str
    reads: str
    headers: tuple[str, ...]
    code_list: str = ""
    is_required: bool = False


NUMBER = Target(
    "number", TEXT, ("broj", "redni broj", "rb", "r br", "sifra", "id", "br dosijea", "number", "file number")
)
PERSON_NUMBER = Target(
    "person_number",
    TEXT,
    ("broj osobe", "sifra osobe", "klijent", "klijentkinja", "person", "person number", "client id"),
)
CASE_NUMBER = Target("case_number", TEXT, ("broj slucaja", "slucaj", "predmet", "case", "case number", "dosije"))

TARGETS: dict[str, tuple[Target, ...]] = {
    PEOPLE: (
        NUMBER,
        Target("name", TEXT, ("ime i prezime", "prezime i ime", "osoba", "name", "full name")),
        Target("given", TEXT, ("ime", "licno ime", "given name", "first name")),
        Target("family", TEXT, ("prezime", "surname", "family name", "last name")),
        Target("nickname", TEXT, ("nadimak", "nickname", "zvani")),
        Target("code_name", TEXT, ("sifrovano ime", "pseudonim", "kodno ime", "code name")),
        Target("mother", TEXT, ("ime majke", "majka", "mother")),
        Target("father", TEXT, ("ime oca", "otac", "father")),
        Target(
            "birth", BIRTH, ("datum rodjenja", "rodjena", "rodjen", "godina rodjenja", "birth date", "date of birth")
        ),
        Target("age", AGE, ("uzrast", "godine", "starost", "age")),
        Target("sex", CODE, ("pol", "sex", "gender", "rod"), "sex"),
        Target("citizenships", COUNTRIES, ("drzavljanstvo", "citizenship", "nationality"), "country"),
        Target("languages", LANGUAGES, ("jezik", "jezici", "language", "languages"), "language"),
        Target("phone", TEXT, ("telefon", "mobilni", "broj telefona", "phone", "mobile")),
        Target("email", TEXT, ("e mail", "email", "mejl", "imejl")),
        Target("address", TEXT, ("adresa", "prebivaliste", "mesto", "address", "place")),
        Target("whereabouts", CODE, ("gde je", "boraviste", "whereabouts"), "whereabouts"),
        Target("national_number", TEXT, ("jmbg", "maticni broj", "national number")),
        Target("notes", TEXT, ("napomena", "napomene", "beleska", "notes", "remarks")),
        Target("registered_on", DAY, ("datum evidentiranja", "datum prijave", "registered", "date")),
    ),
    CONTACTS: (
        NUMBER,
        Target("line", CODE, ("linija", "line", "hotline"), "hotline_line", is_required=True),
        Target("received_at", MOMENT, ("datum i vreme", "datum", "datum poziva", "date", "received"), is_required=True),
        Target("time", TEXT, ("vreme", "vreme poziva", "sat", "time")),
        Target(
            "kind",
            CODE,
            ("vrsta", "vrsta poziva", "vrsta kontakta", "tip", "kind", "type"),
            "contact_kind",
            is_required=True,
        ),
        Target("channel", CODE, ("kanal", "nacin", "channel"), "channel"),
        Target("language", CODE, ("jezik", "language"), "language"),
        Target(
            "caller_role", CODE, ("pozivalac", "ko zove", "uloga pozivaoca", "caller", "caller role"), "caller_role"
        ),
        Target("topics", CODES, ("tema", "teme", "razlog", "razlog poziva", "topic", "topics"), "contact_topic"),
        Target("minutes", MINUTES, ("trajanje", "minuta", "minutes", "duration")),
        Target("said", TEXT, ("opis", "sadrzaj", "sta je receno", "beleska", "description", "summary", "said")),
        Target("done", TEXT, ("preduzeto", "sta je uradjeno", "action", "action taken", "done")),
        Target("caller_name", TEXT, ("ime pozivaoca", "caller name")),
        Target("caller_phone", TEXT, ("telefon pozivaoca", "telefon", "caller phone", "phone")),
        PERSON_NUMBER,
        CASE_NUMBER,
    ),
    CASES: (
        NUMBER,
        Target("kind", CODE, ("vrsta slucaja", "vrsta", "kind", "type"), "case_kind"),
        Target("title", TEXT, ("naslov", "naziv", "title")),
        Target("story", TEXT, ("opis", "prica", "story", "summary", "description")),
        Target("opened_on", DAY, ("datum otvaranja", "otvoren", "opened", "date opened")),
        Target("closed_on", DAY, ("datum zatvaranja", "zatvoren", "closed", "date closed")),
        Target("outcome", CODE, ("ishod", "outcome"), "close_outcome"),
        Target(
            "forms",
            CODES,
            ("oblik eksploatacije", "vid eksploatacije", "forma", "exploitation", "form of exploitation"),
            "forms_of_exploitation",
        ),
        Target(
            "countries", COUNTRIES, ("zemlja eksploatacije", "zemlja", "country", "country of exploitation"), "country"
        ),
        PERSON_NUMBER,
    ),
}


def target(kind: str, name: str) -> Target | None:
    """The field of this name, if an import of this kind has it."""
    return next((found for found in TARGETS[kind] if found.name == name), None)


def guess(kind: str, header: str) -> Target | None:
    """The field that a column of this name most probably means: same words first, then words at the beginning."""
    words = normalise(header.replace("_", " "))
    for found in TARGETS[kind]:
        if words in (*found.headers, found.name.replace("_", " ")):
            return found
    return next((found for found in TARGETS[kind] if any(words.startswith(h + " ") for h in found.headers)), None)
