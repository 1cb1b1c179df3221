"""When was it, when was she born, as far as anybody knows? Dates and ages as people say them.

A `PartialDate` keeps the range of days that is possible; `parse` and `parse_birth` read what people say or write,
`say` writes it as they would.
"""

from astra.kernel.partial_dates.reading import parse, parse_birth
from astra.kernel.partial_dates.saying import say, say_age
from astra.kernel.partial_dates.value import AgeRange, PartialDate, add_years, years_between

__all__ = ["AgeRange", "PartialDate", "add_years", "parse", "parse_birth", "say", "say_age", "years_between"]
