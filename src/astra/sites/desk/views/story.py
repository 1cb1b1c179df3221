"""The whole story of a file on one page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from astra.accounts.access import DeskRequest, desk
from astra.sites.desk import story_shown


@desk("cases")
@require_GET
def story(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What happened, what was wanted, what was given, how it ended and began again."""
    return render(request, "desk/story.html", story_shown.story(request.actor, case_id))
