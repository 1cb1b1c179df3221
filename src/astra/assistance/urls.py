"""Which addresses does the assistance room have? Ids only, never a name or a word."""

from django.urls import URLPattern

app_name = "assistance"

urlpatterns: list[URLPattern] = []
