"""The desk, the staff's front door, as a Django application."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Registers the front door under its own name."""

    name = "astra.sites.desk"
    label = "desk"
