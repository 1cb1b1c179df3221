"""Does practice keep to a home of its own, whatever the real place is called and wherever its databases are?"""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from astra.config import cli
from astra.config.installation import STATE_FILE

REAL = {"ASTRA_DATABASE_URL": "postgresql:///real", "ASTRA_KEYSTORE_URL": "postgresql:///keys", "ASTRA_HOSTS": "real"}


@pytest.mark.parametrize("is_there", [False, True])
def test_practice_never_touches_what_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []

    def setup(command: list[str], *, env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        assert not check
        ran.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", setup)
    monkeypatch.setattr(os, "execve", lambda _program, command, env: ran.append((command, env)))
    for name, value in {**REAL, "ASTRA_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    if is_there:
        (tmp_path / "practice").mkdir()
        (tmp_path / "practice" / STATE_FILE).write_text("")
    answer = CliRunner().invoke(cli.astra, ["practice", "--port", "8123"])
    assert answer.exit_code == 0, answer.output
    assert [command[-1] for command, _env in ran] == (["8123"] if is_there else ["--practice", "8123"])
    for _command, env in ran:
        assert env["ASTRA_HOME"] == str(tmp_path / "practice")
        assert not set(REAL) & set(env)
