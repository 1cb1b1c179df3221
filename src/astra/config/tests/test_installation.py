"""Does set-up make a closed home, go on where it stopped, and never mix a demo with a real organisation?"""

import json
import stat
from pathlib import Path

import pytest

from astra.config.commands.setup import begin
from astra.config.environment import Environment, NotSetUp, read_environment
from astra.config.installation import (
    DEMO,
    ORGANISATION,
    Installation,
    make_home,
    read_installation,
    write_installation,
)


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setenv("ASTRA_HOME", str(tmp_path / "home"))
    return read_environment()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_and_its_secret_are_closed_to_others(env: Environment) -> None:
    make_home(env)
    assert mode(env.home) == mode(env.home / "keys") == 0o700
    assert mode(env.secret_path) == 0o600
    assert len(env.secret()) >= 50


def test_a_home_that_stood_open_is_closed_and_keeps_its_secret(env: Environment) -> None:
    make_home(env)
    secret = env.secret()
    env.home.chmod(0o755)
    make_home(env)
    assert mode(env.home) == 0o700
    assert env.secret() == secret


def test_without_a_secret_the_command_that_makes_one_is_named(env: Environment) -> None:
    with pytest.raises(NotSetUp, match="astra setup"):
        env.secret()


def test_what_is_done_is_remembered_once(tmp_path: Path) -> None:
    installation = Installation(DEMO).with_step("databases").with_step("log").with_step("databases")
    write_installation(tmp_path, installation)
    assert read_installation(tmp_path) == Installation(DEMO, ("databases", "log"))


def test_the_state_says_nothing_about_the_organisation(tmp_path: Path) -> None:
    write_installation(tmp_path, Installation(ORGANISATION))
    assert json.loads((tmp_path / "installation.json").read_text()) == {"kind": "organisation", "done": []}


@pytest.mark.parametrize(
    ("found", "wanted", "kind"),
    [
        (None, None, ORGANISATION),
        (None, DEMO, DEMO),
        (DEMO, DEMO, DEMO),
        (DEMO, None, DEMO),
        (ORGANISATION, None, ORGANISATION),
    ],
)
def test_set_up_goes_on_with_what_is_there(tmp_path: Path, found: str | None, wanted: str | None, kind: str) -> None:
    if found:
        write_installation(tmp_path, Installation(found))
    assert begin(tmp_path, wanted).kind == kind


def test_a_real_organisation_never_becomes_a_demo(tmp_path: Path) -> None:
    write_installation(tmp_path, Installation(ORGANISATION))
    with pytest.raises(NotSetUp, match="another kind"):
        begin(tmp_path, DEMO)
