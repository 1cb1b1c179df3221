"""How are channels kept going? Each is listened to and written to for ever; what fails is tried again after a pause.

Nothing here holds a reading key. What was said goes in sealed (`hotline.services.receive`), what goes out was sealed to
this process by the colleague who answered. A provider hears that a message is stored only after it is.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from astra.hotline import services
from astra.hotline.rules import channels as rules
from astra.kernel.errors import AstraError
from astra.sites.channels.mail import Email
from astra.sites.channels.messengers import APIS, Messenger
from astra.sites.channels.providers import Arrived, Gone, Later, NotConfigured, NotTaken, Provider, Unsure
from astra.sites.channels.settings import ChannelSettings, Settings, read_settings
from astra.sites.channels.signal_cli import Signal
from astra.sites.channels.sms import Sms
from astra.vault.actor import system

LOOK_EVERY_S, SEND_EVERY_S, SAY_EVERY_S = 3.0, 1.0, 30.0
LOOKS = {rules.EMAIL: 15.0}
"""A mail server would mind being asked as often as a folder."""
PAUSES_S = (2.0, 5.0, 15.0, 60.0)
MADE: dict[str, Callable[[ChannelSettings], Provider]] = {
    rules.EMAIL: Email,
    rules.SMS: Sms,
    rules.SIGNAL: Signal,
    **dict.fromkeys(APIS, Messenger),
}
log = logging.getLogger(__name__)


@dataclass
class Connected:
    """A channel as it is connected here."""

    told: ChannelSettings
    provider: Provider
    tries: int = 0
    next_at: float = field(default=0.0)

    @property
    def desk(self) -> services.Desk:
        """Where its messages go."""
        return services.Desk(self.told.line, self.told.language)


def connect(told: ChannelSettings) -> Connected:
    """The provider that settings name."""
    if told.channel not in MADE:
        raise NotConfigured(f"[{told.channel}] has no process of its own")
    return Connected(told, MADE[told.channel](told))


def connected(told: Settings) -> list[Connected]:
    """Every channel with its provider."""
    return [connect(one) for one in told.channels]


def take_in(one: Connected) -> int:
    """Store what waits at a provider, acknowledging each after it is stored. Returns how many were new."""
    count = 0
    for arrived in one.provider.receive():
        try:
            count += _store(one, arrived)
        except AstraError as error:  # it would be refused for ever: it stays at the provider, the others go on
            log.warning("%s: a message was not stored: %s", one.told.channel, type(error).__name__)
            continue
        arrived.acknowledge()
    return count


def _store(one: Connected, arrived: Arrived) -> int:
    if arrived.returned is not None:
        services.note_returned(arrived.returned)
    if arrived.inbound is None or services.take_probe(inbound=arrived.inbound):
        return 0
    return int(services.receive(actor=system(), inbound=arrived.inbound, desk=one.desk))


def take_in_for_ever(one: Connected, ending: Event) -> None:
    """Look every few seconds; less often at a provider that does not answer."""
    while not ending.is_set():
        close_old_connections()
        try:
            more = take_in(one)
            one.tries, pause = 0, 0.0 if more else LOOKS.get(one.told.channel, LOOK_EVERY_S)
        except (Gone, NotConfigured) as error:
            pause = _pause(one)
            log.warning("%s does not answer: %s", one.told.channel, error)
        except DatabaseError as error:
            pause = _pause(one)
            log.warning("%s: what came could not be stored: %s", one.told.channel, type(error).__name__)
        ending.wait(pause)


def _pause(one: Connected) -> float:
    one.tries = min(one.tries + 1, len(PAUSES_S))
    return PAUSES_S[one.tries - 1]


def send_out(own: services.PostmanKeys, channels: Sequence[Connected]) -> int:
    """Hand over what is due, and hear what became of earlier letters. Returns how many letters were handed over."""
    by_name = {one.told.channel: one for one in channels if one.provider.can.sends}
    count = 0
    for letter_id, channel in services.waiting_letters(own):
        if channel not in by_name:
            services.note_refused(letter_id, rules.NO_WAY)
            continue
        letter = services.hand_over_letter(own, letter_id)
        if letter is not None:
            _send(by_name[channel], letter)
            count += 1
    for one in by_name.values():
        for told in one.provider.told():
            services.note_told(told.letter_id, is_sent=told.is_sent)
            told.acknowledge()
    return count


def _send(one: Connected, letter: rules.Letter) -> None:
    from_id = rules.id_of(letter)
    try:
        one.provider.send(letter)
    except Later as error:
        services.note_later(from_id, error.reason, error.after)
    except NotTaken as error:
        services.note_refused(from_id, error.reason)
    except NotConfigured:
        services.note_later(from_id, rules.NO_SIGN_IN)
    except Unsure:
        services.note_refused(from_id, rules.UNSURE)
    else:
        if not one.provider.can.tells_later:
            services.note_sent(from_id)


def work(ending: Event) -> None:
    """Listen and send until the end."""
    told = read_settings()
    channels = connected(told)
    if not channels:
        raise NotConfigured(
            f"No channel is connected. docs/howto/channels.md says how: {settings.ENV.home}/channels.toml"
        )
    own = services.begin_postman(site=told.site)
    looked_at = [one for one in channels if one.provider.can.receives]
    threads = [threading.Thread(target=_listen, args=(one, ending), name=one.told.channel) for one in looked_at]
    for thread in threads:
        thread.start()
    try:
        _send_for_ever(own, channels, ending)
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def _listen(one: Connected, ending: Event) -> None:
    try:
        take_in_for_ever(one, ending)
    finally:
        ending.set()
        connections.close_all()


def _send_for_ever(own: services.PostmanKeys, channels: Sequence[Connected], ending: Event) -> None:
    said_at = 0.0
    while not ending.is_set():
        close_old_connections()
        try:
            if time.monotonic() - said_at > SAY_EVERY_S:
                if not services.is_on_duty(own):
                    log.warning("another process sends now: this one ends")
                    return
                said_at = time.monotonic()
            send_out(own, channels)
        except DatabaseError as error:
            log.warning("nothing could be sent: %s", type(error).__name__)
        ending.wait(SEND_EVERY_S)
