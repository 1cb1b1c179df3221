"""How does any other exchange tell of its calls? It sends each event to an address of the public door, signed.

The signature is HMAC-SHA256 under a secret of this installation over the time of sending, a full stop and the body.
What is older than five minutes is refused, what is sent twice changes nothing.
"""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from astra.hotline import services
from astra.hotline.rules.calls import CallEvent
from astra.kernel.errors import Invalid
from astra.vault.actor import system
from astra.vault.services.secret_files import make_secret, read_secret

SECRET_FILE, SECRET_BYTES = "telephone-webhook", 32
PROVIDER = "webhook"
WINDOW_S = 300
LONGEST_BODY = 8192
TEXTS = ("call", "kind", "dialled", "extension", "number", "cause")


class Refused(Exception):
    """A message that is not taken, with the status of the answer and why."""

    def __init__(self, status: HTTPStatus, *problems: str) -> None:
        super().__init__()
        self.status, self.problems = status, problems


def take(sent_at: str, signature: str, body: bytes) -> None:
    """Take in one signed event of a call, or raise `Refused`."""
    key = read_secret(SECRET_FILE)
    if key is None:  # nobody has asked for this door: there is none
        raise Refused(HTTPStatus.NOT_FOUND)
    if len(body) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has at most {LONGEST_BODY} bytes")
    if not is_signed(key, sent_at, body, signature):
        raise Refused(HTTPStatus.UNAUTHORIZED, "X-Astra-Signature does not fit X-Astra-Timestamp and the body")
    if not sent_at.isdecimal() or abs(time.time() - int(sent_at)) > WINDOW_S:
        raise Refused(HTTPStatus.UNAUTHORIZED, f"X-Astra-Timestamp is more than {WINDOW_S} s away from our clock")
    try:
        services.hear(actor=system(), event=read_event(body))
    except Invalid as error:
        problems = (f"{one.field}: {one.message}" for one in error.problems)
        raise Refused(HTTPStatus.BAD_REQUEST, *problems) from error
    except (ValueError, OverflowError) as error:
        said = str(error) if type(error) is ValueError else "the body is not JSON"
        raise Refused(HTTPStatus.BAD_REQUEST, said) from error


def sign(key: bytes, sent_at: str, body: bytes) -> str:
    """The signature of a body that is sent at this second; the key is the secret as it is shown, in hexadecimal."""
    return hmac.digest(key.hex().encode(), sent_at.encode() + b"." + body, hashlib.sha256).hex()


def is_signed(key: bytes, sent_at: str, body: bytes, signature: str) -> bool:
    """Whether a signature is right; takes as long whatever is wrong with it."""
    return hmac.compare_digest(sign(key, sent_at, body).encode(), signature.removeprefix("sha256=").lower().encode())


def read_event(body: bytes) -> CallEvent:
    """What a body says, or `ValueError` with what it should."""
    told: Any = json.loads(body)  # Any: JSON
    if not isinstance(told, dict):
        raise ValueError("the body is an object")
    unknown = set(told) - {*TEXTS, "at", "sequence", "withheld"}
    if unknown:
        raise ValueError("unknown: " + ", ".join(sorted(map(str, unknown)))[:200])
    texts = {name: told.get(name, "") for name in TEXTS}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    if wrong:
        raise ValueError("not a text: " + ", ".join(wrong))
    sequence, withheld = told.get("sequence", -1), told.get("withheld", False)
    if type(sequence) is not int or type(withheld) is not bool:
        raise ValueError("sequence is a whole number, withheld is true or false")
    return CallEvent(provider=PROVIDER, at=_moment(told.get("at")), sequence=sequence, is_withheld=withheld, **texts)


def _moment(value: object) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    at = datetime.fromisoformat(value) if isinstance(value, str) else None
    if at is None or at.tzinfo is None:
        raise ValueError("at is a time with its zone, like 2026-11-22T20:15:00+01:00, or seconds since 1970")
    return at


def make_hook() -> None:
    """Open the door: make the secret with which exchanges sign."""
    make_secret(SECRET_FILE, SECRET_BYTES)
