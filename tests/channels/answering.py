"""Answers one conversation of each channel in an installation, by a notice; run as a program of its own."""
# ruff: noqa: E402  (Django is set up before a room is imported)

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()

from astra.hotline import selectors, services
from tests.seizure.plant import actor_of


def main() -> None:
    """Say that it is safe, and answer; print the channels."""
    mira = actor_of("mira")
    firsts = {line.channel: line.id for line in selectors.queue(mira)}
    for conversation in firsts.values():
        services.choose_reply(actor=mira, conversation_id=conversation, reply="notice")
        services.answer(actor=mira, conversation_id=conversation, text="Odgovor sa reči", mark=uuid4())
    sys.stdout.write(json.dumps(list(firsts)))


if __name__ == "__main__":
    main()
