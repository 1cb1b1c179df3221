"""Do e-mail and SMS work in a whole installation, and is nothing lost or doubled when the listener is killed?

A real Dovecot, a real SMTP server and a real gammu-smsd with its dummy telephone stand beside a real installation. The
process that listens and sends is killed again and again while mail and SMS come in; in the end each is stored once.
"""

import json
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from astra.sites.channels.tests.servers import until
from tests.channels.office import Connected, connected, written

KILLS = int(os.environ.get("KILLS", "5"))
pytestmark = pytest.mark.service
NUMBERS = [f"+3816000011{digit}" for digit in range(5)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connected]:
    with connected(tmp_path_factory.mktemp("channels")) as made:
        yield made


def test_a_channel_is_proved_by_a_real_round_trip(office: Connected) -> None:
    wrong = office.place.home / "keys" / "channel-imap"
    right = wrong.read_text(encoding="utf-8")
    wrong.write_text("pogresna", encoding="utf-8")
    said = office.check("email")
    assert said.returncode == 1
    assert "receiving does NOT work" in said.stdout
    wrong.write_text(right, encoding="utf-8")
    said = office.check("email")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "The channel is proved and offered" in said.stdout
    assert office.place.ask("select channel from hotline_provedchannel where proved_at is not null") == [("email",)]
    assert office.count("select count(*) from hotline_conversation") == 0
    assert office.mailbox.waiting() == 0


def test_nothing_is_lost_or_doubled_when_the_listener_is_killed(office: Connected) -> None:
    mails = [written(f"Pismo broj {number}", f"osoba{number % 7}@primer.example") for number in range(40)]
    before = office.count("select count(*) from hotline_receipt")
    chance = random.Random(7)
    for kill in range(KILLS):
        opened = office.logins()
        office.begin()
        for raw in mails[kill * 40 // KILLS : (kill + 1) * 40 // KILLS]:
            office.mailbox.deliver(raw)
            if chance.random() < 0.3:
                office.mailbox.deliver(raw)  # delivered twice, as it happens
        office.modem.arrives(NUMBERS[kill % 5], f"SMS broj {kill} ћ")
        until(lambda: office.logins() > opened, 60)  # noqa: B023  (called within this turn)
        time.sleep(chance.uniform(0.0, 1.2))
        office.kill()
    office.begin()
    until(lambda: office.mailbox.waiting() == 0, 120)
    office.modem.end()
    office.modem.begin()  # its dummy telephone looks only when it begins
    until(lambda: office.count("select count(*) from hotline_receipt") - before == 40 + KILLS, 60)
    office.kill()
    assert office.modem.files("inbox") == []
    assert office.count("select count(*) from hotline_talk") == 40 + KILLS
    assert office.count("select count(*) from hotline_conversation") == 7 + min(KILLS, 5)
    told = json.loads(office.place.program("tests.channels.reading"))
    letters = sorted(int(found[1]) for text in told if (found := re.search(r"Pismo broj (\d+)", text)))
    messages = sorted(int(found[1]) for text in told if (found := re.search(r"SMS broj (\d+) ћ", text)))
    assert letters == list(range(40))
    assert messages == list(range(KILLS))


def test_an_answer_goes_out_as_a_notice_through_both(office: Connected) -> None:
    office.begin()
    until(lambda: office.place.ask("select seen_at from hotline_postman") != [], 30)
    sent = json.loads(office.place.program("tests.channels.answering"))
    assert set(sent) == {"email", "sms"}
    until(lambda: not office.place.ask("select 1 from hotline_outgoing where state <> 'sent'"), 60)
    assert office.place.ask("select count(*) from hotline_outgoing where length(sealed) > 0") == [(0,)]
    mail = office.office.taken[-1]
    assert mail["Subject"] == "Poruka"
    body = mail.get_payload(decode=True).decode()
    assert "https://primer.example/sr/b/" in body
    assert "Odgovor" not in body
    assert office.modem.files("sent") == office.modem.files("outbox") == []
    assert "Odgovor" not in Path(office.place.log).read_text(encoding="utf-8")
