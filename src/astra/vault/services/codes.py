"""What does a visitor's code yield here? With the salt and the pepper of this installation, kept beside its keys.

They lie in a file, not in the database: a copied database alone does not even allow guessing.
"""

import threading

from django.conf import settings

from astra.vault.crypto.codes import CHEAP_WORK_FACTOR, WORK_FACTOR, CodeKeys, code_keys
from astra.vault.services.secret_files import secret

SECRETS_FILE = "return-codes"
SALT_BYTES, PEPPER_BYTES = 16, 32
_AT_ONCE = threading.BoundedSemaphore(2)


def keys_of(code: str) -> CodeKeys:
    """Stretch a folded code; at most two at a time, so that a flood of guesses cannot take the machine's memory."""
    both = _secrets()
    factor = CHEAP_WORK_FACTOR if settings.ENV.has_cheap_keys else WORK_FACTOR
    with _AT_ONCE:
        return code_keys(code, salt=both[:SALT_BYTES], pepper=both[SALT_BYTES:], factor=factor)


def stretched(name: str, text: str) -> bytes:
    """A digest of something that is easily guessed, under a salt and a pepper of its own kept in the file `name`."""
    both = secret(name, SALT_BYTES + PEPPER_BYTES)
    factor = CHEAP_WORK_FACTOR if settings.ENV.has_cheap_keys else WORK_FACTOR
    with _AT_ONCE:
        return code_keys(text, salt=both[:SALT_BYTES], pepper=both[SALT_BYTES:], factor=factor).lookup


def _secrets() -> bytes:
    return secret(SECRETS_FILE, SALT_BYTES + PEPPER_BYTES)
