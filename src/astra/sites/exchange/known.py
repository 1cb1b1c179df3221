"""What does a row of a standard say of a person as Astra knows her? Pure: facts in, cells out, by column.

The same function writes what Astra knows now and what it knew when the row was imported. Where both say the same,
the cell goes back as it came; where somebody has changed something since, Astra's own fact goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from astra import vocabulary
from astra.people.rules.persons import ContactDetails, Identity, Name
from astra.sites.exchange import standards
from astra.sites.exchange.standards import CODE, CODES, CTDC, FLAG, HTCDS, Column

DIED = "died"
GENDER_OF_SEX = {"female": "woman", "male": "man"}
IDENTITY_NUMBERS = ("identity_number", "national_number", "passport")
SECTOR_OF_FORM = {"forced_begging": "begging", "forced_criminality": "illicit"}
NOT_KNOWN_2020, EXPLOITATION = "-99", "Exploitation"

# Cells that belong together: when one of them is not what it was, none of the others goes back as it came.
_TOGETHER = {
    "prs_FirstName": "name",
    "prs_MiddleName": "name",
    "prs_SecondName": "name",
    "prs_MailingStreet": "address",
    "prs_MailingPostalCode": "address",
    "prs_MailingCity": "address",
    "prs_MailingState": "address",
    "prs_MailingCountry": "address",
    "prs_MailingLongitude": "address",
    "prs_MailingLatitude": "address",
    "vic_TypeOfExploitation": "forms",
    "vic_TypeOfSexExploitation": "forms",
    "cas_Status": "status",
    "cas_ReasonForCaseClosure": "status",
    "ageBroad": "age",
    "majorityStatus": "age",
    "majorityStatusAtExploit": "age",
    "majorityEntry": "age",
    "typeOfExploitConcatenated": "forms",
    "typeOfSexConcatenated": "forms",
    "isSexAndLabour": "forms",
    "typeOfLabourConcatenated": "labour",
    "meansOfControlConcatenated": "means",
    "RecruiterRelationship": "recruiter",
}
_GROUPS_TOGETHER = {"forms": "forms", "sex": "forms", "labour": "labour", "means": "means", "recruiter": "recruiter"}


@dataclass(frozen=True)
class FileFacts:
    """The coded facts of the file that stands for a person in a standard of one row a person."""

    state: str = ""
    outcome: str = ""
    opened_on: date | None = None
    forms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    lead: str = ""
    """The work name of whoever leads it."""


@dataclass(frozen=True)
class Known:
    """What Astra knows of a person, as far as the standards ask."""

    identity: Identity
    details: ContactDetails = field(default_factory=ContactDetails)
    whereabouts: str = ""
    registered_on: date | None = None
    age_band: str = ""
    file: FileFacts = field(default_factory=FileFacts)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that only an imported row said, by the fact that they speak of."""

    @property
    def name(self) -> Name:
        """The name that she is called by."""
        return self.identity.names[0] if self.identity.names else Name()

    @property
    def gender(self) -> str:
        """As she says it, else as her documents say."""
        return self.identity.gender or GENDER_OF_SEX.get(self.identity.sex, "")

    def detail(self, kind: str) -> str:
        """The first way to reach her of one kind."""
        return next((entry.value for entry in self.details.entries if entry.kind == kind), "")

    def codes(self, fact: str) -> tuple[str, ...]:
        """Every code of a fact: Astra's own fields first, then what only the imported row said."""
        own = {
            "gender": (self.gender,) if self.gender else (),
            "citizenships": self.identity.citizenships,
            "languages": self.identity.languages,
            "forms_of_exploitation": tuple(sorted(self.file.forms)),  # sets: their order says nothing
            "countries": tuple(sorted(self.file.countries)),
            "age_band": (self.age_band,) if self.age_band else (),
            "case_status": (self.file.state,) if self.file.state else (),
        }
        if fact == "labour_sector":
            found = (SECTOR_OF_FORM[form] for form in self.file.forms if form in SECTOR_OF_FORM)
            return tuple(dict.fromkeys((*self.others.get(fact, ()), *found)))
        return own[fact] if fact in own else self.others.get(fact, ())


def write_row(standard: str, known: Known) -> dict[str, str]:
    """What a row of the standard says of somebody; a column of which nothing is known is blank."""
    columns = standards.columns_of(standard).values()
    row = {column.name: _coded(column, known) for column in columns}
    if standard == HTCDS:
        row |= _htcds_words(known)
        row["vic_TypeOfSexExploitation"] = _joined(
            "forms_of_exploitation", "htcds_sex", tuple(sorted(known.file.forms))
        )
        if row["hte_Country"] and not row["hte_Type"]:
            row["hte_Type"] = EXPLOITATION
    else:
        row["yearOfRegistration"] = str(known.registered_on.year) if known.registered_on else ""
    return row


def _coded(column: Column, known: Known) -> str:
    """The codes of a column, as its standard writes them."""
    if not column.code_list:
        return ""
    codes = known.codes(column.fact)
    if column.kind == FLAG:
        walk = vocabulary.crosswalk(column.code_list, column.standard)
        return "1" if any(column.name in walk.forward(code) for code in codes) else ""
    if column.name == "prs_SecondaryLanguage":
        codes = codes[1:]
    if column.kind == CODES:
        return _joined(column.code_list, column.standard, codes)
    if column.kind == CODE:
        return next(iter(_forward(column.code_list, column.standard, codes)), "")
    return ""


def _forward(code_list: str, standard: str, codes: tuple[str, ...]) -> list[str]:
    walk = vocabulary.crosswalk(code_list, standard)
    return list(dict.fromkeys(target for code in codes for target in walk.forward(code)[:1]))


def _joined(code_list: str, standard: str, codes: tuple[str, ...]) -> str:
    return ";".join(_forward(code_list, standard, codes))


def _htcds_words(known: Known) -> dict[str, str]:
    name, birth, file = known.name, known.identity.birth, known.file
    numbers = {number.kind: number.number for number in reversed(known.identity.numbers)}
    return {
        "prs_FirstName": name.given or name.text,
        "prs_SecondName": name.family,
        "prs_Birthdate": birth.earliest.isoformat() if birth and birth.is_exact and not birth.is_estimated else "",
        "prs_Deceased": "true" if known.whereabouts == DIED else "",
        "prs_IdentityNumber": next((numbers[kind] for kind in IDENTITY_NUMBERS if kind in numbers), ""),
        "prs_Email": known.detail("email"),
        "prs_HomePhone": known.detail("home_phone"),
        "prs_MobilePhone": known.detail("mobile"),
        "prs_MailingStreet": known.detail("address"),
        "prs_MailingCountry": "",
        "cas_IncomingReferralDate": file.opened_on.isoformat() if file.opened_on else "",
        "cas_ReasonForCaseClosure": vocabulary.codes("close_outcome").label(file.outcome, "en") if file.outcome else "",
        "cas_CaseOwner": file.lead,
    }


def give_back(standard: str, raw: Mapping[str, str], was: Known, now: Known) -> dict[str, str]:
    """A row that was imported in this standard: each cell as it came, unless what it says was changed since."""
    before, after = write_row(standard, was), write_row(standard, now)
    columns = standards.columns_of(standard).values()
    changed = {_together(column) for column in columns if before[column.name] != after[column.name]}
    row = {}
    for column in columns:
        cell = raw.get(column.name, "")
        row[column.name] = after[column.name] if _together(column) in changed else cell
    return row


def fresh_row(standard: str, now: Known) -> dict[str, str]:
    """A row about somebody who was not imported in this standard: what Astra knows, blank (or -99) for the rest."""
    row = write_row(standard, now)
    if standard in (HTCDS, CTDC):
        return row
    return {name: cell or NOT_KNOWN_2020 for name, cell in row.items()}


def _together(column: Column) -> str:
    return _TOGETHER.get(column.name) or _GROUPS_TOGETHER.get(column.group) or column.name
