"""What does the server know of somebody's own desk? That there is one, its codes' look-up values, and dates."""

from astra.rights.models.exporting import Export, ExportedCase
from astra.rights.models.keeping import Disposal, Ending
from astra.rights.models.owning import OwnPage, OwnVisit
from astra.rights.models.requests import OwnRequest

__all__ = ["Disposal", "Ending", "Export", "ExportedCase", "OwnPage", "OwnRequest", "OwnVisit"]
