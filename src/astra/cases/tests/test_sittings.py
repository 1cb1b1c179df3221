"""Does a conversation go with its contact into a file, and does nobody else come to read it that way?"""

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from astra.cases import services
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors
from astra.hotline import services as hotline
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import Coded
from astra.kernel.clock import now

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]


def test_the_team_of_a_case_reads_what_was_written(cast: Cast) -> None:
    mira, vesna = cast.actor("mira"), cast.actor("vesna")
    visiting, _, _ = hotline.begin_conversation(line="sos_trafficking", language="sr-latn")
    hotline.write(visiting=visiting, text="Помозите ми", mark=uuid4())
    contact_id = hotline.record_contact(
        actor=mira, contact=NewContact(Coded("sos_trafficking", "about_self", now(), "web_chat"))
    )
    hotline.became_contact(actor=mira, conversation_id=visiting.conversation.pk, contact_id=contact_id)
    assert [one.text for one in selectors.said_in_contact(mira, contact_id)] == ["Помозите ми"]
    services.open_case(
        actor=mira, ground="consent", title="Chat", contact_ids=[contact_id], team=[cast.vesna.id], lead=cast.vesna.id
    )
    assert [one.text for one in selectors.said_in_contact(vesna, contact_id)] == ["Помозите ми"]
    assert selectors.conversation_of(vesna, contact_id) is None


def test_from_the_conversation_to_the_team_with_one_click_and_one_form(cast: Cast) -> None:
    mira, vesna = cast.client("mira"), cast.client("vesna")
    visiting, _, _ = hotline.begin_conversation(line="sos_trafficking", language="ar")
    hotline.write(visiting=visiting, text="أحتاج إلى مساعدة", mark=uuid4())
    page = mira.get(reverse("hotline:conversation", args=[visiting.conversation.pk])).content.decode()
    pressed = dict(re.findall(r'name="(key|then)" value="([^"]+)"', page))
    form = mira.post(reverse("hotline:to_case", args=[visiting.conversation.pk]), pressed)
    assert form.headers["Location"].startswith(reverse("cases:open"))
    contact = reverse("hotline:contact", args=[UUID(form.headers["Location"].partition("=")[2])])
    assert vesna.get(contact).status_code == 404
    filled = {
        "ground": "consent",
        "title": "Chat",
        "kind": "trafficking",
        "team": [str(cast.vesna.id)],
        "lead": str(cast.vesna.id),
    }
    opened = mira.post(form.headers["Location"], filled)
    assert opened.status_code == 302, opened.content.decode()
    read = vesna.get(contact).content.decode()
    assert "أحتاج إلى مساعدة" in read
    assert reverse("hotline:conversation", args=[visiting.conversation.pk]) not in read
    assert cast.client("ivana").get(contact).status_code == 404
