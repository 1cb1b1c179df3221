"""Which circles can this visit open? Starts from one personal secret and unwraps memberships as they are needed."""

from collections.abc import Iterable
from uuid import UUID

from astra.vault.crypto import aead
from astra.vault.crypto.hybrid import CircleKeys, unwrap
from astra.vault.desks import founded
from astra.vault.models import Generation, Membership
from astra.vault.models.circles import CASE
from astra.vault.prepared import Prepared, PreparedRows

FEW = 300

_MEMBERSHIPS = PreparedRows(
    Membership, lambda circles, holders: Membership.objects.filter(circle__in=circles, holder__in=holders)
)
_CASE_SEATS = Prepared(
    lambda holder: Membership.objects.filter(holder=holder, circle__kind=CASE).values_list("circle")[: FEW + 1]
)


class NotHeld(Exception):
    """The visit holds no valid membership of the circle."""


def membership_wrap_context(circle: UUID, generation: int, holder: UUID, holder_generation: int) -> bytes:
    """What a membership's wrap is bound to."""
    return aead.context("astra.membership.wrap.v1", circle.bytes, generation, holder.bytes, holder_generation)


def membership_mac_context(circle: UUID, generation: int, holder: UUID, holder_generation: int, print_: bytes) -> bytes:
    """What the circle's MAC over a membership covers, the holder's public key included."""
    return aead.context("astra.membership.v1", circle.bytes, generation, holder.bytes, holder_generation, print_)


def chain_context(circle: UUID, generation: int) -> bytes:
    """What the link from a generation to the one before is bound to."""
    return aead.context("astra.generation.previous.v1", circle.bytes, generation)


class Keyring:
    """The secrets that one visit can reach; empty for visitors and unattended work."""

    def __init__(self, personal: UUID | None = None, generation: int = 0, secret: bytes = b"") -> None:
        self.personal = personal
        self._keys: dict[tuple[UUID, int], CircleKeys] = {}
        self._rows: dict[UUID, Membership] = {}
        self._absent: set[UUID] = set()
        """Circles known not to be held, so that a batch asks once."""
        self._wide: set[UUID] | None = None
        self._narrow: set[UUID] | None = None
        self._narrow_known = False
        self._current: dict[UUID, int] = {}
        if personal is not None:
            self._keys[personal, generation] = CircleKeys(secret)
            self._current[personal] = generation

    def wide_circles(self) -> set[UUID]:
        """The desk circles that the visit sits in, directly or through another desk circle."""
        if self._wide is None:
            desks = {circle for _, circle in founded().values()}
            holders = desks | ({self.personal} if self.personal else set())
            held: dict[UUID, list[Membership]] = {}
            for row in _MEMBERSHIPS(circles=desks, holders=holders):
                held.setdefault(row.holder_id, []).append(row)
            self._wide = set()
            fresh = {self.personal} if self.personal else set()
            while fresh:
                reached = {row.circle_id: row for holder in fresh for row in held.get(holder, ())}
                fresh = set(reached) - self._wide
                for circle in fresh:
                    self._rows.setdefault(circle, reached[circle])
                self._wide |= fresh
        return self._wide

    def few_case_circles(self) -> set[UUID] | None:
        """The case circles in which the person sits herself, if they are few enough to be named one by one."""
        if not self._narrow_known and self.personal is not None:
            self._narrow_known = True
            found = {circle for (circle,) in _CASE_SEATS(holder=self.personal)}
            self._narrow = found if len(found) <= FEW else None
        return self._narrow

    def find(self, circle_ids: Iterable[UUID]) -> set[UUID]:
        """Return those circles of which the visit has a membership row (whether it opens is seen at use)."""
        wanted = set(circle_ids)
        if self.personal is None:
            return set()
        holders = self.wide_circles() | {self.personal}
        desks = {circle for _, circle in founded().values()}  # those that she holds were found with the wide circles
        unknown = {one for one in wanted - holders - desks if one not in self._rows and one not in self._absent}
        if unknown:
            for row in _MEMBERSHIPS(circles=unknown, holders=holders):
                known = self._rows.get(row.circle_id)
                if known is None or known.holder_id == self.personal:
                    self._rows[row.circle_id] = row
            self._absent |= {one for one in unknown if one not in self._rows}
        return {circle for circle in wanted if circle == self.personal or circle in self._rows}

    def holds(self, circle_id: UUID) -> bool:
        """Whether the visit has a membership row of the circle."""
        return bool(self.find([circle_id]))

    def newest(self, circle_id: UUID) -> tuple[int, CircleKeys]:
        """Return the newest generation of a circle that the visit can open, with its keys."""
        if circle_id not in self._current:
            self._open_membership(circle_id)
        generation = self._current[circle_id]
        return generation, self._keys[circle_id, generation]

    def keys(self, circle_id: UUID, generation: int) -> CircleKeys:
        """Return the keys of one generation, walking back from the newest; `NotHeld` if that is not possible."""
        if (circle_id, generation) not in self._keys:
            newest, _ = self.newest(circle_id)
        if (circle_id, generation) not in self._keys:
            if generation > newest:
                raise NotHeld
            links = Generation.objects.filter(circle=circle_id, number__gt=generation, number__lte=newest)
            for link in links.order_by("-number"):
                newer = self._keys[circle_id, link.number]
                try:
                    bound = chain_context(circle_id, link.number)
                    secret = aead.open_box(newer.symmetric, bytes(link.previous), bound)
                except aead.WrongBox:
                    raise NotHeld from None
                self._keys.setdefault((circle_id, link.number - 1), CircleKeys(secret))
            if (circle_id, generation) not in self._keys:
                raise NotHeld
        return self._keys[circle_id, generation]

    def learn(self, circle_id: UUID, generation: int, keys: CircleKeys) -> None:
        """Remember a circle that this visit has just made or renewed."""
        self._keys[circle_id, generation] = keys
        self._current[circle_id] = generation
        self._absent.discard(circle_id)
        self.look_again()

    def look_again(self) -> None:
        """Memberships were written or taken away: ask again in which circles the person sits."""
        self._wide, self._narrow_known = None, False

    def forget(self, circle_id: UUID) -> None:
        """Forget a circle, so that its membership is read again."""
        self._rows.pop(circle_id, None)
        self._current.pop(circle_id, None)
        self._absent.discard(circle_id)
        self.look_again()

    def afresh(self) -> "Keyring":
        """The same person's keys without the narrow circles opened so far: long work begins every lot with it."""
        kept = self.wide_circles() | ({self.personal} if self.personal else set())
        fresh = Keyring(self.personal)
        fresh._keys = {place: keys for place, keys in self._keys.items() if place[0] in kept}
        fresh._rows = {circle: row for circle, row in self._rows.items() if circle in kept}
        fresh._current = {circle: number for circle, number in self._current.items() if circle in kept}
        fresh._wide = set(self.wide_circles())
        return fresh

    def _open_membership(self, circle_id: UUID) -> None:
        if not self.holds(circle_id) or circle_id not in self._rows:
            raise NotHeld
        row = self._rows[circle_id]
        holder = self.keys(row.holder_id, row.holder_generation)
        bound = membership_wrap_context(circle_id, row.generation, row.holder_id, row.holder_generation)
        try:
            secret = unwrap(holder, bytes(row.wrapped), bound)
        except aead.WrongBox:
            raise NotHeld from None
        keys = CircleKeys(secret)
        certified = membership_mac_context(
            circle_id, row.generation, row.holder_id, row.holder_generation, bytes(row.holder_print)
        )
        if not aead.is_mac(keys.mac, certified, bytes(row.mac)):
            raise NotHeld
        self._keys[circle_id, row.generation] = keys
        self._current[circle_id] = row.generation
