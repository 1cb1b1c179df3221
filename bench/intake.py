"""Are twenty contacts a second stored in time, for ten minutes, each with its words sealed?

Real processes, and eight counsellors' browsers that send the form of a contact over and over; each form is a contact of
its own. The time runs from sending the form until the server says that it is stored. `make bench-intake`: one minute in
the short form; SECONDS_OF_LOAD=600 for all; DATABASE=postgres on PostgreSQL.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import machine, say

import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connections

from astra.demo import second_factors
from astra.demo.cast import EVERYBODY, build
from astra.demo.visiting import Visit
from astra.hotline.models import Contact
from astra.kernel.clock import now
from bench.conversations import Browser
from bench.serving import ADDRESS, PORT, serve, sign_in

SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "60"))
A_SECOND, BROWSERS = 20, 12
COUNSELLORS = ("mira", "sanja", "jelena", "milena")
PROMISED_MS = 1000
SAID = "Pita za savet o ponudi za posao u inostranstvu i traži da je zovemo posle osam. " * 8


class Intake:
    """The forms that were sent, and how long each took."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.faults: Counter[int] = Counter()

    async def send(self, browser: Browser, fields: dict[str, str], due: float) -> None:
        """Send one form when it is due; who comes late has waited."""
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        own = {"draft_id": str(uuid4()), "window": str(uuid4()), "based_on": "0", "save": "1"}
        status, _ = await browser.ask("POST", "/contacts/new/", {**fields, **own}, Origin=ADDRESS)
        if status == 302:
            self.waited.append((time.perf_counter() - due) * 1000)
        else:
            self.faults[status] += 1


def seated() -> list[tuple[Browser, dict[str, str]]]:
    """Browsers of counsellors who have the form open in several windows, with what stands in it."""
    desks = [sign_in(next(person for person in EVERYBODY if person.key == key)) for key in COUNSELLORS]
    found = []
    for place in range(BROWSERS):
        desk: Visit = desks[place % len(desks)]
        desk.get("/contacts/new/")
        typed = {"kind": "about_someone", "caller_role": "citizen", "said": SAID, "caller_name": "Radmila"}
        fields = {**desk.fields(), **typed, "csrfmiddlewaretoken": desk.token}
        fields = {name: value for name, value in fields.items() if name not in ("is_paper", "save")}
        found.append((Browser(PORT, {held.name: held.value or "" for held in desk.cookies}), fields))
    return found


async def take_in(places: list[tuple[Browser, dict[str, str]]]) -> Intake:
    """So many forms a second, one after the other in each browser, whether or not the last was quick."""
    intake, begun = Intake(), time.perf_counter() + 1

    async def sit(place: int) -> None:
        browser, fields = places[place]
        for number in range(place, SECONDS * A_SECOND, len(places)):
            await intake.send(browser, fields, begun + number / A_SECOND)

    await asyncio.gather(*(sit(place) for place in range(len(places))))
    return intake


def main() -> int:
    """Found an organisation, open it, take contacts in."""
    print(f"contacts taken in, {machine()}, {connections['default'].vendor}, {A_SECOND} a second for {SECONDS} s")
    build()
    second_factors.set_up([person.key for person in EVERYBODY])
    get_user_model().objects.filter(codes_noted_at=None).update(codes_noted_at=now())
    connections.close_all()
    server = serve()
    try:
        intake = asyncio.run(take_in(seated()))
    finally:
        server.terminate()
        server.wait(60)
    stored = Contact.objects.count()
    ordered = statistics.quantiles(intake.waited, n=100)
    say("contacts stored", stored, "")
    say("half within", ordered[49], "ms")
    say("95 of 100 within", ordered[94], "ms", PROMISED_MS)
    say("the slowest", max(intake.waited), "ms")
    say("acknowledged and not stored, or stored twice", abs(len(intake.waited) - stored), "", 0)
    for status, times in intake.faults.items():
        print(f"    {times} forms answered with {status}")
    return 1 if ordered[94] > PROMISED_MS or len(intake.waited) != stored or intake.faults else 0


if __name__ == "__main__":
    sys.exit(main())
