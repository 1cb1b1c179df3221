"""What is a case file, and whom and what does it hold together?"""

from django.db import models

from astra.cases.rules.lifecycle import ACTIVE
from astra.cases.rules.numbers import format_number


class Case(models.Model):
    """One file: its number, state, ground and coded facts. The story is sealed in the record's sections."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=ACTIVE)
    ground = models.CharField(max_length=40)
    ground_on = models.DateField(null=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    lead = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    forms = models.JSONField(default=list)
    """Forms of exploitation as far as known: a set of codes; empty is not known, never 'none'."""
    countries = models.JSONField(default=list)
    risk = models.CharField(max_length=40, blank=True)
    held_on = models.DateField(null=True)
    """Since when a legal hold forbids erasing anything of the file."""
    is_imported = models.BooleanField(default=False)
    clients_gone = models.PositiveSmallIntegerField(default=0)
    """Clients who were erased while the file went on for others; figures count them still."""
    moved_on = models.DateField(null=True)
    """Since when its coded facts stand in a row of their own (`KeptCase`)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "running"], name="one_case_a_number")]
        indexes = [
            models.Index(fields=["lead", "state"], name="cases_by_lead"),
            models.Index(fields=["state", "opened_on"], name="cases_by_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The file number as people say it."""
        return format_number(self.year, self.running)

    @property
    def is_held(self) -> bool:
        """Whether a legal hold is on the file."""
        return self.held_on is not None


class FileCounter(models.Model):
    """The last running number of a year; its row is locked while numbers are given out, so none is given twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return format_number(self.year, self.last)


class OldNumber(models.Model):
    """An older system's reference, found by whoever types it exactly; what it says is sealed with the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="old_numbers")
    generation = models.PositiveIntegerField()
    """Which generation of the index circle's secret made the token."""
    token = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="one_token_a_case")]

    def __str__(self) -> str:
        return self.token


class CasePerson(models.Model):
    """Who somebody is in a file: the client, her child, her mother, a witness."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_role_a_case_person")]

    def __str__(self) -> str:
        return self.role


class CaseContact(models.Model):
    """A contact that belongs to a file."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    contact = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "contact"], name="one_link_a_case_contact")]

    def __str__(self) -> str:
        return f"contact {self.contact_id}"


class CaseLink(models.Model):
    """An individual file that belongs to a group's or a family's; each keeps its own circles."""

    group = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="linked")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "case"], name="one_link_a_grouped_case")]

    def __str__(self) -> str:
        return f"case {self.case_id}"
