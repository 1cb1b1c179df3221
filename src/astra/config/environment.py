"""What does the installation say about itself? The typed reading of environment and ASTRA_HOME."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env
from marshmallow.validate import OneOf

from astra.kernel.errors import AstraError

PROJECT = Path(__file__).resolve().parents[3]


class NotSetUp(AstraError):
    """The installation lacks something; the message names the command that mends it."""

    exit_status = 3  # the supervisor does not start again what ends with it


@dataclass(frozen=True)
class Environment:
    """Where this installation keeps things and how it is reached."""

    home: Path
    database_url: str
    keystore_url: str
    hosts: tuple[str, ...]
    is_https: bool
    clamd: str
    has_cheap_keys: bool
    door: str
    """Which front door this process is: the desk, or the public site, whose process holds no colleague's keys."""
    redis_url: str
    """Where several machines ring for each other; nothing is lost without it."""
    bell: str
    """How a page reaches the bell: a port of this machine, `proxied` for its own address, or nothing."""
    telephone: str
    """Which telephone exchange is listened to, as an address; nothing where there is none."""
    exit_to: str
    """Where the way out of the public pages leads: somewhere that says nothing of us."""

    @property
    def secret_path(self) -> Path:
        """The file that holds the signing secret of cookies and sessions."""
        return self.home / "keys" / "secret"

    def secret(self) -> str:
        """Return the signing secret or say how to make it."""
        if not self.secret_path.exists():
            raise NotSetUp(f"{self.home} holds no installation yet. Run: astra setup (or: make run)")
        return self.secret_path.read_text(encoding="ascii").strip()


def read_environment() -> Environment:
    """Read the environment once; every default suits one office on one machine."""
    env = Env()
    home = Path(env.str("ASTRA_HOME", str(PROJECT / "var"))).resolve()
    return Environment(
        home=home,
        database_url=env.str("ASTRA_DATABASE_URL", f"sqlite:///{home / 'astra.sqlite3'}"),
        keystore_url=env.str("ASTRA_KEYSTORE_URL", f"sqlite:///{home / 'keystore.sqlite3'}"),
        hosts=tuple(env.list("ASTRA_HOSTS", ["localhost"])),
        is_https=env.bool("ASTRA_HTTPS", False),
        clamd=env.str("ASTRA_CLAMD", ""),
        has_cheap_keys=env.bool("ASTRA_CHEAP_KEYS_FOR_TESTS", False),
        door=env.str("ASTRA_DOOR", "desk", validate=OneOf(["desk", "public"])),
        redis_url=env.str("ASTRA_REDIS_URL", ""),
        bell=env.str("ASTRA_BELL", ""),
        telephone=env.str("ASTRA_TELEPHONE", ""),
        exit_to=env.str("ASTRA_EXIT_TO", "https://sr.wikipedia.org/"),
    )
