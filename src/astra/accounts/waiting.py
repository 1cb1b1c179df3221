"""Where is an opened key while the second factor is still to come? In the session, sealed, for five minutes.

The key that opens it goes to the browser with the answer; nothing that stays here can open it.
"""

import base64
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from astra.accounts.cookies import COOKIE, drop_key, hand_key
from astra.accounts.rules.visits import WAITING
from astra.accounts.services import custody
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.services.members import OpenedMember

WAITING_KEY = "waiting"


def keep(request: HttpRequest, opened: OpenedMember) -> None:
    """Put an opened key away until the second factor is given."""
    key, place = custody.new_cookie_key(), new_id()
    request.session[WAITING_KEY] = {
        "place": str(place),
        "member": str(opened.member_id),
        "circle": str(opened.circle_id),
        "generation": opened.generation,
        "wrapped": base64.b64encode(custody.put_away(opened, key, place)).decode("ascii"),
        "until": (now() + WAITING).isoformat(),
    }
    hand_key(request, key)


def take(request: HttpRequest, member_id: UUID) -> OpenedMember | None:
    """Take the key out again for the member who signs in; None if it is too late or not hers."""
    kept = request.session.pop(WAITING_KEY, None)
    if kept is None or kept["member"] != str(member_id) or datetime.fromisoformat(kept["until"]) < now():
        return None
    try:
        return custody.take_out(
            wrapped=base64.b64decode(kept["wrapped"]),
            key=_key(request),
            place=UUID(kept["place"]),
            member_id=UUID(kept["member"]),
            circle_id=UUID(kept["circle"]),
            generation=kept["generation"],
        )
    except custody.NotHers:
        return None


def _key(request: HttpRequest) -> bytes:
    """The browser's key: handed out in this very request when no second factor is set up yet."""
    just_made = cast(Any, request).__dict__.get("cookie_key")  # Any: what this request carries for its answer
    return just_made if just_made is not None else custody.read_cookie(request.COOKIES.get(COOKIE, ""))


def forget(request: HttpRequest) -> None:
    """Throw away what waits: she pressed cancel."""
    if request.session.pop(WAITING_KEY, None) is not None:
        drop_key(request)
