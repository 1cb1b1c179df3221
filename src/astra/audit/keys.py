"""Where are the keys of the log? The signing keys under ASTRA_HOME/keys, the public halves beside the log."""

import os
import secrets
from pathlib import Path

from astra.audit.errors import LogDisagrees, NoSigningKey
from astra.audit.outside import append, make_folder, sync_folder, write_new
from astra.audit.rules.notes import LOG, WITNESS, BadNote, SigningKey, VerifierKey
from astra.kernel import clock
from astra.kernel.words import msg


def signing_path(home: Path) -> Path:
    """The file of the key that signs this installation's log."""
    return home / "keys" / "audit"


def witness_path(home: Path) -> Path:
    """The file of the key with which this installation cosigns the logs of others."""
    return home / "keys" / "audit-witness"


def verifiers_path(home: Path) -> Path:
    """The file of public keys that ever signed this log, newest last."""
    return home / "audit" / "verifiers.txt"


def _make_key(path: Path, name: str, kind: int) -> SigningKey:
    key = SigningKey(name, kind, secrets.token_bytes(32))
    make_folder(path.parent)
    write_new(path, key.text() + "\n")
    return key


def ensure_signing_key(home: Path) -> VerifierKey:
    """Make the signing key at set-up if there is none; return its public half, for other organisations.

    The name of the log is random: it must be unique among all logs and say nothing about the organisation.
    """
    path = signing_path(home)
    if not path.exists():
        key = _make_key(path, f"astra.log/{secrets.token_hex(8)}", LOG)
        _publish(home, key.verifier)
    verifier = read_signing_key(home).verifier
    if verifier not in read_verifiers(home):
        _publish(home, verifier)
    return verifier


def read_signing_key(home: Path) -> SigningKey:
    """The key that signs this installation's log."""
    path = signing_path(home)
    if not path.exists():
        raise NoSigningKey()
    try:
        return SigningKey.parse(path.read_text(encoding="utf-8"))
    except BadNote as error:
        raise LogDisagrees(msg("The signing key of the audit log (keys/audit) cannot be read.")) from error


def replace_signing_key(home: Path) -> VerifierKey:
    """Sign with a new key from now on, under the same name; the old one is kept aside and still verifies.

    At every moment there is a key in its place, and its public half is known before it first signs.
    """
    path, fresh = signing_path(home), signing_path(home).with_name("audit-next")
    fresh.unlink(missing_ok=True)
    key = _make_key(fresh, read_signing_key(home).name, LOG)
    _publish(home, key.verifier)
    os.link(path, path.with_name(f"audit-until-{clock.now():%Y%m%dT%H%M%SZ}"))
    fresh.replace(path)
    sync_folder(path.parent)
    return key.verifier


def read_verifiers(home: Path) -> list[VerifierKey]:
    """Every public key that ever signed this log."""
    path = verifiers_path(home)
    if not path.exists():
        return []
    try:
        return [VerifierKey.parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    except BadNote as error:
        raise LogDisagrees(msg("The public keys of the audit log (audit/verifiers.txt) cannot be read.")) from error


def _publish(home: Path, verifier: VerifierKey) -> None:
    make_folder(home / "audit")
    append(verifiers_path(home), (verifier.text() + "\n").encode())


def ensure_witness_key(home: Path) -> SigningKey:
    """The key that cosigns for others; made when it is first needed."""
    path = witness_path(home)
    if not path.exists():
        name = read_signing_key(home).name.removeprefix("astra.log/")
        _make_key(path, f"astra.witness/{name}", WITNESS)
    return SigningKey.parse(path.read_text(encoding="utf-8"))
