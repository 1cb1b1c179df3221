"""Do the channels work that this organisation has connected? Proved under the settings of now, and somebody listens."""

from django.db import DatabaseError

from astra.config.checks.findings import Finding, good, missing, note
from astra.hotline import selectors
from astra.sites.channels.providers import NotConfigured
from astra.sites.channels.settings import Settings, read_settings

HOW = "docs/howto/channels.md says how"


def connected_findings() -> list[Finding]:
    """Look at `channels.toml`, at what was proved, and at the process that listens and sends."""
    try:
        told = read_settings()
        return _channels(told) if told.channels else [note("channels", "people write on our own pages only", HOW)]
    except NotConfigured as error:
        return [missing("channels", str(error), HOW)]
    except DatabaseError as error:
        return [missing("channels", f"cannot be looked at ({type(error).__name__})", "Run: astra setup")]


def _channels(told: Settings) -> list[Finding]:
    proved = selectors.proved_channels()
    found = []
    for one in told.channels:
        if proved.get(one.channel) == one.digest:
            found.append(good(one.channel, "proved, and offered on the public page"))
        else:
            mend = f"Run: astra channels check {one.channel}"
            found.append(note(one.channel, "not proved under these settings, so not offered", mend))
    if selectors.is_manned():
        return [*found, good("channels", "somebody listens and sends")]
    return [*found, missing("channels", "nobody listens or sends", "Run: astra serve (alone: astra channels)")]
