"""How long does it take to bring an office's books in? `make bench-exchange`; SIZE=10 takes a tenth.

The books are made here, of invented people: 50,000 people, 20,000 files about them, 50,000 contacts (as CSV and as
XLSX), 50,000 rows in each of two standards. The promise is 50,000 rows in 5 minutes and 500 MB on two cores.
"""
# ruff: noqa: I001, S311  (home comes first: it sets Django up before a room is imported; nothing here is a secret)

from bench.home import HOME, SIZE, machine, say

import csv
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from astra.demo.cast import Employed, build
from astra.kernel.clock import now
from astra.sites.exchange.importing import Importer
from astra.sites.exchange.mapping import guess_mapping
from astra.sites.exchange.tables import open_table

ROWS, FILES = 50_000 // SIZE, 20_000 // SIZE
SECONDS, MEGABYTES = 300 / SIZE, 500
GIVEN = ("Zorica", "Добрила", "Radojka", "Снежана", "Milunka", "Обрад", "Vukašin", "Đurđica", "Živko", "Нада")
FAMILY = ("Izmišljenić", "Невидић", "Nepostojević", "Замишљеновић", "Uzornić", "Пример")
SAID = "She asks whether the offer can be trusted, who pays for the journey and what to do with the passport. " * 6
Sheet = Iterator[Sequence[str]]


def people(chance: random.Random) -> Sheet:
    """A list of people as an office keeps it."""
    yield ("Broj", "Ime", "Prezime", "Datum rođenja", "Pol", "Državljanstvo", "Telefon", "Mesto", "Napomena")
    for number in range(ROWS):
        born = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1960, 2012)}."
        phone = f"060 {chance.randint(1_000_000, 9_999_999)}"
        name = (chance.choice(GIVEN), chance.choice(FAMILY))
        yield (f"O-{number}/19", *name, born, chance.choice(("Ž", "M")), "Srbija", phone, "Novi Grad", SAID[:80])


def files(chance: random.Random) -> Sheet:
    """A register of files, each about one of the people."""
    yield ("Broj slučaja", "Vrsta", "Klijentkinja", "Datum otvaranja", "Datum zatvaranja", "Ishod", "Opis")
    for number in range(FILES):
        opened = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(2005, 2022)}."
        ended = ("1.6.2023.", "goals_met") if chance.random() < 0.6 else ("", "")
        yield (f"S-{number}/19", "trafficking", f"O-{number}/19", opened, *ended, SAID[:300])


def contacts(chance: random.Random, first: int) -> Sheet:
    """A book of contacts; a third names a person, a fifth a file."""
    yield ("Rb", "Linija", "Datum", "Vreme", "Vrsta", "Ko zove", "Tema", "Minuta", "Opis", "Osoba", "Slučaj")
    for number in range(first, first + ROWS):
        day = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(2005, 2022)}."
        clock = f"{chance.randint(0, 23)}:{chance.randint(0, 59):02}"
        person = f"O-{chance.randrange(ROWS)}/19" if chance.random() < 0.33 else ""
        file = f"S-{chance.randrange(FILES)}/19" if chance.random() < 0.2 else ""
        kind = "about_someone" if chance.random() < 0.7 else "information"
        said = SAID[: chance.randint(40, 600)]
        yield (str(number), "SOS", day, clock, kind, "Majka", "provera posla", "12", said, person, file)


def ctdc(chance: random.Random) -> Sheet:
    """Rows of the CTDC synthetic dataset's form."""
    flags = ("isForcedLabour", "isSexualExploit", "meansThreats", "meansDebtBondageEarnings", "typeOfSexProstitution")
    yield ("yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", *flags)
    for _ in range(ROWS):
        said = (chance.choice(("1", "")) for _ in flags)
        band = chance.choice(("9--17", "18--20", "30--38", ""))
        yield (str(chance.randint(2002, 2022)), chance.choice(("Woman", "Man", "")), band, "SRB", "DEU", *said)


def htcds(chance: random.Random) -> Sheet:
    """Rows of HTCDS 2.0."""
    yield (
        *("prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "prs_Citizenship", "prs_MobilePhone"),
        *("vic_TypeOfExploitation", "vic_MethodsOfControl", "cas_Status", "cas_IncomingReferralDate"),
    )
    for _ in range(ROWS):
        born = f"{chance.randint(1960, 2012)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        forms = chance.choice(("ForcedLabour;ForcedBegging", "SexualExploitation", ""))
        names = (chance.choice(GIVEN), chance.choice(FAMILY))
        means = "PhysicalThreats;DebtBondage"
        yield (*names, born, "Feminine", "SRB;BIH", "+38160123456", forms, means, "Active", "2019-03-04")


def write_csv(name: str, rows: Sheet) -> Path:
    """Write a book as CSV, as our spreadsheet programs do."""
    path = HOME / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def write_xlsx(name: str, rows: Sheet) -> Path:
    """Write a book as XLSX."""
    path, book = HOME / name, Workbook(write_only=True)
    sheet = book.create_sheet("Kontakti")
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1e6 if sys.platform == "darwin" else 1e3)


def measure(who: Employed, kind: str, path: Path) -> None:
    """Import one book and print what it took."""
    table = open_table(path)
    mapping = guess_mapping(table, kind)
    wall, processor = time.monotonic(), time.process_time()
    report = Importer(table, mapping, who.actor()).run()
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    assert report.imported == report.rows, report
    say(f"{path.name}: {report.rows} rows", wall, "s", SECONDS)
    say(f"{path.name}: rows a second", report.rows / wall, "rows/s")
    say(f"{path.name}: processor time a row", processor / report.rows * 1000, "ms")
    say(f"{path.name}: most memory so far", peak(), "MB", MEGABYTES)


def main() -> None:
    """Make the books, bring them in one after the other, and one of them twice."""
    print(f"exchange, {now():%Y-%m-%d}, {machine()}")
    employed, _ = build()
    who, chance = employed["jelena"], random.Random(1)
    say("memory before the first book", peak(), "MB")
    wanted = sys.argv[1:] or ["people", "files", "contacts", "workbook", "ctdc", "htcds"]
    books: dict[str, tuple[str, Callable[[], Path]]] = {
        "people": ("people", lambda: write_csv("people.csv", people(chance))),
        "files": ("cases", lambda: write_csv("files.csv", files(chance))),
        "contacts": ("contacts", lambda: write_csv("contacts.csv", contacts(chance, 0))),
        "workbook": ("contacts", lambda: write_xlsx("contacts.xlsx", contacts(chance, ROWS))),
        "ctdc": ("people", lambda: write_csv("ctdc.csv", ctdc(chance))),
        "htcds": ("people", lambda: write_csv("htcds.csv", htcds(chance))),
    }
    for name in wanted:
        kind, make = books[name]
        measure(who, kind, make())
    again(who)


def again(who: Employed) -> None:
    """A book that is in already: every row is recognised, nothing is written."""
    path = HOME / "people.csv"
    if path.exists():
        table = open_table(path)
        begun = time.monotonic()
        report = Importer(table, guess_mapping(table, "people"), who.actor()).run()
        assert (report.imported, report.known, report.changed) == (0, report.rows, 0), report
        say("people.csv once more: nothing changes", time.monotonic() - begun, "s")


if __name__ == "__main__":
    main()
