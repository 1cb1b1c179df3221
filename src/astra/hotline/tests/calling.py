"""How does a test let a telephone ring? What an exchange would say, one event after the other."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from astra.hotline import services
from astra.hotline.rules.calls import CallEvent
from astra.kernel.clock import now
from astra.vault.actor import system

SOS, CHILDREN = "+381117850000", "116000"
CALLER = "+381601112223"


class Ringing:
    """One call, as an exchange tells it."""

    def __init__(
        self,
        *,
        number: str = CALLER,
        is_withheld: bool = False,
        dialled: str = SOS,
        extension: str = "",
        at: datetime | None = None,
    ) -> None:
        self.name = f"{uuid4()}@10.0.0.1"
        self.at = at or now() - timedelta(seconds=30)
        self.number, self.is_withheld, self.dialled, self.extension = number, is_withheld, dialled, extension

    def event(self, kind: str, *, after_s: float = 0, extension: str = "", sequence: int = -1) -> CallEvent:
        """What is said."""
        return CallEvent(
            provider="test",
            call=self.name,
            kind=kind,
            at=self.at + timedelta(seconds=after_s),
            sequence=sequence,
            dialled=self.dialled,
            extension=extension or self.extension,
            number=self.number,
            is_withheld=self.is_withheld,
        )

    def say(self, kind: str, *, after_s: float = 0, extension: str = "") -> UUID:
        """Say it."""
        return services.hear(actor=system(), event=self.event(kind, after_s=after_s, extension=extension))


def rings(**given: object) -> tuple[Ringing, UUID]:
    """A call that rings now."""
    ringing = Ringing(**given)  # type: ignore[arg-type]  # what `Ringing` takes
    return ringing, ringing.say("ringing")


def answered(**given: object) -> tuple[Ringing, UUID]:
    """A call that somebody has answered."""
    ringing, call_id = rings(**given)
    ringing.say("answered", after_s=8)
    return ringing, call_id


def missed(**given: object) -> tuple[Ringing, UUID]:
    """A call that nobody answered."""
    ringing, call_id = rings(**given)
    ringing.say("abandoned", after_s=20)
    return ringing, call_id
