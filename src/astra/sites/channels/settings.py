"""Which channels has this organisation connected? As `channels.toml` in ASTRA_HOME says; passwords lie in files.

site = "https://primer.example"      # where answers are read; stands in every notice
[email]
imap = "imaps://pomoc@posta.example/INBOX"
smtp = "smtps://pomoc@posta.example"
from = "pomoc@primer.example"
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from astra.hotline.rules.channels import PROVIDED
from astra.sites.channels.providers import NotConfigured
from astra.vocabulary import codes

FILE = "channels.toml"
LINE, LANGUAGE = "sos_trafficking", "sr-latn"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
PORTS = {"imaps": 993, "imap": 143, "imap+starttls": 143, "smtps": 465, "smtp": 25, "smtp+starttls": 587}
ENCRYPTED = ("imaps", "imap+starttls", "smtps", "smtp+starttls")


@dataclass(frozen=True)
class ChannelSettings:
    """What is said of one channel."""

    channel: str
    told: Mapping[str, Any]  # Any: as TOML gives it

    @property
    def line(self) -> str:
        """Which line its messages belong to."""
        return str(self.told.get("line", LINE))

    @property
    def language(self) -> str:
        """In which language is answered where the letters do not tell."""
        return str(self.told.get("language", LANGUAGE))

    @property
    def shown(self) -> str:
        """Our own address there, for the public pages."""
        return str(self.told.get("address") or self.told.get("from") or self.told.get("number") or "")

    @property
    def digest(self) -> bytes:
        """What changes with the settings: others have to be proved anew."""
        return hashlib.sha256(json.dumps(self.told, sort_keys=True, default=str).encode()).digest()

    def text(self, name: str) -> str:
        """A setting that must be there."""
        value = self.told.get(name)
        if not isinstance(value, str) or not value:
            raise NotConfigured(f'{path()}: [{self.channel}] needs {name} = "..."')
        return value


@dataclass(frozen=True)
class Settings:
    """Everything that the file says."""

    site: str
    channels: tuple[ChannelSettings, ...]


@dataclass(frozen=True)
class Server:
    """A mail server, and who we are there."""

    scheme: str
    host: str
    port: int
    user: str
    folder: str


def path() -> Path:
    """Where the file lies."""
    home: Path = settings.ENV.home
    return home / FILE


def read_settings() -> Settings:
    """What the file says; nothing where there is none."""
    if not path().exists():
        return Settings("", ())
    try:
        told = tomllib.loads(path().read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotConfigured(f"{path()} cannot be read: {error}") from error
    site = str(told.pop("site", ""))
    unknown = sorted(set(told) - set(PROVIDED))
    if unknown:
        raise NotConfigured(
            f"{path()} names what is no channel: {', '.join(unknown)}. There are: {', '.join(PROVIDED)}"
        )
    if told and not site.startswith("https://") and urlsplit(site).hostname not in LOOPBACK:
        raise NotConfigured(f'{path()} needs site = "https://...": where answers are read')
    found = tuple(ChannelSettings(channel, its) for channel, its in told.items() if isinstance(its, dict))
    for one in found:
        if one.line not in codes("hotline_line"):
            raise NotConfigured(f"{path()}: [{one.channel}] names no line of ours: {one.line}")
        if {"password", "token", "secret"} & set(one.told):
            raise NotConfigured(f"{path()}: [{one.channel}] holds a password. It belongs into a file of keys/.")
    return Settings(site, found)


def read_server(told: str) -> Server:
    """A server as an address says it; unencrypted only on this machine."""
    parts = urlsplit(told)
    if parts.scheme not in PORTS or not parts.hostname or parts.password:
        raise NotConfigured(
            "A mail server is imaps://user@host/FOLDER or smtps://user@host (imap+starttls, smtp+starttls). "
            "A password stands in a file, never in the address."
        )
    if parts.scheme not in ENCRYPTED and parts.hostname not in LOOPBACK:
        raise NotConfigured(f"{parts.scheme}://{parts.hostname} is not encrypted. Only this machine is spoken to so.")
    folder = unquote(parts.path.strip("/"))
    return Server(
        parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], unquote(parts.username or ""), folder
    )


def password(name: str) -> str:
    """A password or token from its file beside the keys."""
    place: Path = settings.ENV.home / "keys" / name
    if not place.exists():
        raise NotConfigured(f"The password belongs into {place}, readable by nobody else.")
    return place.read_text(encoding="utf-8").strip()
