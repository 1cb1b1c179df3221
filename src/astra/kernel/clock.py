"""What time is it? One door to the clock, so that tests and practice can hold it still."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Belgrade")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day where the organisation works."""
    return datetime.now(LOCAL).date()
