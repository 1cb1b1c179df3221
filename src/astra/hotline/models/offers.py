"""What does the server know of offers of work? A register of organisations in clear, and checks by codes and days.

The register names organisations only; who offered, who asked and every word of an offer is sealed with the check.
"""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.hotline.models.conversations import Conversation
from astra.hotline.rules.offers import TO_DO
from astra.kernel.clock import now
from astra.kernel.ids import new_id

OFFER_TERM, OFFER_PAPER, OFFER_FLAG, OFFER_NOT_FLAG = "term", "paper", "flag", "not_flag"


class CheckedOrganisation(models.Model):
    """An employer, an agency or a platform about which somebody asked us; never a private person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=160)
    other_names = models.TextField(blank=True)
    """Other spellings and trade names, one a line."""
    kind = models.CharField(max_length=24)
    country = models.CharField(max_length=8, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    licence_number = models.CharField(max_length=60, blank=True)
    licence_until = models.DateField(null=True)
    website = models.CharField(max_length=200, blank=True)
    public_phone = models.CharField(max_length=60, blank=True)
    public_email = models.CharField(max_length=120, blank=True)
    joined_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    """The entry of the same organisation that is kept; its names and findings are shown there."""
    added_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class RegisterFinding(models.Model):
    """What was looked up about an organisation, where, on which day, and what it said. Dated, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(CheckedOrganisation, on_delete=models.CASCADE, related_name="findings")
    what = models.CharField(max_length=40)
    """A code of the list `offer_lookup`."""
    source = models.CharField(max_length=300)
    """The address on the internet, or where the paper is."""
    on = models.DateField()
    said = models.TextField(blank=True)
    """What stood there about the organisation; nothing about anybody."""
    verdict = models.CharField(max_length=16)
    by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)
    """It was a mistake: it stays to be seen, and counts for nothing."""

    class Meta:
        indexes = [models.Index(fields=["organisation", "on"], name="findings_by_organisation")]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class RegisterFlag(models.Model):
    """A red flag that a finding showed, with the reason."""

    finding = models.ForeignKey(RegisterFinding, on_delete=models.CASCADE, related_name="flags")
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "code"], name="hotline_one_flag_a_finding")]

    def __str__(self) -> str:
        return self.code


class OfferCheck(models.Model):
    """One offer of work that somebody asked us to look at."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="offer_checks")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="offer_checks")
    line = models.CharField(max_length=40, blank=True)
    employer = models.ForeignKey(CheckedOrganisation, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(CheckedOrganisation, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=8, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    travel_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default=TO_DO)
    verdict = models.CharField(max_length=16, blank=True)
    lookups = models.PositiveSmallIntegerField(default=0)
    """How much was looked up for this check."""
    began_at = models.DateTimeField()
    begun_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    assigned_to = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+")
    concluded_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    """Grows with each change, so that two who work on it notice each other."""

    class Meta:
        indexes = [models.Index(fields=["state", "travel_on"], name="offer_checks_by_state")]

    def __str__(self) -> str:
        return f"offer check {self.pk}"


class OfferCode(models.Model):
    """A coded answer, a paper seen, or a red flag that was confirmed or taken away."""

    check_of = models.ForeignKey(OfferCheck, on_delete=models.CASCADE, related_name="codes", db_index=False)
    what = models.CharField(max_length=8)
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "what", "code"], name="hotline_one_offer_code")]

    def __str__(self) -> str:
        return self.code
