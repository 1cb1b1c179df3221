"""Which addresses exist? The front doors, each with the rooms behind it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
