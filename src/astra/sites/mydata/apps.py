"""The page of one's own data as a Django application."""

from django.apps import AppConfig


class MyData(AppConfig):
    """Registers its templates; it keeps nothing of its own."""

    name = "astra.sites.mydata"
    label = "mydata"
