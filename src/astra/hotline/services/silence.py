"""How are repeated silent calls logged together? Each stays a contact; one act says what they were."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import Contact
from astra.hotline.rules.silence import KINDS
from astra.hotline.selectors.silence import SilentGroup, silent_groups
from astra.hotline.services.calls import log_call, settle_missed
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

CHANGED = msg("These calls have changed meanwhile. Look again.")
SILENT, NOTHING = KINDS[0], "nothing"


def log_silent(*, actor: Actor, contact_ids: Collection[UUID]) -> int:
    """Log the calls of one group as silent and settle those that were missed; returns how many it were.

    Where it was one number they are the same caller's from now on; where only line and time speak for it, they are not.
    """
    actor.check_desk("hotline")
    asked = set(contact_ids)
    group = next((one for one in silent_groups(actor) if asked <= set(one.contacts)), None)
    if group is None or not asked:
        raise NotAllowedNow(CHANGED)
    with transaction.atomic():
        for call in group.to_log:
            log_call(actor=actor, call_id=call.id, kind=SILENT)
        for call in group.missed:
            settle_missed(actor=actor, call_id=call.id, outcome=NOTHING)
        if group.is_one_number:
            _same_caller(group)
        audit.record(
            actor_id=actor.id,
            verb="hotline.silent_logged",
            subjects=list(vault.pseudonyms(group.contacts).values()),
            detail={"count": group.count, "same_number": group.is_one_number},
        )
    return group.count


def _same_caller(group: SilentGroup) -> None:
    """Further contacts point to the first one; what already belongs to a caller stays hers."""
    rows = Contact.objects.filter(pk__in=group.contacts)
    roots = {root for root in rows.values_list("repeat_of", flat=True) if root}
    first = roots.pop() if len(roots) == 1 else group.contacts[0]
    loose = rows.filter(repeat_of=None, repeats=None, people=None).exclude(pk=first)
    if not roots:
        Contact.objects.filter(pk__in=list(loose.values_list("pk", flat=True))).update(repeat_of=first)
