"""Does a channel work? A message goes out to ourselves and has to come back: nothing less is a proof.

Each step says in plain words how it went. While it waits it takes in what else comes, as the listening process does.
"""

import time
from collections.abc import Callable
from uuid import uuid4

from astra.hotline import services
from astra.hotline.rules.channels import Letter
from astra.sites.channels.providers import Gone, Later, NotConfigured, NotTaken, Provider, Unsure
from astra.sites.channels.settings import ChannelSettings
from astra.sites.channels.working import Connected, connect, take_in
from astra.vault.actor import system

LOOK_EVERY_S = 2.0
WHY = {
    "away": "the server does not answer, or its certificate is not valid",
    "busy": "the server says: not now",
    "refused": "the server refuses it: is the address right, and may we send from it?",
    "no_sign_in": "the server refuses our name or password",
}
Say = Callable[[str], None]


def check_channel(told: ChannelSettings, *, wait_s: float, say: Say) -> bool:
    """Send a word to ourselves and wait for it; says how each step went. Returns whether it came back."""
    try:
        one = connect(told)
        taken = take_in(one)
    except (NotConfigured, Gone) as error:
        say(f"{told.channel}: receiving does NOT work: {error}")
        return False
    say(f"{told.channel}: receiving works ({taken} new).")
    if not told.shown:
        say(f'{told.channel}: NOT proved: say our own address there (number = "...") so that a message can come back.')
        return False
    return _round_trip(one, wait_s, say)


def _round_trip(one: Connected, wait_s: float, say: Say) -> bool:
    channel = one.told.channel
    word = services.begin_probe(actor=system(), channel=channel, settings=one.told.digest)
    if not one.provider.can.writes_to_itself:
        say(f'{channel}: write "{word}" to {one.told.shown} from a telephone of yours, now.')
        return _is_back(one, wait_s, say)
    problem = _sent(one.provider, Letter(str(uuid4()), one.told.shown, word, "Proba"))
    if problem:
        say(f"{channel}: sending does NOT work: {problem}.")
        return False
    say(f"{channel}: sent to ourselves; waiting until it comes back (at most {wait_s:.0f} s) ...")
    return _is_back(one, wait_s, say)


def _is_back(one: Connected, wait_s: float, say: Say) -> bool:
    channel, began = one.told.channel, time.monotonic()
    while time.monotonic() - began < wait_s:
        try:
            take_in(one)
        except Gone as error:
            say(f"{channel}: receiving does NOT work: {error}")
            return False
        for told in one.provider.told():
            services.note_told(told.letter_id, is_sent=told.is_sent)
            told.acknowledge()
        if services.is_proved(channel, one.told.digest):
            say(f"{channel}: it is back after {time.monotonic() - began:.0f} s. The channel is proved and offered.")
            return True
        time.sleep(LOOK_EVERY_S)
    say(f"{channel}: NOT proved: it did not come back within {wait_s:.0f} s.")
    return False


def _sent(provider: Provider, letter: Letter) -> str:
    """Send; returns what is wrong in plain words, blank if nothing."""
    try:
        provider.send(letter)
    except (Later, NotTaken) as error:
        return WHY.get(error.reason, error.reason)
    except Unsure:
        return "the connection broke while it was sent"
    except NotConfigured as error:
        return str(error)
    return ""
