"""Does the doctor name what is missing and the command that mends it, on any machine?"""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, connections

from astra.audit import services as audit
from astra.audit.models import Pending
from astra.config.checks import connected, databases, home, machine, unattended
from astra.config.checks.findings import Finding, State, good, missing, note
from astra.config.commands import doctor
from astra.config.environment import NotSetUp, read_environment
from astra.config.installation import DEMO, Installation, make_home, write_installation
from astra.hotline import services as hotline
from astra.hotline.models import ProvedChannel
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.sites.channels.settings import read_settings
from astra.vault.models import LedgerEntry
from astra.vault.services import ledger


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home as set-up makes it."""
    monkeypatch.setenv("ASTRA_HOME", str(tmp_path / "home"))
    make_home(read_environment())
    write_installation(tmp_path / "home", Installation(DEMO))
    return tmp_path / "home"


def about(what: str, findings: list[Finding]) -> Finding:
    return next(finding for finding in findings if finding.what == what)


def test_one_essential_thing_missing_is_exit_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = {"well": [good("a"), note("b", "x")], "ill": [missing("c", "is broken", "Run: astra setup")]}
    monkeypatch.setattr(doctor, "look", groups.__getitem__)
    monkeypatch.setattr(doctor, "GROUPS", ["well"])
    assert CliRunner().invoke(doctor.doctor).exit_code == 0
    monkeypatch.setattr(doctor, "GROUPS", ["well", "ill"])
    answer = CliRunner().invoke(doctor.doctor)
    assert answer.exit_code == 1
    assert "MISSING  c: is broken" in answer.output
    assert "Run: astra setup" in answer.output


def test_a_program_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "GROUPS", ["x"])
    monkeypatch.setattr(doctor, "look", lambda group: [missing("c", "is broken", "Mend it")])
    answer = CliRunner().invoke(doctor.doctor, ["--json"])
    assert json.loads(answer.output) == [{"what": "c", "state": "missing", "detail": "is broken", "mend": "Mend it"}]


def test_a_group_that_cannot_be_loaded_is_a_finding() -> None:
    (finding,) = doctor.look("astra.config.checks.no_such_module:findings")
    assert finding.state is State.MISSING
    assert finding.mend == "Run: make install"


class TestMachine:
    def test_this_machine_runs_the_tests_so_python_clock_and_packages_are_well(self) -> None:
        findings = machine.machine_findings()
        for what in ("Python", "clock", "packages"):
            assert about(what, findings).state is State.GOOD, about(what, findings)

    def test_a_package_that_differs_from_the_lock_is_named(self, tmp_path: Path) -> None:
        lock = tmp_path / "core.txt"
        lock.write_text(
            "click==0.1 \\\n    --hash=sha256:00\n"
            "no-such-package==1\n"
            'colorama==0.4.6 ; sys_platform == "no-such-platform" \\\n    --hash=sha256:00\n'
        )
        (finding,) = machine._packages(lock)
        assert finding.detail == "2 differ from the lock file: click==0.1, no-such-package==1"
        assert finding.mend == "Run: make install"

    @pytest.mark.parametrize(("free_mb", "state"), [(400, State.MISSING), (4_000, State.NOTE), (9_000, State.GOOD)])
    def test_little_room_is_said_in_time(self, monkeypatch: pytest.MonkeyPatch, free_mb: int, state: State) -> None:
        usage = shutil._ntuple_diskusage(10**12, 10**12 - free_mb * 10**6, free_mb * 10**6)
        monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
        assert machine._room(Path("/no/such/home")).state is state

    def test_a_scanner_that_is_configured_must_answer(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("ASTRA_CLAMD", str(tmp_path / "no-such-socket"))
        assert about("virus scanner", machine.machine_findings()).state is State.MISSING
        monkeypatch.setenv("ASTRA_CLAMD", "")
        assert about("virus scanner", machine.machine_findings()).state is State.NOTE


class TestHome:
    def test_a_home_as_set_up_makes_it_is_well(self, installation: Path) -> None:
        findings = home.home_findings()
        assert about("installation", findings).state is State.GOOD
        assert about("privacy", findings).state is State.GOOD

    @pytest.mark.parametrize("name", [".", "keys", "keys/secret", "astra.sqlite3", "astra.sqlite3-wal"])
    def test_what_others_may_read_is_named(self, installation: Path, name: str) -> None:
        path = installation / name
        if not path.exists():
            path.touch()
        path.chmod(0o755 if path.is_dir() else 0o644)
        finding = about("privacy", home.home_findings())
        assert finding.state is State.MISSING
        assert finding.mend == f"Run: chmod go= {path}"

    def test_an_empty_place_names_set_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASTRA_HOME", str(tmp_path))
        assert "astra setup" in about("installation", home.home_findings()).mend

    def test_cheap_keys_are_refused(self, installation: Path) -> None:
        assert about("keys", home.home_findings()).state is State.MISSING


@pytest.mark.django_db(databases=["default", "keystore"])
class TestDatabases:
    def test_migrated_databases_apart_from_each_other_are_well(self) -> None:
        findings = databases.database_findings()
        assert about("keystore", findings).state is State.GOOD
        assert all("migrations" not in finding.detail for finding in findings)

    def test_one_database_for_everything_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "ENV", read_environment_with_one_database())
        assert about("keystore", databases.database_findings()).state is State.MISSING

    def test_a_pragma_that_is_not_in_force_is_found(self) -> None:
        if connections["default"].vendor != "sqlite":
            assert about("database default", databases.database_findings()).state is State.GOOD
            return
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
            try:
                finding = about("database default", databases.database_findings())
            finally:
                cursor.execute("PRAGMA secure_delete=ON")
        assert finding.state is State.MISSING
        assert "secure_delete is 0, not 1" in finding.detail

    def test_nobody_goes_to_work_on_such_a_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(databases, "database_findings", lambda: [missing("database x", "is ill", "Run: y")])
        monkeypatch.setattr(databases, "close_databases", lambda: None)
        with pytest.raises(NotSetUp, match=r"database x: is ill\. Run: y"):
            databases.check_databases()


def read_environment_with_one_database() -> object:
    env = settings.ENV
    return type("Env", (), {"database_url": env.database_url, "keystore_url": env.database_url})


@pytest.mark.django_db(databases=["default", "keystore"])
class TestUnattended:
    @pytest.fixture(autouse=True)
    def _no_ledger(self) -> None:
        ledger.ledger_path().unlink(missing_ok=True)

    def test_a_worker_at_work_leaves_nothing_behind(self) -> None:
        audit.record(actor_id=None, verb="demo.made")
        assert {finding.state for finding in unattended.unattended_findings()} == {State.GOOD}

    def test_entries_that_nobody_numbers_name_the_command(self) -> None:
        audit.record(actor_id=None, verb="demo.made")
        Pending.objects.update(recorded_at=now() - timedelta(minutes=5))
        finding = about("audit log", unattended.unattended_findings())
        assert finding.state is State.MISSING
        assert finding.detail.startswith("1 entries wait")
        assert "astra serve" in finding.mend
        assert "astra audit verify" in finding.mend

    def test_a_restored_backup_names_set_up(self) -> None:
        ledger.copy_out([LedgerEntry(verb=ledger.ERASED, subject=new_id())])
        assert about("restored backup", unattended.unattended_findings()).mend.startswith("Run: astra setup")

    def test_databases_that_cannot_be_asked_are_a_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_table() -> None:
            raise DatabaseError

        monkeypatch.setattr("astra.audit.selectors.pending_since", no_table)
        assert unattended.unattended_findings()[0].mend == "Run: astra setup"


@pytest.fixture
def channels_file() -> Iterator[Path]:
    """Where the channels of the tests' installation are named."""
    file = settings.ENV.home / "channels.toml"
    yield file
    file.unlink(missing_ok=True)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_it_says_whether_channels_are_proved_and_listened_to(channels_file: Path) -> None:
    assert [finding.state for finding in connected.connected_findings()] == [State.NOTE]
    channels_file.write_text("[pigeon]\n", encoding="utf-8")
    (finding,) = connected.connected_findings()
    assert (finding.state, "names what is no channel: pigeon" in finding.detail) == (State.MISSING, True)
    told = 'site = "http://localhost"\n[sms]\nfolder = "/nowhere"\nnumber = "+38160000000"\n'
    channels_file.write_text(told, encoding="utf-8")
    found = connected.connected_findings()
    assert about("sms", found).mend == "Run: astra channels check sms"
    assert about("channels", found).state is State.MISSING
    own = hotline.begin_postman(site="http://localhost")
    (sms,) = read_settings().channels
    ProvedChannel.objects.create(channel="sms", settings=sms.digest, proved_at=now())
    assert hotline.is_on_duty(own)
    assert {finding.state for finding in connected.connected_findings()} == {State.GOOD}
