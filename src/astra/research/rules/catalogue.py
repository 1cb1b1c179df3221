"""Which tables are there, what does each count, and by which day? Declared here, shown under each table.

How to add one stands in `docs/howto/tables.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from astra.kernel.words import msg


@dataclass(frozen=True)
class Table:
    """What a table counts. `codes` is the vocabulary list that names its rows, `names` are those of its own."""

    name: str
    title: str
    unit: str
    counted_by: str
    definition: str
    codes: str = ""
    is_of_groups: bool = False
    """Rows are the groups of the list."""
    names: Mapping[str, str] = field(default_factory=dict)
    is_overlapping: bool = False
    """One person may stand in several rows."""
    has_shares: bool = False
    is_added_up: bool = True
    """All rows together mean something."""


FAMILIES = {
    "psychological": msg("Psychological help"),
    "legal": msg("Legal help"),
    "medical": msg("Medical help"),
    "field": msg("Field actions"),
}
PERSON, SERVICE = msg("person"), msg("service given")
BY_SERVICE = msg("the day on which the service was given")
LATEST = msg("the day of our newest assessment of the person")

TABLES = {
    table.name: table
    for table in (
        Table(
            "clients",
            msg("People who received help"),
            PERSON,
            BY_SERVICE,
            msg(
                "Everybody to whom at least one service was given, once in each year and once in all years together. "
                "A person who received several kinds of help stands in several rows."
            ),
            names=FAMILIES,
            is_overlapping=True,
        ),
        Table(
            "services",
            msg("Services given"),
            SERVICE,
            BY_SERVICE,
            msg("Every service that was written down, with its number of units; group work counts for each person."),
            codes="service_type",
        ),
        Table(
            "pillars",
            msg("Services given, by pillar"),
            SERVICE,
            BY_SERVICE,
            msg("The same services by the four pillars of the national referral mechanism."),
            codes="service_type",
            is_of_groups=True,
        ),
        Table(
            "nights",
            msg("Nights in shelter"),
            msg("night"),
            msg("the evening on which the stay began"),
            msg("Nights that people stayed in beds of ours and of partners; a stay counts in the year it began."),
            names={"own": msg("Our houses"), "partner": msg("Partners' houses")},
        ),
        Table(
            "assessed",
            msg("Our own assessment"),
            PERSON,
            LATEST,
            msg("Everybody whom we assessed, once, by the newest assessment; the formal decision is another table."),
            codes="trafficking_status",
            has_shares=True,
        ),
        Table(
            "forms",
            msg("Forms of exploitation"),
            PERSON,
            LATEST,
            msg(
                "Everybody with an assessment that is not \u201cnot trafficking\u201d. One person may have been "
                "exploited in several ways and stands in several rows then; percent are of those with any form noted."
            ),
            codes="forms_of_exploitation",
            is_of_groups=True,
            is_overlapping=True,
            has_shares=True,
        ),
        Table(
            "forms_in_detail",
            msg("Forms of exploitation in detail"),
            PERSON,
            LATEST,
            msg("As the table of forms, each form by itself."),
            codes="forms_of_exploitation",
            is_overlapping=True,
            has_shares=True,
        ),
        Table(
            "choices",
            msg("What people chose"),
            msg("choice"),
            msg("the day on which it was said"),
            msg("What people said they want: it stands beside our assessment and the formal decision."),
            codes="own_choice",
            has_shares=True,
        ),
        Table(
            "opened",
            msg("Cases opened"),
            msg("case"),
            msg("the day on which it was opened"),
            msg("Every case by its kind; a case may have several clients."),
            codes="case_kind",
            has_shares=True,
        ),
        Table(
            "closed",
            msg("How cases ended"),
            msg("case"),
            msg("the day on which it was closed"),
            msg(
                "Cases that are closed now, by their outcome; one that was opened again counts when it is closed again."
            ),
            codes="close_outcome",
            has_shares=True,
        ),
        Table(
            "proceedings",
            msg("Proceedings begun"),
            msg("proceeding"),
            msg("the day on which it began"),
            msg("Proceedings in which we stood by somebody, by their kind."),
            codes="proceeding_kind",
            has_shares=True,
        ),
        Table(
            "compensation",
            msg("Compensation"),
            msg("claim, or amount in its currency"),
            msg("the day on which it was claimed"),
            msg(
                "Claims and their sums, each currency by itself; what was ordered and paid later stands in the year "
                "of the claim."
            ),
            is_added_up=False,
        ),
    )
}
