"""The pages of a file, as colleagues open them in a browser."""

import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from astra.cases import selectors, services
from astra.cases.models import Case, Note, Task
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.cases.views import panels
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.kernel.clock import today
from astra.people import services as people
from astra.people.models import Person
from astra.people.rules.persons import ContactDetail, ContactDetails

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

OF_A_CASE = [
    "case",
    "print",
    "summary",
    "common",
    "ground",
    "facts",
    "add_note",
    "add_task",
    "add_document",
    "add_contacts",
    "find_person",
    "team",
    "wall",
    "hand_over_one",
    "close",
    "hold",
]


def at(name: str, *ids: object) -> str:
    return reverse(f"cases:{name}", args=ids)


def page(cast: Cast, who: str, name: str, *ids: object) -> HttpResponse:
    response: HttpResponse = cast.client(who).get(at(name, *ids), headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return response


def send(cast: Cast, who: str, name: str, *ids: object, **given: object) -> HttpResponse:
    headers = {"accept-language": "en"}
    response: HttpResponse = cast.client(who).post(at(name, *ids), given, headers=headers)  # type: ignore[assignment]  # the test client's own class
    return response


def text(response: HttpResponse) -> str:
    """The page without the token of its forms, which is new each time."""
    return re.sub(r'(content|value)="[A-Za-z0-9]{64}"', "", response.content.decode())


def _without_ids(shown: str) -> str:
    """The page without the address that was asked for."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", shown)


@pytest.fixture
def case_id(cast: Cast) -> UUID:
    mira = cast.actor("mira")
    return make_case(mira, make_person(mira), contact_ids=[make_contact(mira, "Zove majka")])


@pytest.mark.parametrize("name", OF_A_CASE)
def test_every_page_opens_for_the_team_and_is_absent_for_others(cast: Cast, case_id: UUID, name: str) -> None:
    assert page(cast, "mira", name, case_id).status_code == 200
    refused, absent = page(cast, "sanja", name, case_id), page(cast, "sanja", name, uuid4())
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert _without_ids(text(refused)) == _without_ids(text(absent))
    assert page(cast, "outsider", name, case_id).status_code == 403


def test_the_page_of_a_file(cast: Cast, case_id: UUID) -> None:
    services.revise_summary(actor=cast.actor("mira"), case_id=case_id, title="Pomoć", story="Priča", revision=1)
    shown = text(page(cast, "mira", "case", case_id))
    for words in ("Pomoć", "Priča", "Zove majka", "Milica Perić", "Do not call", "led by Mira", "and the coordinators"):
        assert words in shown
    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert selectors.case_facts(cast.actor("mira"), case_id).number in title
    assert "Pomoć" not in title
    assert "Milica" not in title


def test_the_list(cast: Cast, case_id: UUID) -> None:
    number = Case.objects.get(pk=case_id).number
    assert number in text(page(cast, "mira", "index"))
    assert number not in text(page(cast, "sanja", "index"))
    services.close_case(actor=cast.actor("mira"), case_id=case_id, outcome="declined")
    assert number not in text(page(cast, "mira", "index"))
    response = cast.client("mira").get(at("index"), {"state": "closed", "mine": "on", "lead": str(cast.mira.id)})
    assert number in response.content.decode()


def test_a_title_that_nobody_wrote_is_not_said_to_be_closed(cast: Cast) -> None:
    services.open_case(actor=cast.actor("mira"), ground="consent", title="", lead=cast.mira.id)
    shown = text(page(cast, "mira", "index"))
    assert "without a title" in shown
    assert "without a title for you" not in shown


def test_an_age_says_of_which_year_it_was(cast: Cast, case_id: UUID) -> None:
    Person.objects.update(registered_on=date(2015, 7, 1), age_band="9_17")
    assert "9–17 years (2015)" in text(page(cast, "mira", "case", case_id))
    Person.objects.update(registered_on=today())
    assert "9–17 years (" not in text(page(cast, "mira", "case", case_id))


def test_finding_by_number(cast: Cast, case_id: UUID) -> None:
    number = Case.objects.get(pk=case_id).number
    found = send(cast, "mira", "find", number=number)
    assert (found.status_code, found["Location"]) == (302, at("case", case_id))
    assert "No case of yours" in text(send(cast, "sanja", "find", number=number))
    assert send(cast, "mira", "find", number="").status_code == 200


def test_opening_from_a_person(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    address = f"{at('open')}?person={person_id}"
    client = cast.client("mira")
    assert "Milica Perić" in client.get(address).content.decode()
    given = {"title": "Pasoš", "kind": "trafficking", "ground": "not_yet_asked", "role": "client"}
    response = client.post(address, given | {"team": [str(cast.mira.id)], "lead": str(cast.vesna.id)})
    (line,) = selectors.cases_of_person(cast.actor("vesna"), person_id)
    assert response["Location"] == at("case", line.id)
    assert (line.title, line.lead_name, line.ground) == ("Pasoš", "Vesna", "not_yet_asked")
    assert cast.client("vesna").get(address.replace(str(person_id), str(uuid4()))).status_code == 404
    assert cast.client("vesna").get(f"{at('open')}?person=nonsense").status_code == 404
    assert client.post(address, {"title": ""}).status_code == 200


def test_opening_from_a_contact(cast: Cast) -> None:
    mira = cast.actor("mira")
    daughter, contact_id = make_person(mira, "Ćerka"), make_contact(mira)
    hotline.link_person(actor=mira, contact_id=contact_id, person_id=daughter, role="concerned")
    given = {"title": "Savet", "kind": "support", "ground": "vital_interest", "team": [str(cast.mira.id)]}
    response = cast.client("mira").post(f"{at('open')}?contact={contact_id}", given)
    (line,) = selectors.cases_of_contact(cast.actor("mira"), contact_id)
    assert response["Location"] == at("case", line.id)
    assert [(card.known.name, card.role) for card in selectors.people_in(cast.actor("mira"), line.id)] == [
        ("Ćerka", "client")
    ]


def test_eight_files_from_one_form(cast: Cast) -> None:
    names = "\n".join([*(f"Radnik {n}" for n in range(6)), "#Jasen Drina", "#"])
    given = {
        "title": "Gradilište",
        "kind": "group",
        "ground": "vital_interest",
        "site": "Savski nasip",
        "names": names,
        "member_kind": "exploitation",
        "member_ground": "not_yet_asked",
        "team": [str(cast.mira.id)],
        "lead": str(cast.mira.id),
    }
    blank = text(page(cast, "mira", "open_group"))
    assert "Family case" in blank
    assert '<option value="violence"' not in blank.split("member_kind")[0]
    assert "Please check" in text(send(cast, "mira", "open_group", **(given | {"ground": ""})))
    response = send(cast, "mira", "open_group", **given)
    group_id = UUID(response["Location"].rstrip("/").rsplit("/", 1)[1])
    linked = selectors.case_page(cast.actor("mira"), group_id).linked
    assert len(linked) == 8
    shown = text(page(cast, "mira", "case", linked[0].id))
    assert "Savski nasip" in shown
    assert "Belongs to" in shown
    assert "2 Add" not in shown
    assert send(cast, "mira", "open_group", **(given | {"names": " "})).status_code == 200
    other = make_case(cast.actor("mira"))
    number = Case.objects.get(pk=other).number
    send(cast, "mira", "link", group_id, number=number)
    assert len(selectors.case_page(cast.actor("mira"), group_id).linked) == 9
    send(cast, "mira", "link", group_id, number="1999-1")
    send(cast, "mira", "unlink", group_id, other)
    assert len(selectors.case_page(cast.actor("mira"), group_id).linked) == 8
    assert page(cast, "mira", "common", group_id).status_code == 200
    send(cast, "mira", "common", group_id, site="Drugo mesto", revision=1)
    assert "Somebody else saved" in text(send(cast, "mira", "common", group_id, site="Treće mesto", revision=1))
    assert "Drugo mesto" in text(page(cast, "mira", "case", linked[0].id))


def test_writing_into_a_file(cast: Cast, case_id: UUID) -> None:
    assert send(cast, "mira", "summary", case_id, title="Novi naslov", story="x", revision=1).status_code == 302
    stale = send(cast, "mira", "summary", case_id, title="Stari naslov", story="x", revision=1)
    assert "Somebody else saved this page" in text(stale)
    send(cast, "mira", "add_note", case_id, text="Zvala je", kind="meeting", tier="team")
    note = Note.objects.get(case=case_id)
    assert "Zvala je" in text(page(cast, "mira", "note", note.pk))
    send(cast, "mira", "note", note.pk, text="Zvala je dvaput", title="", revision=1)
    assert "Zvala je dvaput" in text(page(cast, "mira", "case", case_id))
    assert page(cast, "sanja", "note", note.pk).status_code == page(cast, "sanja", "note", uuid4()).status_code == 404
    send(cast, "mira", "add_note", case_id, text="d" * 900, kind="note", tier="team")
    assert "Read all of it" in text(page(cast, "mira", "case", case_id))
    send(cast, "mira", "ground", case_id, ground="vital_interest", words="Preti joj", on="1.2.2026.")
    facts = {"kind": "violence", "risk": "high", "forms_of": ["servitude"], "countries": ["RS"]}
    send(cast, "mira", "facts", case_id, **facts)
    shown = text(page(cast, "mira", "case", case_id))
    assert "Preti joj" in shown
    assert "High risk" in shown
    assert "Servitude" in shown


def test_tasks_on_the_page(cast: Cast, case_id: UUID) -> None:
    send(cast, "mira", "add_task", case_id, kind="call_back", title="Pozvati majku", due_on="1.2.2026.", tier="team")
    task = Task.objects.get(case=case_id)
    shown = text(page(cast, "mira", "case", case_id))
    assert "Pozvati majku" in shown
    assert "Overdue" in shown
    assert "Pozvati majku" in text(page(cast, "mira", "task", task.pk))
    send(cast, "mira", "task", task.pk, due_on=today().strftime("%d.%m.%Y."), assigned=str(cast.jelena.id))
    task.refresh_from_db()
    assert (task.due_on, task.assigned_id) == (today(), cast.jelena.id)
    assert send(cast, "mira", "step_task", task.pk, "finish_task").status_code == 302
    assert send(cast, "mira", "step_task", task.pk, "nonsense").status_code == 409
    assert page(cast, "sanja", "task", task.pk).status_code == 404


def test_whoever_is_known_and_not_hers_to_open_is_named_with_whom_to_ask(cast: Cast) -> None:
    """A case worker looks for a mother whom only the hotline has spoken with."""
    hers = make_person(cast.actor("mira"), "Vidosava Simić")
    case_id = make_case(cast.actor("vesna"))
    shown = send(cast, "vesna", "find_person", case_id, query="vidosava simic")
    assert shown.status_code == 200
    assert "Vidosava" in text(shown)
    assert "has the file" in text(shown)
    assert str(hers) not in text(shown)


def test_people_and_contacts_on_the_page(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    mother, contact_id = make_person(mira, "Vidosava Simić"), make_contact(mira, "Još jednom")
    hotline.link_person(actor=mira, contact_id=contact_id, person_id=mother, role="caller")
    assert "Vidosava" in text(send(cast, "mira", "find_person", case_id, query="vidosava simic"))
    assert "Nobody of this name" in text(send(cast, "mira", "find_person", case_id, query="Xyzzy Qwerty"))
    assert page(cast, "mira", "person", case_id, mother).status_code == 200
    send(cast, "mira", "person", case_id, mother, role="mother")
    send(cast, "mira", "add_contacts", case_id, contacts=[str(contact_id)])
    shown = text(page(cast, "mira", "case", case_id))
    assert "Vidosava" in shown
    assert "Još jednom" in shown
    send(cast, "mira", "person", case_id, mother, role="witness")
    assert "Witness" in text(page(cast, "mira", "case", case_id))
    send(cast, "mira", "remove_person", case_id, mother)
    assert [card.id for card in selectors.people_in(cast.actor("mira"), case_id)] != []
    assert page(cast, "mira", "person", case_id, uuid4()).status_code == 404


def test_the_team_on_the_page(cast: Cast, case_id: UUID) -> None:
    assert page(cast, "vesna", "case", case_id).status_code == 404
    send(cast, "mira", "team", case_id, member=str(cast.vesna.id))
    assert page(cast, "vesna", "case", case_id).status_code == 200
    send(cast, "mira", "lead", case_id, cast.vesna.id)
    assert "led by Vesna" in text(page(cast, "vesna", "case", case_id))
    send(cast, "mira", "dismiss", case_id, cast.vesna.id, "team")
    assert page(cast, "vesna", "case", case_id).status_code == 404
    refused = send(cast, "mira", "team", case_id, member=str(cast.outsider.id))
    assert refused.status_code == 200
    assert "whoever leads" in text(send(cast, "mira", "wall", case_id, member=str(cast.jelena.id)))
    send(cast, "mira", "lead", case_id, cast.mira.id)
    send(cast, "mira", "wall", case_id, member=str(cast.jelena.id))
    assert page(cast, "jelena", "case", case_id).status_code == 404


def test_steps_on_the_page(cast: Cast, case_id: UUID) -> None:
    assert send(cast, "mira", "step", case_id, "follow_up").status_code == 302
    assert send(cast, "mira", "step", case_id, "reopen").status_code == 409
    assert send(cast, "mira", "close", case_id, outcome="").status_code == 200
    assert send(cast, "mira", "close", case_id, outcome="independent", words="Ima posao").status_code == 302
    assert "Ima posao" in text(page(cast, "mira", "case", case_id))
    assert send(cast, "mira", "step", case_id, "reopen").status_code == 302
    assert send(cast, "mira", "hold", case_id, words="").status_code == 200
    assert send(cast, "mira", "hold", case_id, words="Dopis suda").status_code == 302
    assert "Legal hold" in text(page(cast, "mira", "case", case_id))
    assert send(cast, "mira", "hold", case_id, words="Gotovo").status_code == 302


def test_a_hand_over_at_seven(cast: Cast, case_id: UUID) -> None:
    assert page(cast, "mira", "hand_over").status_code == 200
    given = {"cases": [str(case_id)], "receiver": str(cast.vesna.id), "text": "Zove u deset"}
    response = send(cast, "mira", "hand_over", **given)
    assert response["Location"] == at("hand_over")
    (handed,) = selectors.handed_to(cast.actor("vesna"))
    handover_id = handed.id
    assert "Zove u deset" in text(page(cast, "vesna", "hand_over"))
    assert "Take over" in text(page(cast, "vesna", "handover", handover_id))
    assert send(cast, "vesna", "accept", handover_id).status_code == 302
    assert "Zove u deset" not in text(page(cast, "vesna", "hand_over"))
    assert "Taken over" in text(page(cast, "mira", "handover", handover_id))
    assert page(cast, "sanja", "handover", handover_id).status_code == 404
    assert send(cast, "sanja", "accept", handover_id).status_code == 404
    assert page(cast, "mira", "case", case_id).status_code == 404
    assert send(cast, "mira", "hand_over", cases=[str(case_id)], receiver=str(cast.sanja.id)).status_code == 200


def test_a_coordinator_hands_over_for_somebody_absent(cast: Cast, case_id: UUID) -> None:
    assert "Mira" in text(page(cast, "jelena", "hand_over"))
    assert page(cast, "vesna", "hand_over_for", cast.mira.id).status_code == 403
    assert page(cast, "jelena", "hand_over_for", uuid4()).status_code == 404
    assert Case.objects.get(pk=case_id).number in text(page(cast, "jelena", "hand_over_for", cast.mira.id))
    given = {"cases": [str(case_id)], "receiver": str(cast.vesna.id), "text": "Mira je bolesna"}
    assert send(cast, "jelena", "hand_over_for", cast.mira.id, **given).status_code == 302
    assert "Mira je bolesna" in text(page(cast, "vesna", "hand_over"))
    assert page(cast, "mira", "case", case_id).status_code == 404


def test_a_timeline_is_narrowed(cast: Cast, case_id: UUID) -> None:
    services.add_note(actor=cast.actor("mira"), case_id=case_id, text="Ročište je odloženo", kind="hearing")
    client = cast.client("mira")
    law, contacts = (client.get(at("case", case_id), {"show": show}).content.decode() for show in ("law", "contact"))
    assert "Ročište je odloženo" in law
    assert "Zove majka" not in law
    assert "Zove majka" in contacts
    assert "Ročište je odloženo" not in contacts
    assert "Zove majka" in client.get(at("case", case_id), {"show": "nonsense"}).content.decode()


def test_paper_says_no_more_than_it_must(cast: Cast, case_id: UUID) -> None:
    services.set_facts(
        actor=cast.actor("mira"), case_id=case_id, kind="trafficking", risk="high", forms=["servitude"], countries=[]
    )
    services.add_note(actor=cast.actor("mira"), case_id=case_id, text="Bila je u kući", kind="exploitation")
    shown = text(page(cast, "mira", "print", case_id)).lower()
    for word in ("trafficking", "servitude", "exploitation", "victim", "high risk"):
        assert word not in shown
    assert "milica perić" in shown
    assert "bila je u kući" in shown


def test_a_document_goes_in_and_comes_out(cast: Cast, case_id: UUID, settings: object) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["astra.vault.uploads.SealingUploadHandler"]  # type: ignore[attr-defined]  # a test fixture
    upload = SimpleUploadedFile("nalaz Milice Perić.pdf", b"nalaz lekara", "application/pdf")
    sent = send(cast, "mira", "add_document", case_id, file=upload, kind="medical_report", tier="team", title="Nalaz")
    assert sent.status_code == 302
    (line,) = selectors.case_page(cast.actor("mira"), case_id).documents
    assert "Nalaz" in text(page(cast, "mira", "document", line.id))
    response = cast.client("mira").post(at("original", line.id))
    assert b"".join(response.streaming_content) == b"nalaz lekara"  # type: ignore[attr-defined]  # a streamed answer
    assert response["Content-Type"] == "application/octet-stream"
    assert Path(response["Content-Disposition"].split('"')[1]).suffix == ".pdf"
    assert "Milic" not in response["Content-Disposition"]
    assert page(cast, "sanja", "document", line.id).status_code == 404
    assert send(cast, "mira", "add_document", case_id, kind="medical_report", tier="team").status_code == 200


def test_parts_for_other_rooms_pages(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id, contact_id = make_person(mira), make_contact(mira)
    with_none = render_to_string("cases/_panel.html", {"panel": panels.contact_panel(mira, contact_id)})
    assert f"?contact={contact_id}" in with_none
    case_id = make_case(mira, person_id, contact_ids=[contact_id], lead=None)
    services.hand_over(
        actor=cast.actor("jelena"), case_ids=[case_id], receiver_id=cast.vesna.id, giver_id=cast.mira.id, text="Zove"
    )
    services.add_task(actor=cast.actor("vesna"), case_id=case_id, kind="write", title="Dopis", due_on=today())
    vesna = cast.actor("vesna")
    for panel in (panels.person_panel(vesna, person_id), panels.contact_panel(vesna, contact_id)):
        assert "Pomoć oko posla" in render_to_string("cases/_panel.html", {"panel": panel})
    shown = render_to_string("cases/_day.html", {"cases": panels.day_panel(selectors.my_day(vesna, today()))})
    assert "Dopis" in shown
    assert "Zove" in shown
    second = make_case(mira, lead=None)
    shown = render_to_string("cases/_day.html", {"cases": panels.day_panel(selectors.my_day(mira, today()))})
    assert Case.objects.get(pk=second).number in shown


def test_a_number_that_is_not_safe_says_so_beside_it(cast: Cast) -> None:
    mira = cast.actor("mira")
    details = ContactDetails(
        (ContactDetail("mobile", "+381641112233", "no"), ContactDetail("email", "z@primer.example"))
    )
    person = people.register_person(actor=mira, details=details)
    shown = text(page(cast, "mira", "case", make_case(mira, person)))
    number = shown.index("+381641112233")
    assert "not safe" in shown[number : number + 200]
    assert "not safe" not in shown[shown.index("z@primer.example") :][:60]
