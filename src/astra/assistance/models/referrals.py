"""Referrals: to whom, for what, on which lines of the ledger; what was written to them is sealed."""

from django.db import models

from astra.assistance.rules.referrals import PREPARED


class Referral(models.Model):
    """Somebody is referred to an organisation for one kind of help."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    sections = models.CharField(max_length=400)
    """Which parts of the file they are told: codes with single spaces between them."""
    tier = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default=PREPARED)
    prepared_on = models.DateField()
    sent_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    declined = models.CharField(max_length=40, blank=True)
    task_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-prepared_on"], name="referrals_of_a_case")]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralGround(models.Model):
    """A line of the ledger, or an agreed exception, on which a referral rests."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="grounds")
    line = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "line"], name="one_ground_a_line")]

    def __str__(self) -> str:
        return f"ground of {self.referral_id}"
