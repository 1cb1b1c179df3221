"""Does e-mail really come and go? Against a real Dovecot and a real SMTP server, with TLS, on the loopback."""

from collections.abc import Iterator
from pathlib import Path
from ssl import SSLCertVerificationError
from uuid import uuid4

import pytest

from astra.hotline.rules.channels import Letter
from astra.sites.channels.mail import IMAP_PASSWORD, SMTP_PASSWORD, Email
from astra.sites.channels.providers import Gone, Later, NotConfigured, NotTaken, Unsure
from astra.sites.channels.settings import ChannelSettings, read_server
from astra.sites.channels.tests.servers import (
    PASSWORD,
    USER,
    Mailbox,
    PostOffice,
    folder_of_servers,
    make_certificate,
    post_office,
)
from astra.sites.channels.tests.test_mail_reading import raw
from astra.vault.services.secret_files import secret_path


class Post:
    """A mailbox and a post office, and our side of both."""

    def __init__(self, folder: Path) -> None:
        self.trust = make_certificate(folder)
        self.mailbox = Mailbox(folder)
        self.mailbox.begin()
        self.office = PostOffice(None)

        self.port = 0

    def email(self, **changed: object) -> Email:
        """Our side."""
        return Email(ChannelSettings("email", self.told() | changed), self.trust)

    def told(self) -> dict[str, object]:
        """The settings."""
        return {
            "imap": f"imaps://{USER}@localhost:{self.mailbox.port_tls}/INBOX",
            "smtp": f"smtp+starttls://{USER}@localhost:{self.port}",
            "from": f"{USER}@primer.example",
        }


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with folder_of_servers() as folder:
        made = Post(folder)
        with post_office(folder, made.mailbox) as (office, port):
            made.office, made.port = office, port
            yield made
        made.mailbox.end()


@pytest.fixture(autouse=True)
def _passwords(post: Post) -> None:
    for name in (IMAP_PASSWORD, SMTP_PASSWORD):
        secret_path(name).parent.mkdir(parents=True, exist_ok=True)
        secret_path(name).write_text(PASSWORD + "\n", encoding="utf-8")
    post.office.moods.clear()
    for arrived in post.email().receive():
        arrived.acknowledge()


def letter(address: str = "ana@primer.example", text: str = "Imate poruku.") -> Letter:
    return Letter(str(uuid4()), address, text, "Poruka")


@pytest.mark.parametrize("move_to", ["", "Obradjeno"])
@pytest.mark.parametrize(
    "way", ["imaps://{u}@localhost:{t}", "imap+starttls://{u}@localhost:{p}", "imap://{u}@127.0.0.1:{p}"]
)
def test_a_mail_stays_until_it_is_acknowledged(post: Post, way: str, move_to: str) -> None:
    email = post.email(imap=way.format(u=USER, t=post.mailbox.port_tls, p=post.mailbox.port), move_to=move_to)
    before = post.mailbox.waiting("Obradjeno")
    post.mailbox.deliver(raw("Jedan"))
    post.mailbox.deliver(raw("Dva"))
    found = [one.inbound.text for one in email.receive() if one.inbound]
    assert found == ["Molim\n\nJedan", "Molim\n\nDva"]
    for arrived in email.receive():
        arrived.acknowledge()
    assert list(email.receive()) == []
    assert post.mailbox.waiting() == 0
    assert post.mailbox.waiting("Obradjeno") - before == (2 if move_to else 0)


def test_a_mailbox_that_is_away_or_refuses_us_is_said_without_a_name(post: Post) -> None:
    secret_path(IMAP_PASSWORD).write_text("pogresna", encoding="utf-8")
    with pytest.raises(Gone) as told:
        list(post.email().receive())
    assert USER not in str(told.value)
    with pytest.raises(Gone):
        list(post.email(imap=f"imaps://{USER}@localhost:1/").receive())


def test_a_certificate_that_nobody_vouches_for_is_refused(post: Post) -> None:
    stranger = Email(ChannelSettings("email", post.told()))
    with pytest.raises(Gone) as told:
        list(stranger.receive())
    assert isinstance(told.value.__cause__, SSLCertVerificationError)
    with pytest.raises(Later):
        stranger.send(letter())


def test_a_letter_is_sent_encrypted_and_tells_nothing_of_us(post: Post) -> None:
    sent = letter()
    post.email().send(sent)
    mail = post.office.taken[-1]
    assert mail["To"] == sent.address
    assert mail["Subject"] == "Poruka"
    assert mail["Message-ID"] == f"<{sent.id}@primer.example>"
    assert mail.get_payload(decode=True).decode().strip() == sent.text
    assert set(mail.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip
    assert "astra" not in post.office.raw[-1].decode().lower()


def test_letters_in_every_script_arrive(post: Post) -> None:
    for text in ("Имате нову поруку", "لديك رسالة جديدة", "Čeka vas poruka – pročitajte"):
        post.email().send(letter(text=text))
        assert post.office.taken[-1].get_payload(decode=True).decode().strip() == text


@pytest.mark.parametrize(
    ("mood", "error", "reason"),
    [
        ("451 try later", Later, "busy"),
        ("421 closing", Later, "away"),
        ("550 no such user", NotTaken, "refused"),
    ],
)
def test_what_the_server_says_is_understood(post: Post, mood: str, error: type[Later], reason: str) -> None:
    post.office.moods[:] = [mood]
    with pytest.raises(error) as told:
        post.email().send(letter())
    assert told.value.reason == reason


def test_an_answer_that_is_lost_leaves_it_open(post: Post) -> None:
    post.office.moods[:] = ["lose the answer"]
    before = len(post.office.taken)
    with pytest.raises(Unsure):
        post.email().send(letter())
    assert len(post.office.taken) == before + 1


def test_a_wrong_password_or_no_server_is_tried_later(post: Post) -> None:
    secret_path(SMTP_PASSWORD).write_text("pogresna", encoding="utf-8")
    with pytest.raises(Later) as told:
        post.email().send(letter())
    assert told.value.reason == "no_sign_in"
    with pytest.raises(Later) as told:
        post.email(smtp="smtps://localhost:1").send(letter())
    assert told.value.reason == "away"


def test_an_address_that_would_be_two_is_sent_to_nobody(post: Post) -> None:
    before = len(post.office.taken)
    for address in ("ana@primer.example\r\nBcc: zlo@primer.example", "ana@primer.example>,<zlo@primer.example"):
        with pytest.raises((NotTaken, Later)):
            post.email().send(letter(address))
    assert len(post.office.taken) == before


def test_only_encrypted_servers_or_this_machine() -> None:
    assert read_server("imap://a@127.0.0.1:1143/X").folder == "X"
    for told in ("imap://a@posta.example", "smtp://posta.example", "imaps://a:lozinka@posta.example", "pop3s://a@b"):
        with pytest.raises(NotConfigured):
            read_server(told)
