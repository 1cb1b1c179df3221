"""How are circles' secrets made, certified and wrapped? The cryptographic half of circles, in memory only."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from astra.kernel.errors import AstraError
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid
from astra.vault.crypto.hybrid import CircleKeys
from astra.vault.keyring import membership_mac_context, membership_wrap_context
from astra.vault.models import Circle, Generation, Membership
from astra.vault.models.circles import DESK, ROOT
from astra.vault.prepared import PreparedRows

HOUSE = "house"

_NEWEST = PreparedRows(
    Generation, lambda circles: Generation.objects.filter(circle__in=circles, number=F("circle__current"))
)


class SwappedKey(AstraError):
    """A public key's certificate is wrong: somebody put another key in its place. Nothing is sealed to it."""

    def __init__(self) -> None:
        super().__init__(msg("A key in the database is not the certified one. Nothing was saved; tell the officer."))


def public_context(circle: UUID, generation: int, public: bytes) -> bytes:
    """What the certificates of a public key cover."""
    return aead.context("astra.generation.public.v1", circle.bytes, generation, public)


@dataclass
class NewCircle:
    """A circle that does not exist in the database yet, with its secret still in memory."""

    row: Circle
    generation: Generation
    keys: CircleKeys
    memberships: list[Membership] = field(default_factory=list)


@dataclass(frozen=True)
class Target:
    """Somewhere to seal to: a circle's newest generation, with its keys if the writer sits in it."""

    circle: UUID
    generation: int
    public: bytes
    keys: CircleKeys | None

    def wrap(self, plaintext: bytes, bound: bytes) -> bytes:
        """Seal symmetrically as a member, by HPKE from outside."""
        if self.keys is not None:
            return aead.seal(self.keys.symmetric, plaintext, bound)
        return hybrid.seal_to(self.public, plaintext, bound)


class KeyMaker:
    """Makes and certifies circles for one actor, and finds where to seal to."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._house: tuple[UUID, int, CircleKeys] | None = None
        self._house_known = False
        self._root: UUID | None = None
        self._targets: dict[UUID, Target] = {}

    def new_circle(self, kind: str, name: str, *, record: UUID | None = None) -> NewCircle:
        """Make a circle with a fresh secret; nothing is written yet."""
        row = Circle(id=new_id(), kind=kind, name=name, record_id=record)
        keys = CircleKeys(aead.new_key())
        if kind == DESK and name == HOUSE:
            self._house, self._house_known = (row.id, 1, keys), True
        generation = self.certify(row.id, 1, keys)
        self._targets[row.id] = Target(row.id, 1, keys.public, keys)
        return NewCircle(row, generation, keys)

    def certify(self, circle: UUID, number: int, keys: CircleKeys) -> Generation:
        """Return the public row of a generation, certified by itself and, where possible, by the house."""
        covered = public_context(circle, number, keys.public)
        house = self.house()
        return Generation(
            circle_id=circle,
            number=number,
            public_key=keys.public,
            own_mac=aead.mac(keys.mac, covered),
            house_mac=aead.mac(house[2].mac, covered) if house else b"",
            house_generation=house[1] if house else 0,
        )

    def membership(self, circle: UUID, generation: int, keys: CircleKeys, holder: Target) -> Membership:
        """Wrap a circle's secret to a holder and certify the membership."""
        bound = membership_wrap_context(circle, generation, holder.circle, holder.generation)
        print_ = hybrid.fingerprint(holder.public)
        covered = membership_mac_context(circle, generation, holder.circle, holder.generation, print_)
        return Membership(
            circle_id=circle,
            generation=generation,
            holder_id=holder.circle,
            holder_generation=holder.generation,
            holder_print=print_,
            wrapped=holder.wrap(keys.secret, bound),
            mac=aead.mac(keys.mac, covered),
        )

    def house(self) -> tuple[UUID, int, CircleKeys] | None:
        """The house circle (all staff), if this actor sits in it."""
        if not self._house_known:
            self._house_known = True
            house = selectors.desk_circles().get(HOUSE)
            if house is not None and self.actor.keyring.holds(house):
                self._house = (house, *self.actor.keyring.newest(house))
        return self._house

    def root(self) -> UUID:
        """The circle of last resort, which sits in every other and is opened by recovery or emergency only."""
        if self._root is None:
            self._root = selectors.desk_circle(ROOT)
        return self._root

    def targets(self, circles: set[UUID]) -> dict[UUID, Target]:
        """Find the newest generations of circles, each with its certificate checked."""
        unknown = {circle for circle in circles if circle not in self._targets}
        if unknown:
            for row in _NEWEST(circles=unknown):
                self._targets[row.circle_id] = self._target(row)
        return {circle: self._targets[circle] for circle in circles}

    def trust(self, circle: UUID, generation: int, keys: CircleKeys) -> Target:
        """Remember a circle whose secret is at hand as a place to seal to."""
        self._targets[circle] = Target(circle, generation, keys.public, keys)
        return self._targets[circle]

    def _target(self, row: Generation) -> Target:
        public = bytes(row.public_key)
        covered = public_context(row.circle_id, row.number, public)
        if self.actor.keyring.holds(row.circle_id):
            keys = self.actor.keyring.keys(row.circle_id, row.number)
            if not aead.is_mac(keys.mac, covered, bytes(row.own_mac)):
                raise SwappedKey
            return Target(row.circle_id, row.number, public, keys)
        house = self.house()
        if house is not None:
            certifier = self.actor.keyring.keys(house[0], row.house_generation) if row.house_generation else None
            if certifier is None or not aead.is_mac(certifier.mac, covered, bytes(row.house_mac)):
                raise SwappedKey
        return Target(row.circle_id, row.number, public, None)
