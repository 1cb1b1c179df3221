"""What can be wrong with the log itself? Said to whoever runs it, with the command that helps."""

from astra.kernel.errors import AstraError
from astra.kernel.words import msg


class NoSigningKey(AstraError):
    """The installation has no key to sign its log with."""

    def __init__(self) -> None:
        super().__init__(msg("The audit log has no signing key. Run: astra setup"))


class LogDisagrees(AstraError):
    """Database and outside record tell different stories; nothing is numbered until a person has looked."""


class Unreadable(AstraError):
    """A checkpoint, proof or key from elsewhere is not what it should be."""
