"""Are the catalogues complete, true to their placeholders, and the same bytes whenever they are made?"""

import gettext
from pathlib import Path

import pytest

from astra.science.script.catalogue import Catalogues, generate, is_fresh, main, missing
from astra.science.script.gettext_files import as_bytes, broken, new_catalogue, read

SOURCE = """
from somewhere import gettext as _, msg, ngettext, pgettext
a = _("Close the file of %(name)s")
b = msg("Open PDF")
c = ngettext("%(count)s call", "%(count)s calls", n)
d = pgettext("door", "Open")
"""
TRANSLATED = {
    "Close the file of %(name)s": "Zatvori dosije: %(name)s",
    "Open PDF": "Otvori PDF",
    "Open": "Otvoren",
}


@pytest.fixture
def project(tmp_path: Path) -> Catalogues:
    """A small project whose words are not yet translated."""
    (tmp_path / "src" / "room" / "tests").mkdir(parents=True)
    (tmp_path / "src" / "room" / "words.py").write_text(SOURCE, "utf-8")
    (tmp_path / "src" / "room" / "tests" / "test_x.py").write_text('x = _("Not for readers")', "utf-8")
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "babel.cfg").write_text("[ignore: **/tests/**]\n[python: **.py]\n", "utf-8")
    return Catalogues(tmp_path)


def translate(project: Catalogues) -> None:
    """Write the Latin catalogue as a translator would."""
    path = project.path("sr_Latn")
    latin = read(path, "sr_Latn")
    for message in latin:
        if isinstance(message.id, tuple):
            message.string = ("%(count)s poziv", "%(count)s poziva", "poziva")
        elif message.id:
            message.string = TRANSLATED[str(message.id)]
    path.write_bytes(as_bytes(latin))


def test_from_the_program_to_both_scripts(project: Catalogues) -> None:
    project.extract()
    latin = project.path("sr_Latn")
    assert set(missing(latin)) == {*TRANSLATED, "%(count)s call"}
    translate(project)
    assert missing(latin) == []
    assert not is_fresh(latin, project.path("sr"))
    project.generate()
    assert is_fresh(latin, project.path("sr"))
    project.compile()
    assert project.problems() == []
    with project.path("sr").with_suffix(".mo").open("rb") as file:
        cyrillic = gettext.GNUTranslations(file)
    assert cyrillic.gettext("Open PDF") == "Отвори PDF"
    assert cyrillic.gettext("Close the file of %(name)s") == "Затвори досије: %(name)s"
    assert cyrillic.pgettext("door", "Open") == "Отворен"
    assert [cyrillic.ngettext("%(count)s call", "", n) for n in (21, 3, 5)] == [
        "%(count)s позив",
        "%(count)s позива",
        "позива",
    ]


def test_the_same_bytes_every_time(project: Catalogues) -> None:
    assert project.update()
    first = {path: path.read_bytes() for path in project.folder.rglob("*.*o")}
    assert project.update() == []
    assert first == {path: path.read_bytes() for path in project.folder.rglob("*.*o")}
    text = project.path("sr_Latn").read_text("utf-8")
    assert "Date" not in text
    assert "Babel" not in text
    assert "words.py:" not in text, "line numbers would change with every edit"


def test_extracting_keeps_translations_and_drops_what_is_gone(project: Catalogues) -> None:
    project.extract()
    translate(project)
    (project.root / "src" / "room" / "words.py").write_text('a = _("Open PDF")\nb = _("New words")', "utf-8")
    found = project.problems()
    assert "not in the catalogue: New words" in found
    assert "no longer in the program: Open" in found
    project.extract()
    latin = read(project.path("sr_Latn"), "sr_Latn")
    assert latin["Open PDF"].string == "Otvori PDF"
    assert "Open" not in latin
    assert not latin.obsolete


def test_authors_steer_the_script(project: Catalogues) -> None:
    latin = new_catalogue("sr_Latn")
    latin.add("a", "Piši na Signal i Telegram", user_comments=["keep: Signal,  Telegram", "a note without a mark"])
    latin.add("b", "Vesti Tanjug-a", user_comments=["cyrillic: Вести Танјуга"])
    latin.add("c", "", flags=["fuzzy"])
    latin.add(("d", "ds"), None)
    cyrillic = generate(latin)
    assert cyrillic["a"].string == "Пиши на Signal и Telegram"
    assert cyrillic["b"].string == "Вести Танјуга"
    assert cyrillic["c"].string == ""
    assert cyrillic["c"].fuzzy
    path = project.path("sr_Latn")
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(latin))
    assert read(path, "sr_Latn")["a"].user_comments == ["keep: Signal,  Telegram", "a note without a mark"]
    assert set(missing(path)) == {"c", "d"}


def test_a_broken_translation_is_found(project: Catalogues) -> None:
    latin = new_catalogue("sr_Latn")
    latin.add("%(name)s called <b>you</b>", "%(ime)s vas je zvala")
    latin.add(("%(n)s call", "%(n)s calls"), ("jedan poziv", "%(m)s poziva", "%(n)s poziva"))
    latin.add("100% sure", "100% sigurno")
    path = project.path("sr_Latn")
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(latin))
    assert broken(path) == [
        "%(n)s call: %(m) is not in the message",
        "%(name)s called <b>you</b>: %(ime) is not in the message",
        "%(name)s called <b>you</b>: %(name) is left out",
        "%(name)s called <b>you</b>: </b is left out",
        "%(name)s called <b>you</b>: <b is left out",
    ]


def test_the_command_line(project: Catalogues, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(project.root)]
    assert main(["check", *root]) == 1
    assert "there is no locale/sr_Latn" in capsys.readouterr().out
    assert main(["extract", *root]) == 0
    (project.root / "src" / "room" / "more.py").write_text("\n".join(f'_("Words {n}")' for n in range(40)), "utf-8")
    assert main(["check", *root]) == 1
    assert "more\n`make fix`" in capsys.readouterr().out
    (project.root / "src" / "room" / "more.py").unlink()
    translate(project)
    assert main(["generate", *root]) == 0
    assert main(["compile", *root]) == 0
    assert "wrote locale/sr/LC_MESSAGES/django.mo" in capsys.readouterr().out
    assert main(["check", *root]) == 0
    assert main(["update", *root]) == 0
    assert capsys.readouterr().out == ""
