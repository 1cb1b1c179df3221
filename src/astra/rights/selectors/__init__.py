"""What does she see of her file, and what do colleagues see of her requests?"""

from astra.rights.selectors.owning import Held, OpenPage, Owning, Reader, held_of, open_page, own_page, readers_of
from astra.rights.selectors.requests import RequestLine, due, own_requests, request, requests_of, waiting

__all__ = [
    "Held",
    "OpenPage",
    "Owning",
    "Reader",
    "RequestLine",
    "due",
    "held_of",
    "open_page",
    "own_page",
    "own_requests",
    "readers_of",
    "request",
    "requests_of",
    "waiting",
]
