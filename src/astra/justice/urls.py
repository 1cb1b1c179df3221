"""Which addresses does the justice room have? Ids only, never a name or a word."""

from django.urls import URLPattern

app_name = "justice"

urlpatterns: list[URLPattern] = []
