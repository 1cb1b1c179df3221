"""What does a row become? A person, a contact or a file as the rooms take them, or a list of what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from astra.cases.entries import NewCase
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import IMPORTED, Coded
from astra.hotline.sections import Caller, Words
from astra.kernel.errors import Problem
from astra.kernel.partial_dates import PartialDate, parse_birth
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, IdNumber, Name, NewPerson, Stay
from astra.sites.exchange import standards, values
from astra.sites.exchange.mapping import PLAIN, ColumnMapping
from astra.sites.exchange.tables import Row
from astra.sites.exchange.targets import CASES, CONTACTS, PEOPLE, target

T = TypeVar("T")
TO_REVIEW = "to_review"
CLOSED, ACTIVE = "closed", "active"
CTDC_SEX = {"woman": "female", "man": "male"}


@dataclass
class Built:
    """One row, read: the numbers it goes by, what it becomes, and what could not be read."""

    line: int
    number: str = ""
    person_number: str = ""
    case_number: str = ""
    person: NewPerson | None = None
    contact: NewContact | None = None
    case: NewCase | None = None
    problems: list[Problem] = field(default_factory=list)


class Builder:
    """Reads rows of one table by one mapping."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self._columns = {name: column for column, name in mapping.columns.items() if name}

    def build(self, row: Row) -> Built:
        """Read one row; every cell that cannot be read is named."""
        built = Built(row.line)
        if self.mapping.standard != PLAIN:
            self._build_standard(row, built)
            return built
        cells = _Cells(self, row, built)
        built.number = cells.text("number")
        if self.mapping.kind == PEOPLE:
            built.person = _person(cells)
        elif self.mapping.kind == CONTACTS:
            built.person_number, built.case_number = cells.text("person_number"), cells.text("case_number")
            built.contact = _contact(cells)
        elif self.mapping.kind == CASES:
            built.person_number = cells.text("person_number")
            built.case = _case(cells, built.number)
        return built

    def column(self, name: str) -> str:
        """The column that fills a field, for naming it in a report."""
        return self._columns.get(name, name)

    def cell(self, row: Row, name: str) -> str:
        """What a row says in a field: its column's cell, or the mapping's constant."""
        found = row.cells.get(self._columns.get(name, ""), "")
        return found or self.mapping.constants.get(name, "")

    def _build_standard(self, row: Row, built: Built) -> None:
        coded = standards.read_row(self.mapping.standard, row)
        built.problems += coded.problems
        lowered = {name.lower(): cell for name, cell in coded.raw.items()}
        built.person = NewPerson(
            identity=_standard_identity(coded, lowered), details=_standard_details(lowered), stay=None
        )
        opened_on = _standard_day(coded, lowered)
        status = coded.first("case_status") or ACTIVE
        built.case = NewCase(
            ground=TO_REVIEW,
            state=status,
            opened_on=opened_on,
            closed_on=opened_on if status.startswith(CLOSED) else None,
            forms=coded.all("forms_of_exploitation"),
            countries=_standard_countries(lowered),
            is_imported=True,
        )


class _Cells:
    """A row's cells by field, each read in its way; what cannot be read becomes a problem and a blank."""

    def __init__(self, builder: Builder, row: Row, built: Built) -> None:
        self._builder, self._row, self._built = builder, row, built
        self._kind = builder.mapping.kind

    def text(self, name: str) -> str:
        return self._builder.cell(self._row, name)

    def read(self, name: str, how: Callable[[str], T], blank: T) -> T:
        cell = self.text(name)
        if not cell:
            return blank
        try:
            return how(cell)
        except values.Unreadable as error:
            self.complain(name, error)
            return blank

    def complain(self, name: str, error: values.Unreadable) -> None:
        problem = Problem(self._builder.column(name), error.message, error.allowed, dict(error.parts))
        self._built.problems.append(problem)

    def code(self, name: str) -> str:
        return self.read(name, lambda cell: values.read_code(cell, self._list(name), self._own(name)), "")

    def codes(self, name: str) -> tuple[str, ...]:
        return self.read(name, lambda cell: values.read_codes(cell, self._list(name), self._own(name)), ())

    def day(self, name: str) -> date | None:
        return self.read(name, values.read_day, None)

    def number(self, name: str, most: int) -> int | None:
        return self.read(name, lambda cell: values.read_number(cell, most), None)

    def _list(self, name: str) -> str:
        found = target(self._kind, name)
        return found.code_list if found else name

    def _own(self, name: str) -> dict[str, str]:
        return dict(self._builder.mapping.values.get(name, {}))


def _person(cells: _Cells) -> NewPerson:
    registered_on = cells.day("registered_on")
    birth: PartialDate | None = cells.read("birth", values.read_birth, None)
    age = cells.number("age", values.MOST_AGE)
    if birth is None and age is not None:
        birth = parse_birth(str(age), seen_on=registered_on or date.today())  # noqa: DTZ011  (an age as of the import)
    numbers = [IdNumber("old_number", cells.text("number"))] if cells.text("number") else []
    if cells.text("national_number"):
        numbers.append(IdNumber("national_number", cells.text("national_number")))
    return NewPerson(
        identity=Identity(
            names=_names(cells),
            mother=cells.text("mother"),
            father=cells.text("father"),
            birth=birth,
            sex=cells.code("sex"),
            citizenships=cells.codes("citizenships"),
            languages=cells.codes("languages"),
            numbers=tuple(numbers),
            notes=cells.text("notes"),
        ),
        details=_details(mobile=cells.text("phone"), email=cells.text("email"), address=cells.text("address")),
        stay=Stay(kind=cells.code("whereabouts"), since=registered_on) if cells.text("whereabouts") else None,
        code_name=cells.text("code_name"),
        registered_on=registered_on,
    )


def _names(cells: _Cells) -> tuple[Name, ...]:
    given, family, whole = cells.text("given"), cells.text("family"), cells.text("name")
    names = []
    if given or family or whole:
        names.append(Name(given=given, family=family, text="" if given or family else whole))
    if cells.text("nickname"):
        names.append(Name(text=cells.text("nickname"), kind="nickname"))
    return tuple(names)


def _details(**by_kind: str) -> ContactDetails:
    return ContactDetails(tuple(ContactDetail(kind, value) for kind, value in by_kind.items() if value))


def _contact(cells: _Cells) -> NewContact | None:
    day = cells.text("received_at")
    clock = cells.text("time")
    at = cells.read("received_at", lambda cell: values.read_moment(cell, clock), None)
    line, kind = cells.code("line"), cells.code("kind")
    for name, given in (("line", cells.text("line")), ("kind", cells.text("kind")), ("received_at", day)):
        if not given:
            cells.complain(name, values.Unreadable(values.MUST_BE_FILLED, "", ""))
    coded_parts = {
        "channel": cells.code("channel"),
        "language": cells.code("language"),
        "caller_role": cells.code("caller_role"),
        "topics": cells.codes("topics"),
        "minutes": cells.number("minutes", 24 * 60),
    }
    if at is None or not line or not kind:
        return None
    return NewContact(
        coded=Coded(line=line, kind=kind, received_at=at, source=IMPORTED, **coded_parts),  # type: ignore[arg-type]  # parts by name
        words=Words(said=cells.text("said"), done=cells.text("done"), old_number=cells.text("number")),
        caller=Caller(name=cells.text("caller_name"), phone=cells.text("caller_phone")),
    )


def _case(cells: _Cells, number: str) -> NewCase:
    closed_on, outcome = cells.day("closed_on"), cells.code("outcome")
    return NewCase(
        ground=TO_REVIEW,
        kind=cells.code("kind") or "trafficking",
        title=cells.text("title") or number,
        story=cells.text("story"),
        opened_on=cells.day("opened_on") or closed_on,
        closed_on=closed_on,
        state=CLOSED if closed_on or outcome else ACTIVE,
        outcome=outcome,
        old_numbers=(number,) if number else (),
        forms=cells.codes("forms"),
        countries=cells.codes("countries"),
        is_imported=True,
    )


def _standard_identity(coded: standards.Coded, lowered: dict[str, str]) -> Identity:
    names = [lowered.get(f"prs_{part}name", "") for part in ("first", "middle", "second")]
    given = " ".join(part for part in names[:2] if part)
    numbers = (IdNumber("identity_number", lowered["prs_identitynumber"]),) if "prs_identitynumber" in lowered else ()
    gender = coded.first("gender")
    return Identity(
        names=(Name(given=given, family=names[2]),) if given or names[2] else (),
        birth=_standard_birth(coded, lowered),
        sex=CTDC_SEX.get(gender, ""),
        gender=gender,
        citizenships=tuple(code for code in coded.all("country") if code in _citizenship_codes(lowered)),
        languages=coded.all("language"),
        numbers=numbers,
        imported=tuple(coded.raw.items()),
    )


def _standard_birth(coded: standards.Coded, lowered: dict[str, str]) -> PartialDate | None:
    """A birth date where the standard has one, else the years that a broad age in a year leaves open."""
    if "prs_birthdate" in lowered:
        try:
            return values.read_birth(lowered["prs_birthdate"])
        except values.Unreadable as error:
            coded.problems.append(Problem("prs_Birthdate", error.message, error.allowed, dict(error.parts)))
            return None
    band, year = coded.first("age_band"), lowered.get("yearofregistration", "")
    if not band or not year.isdigit():
        return None
    low, high = standards.band_years(band)
    earliest = date(int(year) - high - 1, 1, 1) if high else None
    return PartialDate(earliest or date(int(year) - values.MOST_AGE, 1, 1), date(int(year) - low, 12, 31))


def _citizenship_codes(lowered: dict[str, str]) -> set[str]:
    cells = [lowered.get("citizenship", ""), lowered.get("prs_citizenship", "")]
    return {code for cell in cells for part in cell.split(";") for code in standards.countries(part.strip())}


def _standard_countries(lowered: dict[str, str]) -> tuple[str, ...]:
    cells = [lowered.get("countryofexploitation", ""), lowered.get("hte_country", "")]
    return tuple(dict.fromkeys(code for cell in cells for code in standards.countries(cell)))


def _standard_details(lowered: dict[str, str]) -> ContactDetails:
    parts = ("street", "postalcode", "city", "state", "country")
    address = ", ".join(filter(None, (lowered.get(f"prs_mailing{part}", "") for part in parts)))
    return _details(
        mobile=lowered.get("prs_mobilephone", ""),
        home_phone=lowered.get("prs_homephone", ""),
        email=lowered.get("prs_email", ""),
        address=address,
    )


def _standard_day(coded: standards.Coded, lowered: dict[str, str]) -> date | None:
    year = lowered.get("yearofregistration", "")
    if year.isdigit():
        return date(int(year), 1, 1)
    if "cas_incomingreferraldate" not in lowered:
        return None
    try:
        return values.read_day(lowered["cas_incomingreferraldate"])
    except values.Unreadable as error:
        coded.problems.append(Problem("cas_IncomingReferralDate", error.message, error.allowed, dict(error.parts)))
        return None
