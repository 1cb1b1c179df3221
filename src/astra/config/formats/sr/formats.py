"""How does Serbian write a date? With a space after every full stop, and never broken at the end of a line.

Templates and `date_format` name a format of these; nothing else spells one out. Times stand apart by an ordinary space,
so a narrow column may put them on a line of their own.
"""

DATE_FORMAT = "j.\u00a0F\u00a0Y."
SHORT_DATE_FORMAT = "j.\u00a0n.\u00a0Y."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = f"{DATE_FORMAT} H:i"
SHORT_DATETIME_FORMAT = f"{SHORT_DATE_FORMAT} H:i"
# Ours, beside Django's: a day of these weeks, the day as a heading, the second that the log wrote.
NEAR_DATETIME_FORMAT = "j.\u00a0n. H:i"
WEEKDAY_FORMAT = f"l, {SHORT_DATE_FORMAT}"
EXACT_DATETIME_FORMAT = f"{SHORT_DATE_FORMAT} H:i:s"
