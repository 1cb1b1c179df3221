"""Is an acknowledged entry ever lost or doubled when everything is killed, again and again?"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROUNDS = 15


def started(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "astra.audit.tests.killed", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def answer(environment: dict[str, str], *arguments: str) -> list[int]:
    with started(environment, *arguments) as process:
        told, _errors = process.communicate(timeout=120)
    assert process.returncode == 0
    return [int(line) for line in told.split()]


@pytest.mark.drill
def test_writers_and_sequencers_are_killed_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("only-for-tests", encoding="ascii")
    environment = {
        **os.environ,
        "ASTRA_HOME": str(tmp_path),
        "ASTRA_DATABASE_URL": f"sqlite:///{tmp_path / 'log.sqlite3'}",
        "ASTRA_KEYSTORE_URL": f"sqlite:///{tmp_path / 'keystore.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "astra.config.settings",
    }
    answer(environment, "prepare")
    dice, acknowledged, held = random.Random(116_000), set[int](), list[int]()
    for turn in range(ROUNDS):
        # Two sequencers: by mistake, and one of them may be killed while the other waits for its turn.
        processes = [started(environment, "write", str(turn * 1_000_000)), *_two(environment)]
        time.sleep(2 + dice.random())
        for process in processes:
            process.kill()
        told, *_nothing = [process.communicate()[0] for process in processes]
        acknowledged |= {int(line) for line in told.split("\n")[:-1]}
        held = answer(environment, "check")
        assert acknowledged <= set(held)
        assert len(held) == len(set(held))
    assert len(held) > ROUNDS


def _two(environment: dict[str, str]) -> "list[subprocess.Popen[str]]":
    return [started(environment, "number") for _sequencer in range(2)]
