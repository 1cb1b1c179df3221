"""What does every desk page need around its content? The way home, the lock, who is signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from astra.accounts.doors import visit_of
from astra.accounts.rules.visits import IDLE


def desk(request: HttpRequest) -> dict[str, Any]:  # Any: template variables of every type
    """The variables of `desk/base.html`; a locked or signed-out page gets only the way home."""
    visit = visit_of(request)
    if visit is None or not bytes(visit.wrapped):
        return {"home_url": reverse("desk:home")}
    return {
        "home_url": reverse("desk:home"),
        "work_name": visit.user.work_name,
        "account_url": reverse("accounts:account"),
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
        "lock_url": reverse("accounts:lock"),
        "unlock_url": reverse("accounts:unlock"),
        "activity_url": reverse("accounts:activity"),
        "idle_minutes": int(IDLE.total_seconds() // 60),
    }
