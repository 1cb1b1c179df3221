"""Do the catalogues of the public pages hold exactly their sentences, keep what reviewers did, and miss nothing?"""

import gettext
from pathlib import Path

import pytest

from astra.science.script.also_spoken import AWAITED, read_also_spoken
from astra.science.script.catalogue import Catalogues, main
from astra.science.script.gettext_files import as_bytes, read

LIST = """
said = ["room/public/*", "room/errors.py"]
not_said = ["room/public/long.py"]
[languages.ar]
plural = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
note = "Arabic, plain."
"""
PUBLIC = """
a = _("Write to %(who)s")
b = ngettext("%(n)s hour", "%(n)s hours", n)
c = pgettext("door", "Open")
"""
TRANSLATED = {"Write to %(who)s": "مراسلة %(who)s", "Open": "مفتوح"}
HOURS = ("الآن", "ساعة واحدة", "ساعتان", "%(n)s ساعات", "%(n)s ساعة", "%(n)s ساعة!")


@pytest.fixture
def project(tmp_path: Path) -> Catalogues:
    """A small project with a desk, public pages in Arabic, too, and one page that is not translated."""
    room = tmp_path / "src" / "room"
    (room / "public").mkdir(parents=True)
    (room / "public" / "pages.py").write_text(PUBLIC, "utf-8")
    (room / "public" / "long.py").write_text('_("A long page")', "utf-8")
    (room / "desk.py").write_text('_("Close the file")\n_("Write to %(who)s")', "utf-8")
    (room / "errors.py").write_text('_("That did not work")', "utf-8")
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "babel.cfg").write_text("[python: **.py]\n", "utf-8")
    (tmp_path / "locale" / "public.toml").write_text(LIST, "utf-8")
    return Catalogues(tmp_path)


def translate(project: Catalogues, **more: str) -> None:
    """Write the Arabic catalogue as a translator would."""
    path = project.path("ar")
    arabic = read(path, "ar")
    given = {**TRANSLATED, "That did not work": more.get("error", "لم ينجح ذلك")}
    for message in arabic:
        if message.id:
            message.string = HOURS if isinstance(message.id, tuple) else given.get(str(message.id), "")
    path.write_bytes(as_bytes(arabic, project.also.tongues[0].head))


def of_arabic(project: Catalogues) -> list[str]:
    return [problem for problem in project.problems() if problem.startswith("ar: ")]


def test_a_catalogue_holds_the_sentences_of_the_public_pages_and_says_that_it_awaits_a_reader(
    project: Catalogues,
) -> None:
    project.extract()
    arabic = [message for message in read(project.path("ar"), "ar") if message.id]
    assert {str(message.id) for message in arabic} == {
        *TRANSLATED,
        "That did not work",
        "('%(n)s hour', '%(n)s hours')",
    }
    assert all(message.user_comments == [AWAITED] for message in arabic)
    text = project.path("ar").read_text("utf-8")
    assert AWAITED in text.partition("msgid")[0]
    assert "# Arabic, plain." in text
    assert "desk.py" not in text, "what changes at a desk changes nothing here"
    assert "nplurals=6" in text


def test_every_number_has_its_form(project: Catalogues) -> None:
    project.extract()
    translate(project)
    project.compile()
    with project.path("ar").with_suffix(".mo").open("rb") as file:
        arabic = gettext.GNUTranslations(file)
    said = [arabic.ngettext("%(n)s hour", "%(n)s hours", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)]
    assert [HOURS.index(one) for one in said] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]
    assert arabic.pgettext("door", "Open") == "مفتوح"


def test_the_check_finds_what_is_missing_broken_new_and_gone(
    project: Catalogues, capsys: pytest.CaptureFixture[str]
) -> None:
    project.extract()
    translate(project)
    assert of_arabic(project) == []
    translate(project, error="")
    assert of_arabic(project) == ["ar: not translated: That did not work"]
    assert main(["check", "--root", str(project.root)]) == 1
    assert "ar: not translated: That did not work" in capsys.readouterr().out
    translate(project, error="لم ينجح %(who)s")
    assert of_arabic(project) == ["ar: broken translation: That did not work: %(who) is not in the message"]
    translate(project)
    (project.root / "src" / "room" / "errors.py").write_text('_("It went wrong")', "utf-8")
    assert of_arabic(project) == [
        "ar: not in the catalogue: It went wrong",
        "ar: no longer in the program: That did not work",
    ]


def test_what_a_reader_has_reviewed_stays_reviewed(project: Catalogues) -> None:
    project.extract()
    translate(project)
    path = project.path("ar")
    reviewed = path.read_text("utf-8").replace(f"# {AWAITED}\n", "")
    path.write_text(reviewed, "utf-8")
    assert project.extract() == []
    (project.root / "src" / "room" / "errors.py").write_text('_("It went wrong")', "utf-8")
    project.extract()
    comments = {str(message.id): message.user_comments for message in read(path, "ar") if message.id}
    assert comments.pop("It went wrong") == [AWAITED]
    assert not any(comments.values())


def test_a_project_without_a_list_has_no_such_languages(tmp_path: Path) -> None:
    assert read_also_spoken(tmp_path / "public.toml").tongues == ()
