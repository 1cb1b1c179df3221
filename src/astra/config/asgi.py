"""The door for sockets."""

import importlib
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()
application = importlib.import_module("astra.sites.bell.doors").application  # once Django is set up
