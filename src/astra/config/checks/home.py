"""Is the installation whole, and closed to everybody else on this machine?"""

from collections.abc import Iterator
from pathlib import Path

from astra.config.checks.findings import Finding, good, missing, note
from astra.config.environment import PROJECT, Environment, read_environment
from astra.config.frontend import is_fresh
from astra.config.installation import read_installation

PRIVATE = 0o077  # what nobody but the owner may have


def home_findings() -> list[Finding]:
    """Look at ASTRA_HOME and at what set-up makes beside it."""
    env = read_environment()
    return [*_home(env), _cheap_keys(env), _built_pages(), _catalogues()]


def _home(env: Environment) -> Iterator[Finding]:
    """The folder of the installation and the keys in it."""
    installation = read_installation(env.home)
    if installation is None or not env.secret_path.exists():
        yield missing("installation", f"{env.home} holds none", "Run: astra setup (or, to look around: make run)")
        return
    yield good("installation", f"{env.home} ({installation.kind})")
    open_to_others = [path for path in _private_paths(env.home) if path.stat().st_mode & PRIVATE]
    for path in open_to_others:
        yield missing("privacy", f"others on this machine may enter {path}", f"Run: chmod go= {path}")
    if not open_to_others:
        yield good("privacy", "nobody else on this machine may read the data or the keys")


def _private_paths(home: Path) -> Iterator[Path]:
    """The folder itself, that of the keys, every key, and every database file."""
    yield home
    yield home / "keys"
    yield from sorted((home / "keys").rglob("*"))
    yield from sorted(home.glob("*.sqlite3*"))


def _cheap_keys(env: Environment) -> Finding:
    """Keys that are quick to derive are quick to guess."""
    if env.has_cheap_keys:
        return missing("keys", "derived cheaply, as for tests", "Unset ASTRA_CHEAP_KEYS_FOR_TESTS")
    return good("keys", "derived at full cost")


def _built_pages() -> Finding:
    """Are style sheets and scripts built from what the project holds now?"""
    if not is_fresh(PROJECT):
        return missing("style sheets and scripts", "not built, or older than their sources", "Run: make install")
    return good("style sheets and scripts", "built")


def _catalogues() -> Finding:
    """Are the translations compiled?"""
    sources = sorted((PROJECT / "locale").glob("*/LC_MESSAGES/*.po"))
    stale = [path for path in sources if not _is_compiled(path)]
    if stale:
        return missing("translations", f"{len(stale)} of {len(sources)} are not compiled", "Run: make install")
    if not sources:
        return note("translations", "none are there")
    return good("translations", f"{len(sources)} compiled")


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime
