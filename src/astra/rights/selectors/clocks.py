"""Whose time ends until a day? Looked for in the coded facts of every room; nobody's words are opened for it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from uuid import UUID

from astra.cases import selectors as cases
from astra.hotline import selectors as hotline
from astra.justice import selectors as justice
from astra.kernel.clock import LOCAL
from astra.people import selectors as people
from astra.rights.models import OwnRequest
from astra.rights.rules import keeping as rules
from astra.rights.rules.keeping import CASE, CONTACT, IDENTITY, OWN_REQUEST, PARTS, Clock

Found = dict[tuple[UUID, str], date]
"""By record and class the last day on which it is kept."""


def ending_until(until: date) -> Found:
    """Everything whose time ends by a day, this day included; what goes with something else is not named again."""
    files = cases.ended_files(until)
    clocks = _clocks(files)
    return {**dict(_files(files, clocks, until)), **dict(_people(clocks, until)), **dict(_others(until))}


def _clocks(files: Sequence[cases.EndedFile]) -> dict[UUID, Clock]:
    ids = [file.id for file in files]
    final, pending = justice.final_days(ids), justice.with_proceedings(ids)
    young = people.coming_of_age({person for file in files for person in file.clients})
    return {
        file.id: Clock(
            file.closed_on,
            final.get(file.id),
            file.id in pending,
            max((young[one] for one in file.clients if one in young), default=None),
        )
        for file in files
    }


def _files(
    files: Sequence[cases.EndedFile], clocks: dict[UUID, Clock], until: date
) -> Iterator[tuple[tuple[UUID, str], date]]:
    for file in files:
        whole = clocks[file.id].ends(CASE)
        if whole is not None and whole <= until:
            yield (file.id, CASE), whole
            continue
        ends = {part: clocks[file.id].ends(part) for part in PARTS}
        over = {part: day for part, day in ends.items() if day is not None and day <= until}
        for part in over.keys() & cases.classes_in(file.id) if over else ():
            yield (file.id, part), over[part]


def _people(clocks: dict[UUID, Clock], until: date) -> Iterator[tuple[tuple[UUID, str], date]]:
    """People none of whose files is open or still kept, and with whom nobody has had contact for long."""
    known = people.known_since(until)
    ids = [one.id for one in known]
    files, contacts = cases.files_with(ids), hotline.last_contacts(ids)
    for one in known:
        heard = rules.later(contacts.get(one.id, one.registered_on), rules.months_of(CONTACT))
        own = Clock(one.registered_on, of_age_on=one.of_age_quarter)
        ends = [clocks[file].ends(IDENTITY) if file in clocks else None for file in files.get(one.id, ())]
        if not ends:
            # Who never had a file is kept as long as a contact with her; a child until she can claim no more.
            ends = [own.ends(CASE)] if one.of_age_quarter else [heard]
        days = [day for day in ends if day is not None]
        if len(days) == len(ends) and max(*days, heard) <= until:
            yield (one.id, IDENTITY), max(*days, heard)


def _others(until: date) -> Iterator[tuple[tuple[UUID, str], date]]:
    months = rules.months_of(CONTACT)
    since = datetime.combine(rules.later(until, -months), time.max, LOCAL)
    for contact, day in hotline.idle_contacts(since).items():
        yield (contact, CONTACT), rules.later(day, months)
    kept = rules.months_of(OWN_REQUEST)
    answered = OwnRequest.objects.filter(ended_on__lte=rules.later(until, -kept), record__erased_at=None)
    for pk, ended_on in answered.values_list("pk", "ended_on"):
        if ended_on is not None:
            yield (pk, OWN_REQUEST), rules.later(ended_on, kept)
