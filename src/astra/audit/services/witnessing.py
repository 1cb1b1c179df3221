"""How do organisations keep each other honest? By signing what they saw of each other's logs.

Under ASTRA_HOME/audit/witness every log has a folder: `key.txt` pins its public key, `seen.txt` holds every
checkpoint that was cosigned, and `evidence-*.txt` what did not continue the one before: two signed histories
of one log are a proof that anyone can check.
"""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.audit.errors import Unreadable
from astra.audit.keys import ensure_witness_key, read_verifiers
from astra.audit.outside import append_note, last_notes, turn, write_new
from astra.audit.rules import checkpoints
from astra.audit.rules.checkpoints import Checkpoint, NotContinued, Older, ProofNeeded, Seen
from astra.audit.rules.notes import LOG, BadNote, Note, VerifierKey
from astra.audit.rules.proofs import ConsistencyProof
from astra.audit.services.recording import record
from astra.kernel import clock
from astra.kernel.words import msg

NOT_CONTINUED = msg(
    "This log does not continue what was seen before: at least one of its two signed checkpoints is false. "
    "It was not signed. Both are kept in %(folder)s as evidence: tell the organisation and the network."
)


def cosign(*, actor_id: UUID | None, request: str, key: str = "") -> str:
    """Cosign another log's checkpoint after checking that it continues the last one seen; return the signed text.

    `request` is what `astra audit proof consistency` printed there, or a bare checkpoint at the first time.
    `key` is the public key of that log, needed once: have it read out by voice.
    """
    asked = _read(request)
    origin = _origin(asked)
    if any(origin == own.name for own in read_verifiers(settings.ENV.home)):
        raise Unreadable(msg("This is the log of this installation: others must witness it."))
    folder = settings.ENV.home / "audit" / "witness" / sha256(origin.encode()).hexdigest()[:16]
    with turn(folder):
        known = _key_of(folder, origin, key)
        newer = _open(asked.checkpoint, known)
        if not (folder / "key.txt").exists():
            write_new(folder / "key.txt", known.text() + "\n")
        seen = _seen(folder)
        _check(seen, newer, asked, folder)
        signed = checkpoints.cosign(asked.checkpoint, ensure_witness_key(settings.ENV.home), clock.now())
        if seen is None or newer.size > seen.size:
            append_note(folder / "seen.txt", signed, last_notes(folder / "seen.txt")[1])
    with transaction.atomic():
        detail: dict[str, str | int | bool] = {"log": folder.name, "size": newer.size}
        record(actor_id=actor_id, verb="audit.cosigned", detail=detail)
    return signed


def _read(request: str) -> ConsistencyProof:
    """The request, or a bare checkpoint as a request without proof."""
    try:
        if request.startswith("old "):
            return ConsistencyProof.parse(request)
        return ConsistencyProof(0, (), request.replace("\r\n", "\n"))
    except BadNote as error:
        raise Unreadable(msg("This is neither a checkpoint nor a request to a witness.")) from error


def _origin(asked: ConsistencyProof) -> str:
    try:
        return Checkpoint.parse(Note.parse(asked.checkpoint).body).origin
    except BadNote as error:
        raise Unreadable(msg("This is neither a checkpoint nor a request to a witness.")) from error


def _key_of(folder: Path, origin: str, key: str) -> VerifierKey:
    """The key of the other log: pinned before, or given now."""
    path = folder / "key.txt"
    if path.exists():
        pinned = VerifierKey.parse(path.read_text(encoding="utf-8"))
        if key and key.strip() != pinned.text():
            raise Unreadable(msg("This log was known under another key. Ask the organisation by voice what happened."))
        return pinned
    if not key:
        raise Unreadable(msg("This log is new here: give its public key with --key, compared by voice."))
    try:
        given = VerifierKey.parse(key)
    except BadNote as error:
        raise Unreadable(msg("This is not the public key of a log.")) from error
    if given.name != origin or given.kind != LOG:
        raise Unreadable(msg("This key belongs to another log."))
    return given


def _open(text: str, key: VerifierKey) -> Checkpoint:
    try:
        return checkpoints.open_checkpoint(text, [key])
    except BadNote as error:
        raise Unreadable(msg("The log of this name did not sign this checkpoint.")) from error


def _seen(folder: Path) -> Seen | None:
    """The largest tree of this log that was cosigned here."""
    last, _torn = last_notes(folder / "seen.txt")
    if not last:
        return None
    checkpoint = Checkpoint.parse(Note.parse(last).body)
    return Seen(checkpoint.size, checkpoint.root)


def _check(seen: Seen | None, newer: Checkpoint, asked: ConsistencyProof, folder: Path) -> None:
    """Refuse what does not continue; keep both sides of a contradiction."""
    try:
        checkpoints.check_continues(seen, newer, asked.old_size, asked.path)
    except ProofNeeded as error:
        raise Unreadable(
            msg("A proof from the last checkpoint is needed. Ask there for: astra audit proof consistency %(size)s"),
            size=error.size,
        ) from error
    except Older as error:
        raise Unreadable(msg("A larger checkpoint of this log was already cosigned here.")) from error
    except NotContinued as error:
        last, _torn = last_notes(folder / "seen.txt")
        write_new(folder / f"evidence-{clock.now():%Y%m%dT%H%M%S%fZ}.txt", f"{last}\n\n{asked.text()}")
        raise Unreadable(NOT_CONTINUED, folder=folder) from error
