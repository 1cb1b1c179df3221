"""The public site as a Django application."""

from django.apps import AppConfig


class Public(AppConfig):
    """Registers the templates of the public site; it keeps nothing of its own."""

    name = "astra.sites.public"
    label = "public"
