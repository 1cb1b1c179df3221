"""Is there a Chromium on this machine? Browser tests and screenshots run when there is one."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_CACHES = (Path(".cache/ms-playwright"), Path("Library/Caches/ms-playwright"))
PLAYWRIGHT_PATTERNS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium")


def find_chromium() -> str | None:
    """Return the path of a Chromium: the machine's own, else one that Playwright brought."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for cache in PLAYWRIGHT_CACHES:
        for pattern in PLAYWRIGHT_PATTERNS:
            if brought := sorted((Path.home() / cache).glob(pattern)):
                return str(brought[-1])
    return None
