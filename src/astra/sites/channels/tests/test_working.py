"""Is everything stored once and sent once, whatever a provider does? It repeats, mixes up, refuses, goes away.

One suite for every channel: an unruly provider in place of the real one, which a real one is never worse than. What the
real ones do is tested beside each of them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import services
from astra.hotline.models import Conversation, Outgoing, ProvedChannel, Receipt
from astra.hotline.rules import channels as rules
from astra.hotline.rules.channels import Inbound, Letter
from astra.hotline.services import receiving
from astra.hotline.tests.corresponding import SITE, answered, mail, marked_safe, states, texts
from astra.kernel.clock import now
from astra.sites.channels import checking
from astra.sites.channels.checking import check_channel
from astra.sites.channels.providers import Abilities, Arrived, Gone, Later, NotTaken, Provider, Told, Unsure
from astra.sites.channels.settings import ChannelSettings
from astra.sites.channels.working import Connected, send_out, take_in

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
OURS = "Dodjite sutra u podne."


@dataclass
class Unruly:
    """A provider that does what providers do."""

    channel: str
    seed: int = 1
    waiting: list[Inbound] = field(default_factory=list)
    moods: list[Exception] = field(default_factory=list)
    delivered: list[Letter] = field(default_factory=list)
    gone_after: int | None = None
    stored: int = 0
    loops: bool = False
    """Whether what is sent to our own address comes back, as it should."""

    can = Abilities(files=True)

    def receive(self) -> Iterator[Arrived]:
        chance = random.Random(self.seed)
        self.seed += 1
        offered = [one for one in self.waiting if chance.random() > 0.2] * 2
        chance.shuffle(offered)
        for count, one in enumerate(offered):
            if self.gone_after is not None and count >= self.gone_after:
                raise Gone("the line is dead")
            yield Arrived(lambda one=one: self._forget(one), one)  # type: ignore[misc]  # a bound name

    def _forget(self, one: Inbound) -> None:
        self.stored += 1
        if one in self.waiting and self.stored % 3:  # every third acknowledgement is lost
            self.waiting.remove(one)

    def send(self, letter: Letter) -> None:
        mood = self.moods.pop(0) if self.moods else None
        if mood is not None and not isinstance(mood, Unsure):
            raise mood
        self.delivered.append(letter)
        if self.loops:
            self.waiting.append(Inbound(self.channel, uuid4().hex, letter.address, letter.text, now()))
        if mood is not None:
            raise mood

    def told(self) -> Iterator[Told]:
        return iter(())


@pytest.fixture(params=rules.PROVIDED)
def one(request: pytest.FixtureRequest) -> Connected:
    """Each channel, with an unruly provider."""
    unruly: Provider = Unruly(request.param)
    return Connected(ChannelSettings(request.param, {"address": "nas@primer.example"}), unruly)


def unruly(one: Connected) -> Unruly:
    assert isinstance(one.provider, Unruly)
    return one.provider


def hers(channel: str, number: int, text: str) -> Inbound:
    address = f"+3816000011{number % 3}" if channel in rules.BY_NUMBER else f"osoba-{number % 3}"
    return replace(mail(text), channel=channel, address=address)


def in_conversation(cast: Cast, one: Connected, reply: str) -> UUID:
    """Somebody wrote through the channel, and has said how she may be written back to."""
    services.receive(actor=cast.actor("mira"), inbound=hers(one.told.channel, 0, "Pomoc"), desk=one.desk)
    found: UUID = Conversation.objects.get().pk
    marked_safe(cast, found, reply)
    return found


def test_what_comes_twice_mixed_up_and_with_gaps_is_stored_once(cast: Cast, one: Connected) -> None:
    sent = [hers(one.told.channel, number, f"Poruka {number}") for number in range(12)]
    unruly(one).waiting = list(sent)
    for attempt in range(60):
        unruly(one).gone_after = 3 if attempt % 2 else None
        try:
            take_in(one)
        except Gone:
            continue
        if not unruly(one).waiting:
            break
    assert unruly(one).waiting == []
    assert Receipt.objects.count() == 12
    assert Conversation.objects.count() == 3
    stored = [text for row in Conversation.objects.all() for text in texts(cast, row.pk)]
    assert sorted(stored) == sorted(message.text for message in sent)


def test_what_could_not_be_stored_is_not_acknowledged(one: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    unruly(one).waiting = [hers(one.told.channel, 0, "Poruka")]
    with monkeypatch.context() as patched:
        patched.setattr(receiving, "_save_talk", _power_cut)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                _take_in_on_and_on(one)
    assert (unruly(one).stored, Receipt.objects.count(), Conversation.objects.count()) == (0, 0, 0)
    while unruly(one).waiting:
        take_in(one)
    assert Receipt.objects.count() == Conversation.objects.count() == 1


def _take_in_on_and_on(one: Connected) -> None:
    while True:
        take_in(one)


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def test_busy_and_away_are_tried_again_and_delivered_once(cast: Cast, one: Connected) -> None:
    own = services.begin_postman(site=SITE)
    conversation = in_conversation(cast, one, "words")
    unruly(one).moods = [Later(rules.BUSY, timedelta(seconds=90)), Later(rules.AWAY), Later(rules.NO_SIGN_IN)]
    answered(cast, conversation, OURS)
    for expected in ("busy", "away", "no_sign_in"):
        assert send_out(own, [one]) == 1
        assert states() == [("waiting", expected)]
        assert send_out(own, [one]) == 0, "not before its time"
        Outgoing.objects.update(next_at=now())
    send_out(own, [one])
    assert send_out(own, [one]) == 0
    assert states() == [("sent", "")]
    assert [letter.text for letter in unruly(one).delivered] == [OURS]


def test_what_is_refused_or_open_is_said_and_not_repeated(cast: Cast, one: Connected) -> None:
    own = services.begin_postman(site=SITE)
    conversation = in_conversation(cast, one, "words")
    unruly(one).moods = [NotTaken(rules.REFUSED), Unsure()]
    answered(cast, conversation, "Jedan")
    send_out(own, [one])
    answered(cast, conversation, "Dva")
    send_out(own, [one])
    for _ in range(3):
        send_out(own, [one])
    assert states() == [("failed", "refused"), ("failed", "unsure")]
    assert [letter.text for letter in unruly(one).delivered] == ["Dva"]


def test_by_default_no_word_of_ours_reaches_the_provider(cast: Cast, one: Connected) -> None:
    own = services.begin_postman(site=SITE)
    answered(cast, in_conversation(cast, one, "notice"), OURS)
    send_out(own, [one])
    (letter,) = unruly(one).delivered
    assert OURS not in letter.text + letter.subject
    assert letter.text.startswith("Imate novu poruku.")


def test_a_channel_is_proved_only_by_what_comes_back(one: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "connect", lambda _told: one)
    monkeypatch.setattr(checking, "LOOK_EVERY_S", 0.01)
    heard: list[str] = []
    unruly(one).moods = [Later(rules.NO_SIGN_IN)]
    assert not check_channel(one.told, wait_s=0.2, say=heard.append)
    assert "password" in heard[-1]
    assert not check_channel(one.told, wait_s=0.2, say=heard.append)
    assert "NOT proved" in heard[-1]
    assert not services.is_proved(one.told.channel, one.told.digest)
    unruly(one).loops = True
    assert check_channel(one.told, wait_s=5, say=heard.append)
    assert services.is_proved(one.told.channel, one.told.digest)
    assert not services.is_proved(one.told.channel, ChannelSettings(one.told.channel, {"line": "x"}).digest)
    assert Conversation.objects.count() == 0, "our own word is nobody's message"
    ProvedChannel.objects.update(proved_at=None, probe_until=now() - timedelta(seconds=1))
    while unruly(one).waiting:
        take_in(one)
    assert not services.is_proved(one.told.channel, one.told.digest)


def test_where_it_cannot_write_to_itself_a_person_proves_it(one: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "connect", lambda _told: one)
    monkeypatch.setattr(checking, "LOOK_EVERY_S", 0.01)
    unruly(one).can = Abilities(writes_to_itself=False)

    def say(text: str) -> None:
        word = rules.PROBE.search(text)
        if word is not None:
            unruly(one).waiting.append(hers(one.told.channel, 1, f"Evo: {word[0]}"))

    assert check_channel(one.told, wait_s=5, say=say)
    assert unruly(one).delivered == []


def test_a_channel_without_a_way_out_says_so_at_once(cast: Cast, one: Connected) -> None:
    own = services.begin_postman(site=SITE)
    answered(cast, in_conversation(cast, one, "words"), OURS)
    assert send_out(own, []) == 0
    assert states() == [("failed", "no_way")]
