"""How does a supervisor read a sample of last month's contacts, and tell those who took them?"""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from astra.hotline.models import Contact, QualityReview
from astra.hotline.rules import quality as rules
from astra.hotline.rules.contacts import day_begins, one_click_kinds
from astra.hotline.rules.lifecycles import RECORDED
from astra.hotline.sections import QUALITY, QualityWords
from astra.hotline.services.audience import Audience, note
from astra.hotline.services.owners import owners_of
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

WAS_SCORED = msg("This contact was reviewed already.")


def draw_sample(*, actor: Actor, month: date, n: int, seed: int) -> list[UUID]:
    """Draw contacts of a month that others took; what was drawn before stays drawn and is not drawn twice."""
    actor.check_desk("coordination")
    Audience(actor).check_senior()
    if actor.id is None:
        raise NotFound
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    rows = Contact.objects.filter(
        standing=RECORDED, received_at__gte=day_begins(first), received_at__lt=day_begins(after), quality=None
    ).exclude(kind__in=one_click_kinds())
    taken = dict(rows.exclude(counsellor=None).exclude(counsellor=actor.id).values_list("pk", "counsellor"))
    hers = vault.reachable_among(actor, list(taken)) if taken else set()
    chosen = rules.draw(hers, n, seed)
    sealing = Sealing(actor)
    own = Audience(actor).own()
    made = [
        QualityReview(
            record_id=sealing.new_record("quality", listed_for=own),
            contact_id=contact,
            reviewer_id=actor.id,
            counsellor_id=taken[contact],
            seed=seed,
        )
        for contact in chosen
    ]
    with sealing.transaction():
        QualityReview.objects.bulk_create(made)
        note(sealing, "hotline.quality_drawn", contacts=len(made), seed=seed)
    return [row.pk for row in made]


def score_quality(*, actor: Actor, quality_id: UUID, scores: Mapping[str, str], words: str = "") -> None:
    """Say how it was; from now on whoever took the contact sees it."""
    actor.check_desk("hotline")
    vault.check_reach(actor, quality_id)
    row = QualityReview.objects.filter(pk=quality_id, reviewer=actor.id).first() if actor.id else None
    if row is None:
        raise NotFound
    if row.scored_at is not None:
        raise NotAllowedNow(WAS_SCORED)
    rules.check_scores(scores)
    sealing = Sealing(actor)
    both = [*Audience(actor).own(), vault.personal_circle(row.counsellor_id)]
    sealing.list_for(row.pk, both)
    if words.strip():
        sealing.seal(row.pk, QUALITY, QualityWords(words.strip()), to=both, owners=owners_of(row.contact_id))
    with sealing.transaction():
        QualityReview.objects.filter(pk=row.pk).update(scores=dict(scores), scored_at=sealing.at)
        note(sealing, "hotline.quality_scored", row.contact_id)
