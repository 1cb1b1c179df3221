"""What does every page need around its content? The desks, the way home, the lock, who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from astra.accounts.doors import visit_of
from astra.accounts.rules.visits import IDLE
from astra.hotline import selectors as hotline
from astra.hotline.views import danger, rota_shown
from astra.sites.answers import bell_address
from astra.sites.desk import navigation
from astra.vault.actor import Actor
from astra.vault.services.decoys import DESKS as DECOY_DESKS


def desk(request: HttpRequest) -> dict[str, Any]:  # Any: template variables of every type
    """The variables of the frame; a signed-out or locked page gets only the way home and what kind of place it is."""
    frame: dict[str, Any] = {
        "product_name": gettext("Desk"),
        "home_url": reverse("desk:home"),
        "bell": bell_address(settings.ENV.bell),
        "is_demo": settings.INSTALLATION_KIND == "demo",
        "is_practice": settings.INSTALLATION_KIND == "practice",
    }
    visit = visit_of(request)
    if visit is None or not bytes(visit.wrapped):
        return frame
    return {
        **frame,
        **_desks(request, request.actor),  # type: ignore[attr-defined]  # put there by the visit middleware
        "work_name": visit.user.work_name,
        "account_url": reverse("accounts:account"),
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
        "lock_url": reverse("accounts:lock"),
        "unlock_url": reverse("accounts:unlock"),
        "activity_url": reverse("accounts:activity"),
        "idle_minutes": int(IDLE.total_seconds() // 60),
    }


def _desks(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The desks of somebody admitted; who is still at a door has none yet."""
    if not actor.desks:
        return {}
    found: dict[str, Any] = {"nav": navigation.items(request, actor)}
    if actor.has_desk("hotline"):
        # Asked only by pages that show it: fragments that look again every few seconds do not.
        found["danger"] = SimpleLazyObject(lambda: danger_shown(actor))
        found["on_shift"] = SimpleLazyObject(lambda: rota_shown.bar(actor))
    if actor.has_desk(*DECOY_DESKS):
        found["alarms_url"] = navigation.address_of("rights:alarms")
    if actor.has_desk(*navigation.SEARCHING):
        found["search_url"] = navigation.address_of("people:search")
    if actor.has_desk("hotline"):
        found["calls_url"] = navigation.address_of("hotline:calls_now")
    return found


def danger_shown(actor: Actor) -> dict[str, Any]:  # Any: template variables
    """What is open now, and whether this page listens for alerts."""
    return {"dangers": danger.shown(actor), "is_alerted": hotline.is_alerted(actor)}
