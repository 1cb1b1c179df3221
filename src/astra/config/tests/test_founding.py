"""Does a real organisation begin with a passphrase that is known and shares that work? Typed as at the terminal."""

import re

import click
import pytest
from click.testing import CliRunner, Result

from astra.accounts import selectors
from astra.config.commands import founding

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
WORDS = "bada bede bidi bodo budu dada"


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding, "new_passphrase", lambda: WORDS)


def typed(step: str, *lines: str) -> Result:
    """Do one step of the founding while somebody types these lines."""
    command = click.Command(step, callback=getattr(founding, step))
    return CliRunner().invoke(command, input="\n".join(lines) + "\n")


def shares(answer: Result) -> list[str]:
    """The three shares as they were shown."""
    return re.findall(r"^Share \d: +(.+)$", answer.output, re.MULTILINE)


def test_the_first_colleague_is_there_when_she_has_typed_her_words() -> None:
    answer = typed("found", "vera", "Vera", "something else", WORDS.upper())
    assert answer.exit_code == 0, answer.output
    assert "That is not the passphrase above" in answer.output
    assert [colleague.work_name for colleague in selectors.colleagues()] == ["Vera"]
    assert len(shares(answer)) == 3


def test_nothing_is_made_as_long_as_she_has_not_typed_them() -> None:
    answer = typed("found", "vera", "Vera", "something else")
    assert answer.exit_code != 0
    assert list(selectors.colleagues()) == []


def test_recovery_is_proved_with_two_shares_from_the_paper() -> None:
    first, _, third = shares(typed("found", "vera", "Vera", WORDS))
    answer = typed("prove_recovery", third.lower(), first)
    assert answer.exit_code == 0, answer.output
    assert "Recovery works" in answer.output


def test_a_mistyped_share_and_the_same_one_twice_prove_nothing() -> None:
    first, second, _ = shares(typed("found", "vera", "Vera", WORDS))
    mistyped = ("A" if second[0] != "A" else "B") + second[1:]
    answer = typed("prove_recovery", first, mistyped, first, first, first, second)
    assert "not a whole share" in answer.output
    assert "do not fit together" in answer.output
    assert "Recovery works" in answer.output
