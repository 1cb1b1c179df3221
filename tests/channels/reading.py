"""Prints what a colleague reads in every conversation of an installation; run as a program of its own."""
# ruff: noqa: E402  (Django is set up before a room is imported)

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()

from astra.hotline import selectors
from tests.seizure.plant import actor_of


def main() -> None:
    """Read everything."""
    mira = actor_of("mira")
    texts = [one.text for line in selectors.queue(mira) for one in selectors.exchange(mira, line.id).messages]
    sys.stdout.write(json.dumps([text for text in texts if text]))


if __name__ == "__main__":
    main()
