"""What does a row of HTCDS or CTDC become? A person, and her file on a ground that is to be reviewed.

What Astra has no field for is not lost: it stands in the file's story, in words, for those who work on it, and every
cell is kept with the identity as it came, for the export.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from astra import vocabulary
from astra.cases.entries import NewCase
from astra.cases.rules.grounds import TO_REVIEW
from astra.cases.rules.lifecycle import ACTIVE, is_living
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, Problem
from astra.kernel.partial_dates import PartialDate
from astra.kernel.partial_dates.value import ESTIMATED, OLDEST
from astra.people.rules import ages
from astra.people.rules.persons import ContactDetails, Identity, IdNumber, Name, NewPerson, Stay
from astra.people.services.registering import age_bands
from astra.sites.exchange import standards, values
from astra.sites.exchange.building import CLIENT, OLD_NUMBER, details
from astra.sites.exchange.cells import Built
from astra.sites.exchange.known import DIED, FileFacts, Known
from astra.sites.exchange.mapping import NUMBER, ColumnMapping
from astra.sites.exchange.standards import CODE, CODES, FLAG, HTCDS, Coded, Column
from astra.sites.exchange.tables import TOO_MANY, Row

MARK = "standard"
"""The first pair of `Identity.imported`: which standard the cells behind it speak."""
IDENTITY_NUMBER, REPORTED = "identity_number", "reported_person"
SEX = {"woman": "female", "man": "male"}
"""Both standards give trans persons codes of their own, so that these two say the sex as well."""

# What Astra keeps in fields of its own; everything else goes into the story.
_KEPT = frozenset(
    {
        *("prs_firstname", "prs_middlename", "prs_secondname", "prs_birthdate", "prs_gender", "prs_deceased"),
        *("prs_primarylanguage", "prs_secondarylanguage", "prs_citizenship", "prs_identitynumber", "prs_email"),
        *("prs_homephone", "prs_mobilephone", "prs_mailingcity", "prs_mailingcountry", "prs_mailingstate"),
        *("prs_mailingstreet", "prs_mailingpostalcode", "vic_typeofexploitation", "vic_typeofsexexploitation"),
        *("cas_status", "cas_incomingreferraldate", "yearofregistration", "gender", "agebroad", "citizenship"),
        "countryofexploitation",
    }
)
_WITHOUT_FILE = ("Organization", "Person", "Consent")
_SAID_ELSEWHERE = ("forms", "sex", "derived", "joined")


@dataclass(frozen=True)
class CodedBuilder:
    """Reads the rows of one table that is written in a standard."""

    mapping: ColumnMapping

    def build(self, row: Row) -> Built:
        """Read one row; every cell that cannot be read is named."""
        built = Built(row)
        if row.beyond:
            built.problems.append(Problem("row", TOO_MANY))
        named = {name: row.cells[column] for column, name in self.mapping.columns.items() if name}
        built.number = named.pop(NUMBER, "")
        own = {name: {w.lower(): v for w, v in given.items()} for name, given in self.mapping.values.items()}
        coded = standards.read_row(self.mapping.standard, named, own)
        built.problems += coded.problems
        seen_on = _seen_on(coded)
        built.person = _person(self.mapping.standard, coded, built.number, seen_on)
        if self.opens_files:
            built.role = REPORTED if _is_reported(coded) else CLIENT
            built.case = _case(self.mapping.standard, coded, built.number, seen_on)
        built.problems = [self._at_column(problem) for problem in built.problems]
        return built

    @property
    def opens_files(self) -> bool:
        """Whether the table tells anything beyond who somebody is."""
        known = standards.columns_of(self.mapping.standard)
        groups = {known[name.lower()].group for name in self.mapping.columns.values() if name.lower() in known}
        return not groups <= set(_WITHOUT_FILE)

    def column(self, name: str) -> str:
        """The column that fills a field, for naming it in a report."""
        return next((column for column, to in self.mapping.columns.items() if to == name), name)

    def _at_column(self, problem: Problem) -> Problem:
        return Problem(self.column(problem.field), problem.message, problem.allowed, problem.parts)


@dataclass(frozen=True)
class Rebuilt:
    """What an imported person's row said, read once more: its standard, its cells, and what was made of it."""

    standard: str
    raw: Mapping[str, str]
    known: Known

    @property
    def others(self) -> Mapping[str, tuple[str, ...]]:
        """Every code that the row said, by fact."""
        return self.known.others


def rebuild(imported: tuple[tuple[str, str], ...]) -> Rebuilt | None:
    """Read once more what `Identity.imported` keeps; None for somebody who was not imported in a standard."""
    if not imported or imported[0][0] != MARK or imported[0][1] not in standards.TITLES:
        return None
    standard = imported[0][1]
    coded = standards.read_row(standard, dict(imported[1:]), {})
    seen_on = _seen_on(coded)
    person, case = _person(standard, coded, "", seen_on), _case(standard, coded, "", seen_on)
    birth = person.identity.birth
    known = Known(
        identity=person.identity,
        details=person.details,
        whereabouts=person.stay.kind if person.stay else "",
        registered_on=seen_on,
        age_band=ages.age_band(birth.age_on(seen_on or today()) if birth else None, age_bands()),
        file=FileFacts(case.state, case.outcome, case.opened_on, case.forms, case.countries),
        others={fact: tuple(codes) for fact, codes in coded.facts.items()},
    )
    return Rebuilt(standard, coded.raw, known)


def _seen_on(coded: Coded) -> date | None:
    """The day on which the row holds: of a year only its middle is the nearest guess."""
    year = coded.text("yearOfRegistration").removesuffix(".0")
    if year.isdecimal() and standards.FIRST_YEAR <= int(year) <= today().year:
        return min(date(int(year), 7, 1), today())
    referred = coded.text("cas_IncomingReferralDate")
    try:
        return min(values.read_day(referred), today()) if referred else None
    except values.Unreadable:
        return None


def _is_reported(coded: Coded) -> bool:
    """A row that speaks of a role in the process, and of nothing that was done to her, is about a reported person."""
    return bool(coded.text("per_RoleInProcess")) and not any(name.lower().startswith("vic_") for name in coded.raw)


# --- the person ------------------------------------------------------------------------------------------------------


def _person(standard: str, coded: Coded, number: str, seen_on: date | None) -> NewPerson:
    parts = ("Street", "PostalCode", "City", "State", "Country")
    address = ", ".join(filter(None, (coded.text(f"prs_Mailing{part}") for part in parts)))
    return NewPerson(
        identity=_identity(standard, coded, number, seen_on or today()),
        details=_details(coded, address),
        stay=Stay(kind=DIED) if standards.TICKS.get(coded.text("prs_Deceased").lower()) == "1" else None,
        registered_on=seen_on,
    )


def _details(coded: Coded, address: str) -> ContactDetails:
    return details(
        mobile=coded.text("prs_MobilePhone"),
        home_phone=coded.text("prs_HomePhone"),
        email=coded.text("prs_Email"),
        address=address,
    )


def _identity(standard: str, coded: Coded, number: str, seen_on: date) -> Identity:
    given = " ".join(filter(None, (coded.text("prs_FirstName"), coded.text("prs_MiddleName"))))
    family = coded.text("prs_SecondName")
    numbers = ((OLD_NUMBER, number), (IDENTITY_NUMBER, coded.text("prs_IdentityNumber")))
    gender = coded.first("gender")
    return Identity(
        names=(Name(given=given, family=family),) if given or family else (),
        birth=_birth(coded, seen_on),
        sex=SEX.get(gender, ""),
        gender=gender,
        citizenships=coded.all("citizenships"),
        languages=coded.all("languages"),
        numbers=tuple(IdNumber(kind, value) for kind, value in numbers if value),
        imported=((MARK, standard), *coded.raw.items()),
    )


def _birth(coded: Coded, seen_on: date) -> PartialDate | None:
    """A birth date where the standard has one, else the years that a broad age leaves open."""
    written = coded.text("prs_Birthdate")
    if written:
        try:
            return values.read_birth(written, today())
        except values.Unreadable:
            return None  # named already, when the row was read
    band = coded.first("age_band")
    if not band:
        return None
    low, high = standards.band_years(band)
    try:
        return PartialDate.from_age(low, seen_on, at_most=high or OLDEST, certainty=ESTIMATED)
    except Invalid:
        return None


# --- her file --------------------------------------------------------------------------------------------------------


def _case(standard: str, coded: Coded, number: str, seen_on: date | None) -> NewCase:
    state = coded.first("case_status") or ACTIVE
    return NewCase(
        ground=TO_REVIEW,
        title=number,
        story="\n".join(_story(standard, coded)),
        opened_on=seen_on,
        closed_on=None if is_living(state) else seen_on,
        state=state,
        old_numbers=(number,) if number else (),
        forms=coded.all("forms_of_exploitation"),
        countries=coded.all("countries"),
        is_imported=True,
    )


def _story(standard: str, coded: Coded) -> Iterator[str]:
    """Line by line what the row says and no field of ours holds, in the standard's own English words."""
    for group, columns in _told(standard):
        flags = []
        for column in columns:
            cell = coded.text(column.name)
            if not cell:
                continue
            if column.kind != FLAG:
                yield f"{_labels().get(column.name, column.name)}: {_in_words(column, cell)}"
            elif standards.TICKS.get(cell.lower().removesuffix(".0")) == "1":
                flags.append(_flag_name(column))
        if flags:
            yield f"{group.capitalize()}: {', '.join(flags)}"


@cache
def _told(standard: str) -> tuple[tuple[str, tuple[Column, ...]], ...]:
    """The columns that go into the story, by group."""
    left_out = _SAID_ELSEWHERE if standard != HTCDS else ()
    groups: dict[str, list[Column]] = {}
    for column in standards.columns_of(standard).values():
        if column.group not in left_out and column.name.lower() not in _KEPT:
            groups.setdefault(column.group, []).append(column)
    return tuple((group, tuple(columns)) for group, columns in groups.items())


@cache
def _labels() -> Mapping[str, str]:
    return {one.name: one.label for one in vocabulary.htcds_fields()}


def _flag_name(column: Column) -> str:
    ours = vocabulary.crosswalk(column.code_list, column.standard).exact(column.name) if column.code_list else None
    return vocabulary.codes(column.code_list).label(ours, "en") if ours else column.name


def _in_words(column: Column, cell: str) -> str:
    if column.kind in (CODE, CODES) and column.code_list:
        names = (standards.name_of(column, part) for part in standards.parts(column, cell))
        return ", ".join(names)
    return cell
