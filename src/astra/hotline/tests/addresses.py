"""Which addresses do the tests of the hotline's pages use? The desk's, and a page for a person's file."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def somebody(request: HttpRequest, person_id: object) -> HttpResponse:
    """Stands for the page of a person's file."""
    return HttpResponse("")


urlpatterns = [
    path("", include("astra.sites.desk.urls")),
    path("people/", include(([path("<uuid:person_id>/", somebody, name="person")], "people"))),
]
