"""What is an installation made of, and how far has its set-up come?

`installation.json` in ASTRA_HOME names the kind of the installation and the steps that are done, and nothing
about the organisation. An interrupted set-up goes on where it stopped.
"""

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from astra.config.environment import Environment, NotSetUp, read_environment

DEMO, PRACTICE, ORGANISATION = "demo", "practice", "organisation"
PRIVATE_FOLDERS = ("", "keys")
STATE_FILE = "installation.json"
WHO_CAN_SIGN_IN = "who-can-sign-in.txt"  # a demo only; nobody there is real


@dataclass(frozen=True)
class Installation:
    """The kind of an installation and the steps of its set-up that are done."""

    kind: str
    done: tuple[str, ...] = ()

    def with_step(self, name: str) -> "Installation":
        """The same installation after one more step."""
        return self if name in self.done else replace(self, done=(*self.done, name))


def read_installation(home: Path) -> Installation | None:
    """Return what set-up has done in this home so far, or None when it never began."""
    path = home / STATE_FILE
    if not path.exists():
        return None
    state = json.loads(path.read_text(encoding="utf-8"))
    return Installation(kind=state["kind"], done=tuple(state["done"]))


def kind_of(home: Path) -> str:
    """Return the kind of the installation in this home, for the frame around its pages; nothing when there is none."""
    installation = read_installation(home)
    return installation.kind if installation else ""


def write_installation(home: Path, installation: Installation) -> None:
    """Keep how far set-up has come; a power cut leaves the old state or the new one."""
    path, fresh = home / STATE_FILE, home / f"{STATE_FILE}.new"
    fresh.write_text(json.dumps({"kind": installation.kind, "done": installation.done}) + "\n", encoding="utf-8")
    fresh.replace(path)


def check_keys() -> None:
    """Refuse to open to anybody while keys are derived cheaply, as tests do."""
    if read_environment().has_cheap_keys:
        raise NotSetUp("Keys are derived cheaply for tests. Unset ASTRA_CHEAP_KEYS_FOR_TESTS, then: astra setup")


def make_home(env: Environment) -> None:
    """Make the folders that only this user may enter, and the signing secret of cookies and sessions."""
    for name in PRIVATE_FOLDERS:
        folder = env.home / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    if not env.secret_path.exists():
        fresh = env.secret_path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
        fresh.replace(env.secret_path)
