"""What does a row of an organisation's own table become? A person, a contact or a file as the rooms take them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from astra.cases.entries import NewCase
from astra.cases.rules.grounds import TO_REVIEW
from astra.cases.rules.lifecycle import ACTIVE, CLOSED, is_living
from astra.hotline.entries import NO_CALLER, NewContact
from astra.hotline.rules import contacts as hotline_rules
from astra.hotline.rules.contacts import CALLER, CONCERNED, IMPORTED, MAX_MINUTES, SELF, Coded, Link
from astra.hotline.sections import Caller, Words
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid
from astra.kernel.partial_dates import PartialDate
from astra.kernel.words import msg
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, IdNumber, Name, NewPerson, Stay
from astra.sites.exchange import values
from astra.sites.exchange.cells import Built, Cells, Columns, Worker
from astra.sites.exchange.mapping import NUMBER, ColumnMapping
from astra.sites.exchange.tables import TOO_MANY, Row
from astra.sites.exchange.targets import CASES, CONTACTS, PEOPLE

CLIENT, DEFAULT_KIND = "client", "trafficking"
OLD_NUMBER, NATIONAL_NUMBER, PASSPORT = "old_number", "national_number", "passport"
NATIONAL_DIGITS = 13
LONGEST_CODE_NAME = 60
SOMEBODY = UUID(int=0)

ALLOWED: dict[str, Callable[[], str]] = {
    "line": lambda: values.some_of(hotline_rules.LINE),
    "kind": lambda: values.some_of(hotline_rules.KIND),
    "received_at": lambda: values.DAY_FORMS,
}
MUST_BE_FILLED = msg(
    "This must be filled (line, time and kind of a contact): the cell is blank, or the mapping file gives its word no "
    "meaning."
)
NOT_YET = msg("This day has not come yet.")
BACKWARDS = msg("The file was closed before it was opened.")
STILL_OPEN = msg("The file has a day of closing or an outcome, and is said to be open.")
BORN_LATER = msg("The birth lies after the day of the row.")
TOO_LONG = msg("A code name has at most 60 letters.")


class Builder:
    """Reads the rows of one table by one mapping."""

    def __init__(self, mapping: ColumnMapping, colleagues: Mapping[str, Worker]) -> None:
        self._columns = Columns(mapping, colleagues)
        self._kind = mapping.kind

    def build(self, row: Row) -> Built:
        """Read one row; every cell that cannot be read is named."""
        built = Built(row)
        cells = Cells(self._columns, built)
        if row.beyond:
            cells.complain("row", TOO_MANY)
        built.number = cells.text(NUMBER)
        if self._kind == PEOPLE:
            built.person = person(cells)
        elif self._kind == CONTACTS:
            built.person_numbers, built.case_number = cells.numbers("person_number"), cells.text("case_number")
            contact(cells, built)
        elif self._kind == CASES:
            built.person_numbers = cells.numbers("person_number")
            built.role = cells.code("role") or CLIENT
            built.case = case(cells, built.number)
        return built

    def column(self, name: str) -> str:
        """The column that fills a field, for naming it in a report."""
        return next(iter(self._columns.of(name)), name)


# --- people ----------------------------------------------------------------------------------------------------------


def person(cells: Cells) -> NewPerson:
    """A row of a list of people."""
    registered_on = _past_day(cells, "registered_on")
    code_name = cells.text("code_name")
    if len(code_name) > LONGEST_CODE_NAME:
        cells.complain("code_name", TOO_LONG)
    whereabouts = cells.code("whereabouts")
    return NewPerson(
        identity=Identity(
            names=_names(cells),
            mother=cells.text("mother"),
            father=cells.text("father"),
            birth=_birth(cells, registered_on or today()),
            birth_place=cells.text("birth_place"),
            sex=cells.code("sex"),
            citizenships=cells.codes("citizenships"),
            languages=cells.codes("languages"),
            numbers=_numbers(cells),
            notes=cells.text("notes"),
        ),
        details=details(
            mobile=cells.text("phone"),
            home_phone=cells.text("home_phone"),
            email=cells.text("email"),
            address=cells.text("address"),
        ),
        stay=Stay(kind=whereabouts, since=registered_on) if whereabouts else None,
        code_name=code_name,
        registered_on=registered_on,
    )


def _birth(cells: Cells, seen_on: date) -> PartialDate | None:
    """The date of birth, or the years that an age on the day of the row leaves open."""
    birth: PartialDate | None = cells.read("birth", lambda cell: values.read_birth(cell, seen_on), None)
    age: PartialDate | None = cells.read("age", lambda cell: values.read_birth(cell, seen_on), None)
    for name, found in (("birth", birth), ("age", age)):
        if found is not None and not found.has_open_start and found.earliest > seen_on:
            cells.complain(name, BORN_LATER)
            return None
    return birth if birth is not None and not birth.is_unknown else age


def _numbers(cells: Cells) -> tuple[IdNumber, ...]:
    national = cells.text("national_number")
    if national.isdecimal() and len(national) == NATIONAL_DIGITS - 1:
        national = f"0{national}"  # spreadsheets cut the nought off whoever was born on the first nine days of a month
    given = ((OLD_NUMBER, cells.text(NUMBER)), (NATIONAL_NUMBER, national), (PASSPORT, cells.text("passport")))
    return tuple(IdNumber(kind, number) for kind, number in given if number)


def _names(cells: Cells) -> tuple[Name, ...]:
    given, family, whole = cells.text("given"), cells.text("family"), cells.text("name")
    names = []
    if given or family:
        names.append(Name(given=given, family=family))
    if whole and whole not in (f"{given} {family}", f"{family} {given}"):
        names.append(Name(text=whole))
    if cells.text("nickname"):
        names.append(Name(text=cells.text("nickname"), kind="nickname"))
    return tuple(names)


def details(**by_kind: str) -> ContactDetails:
    """Ways to reach somebody, by kind; blank ones are left out."""
    return ContactDetails(tuple(ContactDetail(kind, value) for kind, value in by_kind.items() if value))


def _past_day(cells: Cells, name: str) -> date | None:
    day = cells.day(name)
    if day is not None and day > today():
        cells.complain(name, NOT_YET)
        return None
    return day


# --- contacts --------------------------------------------------------------------------------------------------------


def contact(cells: Cells, built: Built) -> None:
    """A row of a book of contacts; the hotline's own rules say what is wrong with it."""
    at_clock = cells.read("time", values.read_time, None)
    clock = f"{at_clock:%H:%M}" if at_clock else ""
    at = cells.read("received_at", lambda cell: values.read_moment(cell, clock), None)
    line, kind = cells.code("line"), cells.code("kind")
    given: dict[str, Any] = {  # Any: coded facts of every type
        "channel": cells.code("channel"),
        "language": cells.code("language"),
        "caller_role": cells.code("caller_role"),
        "topics": cells.codes("topics"),
        "actions": cells.codes("actions"),
        "urgency": cells.code("urgency"),
        "minutes": cells.read("minutes", lambda cell: values.read_minutes(cell, MAX_MINUTES), None),
    }
    counsellor = cells.colleague("counsellor", must_be_here=False)
    complained = {problem.field for problem in built.problems}
    for name, found in (("line", line), ("kind", kind), ("received_at", at)):
        if not found and not complained & set(cells.columns_of(name)):
            cells.complain(name, MUST_BE_FILLED, ALLOWED[name]())
    built.role = CALLER if given["caller_role"] == SELF else CONCERNED
    if at is None or not line or not kind:
        return
    built.contact = NewContact(
        coded=Coded(line=line, kind=kind, received_at=at, source=IMPORTED, **given),
        words=Words(
            about=cells.text("about"),
            said=cells.text("said"),
            done=cells.text("done"),
            follow_up=cells.text("follow_up"),
            old_number=cells.text(NUMBER),
        ),
        caller=Caller(
            name=cells.text("caller_name"),
            phone=cells.text("caller_phone"),
            email=cells.text("caller_email"),
            note=cells.text("caller_note"),
        ),
        counsellor_id=counsellor,
    )
    _check_contact(cells, built, built.contact)


def _check_contact(cells: Cells, built: Built, made: NewContact) -> None:
    """Ask the hotline's rules before anything is written, so that no batch fails half-way."""
    links = (Link(SOMEBODY, built.role),) if built.person_numbers else ()
    try:
        hotline_rules.check_coded(made.coded, at=now(), links=links, has_caller=made.caller != NO_CALLER)
    except Invalid as error:
        for problem in error.problems:
            cells.complain(problem.field, problem.message, problem.allowed, **problem.parts)


# --- files -----------------------------------------------------------------------------------------------------------


def case(cells: Cells, number: str) -> NewCase:
    """A row of a register of files. On what ground each is kept is not known, and is to be reviewed."""
    opened_on, closed_on = _past_day(cells, "opened_on"), _past_day(cells, "closed_on")
    outcome, state = cells.code("outcome"), cells.code("state")
    if closed_on and opened_on and closed_on < opened_on:
        cells.complain("closed_on", BACKWARDS)
    if state and is_living(state) and (closed_on or outcome):
        cells.complain("state", STILL_OPEN)
    lead = cells.colleague("lead", must_be_here=True)
    return NewCase(
        ground=TO_REVIEW,
        kind=cells.code("kind") or DEFAULT_KIND,
        title=cells.text("title") or number,
        story=cells.text("story"),
        opened_on=opened_on or closed_on,
        closed_on=closed_on,
        state=state or (CLOSED if closed_on or outcome else ACTIVE),
        outcome=outcome,
        lead=lead,
        old_numbers=(number,) if number else (),
        forms=cells.codes("forms"),
        countries=cells.codes("countries"),
        risk=cells.code("risk"),
        is_imported=True,
    )
