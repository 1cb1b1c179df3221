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


TOPICS = {
    msg("Help given"): ("clients", "services", "pillars", "nights"),
    msg("Identification"): ("assessed", "forms", "forms_in_detail", "identified", "identified_ages", "choices"),
    msg("Cases and what became of them"): (
        "opened",
        "closed",
        "progress",
        "progress_own",
        "placements",
        "schooling",
    ),
    msg("Proceedings"): ("proceedings", "roles", "decisions", "compensation"),
}
"""Under which heading each table is found."""

FAMILIES = {
    "psychological": msg("Psychological help"),
    "legal": msg("Legal help"),
    "medical": msg("Medical help"),
    "field": msg("Field actions"),
}
PERSON, SERVICE = msg("person"), msg("service given")
BY_SERVICE = msg("the day on which the service was given")
BY_DECISION = msg("the day of the decision")
LAST_FILLED = msg("the day on which the scale was last filled in")
GOES_ON = "goes_on"
CHANGES = {"better": msg("Better"), "same": msg("The same"), "worse": msg("Worse")}
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
            "identified",
            msg("Formally identified people, by form of exploitation"),
            PERSON,
            BY_DECISION,
            msg(
                "Everybody for whom a decision of the competent body stands that she is identified, once, by its first "
                "day. The forms are those of our own newest assessment; percent are of those with any form noted."
            ),
            codes="forms_of_exploitation",
            is_of_groups=True,
            is_overlapping=True,
            has_shares=True,
        ),
        Table(
            "identified_ages",
            msg("Formally identified people, adults and children"),
            PERSON,
            BY_DECISION,
            msg("As the table of identified people, by the age for which our own newest assessment was made."),
            names={"adult": msg("Adults"), "child": msg("Children")},
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
            "progress",
            msg("The way so far, as workers see it"),
            PERSON,
            LAST_FILLED,
            msg(
                "Everybody whose scale a worker filled in twice or more: whether the parts of life that were rated the "
                "first and the last time are better together, the same, or worse."
            ),
            names=CHANGES,
            has_shares=True,
        ),
        Table(
            "progress_own",
            msg("The way so far, as people see it themselves"),
            PERSON,
            LAST_FILLED,
            msg("As the table before it, from what the persons themselves filled in."),
            names=CHANGES,
            has_shares=True,
        ),
        Table(
            "placements",
            msg("Work found, and still in work"),
            msg("placement"),
            msg("the month in which the work began"),
            msg(
                "Places of work that were found, and of how many of them the person, asked after so many months, was "
                "in work there or elsewhere. Who was not asked or not reached is not counted as in work."
            ),
            names={
                "began": msg("Work found"),
                "after_1": msg("In work after one month"),
                "after_3": msg("In work after three months"),
                "after_6": msg("In work after six months"),
                "after_12": msg("In work after twelve months"),
            },
            is_overlapping=True,
            is_added_up=False,
        ),
        Table(
            "schooling",
            msg("School and training"),
            msg("enrolment"),
            msg("the month of enrolment"),
            msg("Every enrolment, by how it ended so far."),
            names={
                "completed": msg("Completed"),
                "moved": msg("Moved to another school"),
                "left": msg("Left"),
                "unknown": msg("It is not known how it ended"),
                GOES_ON: msg("It goes on"),
            },
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
            "roles",
            msg("What our clients were in proceedings"),
            msg("client in a proceeding"),
            msg("the day on which the proceeding began"),
            msg("Each client of ours in each proceeding, by what she was in it."),
            codes="proceeding_role",
            has_shares=True,
        ),
        Table(
            "decisions",
            msg("Decisions"),
            msg("decision at one instance"),
            msg("the day of the decision"),
            msg("Every decision, by its outcome; a proceeding may have several, one at each instance."),
            codes="decision_outcome",
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
