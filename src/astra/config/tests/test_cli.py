"""Does the command line name what there is, load only what is called, and speak in sentences?"""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from astra.config import cli
from astra.kernel.errors import AstraError


def test_help_names_every_command_that_is_not_hidden() -> None:
    answer = CliRunner().invoke(cli.astra, ["--help"]).output
    for name, entry in cli.COMMANDS.items():
        assert (f"  {name} " in answer) is not entry.is_hidden


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_in_the_table_can_be_loaded_and_helps(name: str) -> None:
    answer = CliRunner().invoke(cli.astra, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith(f"Usage: astra {name}")


def test_help_loads_neither_django_nor_any_room() -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from astra.config import cli\n"
        "assert CliRunner().invoke(cli.astra, ['--help']).exit_code == 0\n"
        "allowed = {'astra', 'astra.config', 'astra.config.cli', 'astra.kernel'}\n"
        "allowed |= {'astra.kernel.errors', 'astra.kernel.words'}\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'astra') and m not in allowed))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_an_unknown_command_is_named() -> None:
    answer = CliRunner().invoke(cli.astra, ["frobnicate"])
    assert answer.exit_code == 2
    assert "frobnicate" in answer.output


def test_what_a_person_can_mend_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def failing() -> None:
        raise AstraError("The %(what)s is locked.", what="door")

    monkeypatch.setattr(cli, "load", lambda entry: failing)
    monkeypatch.setattr(sys, "argv", ["astra", "version"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.FAILED
    assert capsys.readouterr().err == "astra: The door is locked.\n"
