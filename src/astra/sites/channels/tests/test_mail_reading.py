"""Is a mail read rightly, whatever it is made of?"""

import random
from email.message import EmailMessage
from uuid import uuid4

import pytest

from astra.sites.channels.mail_reading import LEFT_OUT, read_mail, without_quotes, words_of_html


def raw(body: str = "Treba mi pomoć.", *, subject: str = "Molim", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Izmišljena <ana@primer.example>"
    mail["To"] = "pomoc@primer.example"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@primer.example>"
    mail["Date"] = "Sun, 22 Nov 2026 20:15:00 +0100"
    mail.set_content(body)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    return mail.as_bytes()


def read(data: bytes) -> str:
    found = read_mail(data).inbound
    assert found is not None
    return found.text


def test_a_plain_mail() -> None:
    found = read_mail(raw()).inbound
    assert found is not None
    assert (found.address, found.text) == ("ana@primer.example", "Molim\n\nTreba mi pomoć.")
    assert f"{found.at:%H:%M %z}" == "20:15 +0100"
    assert (found.is_automatic, found.is_cut, found.files) == (False, False, ())


def test_the_same_mail_delivered_twice_has_one_name_and_another_one_another() -> None:
    once = b"Received: by one.example\r\n" + raw()
    twice = b"Received: by two.example\r\n" + raw()
    names = [found.message_id for found in (read_mail(one).inbound for one in (once, twice, raw("Drugo"))) if found]
    assert names[0] == names[1] != names[2]


def test_words_of_html_without_its_tags() -> None:
    html = "<html><head><style>p {x}</style></head><body><p>Prvi&nbsp;red</p><p>Drugi<br>treći</p><script>z()</script>"
    assert words_of_html(html) == "Prvi red\n\nDrugi\ntreći"
    mail = EmailMessage()
    mail["From"] = "ana@primer.example"
    mail.set_content("<p>Samo <b>ovde</b></p>", subtype="html")
    assert read(mail.as_bytes()) == "Samo ovde"


def test_an_earlier_mail_at_the_end_is_left_out_visibly_and_nothing_else_is() -> None:
    assert (
        without_quotes("Hvala.\n\nOn Sun, 22 Nov 2026, pomoc wrote:\n> Dobar dan\n> kako ste\n")
        == f"Hvala.\n\n{LEFT_OUT}"
    )
    between = "> Gde ste?\nU kući.\n> Ko je tu?\nNiko."
    assert without_quotes(between) == between
    below = "> Gde ste?\n\nOvde dole pišem."
    assert without_quotes(below) == below


@pytest.mark.parametrize(
    ("charset", "text"),
    [("cp1250", "žrtva ćuti šta"), ("koi8-r", "помогите мне"), ("utf-8", "مساعدة"), ("x-unknown", "zdravo")],
)
def test_whatever_the_character_set(charset: str, text: str) -> None:
    body = text.encode(charset if charset != "x-unknown" else "ascii")
    data = b"From: a@primer.example\r\nContent-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n" + body
    assert read(data) == text


def test_a_lie_about_the_character_set_loses_nothing() -> None:
    data = b"From: a@primer.example\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + "čekam".encode("cp1250")
    assert read(data) == "čekam"


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<novosti.primer.example>"},
        {"List_Unsubscribe": "<mailto:x@primer.example>"},
        {"Return_Path": "<>"},
    ],
)
def test_what_a_machine_sent_is_known(header: dict[str, str]) -> None:
    found = read_mail(raw(**header)).inbound
    assert found is not None
    assert found.is_automatic


def test_a_person_is_no_machine() -> None:
    found = read_mail(raw(Auto_Submitted="no")).inbound
    assert found is not None
    assert not found.is_automatic


def report(action: str, letter: str) -> bytes:
    return f"""From: MAILER-DAEMON@primer.example\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
Ne može.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; primer.example\r
\r
Final-Recipient: rfc822; nema@primer.example\r
Action: {action}\r
Status: 5.1.1\r
\r
--b\r
Content-Type: text/rfc822-headers\r
\r
Message-ID: <{letter}@primer.example>\r
--b--\r
""".encode()


def test_a_report_names_the_letter_that_came_back() -> None:
    letter = uuid4()
    found = read_mail(report("failed", str(letter)))
    assert (found.inbound, found.returned) == (None, letter)
    delayed = read_mail(report("delayed", str(letter)))
    assert (delayed.inbound, delayed.returned) == (None, None)
    foreign = read_mail(report("failed", "abc")).inbound
    assert foreign is not None
    assert foreign.is_automatic


def test_files_come_along_with_their_names() -> None:
    mail = EmailMessage()
    mail["From"] = "ana@primer.example"
    mail.set_content("Vidi sliku")
    mail.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="pasoš.jpg")
    found = read_mail(mail.as_bytes()).inbound
    assert found is not None
    assert [(one.name, one.content_type, one.data) for one in found.files] == [
        ("pasoš.jpg", "image/jpeg", b"\xff\xd8\xff")
    ]


def test_no_mail_however_broken_stops_the_others() -> None:
    chance = random.Random(42)
    whole = report("failed", "x") + raw("čudno")
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 60)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read_mail(bytes(broken[chance.randrange(200) :]))
    for header in (
        b"From: =?utf-8?b?////?=",
        b"Date: x",
        b"Content-Type: ;;;=",
        b"From: <<>>@@",
        b"Subject: " + b"=?" * 999,
    ):
        assert read_mail(header + b"\r\n\r\nabc").inbound is not None
