"""What does the server know of somebody's own desk? That there is one, its codes' look-up values, and dates."""

from astra.rights.models.exporting import Export, ExportedCase
from astra.rights.models.keeping import Disposal, Ending
from astra.rights.models.owning import OwnPage, OwnVisit
from astra.rights.models.parents import ParentAccess
from astra.rights.models.recalls import Recalled
from astra.rights.models.requests import OwnRequest
from astra.rights.models.stories import Story
from astra.rights.models.taking import TakenFile

__all__ = [
    "Disposal",
    "Ending",
    "Export",
    "ExportedCase",
    "OwnPage",
    "OwnRequest",
    "OwnVisit",
    "ParentAccess",
    "Recalled",
    "Story",
    "TakenFile",
]
