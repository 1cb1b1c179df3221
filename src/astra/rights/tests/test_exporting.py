"""Do files leave only when two people agree, marked, sealed for the recipient, and not more than a cap?"""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest

from astra.audit.models import Pending
from astra.cases import services as cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.rights import selectors, services
from astra.rights.models import Export
from astra.rights.rules import exports as rules
from astra.rights.services.export_paper import Marks, pack
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
AGE, KEYGEN = shutil.which("age") or "age", shutil.which("age-keygen") or "age-keygen"
COURT = "Viši sud u Beogradu, sudija"


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """The recipient's key pair."""
    path = tmp_path / "key.txt"
    subprocess.run([KEYGEN, "-o", path], check=True, capture_output=True)
    return path, subprocess.run([KEYGEN, "-y", path], check=True, capture_output=True, text=True).stdout.strip()


def asked(cast: Cast, *files: UUID, who: str = "mira", key: str = "") -> UUID:
    return services.ask_export(
        actor=cast.actor(who), case_ids=files, reason="court", recipient=COURT, key=key, words="Nalog suda"
    )


def test_two_people_and_only_the_recipient_opens_it(cast: Cast, key: tuple[Path, str]) -> None:
    mira = cast.actor("mira")
    file = make_case(mira, make_person(mira), story="Obećali su joj posao konobarice.")
    cases.add_note(actor=cast.actor("mira"), case_id=file, title="Razgovor", text="Pasoš je kod gazde.")
    export = asked(cast, file, key=key[1])
    with pytest.raises(Denied, match="Somebody else"):
        services.agree_export(actor=cast.actor("mira"), export_id=export)
    with pytest.raises(NotAllowedNow):
        services.take_export(actor=cast.actor("mira"), export_id=export)
    assert services.agree_export(actor=cast.actor("jelena"), export_id=export).words == ""
    with pytest.raises(Denied):
        services.take_export(actor=cast.actor("jelena"), export_id=export)
    name, sealed = services.take_export(actor=cast.actor("mira"), export_id=export)
    assert name.endswith(".zip.age")
    assert b"konobarice" not in sealed
    opened = subprocess.run([AGE, "-d", "-i", key[0]], input=sealed, check=True, capture_output=True).stdout
    with zipfile.ZipFile(io.BytesIO(opened)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("list.csv").decode("utf-8-sig"))))
        pdf = pikepdf.open(io.BytesIO(archive.read("files.pdf")))
    number = Export.objects.get().number
    assert [(row["export"], row["recipient"], bool(row["day"])) for row in rows] == [(number, COURT, True)]
    assert rows[0]["people"] == "Milica Perić"
    assert len(pdf.pages) >= 1
    verbs = set(Pending.objects.values_list("verb", flat=True))
    assert {"rights.export_asked", "rights.opened_for_export", "rights.export_agreed", "rights.export_taken"} <= verbs


def test_the_marks_stand_on_every_page(cast: Cast, tmp_path: Path) -> None:
    mira = cast.actor("mira")
    file = make_case(mira, make_person(mira), story="Dugačka priča. " * 900)
    other = make_case(cast.actor("mira"), make_person(cast.actor("mira"), "Una"))
    packed = pack(cast.actor("mira"), [file, other], Marks("E-7/2026", COURT, now().date()))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (tmp_path / "files.pdf").write_bytes(archive.read("files.pdf"))
    words = subprocess.run(
        ["pdftotext", tmp_path / "files.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = [page for page in words.split("\f") if page.strip()]
    assert len(pages) >= 3
    assert all("E-7/2026" in page and COURT in page for page in pages)


def test_words_are_shown_to_the_second_person_only(cast: Cast) -> None:
    mira = cast.actor("mira")
    export = asked(cast, make_case(mira, make_person(mira)))
    agreed = services.agree_export(actor=cast.actor("jelena"), export_id=export)
    assert len(agreed.words.split()) == 6
    row = Export.objects.get()
    assert agreed.words.encode() not in bytes(row.file)
    assert b"-> scrypt" in bytes(row.file)
    assert agreed.words not in "".join(str(one.__dict__) for one in Pending.objects.all())
    with pytest.raises(NotAllowedNow):
        services.agree_export(actor=cast.actor("jelena"), export_id=export)


def test_whoever_cannot_open_a_case_neither_asks_nor_agrees(cast: Cast) -> None:
    mira = cast.actor("mira")
    file = make_case(mira, make_person(mira), without_coordinators=True, team=[cast.mira.id])
    with pytest.raises(NotFound):
        asked(cast, file, who="vesna")
    export = asked(cast, file)
    for who in ("jelena", "vesna"):
        with pytest.raises(NotFound):
            services.agree_export(actor=cast.actor(who), export_id=export)
    assert selectors.count_exports_to_decide(cast.actor("jelena")) == 0


def test_who_has_left_the_team_gets_nothing(cast: Cast) -> None:
    mira = cast.actor("mira")
    file = make_case(mira, make_person(mira), team=[cast.mira.id, cast.vesna.id])
    export = asked(cast, file, who="vesna")
    cases.dismiss(actor=cast.actor("mira"), case_id=file, member_id=cast.vesna.id, tier="team")
    with pytest.raises(NotAllowedNow, match="can no longer open"):
        services.agree_export(actor=cast.actor("mira"), export_id=export)


def test_it_is_capped_for_one_export_and_for_a_week(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = cast.actor("mira")
    files = [make_case(mira, make_person(mira, f"Osoba {number}")) for number in range(3)]
    monkeypatch.setattr(rules, "MOST_CASES", 2)
    monkeypatch.setattr(rules, "WEEKLY_CASES", 3)
    with pytest.raises(Invalid, match="at most 2"):
        asked(cast, *files)
    first = asked(cast, *files[:2])
    with pytest.raises(NotAllowedNow, match="1 left"):
        asked(cast, *files[:2])
    services.refuse_export(actor=cast.actor("jelena"), export_id=first)
    asked(cast, *files[:2])
    Export.objects.update(asked_at=now() - timedelta(days=8))
    asked(cast, *files[1:])


def test_it_is_destroyed_after_three_days(cast: Cast) -> None:
    mira = cast.actor("mira")
    export = asked(cast, make_case(mira, make_person(mira)))
    services.agree_export(actor=cast.actor("jelena"), export_id=export)
    assert services.expire_exports() == 0
    Export.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(NotAllowedNow, match="three days"):
        services.take_export(actor=cast.actor("mira"), export_id=export)
    assert services.expire_exports() == 1
    row = Export.objects.get()
    assert (row.state, bytes(row.file)) == ("gone", b"")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"recipient": " "}, "Write who gets it"),
        ({"case_ids": []}, "at least one case"),
        ({"key": "age1qqq"}, "no age key"),
        ({"reason": "curiosity"}, "allowed values"),
    ],
)
def test_what_is_missing_is_said(cast: Cast, change: dict[str, object], said: str) -> None:
    mira = cast.actor("mira")
    given = {"case_ids": [make_case(mira, make_person(mira))], "reason": "court", "recipient": COURT} | change
    with pytest.raises(Invalid, match=said):
        services.ask_export(actor=cast.actor("mira"), **given)  # type: ignore[arg-type]  # any part may be wrong
    assert not Export.objects.exists()


def test_the_wish_is_taken_back_by_whoever_asked(cast: Cast) -> None:
    mira = cast.actor("mira")
    export = asked(cast, make_case(mira, make_person(mira)))
    with pytest.raises(Denied):
        services.take_back_export(actor=cast.actor("jelena"), export_id=export)
    services.take_back_export(actor=cast.actor("mira"), export_id=export)
    with pytest.raises(NotAllowedNow):
        services.agree_export(actor=cast.actor("jelena"), export_id=export)


def test_an_erasure_ends_what_lies_ready_or_is_asked_for(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    file, other = make_case(mira, person), make_case(mira)
    ready, waiting, apart = asked(cast, file, other), asked(cast, file), asked(cast, other)
    services.agree_export(actor=cast.actor("jelena"), export_id=ready)
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    states = dict(Export.objects.values_list("pk", "state"))
    assert (states[ready], states[waiting], states[apart]) == (rules.GONE, rules.GONE, rules.WAITING)
    assert bytes(Export.objects.get(pk=ready).file) == b""
    with pytest.raises(NotAllowedNow):
        services.take_export(actor=mira, export_id=ready)
