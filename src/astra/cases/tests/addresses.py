"""The whole site, with the room's pages in their place."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/", include("astra.cases.urls")),
    path("", include("astra.config.urls")),
]
