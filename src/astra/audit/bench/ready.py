"""Make Django ready; imported before any room is."""

import django

django.setup()
