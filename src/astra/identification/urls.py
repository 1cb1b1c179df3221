"""Which addresses does the identification room have? Ids only, never a name or a word."""

from django.urls import URLPattern

app_name = "identification"

urlpatterns: list[URLPattern] = []
