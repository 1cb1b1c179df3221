"""Does the command line say the right thing, and end with the right status?"""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from astra.audit import keys, selectors, services
from astra.audit.commands import _show_progress, audit
from astra.audit.errors import Unreadable
from astra.audit.outside import Outside
from astra.audit.rules.notes import LOG, SigningKey
from astra.audit.tests.attacking import Superuser
from astra.audit.tests.conftest import Fill
from astra.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def run(*arguments: str, status: int = 0, typed: str = "") -> str:
    result: Result = CliRunner().invoke(audit, arguments, input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


def test_a_sound_log_is_said_to_be_sound(fill: Fill) -> None:
    fill(12)
    answer = run("verify")
    assert "The audit log is sound: 12 entries, 2 signed checkpoints, 12 entries also recorded outside" in answer


def test_a_bad_leaf_is_named_with_status_one(fill: Fill, superuser: Superuser) -> None:
    fill(12)
    superuser.run("UPDATE audit_entry SET reason = 'x' WHERE sequence = 7")
    answer = run("verify", status=1)
    assert "First bad leaf: 7\nEntry 7 was edited" in answer


def test_a_bad_checkpoint_is_named_without_a_leaf(fill: Fill, superuser: Superuser) -> None:
    fill(12)
    superuser.run("UPDATE audit_checkpoint SET text = 'x'")
    answer = run("verify", status=1)
    assert "First bad leaf" not in answer
    assert "checkpoint of 12 entries was edited" in answer


def test_the_log_is_verified_against_a_printed_checkpoint(fill: Fill, tmp_path: Path, home: Path) -> None:
    fill(12)
    paper = tmp_path / "paper.txt"
    paper.write_text(run("checkpoint"), encoding="utf-8")
    fill(3)
    assert "is sound: 15" in run("verify", "--against", str(paper))
    paper.write_text("nonsense", encoding="utf-8")
    with pytest.raises(Unreadable, match="not a checkpoint that this log signed"):
        run("verify", "--against", str(paper))


def test_progress_is_shown_to_people(
    fill: Fill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _show_progress(5, 10)
    _show_progress(10, 10)
    assert capsys.readouterr().err == "\r5 of 10 entries\r10 of 10 entries\n"
    fill(2)
    monkeypatch.setattr(sys, "stderr", type("Terminal", (), {"isatty": lambda self: True})())
    assert "2 entries" in run("verify")


def test_files_set_aside_are_mentioned(fill: Fill, outside: Outside) -> None:
    fill(2)
    outside.checkpoints.write_bytes(b"another\n\nstory\n\n")
    assert "set aside as evidence" in run("restored", "--yes")
    assert "1 more wait" in run("tail")
    services.sequence_pending()
    assert "Set aside after a restored backup: audit/leaves-" in run("verify")


def test_a_restore_needs_a_word(fill: Fill) -> None:
    fill(2)
    run("restored", typed="n\n", status=1)
    assert selectors.pending_count() == 0
    assert "The log goes on" in run("restored", typed="y\n")


def test_the_tail_shows_codes(fill: Fill) -> None:
    fill(5)
    lines = run("tail", "-n", "2").splitlines()
    assert len(lines) == 2
    assert lines[-1].split()[0] == "4"
    assert "hotline.contact_recorded p4,q4 duty rows=4" in lines[-1]


def test_an_empty_log_has_no_checkpoint(home: Path) -> None:
    with pytest.raises(Unreadable, match="still empty"):
        run("checkpoint")


def test_a_proof_is_printed_and_checked(fill: Fill, tmp_path: Path) -> None:
    fill(9)
    paper = tmp_path / "proof.txt"
    key = run("key").strip()
    for options in ([], ["--with-entry"]):
        paper.write_text(run("proof", "inclusion", "4", *options), encoding="utf-8")
        assert "Entry 4 is in the log astra.log/" in run("proof", "check", str(paper), "--key", key)
    stranger = SigningKey("astra.log/other", LOG, bytes(32)).verifier.text()
    with pytest.raises(Unreadable, match="does not hold"):
        run("proof", "check", str(paper), "--key", stranger)
    with pytest.raises(NotFound):
        run("proof", "inclusion", "9")


def test_two_organisations_witness_each_other(fill: Fill, tmp_path: Path, home: Path) -> None:
    """The whole round: a checkpoint goes out, a cosignature comes back, and the next one needs a proof."""
    fill(9)
    asked, answer = tmp_path / "asked.txt", tmp_path / "answer.txt"
    asked.write_text(run("proof", "consistency", "0"), encoding="utf-8")
    key = run("key").strip()
    become_another(home)
    assert "Cosigned" in run("witness", str(asked), "--key", key, "--out", str(answer))
    become_another(home)
    assert "is sound: 9" in run("verify", "--against", str(answer))
    fill(4)
    asked.write_text(run("proof", "consistency", "9"), encoding="utf-8")
    become_another(home)
    assert run("witness", str(asked)).count("— ") == 2


def become_another(home: Path) -> None:
    """Change places with the other organisation: its keys for ours."""
    for path in (keys.signing_path(home), keys.verifiers_path(home)):
        other = path.with_name(path.name + ".other")
        path.rename(path.with_name("waiting"))
        if other.exists():
            other.rename(path)
        path.with_name("waiting").rename(other)
    services.ensure_signing_key(home)
