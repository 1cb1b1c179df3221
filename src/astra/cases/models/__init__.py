"""The tables of the cases room: coded facts only. Words and names are sealed sections of the records they point to."""

from astra.cases.models.file import Case, CaseContact, CaseLink, CasePerson, FileCounter, OldNumber
from astra.cases.models.kept import KeptCase
from astra.cases.models.work import Document, HandedCase, Handover, Note, Task, TimelineEntry

__all__ = [
    "Case",
    "CaseContact",
    "CaseLink",
    "CasePerson",
    "Document",
    "FileCounter",
    "HandedCase",
    "Handover",
    "KeptCase",
    "Note",
    "OldNumber",
    "Task",
    "TimelineEntry",
]
