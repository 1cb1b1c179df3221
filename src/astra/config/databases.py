"""How do the databases get their tables? Both are migrated, the keystore first: keys commit before what they open."""

from django.conf import settings
from django.core.management import call_command

from astra.audit.services import ensure_signing_key
from astra.vault.services import restoring

ALIASES = ("keystore", "default")


def migrate() -> None:
    """Bring both databases to this version."""
    for alias in ALIASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def take_ledger_again() -> None:
    """If a backup was restored: erase, withdraw and let go again what the ledger beside the databases says."""
    restoring.take_again()


def make_log_key() -> None:
    """Make the key that signs the audit log, unless there is one."""
    ensure_signing_key(settings.ENV.home)
