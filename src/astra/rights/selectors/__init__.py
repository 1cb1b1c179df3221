"""What does she see of her file, and what do colleagues see of her requests?"""

from astra.rights.selectors.decoys import DecoyFile, decoy_files
from astra.rights.selectors.exporting import ExportLine, ExportPage, count_exports_to_decide, export, exports
from astra.rights.selectors.keeping import (
    DisposalLine,
    EndingLine,
    Preview,
    count_over,
    count_to_decide,
    disposal,
    disposals,
    ending,
    endings,
    in_disposal,
    preview,
)
from astra.rights.selectors.owning import Held, OpenPage, Owning, Reader, held_of, open_page, own_page, readers_of
from astra.rights.selectors.requests import RequestLine, due, own_requests, request, requests_of, waiting

__all__ = [
    "DecoyFile",
    "DisposalLine",
    "EndingLine",
    "ExportLine",
    "ExportPage",
    "Held",
    "OpenPage",
    "Owning",
    "Preview",
    "Reader",
    "RequestLine",
    "count_exports_to_decide",
    "count_over",
    "count_to_decide",
    "decoy_files",
    "disposal",
    "disposals",
    "due",
    "ending",
    "endings",
    "export",
    "exports",
    "held_of",
    "in_disposal",
    "open_page",
    "own_page",
    "own_requests",
    "preview",
    "readers_of",
    "request",
    "requests_of",
    "waiting",
]
