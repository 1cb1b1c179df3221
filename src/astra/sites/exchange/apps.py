"""The exchange as a Django application."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """Registers the front door under its own name."""

    name = "astra.sites.exchange"
    label = "exchange"
