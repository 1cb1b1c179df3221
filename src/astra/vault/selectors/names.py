"""Under which name does a record stand in the audit log? One that dies with its erasure key."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.conf import settings

from astra.vault.crypto import aead
from astra.vault.models import ErasureKey, Record
from astra.vault.prepared import Prepared

_ERASURE_KEYS = Prepared(lambda handles: ErasureKey.objects.filter(pk__in=handles).values_list("pk", "key"))
_HANDLES = Prepared(lambda records: Record.objects.filter(pk__in=records).values_list("pk", "pseudonym_handle"))


def pseudonym_from(record_id: UUID, erasure_key: bytes) -> str:
    """A record's name in the audit log: unlinkable to it once its erasure key is gone."""
    return aead.mac(erasure_key, aead.context("astra.pseudonym.v1", record_id.bytes))[:16].hex()


def pseudonyms(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """The audit names of records, for finding who read them."""
    return names_from(name_keys(record_ids))


def name_keys(record_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, bytes] | None]:
    """The erasure key that makes each record's audit name, by its id; none where nothing is sealed or it is gone."""
    handles: dict[UUID, UUID | None] = dict(_HANDLES(records=record_ids))
    keys = erasure_keys({handle for handle in handles.values() if handle})
    return {record: (handle, keys[handle]) if handle in keys else None for record, handle in handles.items()}


def names_from(keys: Mapping[UUID, tuple[UUID, bytes] | None]) -> dict[UUID, str]:
    """The audit names that these keys make."""
    return {
        record: pseudonym_from(record, found[1]) if found else fallback_pseudonym(record)
        for record, found in keys.items()
    }


def fallback_pseudonym(record_id: UUID) -> str:
    """The audit name of a record that has nothing sealed, hence nobody to protect."""
    return pseudonym_from(record_id, settings.SECRET_KEY.encode())


def kinds_of(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of which kind records are: a coded fact, for whoever holds their ids."""
    return dict(Record.objects.filter(pk__in=record_ids).values_list("pk", "kind"))


def erasure_keys(handle_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Read erasure keys from the keystore; destroyed ones are absent."""
    return {pk: bytes(key) for pk, key in _ERASURE_KEYS(handles=handle_ids)}
