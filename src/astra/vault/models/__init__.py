"""The vault's tables: circles and who sits in them, records and their sealed sections, erasure."""

from astra.vault.models.circles import Circle, Generation, Member, Membership
from astra.vault.models.decoys import Decoy, DecoyAlarm
from astra.vault.models.erasure import Erasure, ErasureHandle, ErasureKey, ErasureOwner, LedgerEntry, Rewriting
from astra.vault.models.lastresort import EmergencyRequest, EmergencyShare
from astra.vault.models.records import Attachment, Grant, Reach, Record, Revision, Section, StreamFile, StreamItem, Wall

__all__ = [
    "Attachment",
    "Circle",
    "Decoy",
    "DecoyAlarm",
    "EmergencyRequest",
    "EmergencyShare",
    "Erasure",
    "ErasureHandle",
    "ErasureKey",
    "ErasureOwner",
    "Generation",
    "Grant",
    "LedgerEntry",
    "Member",
    "Membership",
    "Reach",
    "Record",
    "Revision",
    "Rewriting",
    "Section",
    "StreamFile",
    "StreamItem",
    "Wall",
]
