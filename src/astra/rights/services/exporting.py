"""How do files leave in an export? One asks, another who may open them all agrees, the first takes what was sealed.

What both may open in the team's tier is laid out with the recipient, the number and the day on every page and in every
row, and is sealed at once for the recipient: with her own key, or with words that only the second of the two is shown.
So neither of them alone can hand out a file that opens. After three days it is destroyed here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.rights.models import Export, ExportedCase
from astra.rights.rules import exports as rules
from astra.rights.sections import EXPORT_WORDS, ExportWords
from astra.rights.services.export_paper import Marks, pack
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import age
from astra.vault.crypto.passphrase import new_passphrase
from astra.vault.services import decoys
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing
from astra.vault.services.trail import write_trail

DATA_PROTECTION = "data_protection"


@dataclass(frozen=True)
class Agreed:
    """What the second person is shown once: the words that open it, or nothing where it opens with a key."""

    words: str


def ask_export(
    *, actor: Actor, case_ids: Sequence[UUID], reason: str, recipient: str, key: str = "", words: str = ""
) -> UUID:
    """Ask that files be given on to somebody; nothing is opened yet."""
    actor.check_desk("cases")
    if actor.id is None:
        raise Denied(rules.SECOND_PERSON)
    wanted = list(dict.fromkeys(case_ids))
    for case_id in wanted:
        cases.get_case(actor, case_id)
    decoys.watch(actor=actor, record_ids=wanted)
    rules.check_asking(reason, recipient, wanted, _used(actor))
    if key.strip():
        _check_key(key)
    sealing, circles = Sealing(actor), _teams(wanted)
    readers = list(dict.fromkeys([*circles.values(), vault.desk_circles()[DATA_PROTECTION]]))
    record_id = sealing.new_record("export", listed_for=readers)
    said = ExportWords(recipient.strip(), key.strip().lower(), words.strip())
    sealing.seal(record_id, EXPORT_WORDS, said, to=readers, owners=[record_id])
    at, year = now(), today().year
    try:
        with sealing.transaction():
            last = Export.objects.filter(year=year).aggregate(last=Max("running"))["last"] or 0
            export = Export(record_id=record_id, year=year, running=last + 1, reason=reason, asked_by_id=actor.id)
            export.asked_at, export.count, export.expires_at = at, len(wanted), at + rules.ASKED_FOR
            export.save(force_insert=True)
            ExportedCase.objects.bulk_create(ExportedCase(export=export, case_id=case_id) for case_id in wanted)
            _log(actor, "rights.export_asked", export, wanted)
    except IntegrityError:  # a colleague who asked at the same moment has the number
        raise Conflict(SOMEBODY_SAVED) from None
    return record_id


def agree_export(*, actor: Actor, export_id: UUID) -> Agreed:
    """A second person agrees: what both may open is laid out and sealed for the recipient, and lies ready."""
    export, case_ids = _reached(actor, export_id)
    rules.check_second(export.asked_by_id, actor.id)
    _check_waits(export)
    asker = export.asked_by_id
    for case_id, team in _teams(case_ids).items():
        cases.get_case(actor, case_id)
        if asker not in vault.workers_in(team):
            raise NotAllowedNow(rules.NOT_IN_TEAM)
    said = vault.open_section(actor, export_id, EXPORT_WORDS).content
    packed = pack(actor, case_ids, Marks(export.number, said.recipient, today()))
    # What was opened is on the log before anything of it lies anywhere.
    write_trail(actor, "rights.opened_for_export", reason=export.reason)
    words = "" if said.key else new_passphrase()
    sealed = age.seal_for_words(words, packed) if words else age.seal_for_key(said.key, packed)
    with _changing(actor, export_id, "agree", "rights.export_agreed") as row:
        row.file, row.expires_at = sealed, now() + rules.READY_FOR
    return Agreed(words)


def refuse_export(*, actor: Actor, export_id: UUID) -> None:
    """A second person does not agree."""
    export, _case_ids = _reached(actor, export_id)
    rules.check_second(export.asked_by_id, actor.id)
    with _changing(actor, export_id, "refuse", "rights.export_refused"):
        pass


def take_back_export(*, actor: Actor, export_id: UUID) -> None:
    """Whoever asked no longer wants it."""
    export, _case_ids = _reached(actor, export_id)
    if export.asked_by_id != actor.id:
        raise Denied(rules.NOT_HERS)
    with _changing(actor, export_id, "take_back", "rights.export_taken_back"):
        pass


def take_export(*, actor: Actor, export_id: UUID) -> tuple[str, bytes]:
    """The sealed file and its name, for whoever asked; each taking is on the log."""
    export, case_ids = _reached(actor, export_id)
    if export.asked_by_id != actor.id:
        raise Denied(rules.NOT_HERS)
    at = now()
    with transaction.atomic():
        row = Export.objects.select_for_update().get(pk=export_id)
        if row.state != rules.READY or rules.is_over(row.expires_at, at):
            raise NotAllowedNow(rules.NOT_READY)
        Export.objects.filter(pk=export_id, taken_at=None).update(taken_at=at)
        _log(actor, "rights.export_taken", row, case_ids)
    return f"{row.year}-{row.running}.zip.age", bytes(row.file)


def expire_exports() -> int:
    """Destroy what lay long enough, taken or not, and end what nobody agreed to; unattended."""
    at, ended = now(), 0
    for pk in Export.objects.filter(state__in=(rules.WAITING, rules.READY), expires_at__lte=at).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            row = Export.objects.select_for_update().get(pk=pk)
            if row.state not in (rules.WAITING, rules.READY) or not rules.is_over(row.expires_at, at):
                continue
            row.state, row.file = rules.EXPORT.check(row.state, "lapse"), b""
            row.save()
            audit.record(actor_id=None, verb="rights.export_lapsed", detail={"count": row.count})
        ended += 1
    return ended


def _used(actor: Actor) -> int:
    """How many cases she asked for within a week; what was refused or taken back does not count."""
    rows = Export.objects.filter(asked_by=actor.id, asked_at__gt=now() - rules.A_WEEK)
    counted = rows.exclude(state__in=(rules.REFUSED, rules.TAKEN_BACK)).aggregate(all=Sum("count"))["all"]
    return counted or 0


def _check_key(key: str) -> None:
    try:
        age.read_public(key)
    except age.BadKey:
        raise Invalid(Problem("key", rules.BAD_KEY)) from None


def _teams(case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    return {case_id: tiers[TEAM] for case_id, tiers in cases.tier_circles(case_ids).items()}


def _reached(actor: Actor, export_id: UUID) -> tuple[Export, list[UUID]]:
    actor.check_desk("cases")
    vault.check_reach(actor, export_id)
    row = Export.objects.filter(pk=export_id).first()
    if row is None:
        raise NotFound
    return row, list(row.cases.order_by("pk").values_list("case", flat=True))


def _check_waits(row: Export, at: datetime | None = None) -> None:
    rules.EXPORT.check(row.state, "agree")
    if rules.is_over(row.expires_at, at or now()):
        raise NotAllowedNow(rules.NOT_READY)


@contextmanager
def _changing(actor: Actor, export_id: UUID, step: str, verb: str) -> Iterator[Export]:
    """Lock the row, take the step, let the block change the rest, write and log."""
    with transaction.atomic():
        row = Export.objects.select_for_update().get(pk=export_id)
        row.state = rules.EXPORT.check(row.state, step)
        row.decided_by_id, row.decided_at = actor.id, now()
        yield row
        row.save()
        _log(actor, verb, row, list(row.cases.values_list("case", flat=True)))


def _log(actor: Actor, verb: str, row: Export, case_ids: Sequence[UUID]) -> None:
    names = sorted(set(vault.pseudonyms([row.pk, *case_ids]).values()))
    audit.record(actor_id=actor.id, verb=verb, subjects=names, reason=row.reason, detail={"cases": len(case_ids)})
