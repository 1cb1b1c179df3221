"""Which table lives in which database? Erasure keys in the keystore, everything else in the main one."""

from typing import Any

from django.db.models import Model

KEYSTORE = "keystore"
_KEYSTORE_MODELS = {"erasurekey"}


class KeystoreRouter:
    """Keeps erasure keys and only them in the keystore."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # Any: Django's router protocol
        """Name the database to read from."""
        return KEYSTORE if self._is_keystore(model._meta.app_label, model._meta.model_name) else None

    db_for_write = db_for_read

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool | None:  # Any: Django's protocol
        """No foreign key crosses from one database to the other."""
        return None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        """Say which tables are made where."""
        if model_name is None:  # a data migration: other packages' must not look for their tables in the keystore
            return None if db != KEYSTORE else app_label == "vault"
        return (db == KEYSTORE) == self._is_keystore(app_label, model_name)

    @staticmethod
    def _is_keystore(app_label: str, model_name: str | None) -> bool:
        return app_label == "vault" and model_name in _KEYSTORE_MODELS
