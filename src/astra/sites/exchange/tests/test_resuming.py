"""Does a table come in once and only once, whatever interrupts it?"""

from collections.abc import Sequence

import pytest

from astra.cases.models import Case
from astra.consent.models import Consent
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Conflict
from astra.people import selectors as people
from astra.people import services as people_services
from astra.people.models import Person
from astra.sites.exchange import importing
from astra.sites.exchange.models import ImportedRow
from astra.sites.exchange.references import find_by_old_number
from astra.sites.exchange.tests.books import PEOPLE
from astra.sites.exchange.tests.conftest import BringIn
from astra.sites.exchange.writing import Fresh, Writer
from astra.vault import selectors as vault
from astra.vault.models import Record
from astra.vault.services.circles import renew

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_importing_twice_changes_nothing(cast: Cast, bring_in: BringIn) -> None:
    for _ in range(2):
        report = bring_in(cast.actor("jelena"), "people", PEOPLE)
    assert (report.imported, report.known, report.changed) == (0, 3, 0)
    assert Person.objects.count() == 3
    assert Consent.objects.count() == 3


def test_a_row_that_was_changed_since_is_counted_and_left_alone(cast: Cast, bring_in: BringIn) -> None:
    bring_in(cast.actor("jelena"), "people", PEOPLE)
    changed = [PEOPLE[0], [*PEOPLE[1][:-1], "Works elsewhere now."], *PEOPLE[2:]]
    report = bring_in(cast.actor("jelena"), "people", changed)
    assert (report.imported, report.known, report.changed) == (0, 3, 1)
    person = find_by_old_number(cast.actor("jelena"), "O-101/19")["people"]
    assert people.identity(cast.actor("jelena"), person).content.notes == "Works in the bakery."


def test_rows_without_a_number_go_by_what_they_say_and_equal_ones_stay_several(cast: Cast, bring_in: BringIn) -> None:
    rows = [["Pol", "Godište"], ["Ž", "1999"], ["Ž", "1999"], ["M", "2001"]]
    assert bring_in(cast.actor("mira"), "people", rows).imported == 3
    again = bring_in(cast.actor("mira"), "people", [*rows, ["Ž", "1999"]])
    assert (again.imported, again.known) == (1, 3)


def test_old_numbers_are_found_after_the_index_circle_was_renewed(cast: Cast, bring_in: BringIn) -> None:
    bring_in(cast.actor("mira"), "people", PEOPLE)
    renew(actor=cast.actor("jelena"), circle_id=vault.desk_circle("index"))
    assert "people" in find_by_old_number(cast.actor("jelena"), "O-101/19")
    assert bring_in(cast.actor("jelena"), "people", PEOPLE).known == 3


def test_a_killed_import_goes_on_where_it_stopped(
    cast: Cast, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [["Broj", "Ime"], *([str(number), f"Ime {number}"] for number in range(1, 6))]
    batches = []

    def stop_at_second(self: Writer, fresh: Sequence[Fresh]) -> int:
        batches.append(len(fresh))
        if len(batches) == 2:
            raise KeyboardInterrupt
        return write_batch(self, fresh)

    write_batch = Writer.write
    with monkeypatch.context() as patched:
        patched.setattr(Writer, "write", stop_at_second)
        with pytest.raises(KeyboardInterrupt):
            bring_in(cast.actor("mira"), "people", rows)
    assert (Person.objects.count(), ImportedRow.objects.count()) == (2, 2)
    report = bring_in(cast.actor("mira"), "people", rows)
    assert (report.known, report.imported) == (2, 3)
    assert (Person.objects.count(), ImportedRow.objects.count(), Consent.objects.count()) == (5, 5, 5)


def test_a_batch_that_breaks_leaves_nothing_of_itself(
    cast: Cast, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("astra.consent.services.record_consents", broken)
        with pytest.raises(RuntimeError):
            bring_in(cast.actor("mira"), "people", PEOPLE)
    assert (Person.objects.count(), ImportedRow.objects.count(), Record.objects.filter(kind="person").count()) == (
        0,
        0,
        0,
    )


def test_a_coded_row_interrupted_between_person_and_file_gets_its_file_later(
    cast: Cast, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["yearOfRegistration", "gender", "isForcedLabour"], ["2019", "Woman", "1"], ["2020", "Man", ""]]

    def broken(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("astra.cases.services.open_cases", broken)
        with pytest.raises(KeyboardInterrupt):
            bring_in(cast.actor("vesna"), "people", rows)
    assert (Person.objects.count(), Case.objects.count()) == (2, 0)
    assert bring_in(cast.actor("vesna"), "people", rows).imported == 2
    assert (Person.objects.count(), Case.objects.count()) == (2, 2)
    assert {case.ground for case in Case.objects.all()} == {"to_review"}
    assert bring_in(cast.actor("vesna"), "people", rows).known == 2


def test_an_erased_person_does_not_come_back(cast: Cast, bring_in: BringIn) -> None:
    bring_in(cast.actor("jelena"), "people", PEOPLE)
    person = find_by_old_number(cast.actor("jelena"), "O-101/19")["people"]
    people_services.erase(actor=cast.actor("jelena"), person_id=person, reason="own_request")
    report = bring_in(cast.actor("jelena"), "people", PEOPLE)
    assert (report.known, report.imported) == (3, 0)
    assert "people" not in find_by_old_number(cast.actor("jelena"), "O-101/19")


def test_two_imports_of_the_same_rows_at_once_do_not_double_them(
    cast: Cast, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch = Writer.write

    def overtaken(self: Writer, fresh: Sequence[Fresh]) -> int:
        """Somebody else has written the same rows since they were looked up."""
        write_batch(self, fresh)
        return write_batch(self, fresh)

    monkeypatch.setattr(Writer, "write", overtaken)
    with pytest.raises(Conflict):
        bring_in(cast.actor("mira"), "people", PEOPLE)
    assert (Person.objects.count(), ImportedRow.objects.count()) == (3, 3)
