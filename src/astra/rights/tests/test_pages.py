"""Do the pages beside her case do what they say: her story, a parent's request, her file, what others hold?"""

import json
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from astra.cases import services as in_cases
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.rights.models import ParentAccess, Recalled, Story, TakenFile
from astra.rights.tests.test_owning import file_of

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
TOLD = "Radila sam bez plate."


def shared_and_withdrawn(cast: Cast, person: UUID) -> UUID:
    mira = cast.actor("mira")
    new = NewConsent("referral", "police", "identity", method="written", language="sr", given_on=today())
    line = consent.record_consent(actor=mira, person_id=person, new=new)
    consent.withdraw_consent(actor=mira, consent_id=line)
    return line


def test_a_story_is_written_approved_and_printed(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, begin = cast.client("mira"), reverse("rights:begin_story", args=[case, person])
    assert "error" in mira.post(begin, {"text": " "}).content.decode()
    mira.post(begin, {"text": TOLD})
    story = Story.objects.get().pk
    assert mira.get(begin)["Location"] == reverse("rights:story", args=[story])
    approve = reverse("rights:approve_story", args=[story])
    assert "error" in mira.post(approve, {"revision": 1}).content.decode()
    mira.post(approve, {"revision": 1, "is_in_person": "on", "may_print": "on"})
    assert Story.objects.get().approved_on == today()
    printed = mira.post(reverse("rights:print_story", args=[story]), {"recipient": "court", "script": "sr"})
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Content-Disposition"] == f'attachment; filename="{story.hex[-6:]}.pdf"'
    shown = mira.post(reverse("rights:revise_story", args=[story]), {"text": "Drugo.", "revision": 1}, follow=True)
    assert TOLD in shown.content.decode()
    late = mira.post(reverse("rights:revise_story", args=[story]), {"text": "Treće.", "revision": 1})
    assert "Treće." in late.content.decode()
    assert "error" in late.content.decode()


def test_a_parents_request_is_decided_by_a_second_colleague(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, jelena = cast.client("mira"), cast.client("jelena")
    typed = {"asker": "Otac", "right": "parent", "paper": "Izvod", "wanted": "Sve", "child_view": "not_asked"}
    mira.post(reverse("rights:parents", args=[case, person]), typed)
    row = ParentAccess.objects.get()
    address = reverse("rights:parent", args=[row.pk])
    assert 'name="outcome"' not in mira.get(address).content.decode()
    decision = {"child_view": "disagrees", "outcome": "refused", "reason": "Dete se protivi."}
    assert "error" in jelena.post(address, {**decision, "reason": ""}).content.decode()
    jelena.post(address, decision)
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("decided", "refused")
    assert "Dete se protivi." in mira.get(address).content.decode()
    assert cast.client("vesna").get(address).status_code == 404


def test_what_others_hold_is_asked_for_and_noted(cast: Cast) -> None:
    case, person = file_of(cast)
    line = shared_and_withdrawn(cast, person)
    mira, address = cast.client("mira"), reverse("rights:recall", args=[line])
    assert address in mira.get(reverse("rights:person", args=[case, person])).content.decode()
    at_the_case = mira.get(reverse("cases:case", args=[case])).content.decode()
    assert f"{reverse('rights:person', args=[case, person])}#recalls" in at_the_case
    assert address in mira.get(reverse("desk:home")).content.decode()
    mira.post(address, {"outcome": "destroyed"})
    assert Recalled.objects.get().outcome == "destroyed"
    assert address not in mira.get(reverse("desk:home")).content.decode()


def test_a_file_is_prepared_checked_and_downloaded_once(cast: Cast) -> None:
    case, person = file_of(cast)
    in_cases.add_note(actor=cast.actor("mira"), case_id=case, title="", text="Ona voli more.")
    kept_apart = in_cases.add_note(actor=cast.actor("mira"), case_id=case, title="", text="Sestra je rekla nešto.")
    shared_and_withdrawn(cast, person)
    mira, jelena = cast.client("mira"), cast.client("jelena")
    begin = reverse("desk:own_file", args=[case, person])
    assert "Ona voli more." in mira.get(begin).content.decode()
    assert "error" in mira.post(begin, {}).content.decode()
    mira.post(begin, {"apart": [f"{kept_apart}:cases.note"], "checker": cast.jelena.id})
    taken = TakenFile.objects.get().pk
    hand = reverse("desk:hand_file", args=[taken])
    assert mira.post(hand, {"is_in_person": "on"})["Content-Type"].startswith("text/html")
    jelena.post(reverse("desk:step_file", args=[taken, "check"]))
    handed = mira.post(hand, {"is_in_person": "on"})
    assert handed["Content-Disposition"] == f'attachment; filename="{taken.hex[-6:]}.zip"'
    assert handed["Cache-Control"] == "no-store"
    archive = ZipFile(BytesIO(handed.content))
    assert archive.namelist() == ["a.pdf", "a.json"]
    data = json.loads(archive.read("a.json"))
    said = json.dumps(data, ensure_ascii=False)
    assert "Ona voli more." in said
    assert "Sestra je rekla" not in said
    assert [one["name"] for one in data["with_words_of_others"]] == ["Beleška"]
    assert len(data["agreed"]) == 1
    pages = "".join(page.get_textpage().get_text_range() for page in PdfDocument(archive.read("a.pdf")))
    pages = pages.replace("\xa0", " ")
    assert "Milica Perić" in pages
    assert "Ona voli more." in pages
    assert "Sestra je rekla" not in pages
    again = mira.post(hand, {"is_in_person": "on"})
    assert again["Content-Type"].startswith("text/html")
    assert TakenFile.objects.get().state == "handed"
