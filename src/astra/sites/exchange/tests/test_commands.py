"""Do the commands say what they took a file for, name every mistake, and do nothing that was not asked for?"""

import csv
import logging
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from astra.demo.pytest_cast import Cast
from astra.people.models import Person
from astra.sites.exchange.commands import export, import_command, print_command
from astra.sites.exchange.commands.saying import Progress
from astra.sites.exchange.problem_list import ProblemList
from astra.sites.exchange.tests.books import CASES, CONTACTS, PEOPLE
from astra.sites.exchange.tests.conftest import Write

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
THREE = {"import": import_command, "export": export, "print": print_command}


def run(*arguments: object, typed: str = "") -> Result:
    """Run one of the three commands as somebody types it."""
    name, *rest = (str(argument) for argument in arguments)
    return CliRunner().invoke(THREE[name], rest, input=typed)


def words_of(cast: Cast, *names: str) -> str:
    """The passphrases of colleagues, as typed one after the other."""
    return "".join(f"{cast.employed[name].person.passphrase}\n" for name in names)


def test_guess_mend_try_and_import(cast: Cast, write: Write, tmp_path: Path) -> None:
    path = write([[*PEOPLE[0], "Boja"], *([*row, ""] for row in PEOPLE[1:])])
    mapping = tmp_path / "people.toml"

    guessed = run("import", "people", path, "--guess", mapping)
    assert guessed.exit_code == 0, guessed.output
    assert "CSV, UTF-8-SIG" not in guessed.output
    assert "A table of your own, read as people." in guessed.output
    assert "Godište  ->  birth" in guessed.output
    assert "Columns that I do not recognise: Boja" in guessed.output

    refused = run("import", "people", path, "--as", "mira", typed=words_of(cast, "mira"))
    assert refused.exit_code == 1
    assert "Nobody reads these columns: Boja" in refused.output

    tried = run("import", "people", path, "--mapping", mapping, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "Every row can be read" in tried.output
    assert "Not signed in" in tried.output
    assert Person.objects.count() == 0

    done = run("import", "people", path, "--mapping", mapping, "--as", "mira", typed=words_of(cast, "mira"))
    assert done.exit_code == 0, done.output
    assert "Imported now: 3" in done.output
    assert "Columns left out: Boja" in done.output
    again = run("import", "people", path, "--mapping", mapping, "--as", "mira", typed=words_of(cast, "mira"))
    assert "Imported before: 3. Changed since: 0." in again.output
    assert "Imported now: 0" in again.output


def test_somebody_else_under_a_number_that_is_taken_is_named(cast: Cast, write: Write) -> None:
    first = write(PEOPLE)
    second = write([*PEOPLE[:2], [PEOPLE[2][0], "Druga Kancelarija", *PEOPLE[2][2:]]], "other.csv")
    run("import", "people", first, "--as", "mira", typed=words_of(cast, "mira"))
    for only_try in (["--dry-run"], []):
        said = run("import", "people", second, "--as", "mira", *only_try, typed=words_of(cast, "mira"))
        assert "Changed since, so not imported again: row 3." in said.output
        assert "somebody else under the same number" in said.output


def test_a_dry_run_with_keys_looks_references_up(cast: Cast, write: Write) -> None:
    path = write(CONTACTS)
    signed_in = run("import", "contacts", path, "--dry-run", "--as", "jelena", typed=words_of(cast, "jelena"))
    assert signed_in.exit_code == 1
    assert "row 2, Šifra osobe: Nobody whom you may know of" in signed_in.output
    assert "Not signed in" not in signed_in.output


def test_every_mistake_stands_on_the_terminal_and_in_the_report(cast: Cast, write: Write, tmp_path: Path) -> None:
    rows = [["Ime", "Pol"], *([f"Ime {number}", "=zeleno"] for number in range(1, 2500))]
    report = tmp_path / "mistakes.csv"
    tried = run("import", "people", write(rows), "--dry-run", "--report", report)
    assert tried.exit_code == 1
    assert tried.output.count("is not in the list") == 2499
    assert tried.output.count("    allowed: female") == 1
    assert "   2499  Pol" in tried.output
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert lines[0] == ["row", "column", "cell", "what is wrong", "allowed"]
    assert len(lines) == 2500
    assert lines[-1][:3] == ["2500", "Pol", "'=zeleno"]
    assert "female" in lines[-1][4]
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_an_import_with_mistakes_writes_nothing_unless_they_are_left_out(cast: Cast, write: Write) -> None:
    path = write([["Ime", "Pol"], ["Ana", "Ž"], ["Vid", "plavo"]])
    refused = run("import", "people", path, "--as", "mira", typed=words_of(cast, "mira"))
    assert refused.exit_code == 1
    assert "Nothing was imported" in refused.output
    assert "Cells that cannot be read, by column:\n          1  Pol" in refused.output
    assert "Stopped" not in refused.output
    assert Person.objects.count() == 0
    wished = run("import", "people", path, "--as", "mira", "--without-unreadable", typed=words_of(cast, "mira"))
    assert wished.exit_code == 0, wished.output
    assert "Not readable: 1." in wished.output
    assert Person.objects.count() == 1


def test_standards_are_named_when_they_are_recognised(cast: Cast, write: Write) -> None:
    path = write([["yearOfRegistration", "gender", "isForcedLabour"], ["2019", "Woman", "1"]], delimiter=",")
    tried = run("import", "cases", path, "--dry-run")
    assert "columns parted by commas, 3 columns." in tried.output
    assert "Recognised: CTDC global synthetic dataset, 3 of its 27 columns." in tried.output
    older = write([["yearOfRegistration", "gender", "isForcedLabour"], ["2019", "Female", "1"]], delimiter=",")
    tried = run("import", "cases", older, "--dry-run")
    assert "Recognised: CTDC k-anonymised global dataset" in tried.output, "the values decide where the columns do not"
    assert "Not readable: 0." in tried.output


def test_a_wrong_passphrase_imports_nothing(cast: Cast, write: Write) -> None:
    answer = run("import", "people", write(PEOPLE), "--as", "mira", typed="sova sova sova sova sova sova\n")
    assert answer.exit_code != 0
    assert Person.objects.count() == 0
    assert "sova" not in answer.output


def test_an_educator_is_refused(cast: Cast, write: Write) -> None:
    answer = run("import", "people", write(PEOPLE), "--as", "outsider", typed=words_of(cast, "outsider"))
    assert answer.exit_code != 0
    assert Person.objects.count() == 0


def test_a_named_team_gets_the_files(cast: Cast, write: Write) -> None:
    path = write([CASES[0], ["S-1", "", "", "", "", "", ""]])
    done = run("import", "cases", path, "--team", "vesna", "--as", "jelena", typed=words_of(cast, "jelena"))
    assert done.exit_code == 0, done.output
    unknown = run("import", "cases", path, "--team", "nikoga", "--as", "jelena", typed=words_of(cast, "jelena"))
    assert unknown.exit_code != 0


def test_a_file_that_is_no_table_is_one_sentence(tmp_path: Path) -> None:
    answer = run("import", "people", tmp_path / "nothing.csv", "--dry-run")
    assert answer.exit_code == 1
    assert answer.output == "file: There is no file of this name.\n"


def test_a_guess_is_not_written_over_a_mended_mapping_unasked(write: Write, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text("mended", encoding="utf-8")
    answer = run("import", "people", write(PEOPLE), "--guess", mapping, typed="n\n")
    assert answer.exit_code == 1
    assert mapping.read_text(encoding="utf-8") == "mended"


def test_nothing_of_the_table_is_logged(cast: Cast, write: Write, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    run("import", "people", write([["Ime", "Pol"], ["Zorica", "plavo"]]), "--as", "mira", typed=words_of(cast, "mira"))
    assert "Zorica" not in caplog.text
    assert "plavo" not in caplog.text


def test_an_export_asks_two_people_and_says_what_it_did(cast: Cast, write: Write, tmp_path: Path) -> None:
    rows = [["prs_FirstName", "prs_SecondName", "vic_MethodsOfControl"], ["Ana", "Invented", "DebtBondage"]]
    brought = run("import", "people", write(rows), "--as", "vesna", typed=words_of(cast, "vesna"))
    assert brought.exit_code == 0, brought.output
    path = tmp_path / "lista.csv"
    options = ("--reason", "own_request", "--as", "vesna", "--with", "jelena")
    done = run("export", "htcds", path, *options, typed=words_of(cast, "vesna", "jelena"))
    assert done.exit_code == 0, done.output
    assert "1 people, 1 of them imported in this standard" in done.output
    assert "Ana" in path.read_text(encoding="utf-8-sig")
    ctdc = run("export", "ctdc", tmp_path / "druga.csv", *options, typed=words_of(cast, "vesna", "jelena"))
    assert ctdc.exit_code == 0, ctdc.output
    twice = run(
        "export",
        "htcds",
        tmp_path / "treca.csv",
        *options[:4],
        "--with",
        "vesna",
        typed=words_of(cast, "vesna", "vesna"),
    )
    assert twice.exit_code != 0
    assert not (tmp_path / "treca.csv").exists()
    unasked = run("export", "htcds", tmp_path / "treca.csv", "--as", "vesna")
    assert "--reason" in unasked.output


def test_progress_moves_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.show("check", 500, 0)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    progress.show("check", 1000, 0)
    progress.show("write", 1500, 5000)
    progress.show("write", 5000, 5000)
    said = capsys.readouterr().err
    assert "1,000 rows read" in said
    assert "1,500" not in said, "not more than twice a second"
    assert "5,000 of 5,000 rows imported" in said
    progress.clear()
    assert capsys.readouterr().err.strip() == ""


def test_a_problem_list_without_a_file_only_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    with ProblemList(None, lambda: None) as problems:
        assert problems.count == 0
    assert capsys.readouterr().out == ""


def test_what_stops_half_way_says_how_far_it_came(cast: Cast, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("astra.sites.exchange.writing.Writer.write", stop)
    answer = run("import", "people", write(PEOPLE), "--as", "mira", typed=words_of(cast, "mira"))
    assert answer.exit_code == 1
    assert "Rows imported so far: 0. Run the same command again" in answer.output
