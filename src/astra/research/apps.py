"""The research room as a Django application."""

from django.apps import AppConfig


class Room(AppConfig):
    """Registers the room under its own name."""

    name = "astra.research"
    label = "research"
