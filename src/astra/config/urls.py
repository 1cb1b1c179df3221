"""Which addresses exist? The front doors, each with the rooms behind it."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("astra.sites.desk.urls"))]
