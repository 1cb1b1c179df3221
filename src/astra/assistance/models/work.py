"""Work and school: what stands in clear are days and codes; employers, posts, schools and subjects are sealed.

After an erasure placements, schooling and receipts keep what figures are made of: a month, codes, a random number.
"""

from django.db import models

from astra.assistance.rules.receipts import RSD


class Cv(models.Model):
    """The curriculum vitae of a client; its words are revised, never doubled."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_cv_a_client")]

    def __str__(self) -> str:
        return f"cv {self.pk}"


class JobApplication(models.Model):
    """One application for work, with the answer to it."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField()
    answer = models.CharField(max_length=40)
    answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"application {self.pk}"


class Employer(models.Model):
    """An organisation of the directory that takes part: offers work, practice or training. Nobody's data."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    offers = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"employer {self.pk}"


class Placement(models.Model):
    """Work that somebody began; at whose place is sealed."""

    record = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    client_mark = models.UUIDField(null=True)
    sector = models.CharField(max_length=40)
    workplace = models.CharField(max_length=40)
    """What the register of checked employers said, before the placement."""
    is_partner = models.BooleanField(default=False)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    end = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"placement {self.pk}"


class RetentionCheck(models.Model):
    """Whether somebody still works there after some months; blank until she was asked."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="checks")
    months = models.PositiveSmallIntegerField()
    task_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=40, blank=True)
    asked_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "months"], name="one_check_a_term")]

    def __str__(self) -> str:
        return f"{self.months} months"


class Schooling(models.Model):
    """A school, a course, tutoring or training that somebody began; where is sealed."""

    record = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    client_mark = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    end = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"schooling {self.pk}"


class Exam(models.Model):
    """An exam of a schooling; in what is sealed."""

    record = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT)
    schooling = models.ForeignKey(Schooling, on_delete=models.CASCADE, related_name="exams")
    on = models.DateField()
    result = models.CharField(max_length=40, blank=True)
    task_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"exam {self.pk}"


class Scholarship(models.Model):
    """Money granted for a schooling: so much a month, from a month to a month."""

    schooling = models.ForeignKey(Schooling, on_delete=models.CASCADE, related_name="scholarships")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    """A month, in dinars."""
    since = models.DateField()
    until = models.DateField()
    funded_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"scholarship {self.pk}"


class ChildEntry(models.Model):
    """One step for a child without parents here: guardian, age, best interest, asylum, tracing the family."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    on = models.DateField()
    until = models.DateField(null=True)
    is_tracing_safe = models.BooleanField(default=False)
    is_tracing_wanted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"child entry {self.pk}"


class Receipt(models.Model):
    """Money, vouchers or goods handed over against a receipt; voided, never deleted."""

    record = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    client_mark = models.UUIDField(null=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default=RSD)
    issued_on = models.DateField()
    funded_by = models.CharField(max_length=40)
    signed_on = models.DateField(null=True)
    voided_on = models.DateField(null=True)
    void = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="one_receipt_a_number")]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
