"""How does Serbian in Latin letters write a date? As in Cyrillic ones."""

from astra.config.formats.sr.formats import (
    DATE_FORMAT,
    DATETIME_FORMAT,
    EXACT_DATETIME_FORMAT,
    NEAR_DATETIME_FORMAT,
    SHORT_DATE_FORMAT,
    SHORT_DATETIME_FORMAT,
    TIME_FORMAT,
    WEEKDAY_FORMAT,
)

__all__ = [
    "DATETIME_FORMAT",
    "DATE_FORMAT",
    "EXACT_DATETIME_FORMAT",
    "NEAR_DATETIME_FORMAT",
    "SHORT_DATETIME_FORMAT",
    "SHORT_DATE_FORMAT",
    "TIME_FORMAT",
    "WEEKDAY_FORMAT",
]
