"""Does a colleague who can read a shared part find it, rewrite it and say so, and nobody else?"""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import services as cases
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.sections import WORDS, Words
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault import selectors as vault
from astra.vault.scanner import new_scanner
from astra.vault.services import worklist
from astra.vault.services.attachments import Incoming
from astra.vault.services.sealing import Sealing

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
PAGE, DONE = "desk:rewriting", "desk:rewritten"


def two(cast: Cast) -> tuple[UUID, UUID]:
    """A mother and her child."""
    return tuple(  # type: ignore[return-value]  # two of them
        people.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text=name),)))
        for name in ("Una", "Iva")
    )


def call_about(cast: Cast, mother: UUID, child: UUID) -> UUID:
    """What the mother said about her child."""
    return hotline.record_contact(
        actor=cast.actor("mira"),
        contact=NewContact(
            coded=Coded("sos_trafficking", "about_someone", now() - timedelta(minutes=9), caller_role="mother"),
            words=Words(said="about Iva and Una"),
            links=(Link(mother, CALLER), Link(child, CONCERNED)),
        ),
    )


def rewrite(cast: Cast, call: UUID) -> None:
    """Write the words again."""
    actor = cast.actor("mira")
    sealing, seen = Sealing(actor), vault.open_section(actor, call, WORDS)
    sealing.revise(call, WORDS, Words(said="about Una"), revision=seen.revision)
    with sealing.transaction():
        pass


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_a_shared_call_is_found_rewritten_and_done(cast: Cast, language: str) -> None:
    mother, child = two(cast)
    call = call_about(cast, mother, child)
    people.erase(actor=cast.actor("ana"), person_id=child, reason="her_request")
    mira = cast.client("mira")
    mira.cookies["language"] = language
    assert reverse(PAGE) in mira.get(reverse("desk:home")).content.decode()
    shown = mira.get(reverse(PAGE))
    assert reverse("hotline:change", args=[call]) in shown.content.decode()
    (part,) = shown.context["parts"]
    rewrite(cast, call)
    sent = {"part": part.form["part"].value(), "seen": part.form["seen"].value()}
    unsure = mira.post(reverse(DONE), sent)
    assert unsure.context["form"].errors.keys() == {"is_sure"}
    old = mira.post(reverse(DONE), {**sent, "is_sure": "on"})
    assert old.context["form"].non_field_errors(), "somebody has written since she looked"
    (part,) = mira.get(reverse(PAGE)).context["parts"]
    sent["seen"] = part.form["seen"].value()
    done = mira.post(reverse(DONE), {**sent, "is_sure": "on"}, follow=True)
    assert done.context["parts"] == []
    assert worklist.to_rewrite() == []
    assert vault.open_section(cast.actor("mira"), call, WORDS).content.said == "about Una"
    assert vault.open_earlier(cast.actor("mira"), call, WORDS) == []
    assert "about Una" in mira.get(reverse("hotline:contact", args=[call])).content.decode()
    assert mira.post(reverse(DONE), {**sent, "is_sure": "on"}).status_code == HTTPStatus.NOT_FOUND


def test_data_protection_sees_that_it_waits_and_cannot_say_it_is_done(cast: Cast) -> None:
    mother, child = two(cast)
    call_about(cast, mother, child)
    people.erase(actor=cast.actor("ana"), person_id=child, reason="her_request")
    ana = cast.client("ana")
    page = ana.get(reverse("desk:keeping"))
    assert len(page.context["rewrites"]) == 1
    assert reverse(PAGE) in page.content.decode()
    assert ana.get(reverse(PAGE)).context["parts"] == []
    assert ana.post(reverse(DONE)).status_code == HTTPStatus.FORBIDDEN
    vesna = cast.client("vesna")
    assert vesna.get(reverse(PAGE)).context["parts"] == []
    assert reverse(PAGE) not in vesna.get(reverse("desk:home")).content.decode()
    (line,) = worklist.to_rewrite()
    for part in (line.handle_id, new_id(), "x"):
        sent = {"part": str(part), "seen": now().isoformat(), "is_sure": "on"}
        assert vesna.post(reverse(DONE), sent).status_code == HTTPStatus.NOT_FOUND
    assert len(worklist.to_rewrite()) == 1


def test_what_cannot_be_written_again_is_removed(cast: Cast) -> None:
    mother, child = two(cast)
    mira = cast.actor("mira")
    case = cases.open_case(actor=mira, ground="consent", people=[(mother, "client"), (child, "client")])
    incoming = Incoming(new_id(), new_scanner())
    incoming.write(b"about both")
    facts = incoming.finish(name="letter.txt", content_type="text/plain")
    document = cases.add_document(actor=mira, case_id=case, incoming=incoming, facts=facts, kind="other", title="Both")
    task = cases.add_task(actor=mira, case_id=case, kind="other", title="Call both")
    people.erase(actor=cast.actor("ana"), person_id=child, reason="her_request")
    client = cast.client("mira")
    waiting = {part.url: part for part in client.get(reverse(PAGE)).context["parts"]}
    paths = {"document": reverse("cases:document", args=[document]), "cases.task": reverse("cases:task", args=[task])}
    assert set(paths.values()) < set(waiting)
    assert all(client.get(url).status_code == HTTPStatus.OK for url in waiting)
    assert waiting[paths["document"]].has_file
    for choice, url in paths.items():
        form = waiting[url].form
        assert [value for value, _label in form.fields["without"].choices] == [choice]
        sent = {name: form[name].value() for name in ("part", "seen")}
        answer = client.post(reverse(DONE), {**sent, "without": [choice], "is_sure": "on"})
        assert answer.status_code == HTTPStatus.FOUND
        assert client.get(url).status_code == HTTPStatus.NOT_FOUND
    left = {part.url for part in client.get(reverse(PAGE)).context["parts"]}
    assert left == set(waiting) - set(paths.values())
    page = client.get(reverse("cases:case", args=[case]))
    assert page.status_code == HTTPStatus.OK
    with pytest.raises(NotFound):
        vault.check_reach(cast.actor("mira"), document)
