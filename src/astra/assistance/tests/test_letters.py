"""A letter from the first word to the printed page: ticked fields, a second person, a document in the file."""

from io import BytesIO
from typing import Any
from uuid import UUID

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from astra.assistance import selectors, services
from astra.assistance.models import Letter, LetterTemplate
from astra.assistance.rules import letters as rules
from astra.assistance.tests.test_letter_rules import own
from astra.cases import selectors as cases
from astra.cases.models import Document
from astra.cases.tests.making import make_case, make_person
from astra.demo.files import unfolded
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.vault.models import ErasureHandle
from astra.vault.services import viewing
from astra.vault.services.attachments import open_file
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
PLAIN = {"person": "Milica Perić", "body": "Dolazi na razgovore od maja."}
TELLING = PLAIN | {"body": "Ona je žrtva trgovine ljudima."}


@pytest.fixture
def case_id(cast: Cast) -> UUID:
    mira = cast.actor("mira")
    return make_case(mira, make_person(mira), team=[cast.mira.id, cast.vesna.id])


def write(cast: Cast, case_id: UUID, values: dict[str, str], **more: Any) -> UUID:  # Any: any part of a letter
    given = {"kind": "service_certificate", "script": rules.CYRILLIC, "tier": "team"} | more
    return services.write_letter(actor=cast.actor("mira"), case_id=case_id, values=values, **given)


def page(cast: Cast, who: str, name: str, *ids: object) -> HttpResponse:
    address = reverse(f"assistance:{name}", args=ids)
    shown: HttpResponse = cast.client(who).get(address, headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return shown


def send(cast: Cast, who: str, name: str, *ids: object, **given: object) -> HttpResponse:
    address = reverse(f"assistance:{name}", args=ids)
    sent: HttpResponse = cast.client(who).post(address, given, headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return sent


def test_a_letter_that_says_nothing_is_ready_at_once(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    letter_id = write(cast, case_id, PLAIN)
    assert services.hand_in_letter(actor=mira, letter_id=letter_id) is False
    document_id = services.issue_letter(actor=mira, letter_id=letter_id)
    data = b"".join(open_file(mira, document_id)[1])
    found = viewing.black_out([data], [], ["Milica", "Potvrda", "razgovore"])
    assert set(found.words_found) == {"Milica", "Potvrda", "razgovore"}
    assert b"Mira" not in unfolded(data)
    sheet = cases.document_page(mira, document_id)
    assert (sheet.kind, sheet.origin, sheet.pages) == ("statement", "letter", 1)
    assert cases.timeline(mira, case_id).lines[0].code == "statement"
    text = docx.Document(BytesIO(services.as_docx(actor=mira, letter_id=letter_id))).paragraphs
    assert any("подршку" in one.text for one in text)
    with pytest.raises(NotAllowedNow):
        services.issue_letter(actor=mira, letter_id=letter_id)


def test_a_telling_letter_waits_for_somebody_else(cast: Cast, case_id: UUID) -> None:
    mira, vesna = cast.actor("mira"), cast.actor("vesna")
    letter_id = write(cast, case_id, TELLING)
    with pytest.raises(Invalid):
        services.hand_in_letter(actor=mira, letter_id=letter_id)
    with pytest.raises(NotAllowedNow):
        services.hand_in_letter(actor=mira, letter_id=letter_id, confirmer=cast.mira.id)
    assert services.hand_in_letter(actor=mira, letter_id=letter_id, confirmer=cast.vesna.id) is True
    for refused in (services.issue_letter, services.as_docx, services.confirm_letter):
        with pytest.raises(NotAllowedNow):
            refused(actor=mira, letter_id=letter_id)
    (task,) = cases.case_page(vesna, case_id).tasks
    assert (task.kind, task.assigned_id) == ("confirm_letter", cast.vesna.id)
    services.return_letter(actor=vesna, letter_id=letter_id, said="Ne mora.")
    letter = Letter.objects.get(pk=letter_id)
    words = selectors.letter_words(cast.actor("mira"), letter)
    assert (letter.state, words.content.said) == (rules.DRAFT, "Ne mora.")
    assert cases.case_page(vesna, case_id).tasks == []
    services.hand_in_letter(actor=cast.actor("mira"), letter_id=letter_id, confirmer=cast.vesna.id)
    services.confirm_letter(actor=cast.actor("vesna"), letter_id=letter_id, said="Sud to traži.")
    assert services.issue_letter(actor=cast.actor("mira"), letter_id=letter_id)


def test_what_was_confirmed_is_confirmed_no_more_when_it_changes(cast: Cast, case_id: UUID) -> None:
    letter_id = write(cast, case_id, TELLING)
    services.hand_in_letter(actor=cast.actor("mira"), letter_id=letter_id, confirmer=cast.vesna.id)
    with pytest.raises(NotAllowedNow):
        services.revise_letter(actor=cast.actor("mira"), letter_id=letter_id, values=PLAIN, revision=2)
    services.confirm_letter(actor=cast.actor("vesna"), letter_id=letter_id)
    services.rework_letter(actor=cast.actor("vesna"), letter_id=letter_id)
    words = selectors.letter_words(cast.actor("vesna"), Letter.objects.get(pk=letter_id))
    services.revise_letter(actor=cast.actor("vesna"), letter_id=letter_id, values=TELLING, revision=words.revision)
    with pytest.raises(NotAllowedNow):
        services.issue_letter(actor=cast.actor("mira"), letter_id=letter_id)
    with pytest.raises(NotAllowedNow):
        services.hand_in_letter(actor=cast.actor("vesna"), letter_id=letter_id, confirmer=cast.vesna.id)


def test_a_letter_is_its_tier_s(cast: Cast, case_id: UUID) -> None:
    letter_id = write(cast, case_id, PLAIN, tier="legal")
    with pytest.raises(NotFound):
        selectors.get_letter(cast.actor("vesna"), letter_id)
    with pytest.raises(NotFound):
        selectors.get_letter(cast.actor("sanja"), letter_id)
    assert selectors.letters_of(cast.actor("vesna"), case_id) == []
    with pytest.raises(Invalid):
        write(cast, case_id, {"person": "Milica"})
    with pytest.raises(Invalid):
        write(cast, case_id, PLAIN, script="runes")


def test_an_own_template(cast: Cast, case_id: UUID) -> None:
    jelena = cast.actor("jelena")
    given: dict[str, Any] = {"kind": "service_certificate", "script": rules.CYRILLIC}
    with pytest.raises(Denied):
        services.replace_template(actor=cast.actor("mira"), content=own("{{ person }} {{ body }}"), **given)
    assert services.replace_template(actor=jelena, content=own("Za {{ person }}: {{ body }}"), **given) == []
    letter_id = write(cast, case_id, PLAIN)
    telling = services.replace_template(
        actor=jelena, content=own("{{ person }} {{ body }}", head="Pomoć žrtvama"), **given
    )
    assert telling == ["žrtvama"]
    letter = Letter.objects.get(pk=letter_id)
    words = selectors.letter_words(cast.actor("mira"), letter)
    assert selectors.blocks_of(letter, words.content)[0].text.startswith("Za Milica")
    second = write(cast, case_id, PLAIN)
    with pytest.raises(Invalid):
        services.hand_in_letter(actor=cast.actor("mira"), letter_id=second)
    services.retire_template(actor=jelena, **given)
    assert [row.retired_at is None for row in LetterTemplate.objects.order_by("version")] == [False, False]
    assert selectors.own_templates(jelena) == []


def test_her_erasure_reaches_her_letters(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case_id = make_case(mira, person)
    letter_id = write(cast, case_id, PLAIN)
    owners = ErasureHandle.objects.filter(record=letter_id).values_list("owners__owner", flat=True)
    assert set(owners) == {person}
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="asked")
    assert not Letter.objects.filter(pk=letter_id).exists()
    assert not ErasureHandle.objects.filter(record=letter_id, erased_at=None).exists()


@pytest.fixture
def as_in_work(settings: Any) -> None:  # Any: the fixture of pytest-django
    settings.FILE_UPLOAD_HANDLERS = ["astra.vault.uploads.SealingUploadHandler"]


def test_the_pages_of_a_letter(cast: Cast, case_id: UUID) -> None:
    person = cases.people_in(cast.actor("mira"), case_id)[0].id
    begun = send(cast, "mira", "letters", case_id, kind="service_certificate", script="sr", tier="team", about=person)
    assert begun.status_code == 302
    form = cast.client("mira").get(begun["Location"], headers={"accept-language": "en"}).content.decode()
    assert "Milica Perić" in form
    assert 'name="with_born"' in form
    assert "checked" not in form
    wrong = cast.client("mira").post(begun["Location"], {"person": ""}, headers={"accept-language": "en"})
    assert "cannot do without this" in wrong.content.decode()
    given = TELLING | {"place": "Niš", "number": "7", "with_number": "on"}
    made = cast.client("mira").post(begun["Location"], given)
    letter_id = Letter.objects.get().pk
    assert made["Location"] == reverse("assistance:letter", args=[letter_id])
    shown = page(cast, "mira", "letter", letter_id).content.decode()
    assert "<mark>žrtva</mark>" in shown
    assert "Niš" not in shown
    assert "This letter says that somebody is a victim" in shown
    assert send(cast, "mira", "hand_in_letter", letter_id).status_code == 200
    assert send(cast, "mira", "hand_in_letter", letter_id, confirmer=cast.vesna.id).status_code == 302
    assert "A colleague has been asked" in page(cast, "mira", "letter", letter_id).content.decode()
    assert "This letter must say it" in page(cast, "vesna", "letter", letter_id).content.decode()
    assert send(cast, "vesna", "step_letter", letter_id, "confirm", said="Sud").status_code == 302
    assert page(cast, "mira", "revise_letter", letter_id).status_code == 200
    issued = send(cast, "mira", "step_letter", letter_id, "issue")
    assert issued["Location"] == reverse("cases:document", args=[Document.objects.get().pk])
    word = send(cast, "mira", "letter_docx", letter_id)
    assert "Milic" not in word["Content-Disposition"]
    assert send(cast, "mira", "step_letter", letter_id, "dance").status_code == 404
    assert page(cast, "sanja", "letter", letter_id).status_code == 404
    assert page(cast, "mira", "letters", case_id).status_code == 200
    assert page(cast, "mira", "write_letter", case_id).status_code == 302


@pytest.mark.usefixtures("as_in_work")
def test_the_pages_of_templates(cast: Cast) -> None:
    assert "the one that came along" in page(cast, "mira", "templates").content.decode()
    assert "Replace" not in page(cast, "mira", "templates").content.decode()
    assert page(cast, "mira", "template_docx", "referral", "sr").content[:2] == b"PK"
    assert page(cast, "mira", "template_docx", "poem", "sr").status_code == 404
    assert page(cast, "mira", "replace_template", "referral", "sr").status_code == 403
    assert page(cast, "jelena", "replace_template", "poem", "sr").status_code == 404

    def sent(content: bytes) -> HttpResponse:
        return send(cast, "jelena", "replace_template", "referral", "sr", file=SimpleUploadedFile("t.docx", content))

    assert "no place called “ime”" in sent(own("{{ ime }}")).content.decode()
    assert LetterTemplate.objects.count() == 0
    assert sent(own("{{ recipient }} {{ body }}")).status_code == 302
    assert "žrtve" in sent(own("{{ recipient }} {{ body }} za žrtve")).content.decode()
    assert "own, version 2, by Jelena" in page(cast, "jelena", "templates").content.decode()
    assert send(cast, "jelena", "retire_template", "referral", "sr").status_code == 302
