"""How do the databases get their tables? Both are migrated, the keystore first: keys commit before what they open."""

from django.core.management import call_command

ALIASES = ("keystore", "default")


def migrate() -> None:
    """Bring both databases to this version."""
    for alias in ALIASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
