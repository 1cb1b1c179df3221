"""Who has called the invented organisation this morning? As an exchange would have told it."""

from datetime import datetime, timedelta

from astra.hotline import services as hotline
from astra.hotline.rules.calls import ABANDONED, ANSWERED_BY, ENDS, RINGS, CallEvent
from astra.vault.actor import system

SOS, CHILDREN = "+381117850000", "116000"


def let_ring(*, mothers_number: str, at: datetime) -> None:
    """A mother who tried twice, somebody who withholds her number, and a call that nobody has logged yet."""
    for minutes in (170, 95):
        _call(f"mother-{minutes}", at - timedelta(minutes=minutes), number=mothers_number)
    _call("withheld", at - timedelta(minutes=62), is_withheld=True, dialled=CHILDREN)
    _call("answered", at - timedelta(minutes=48), number="+381641110000", speaks_s=340)


def _call(
    name: str, at: datetime, *, number: str = "", is_withheld: bool = False, dialled: str = SOS, speaks_s: int = 0
) -> None:
    told = [(RINGS, 0), (ANSWERED_BY, 9), (ENDS, 9 + speaks_s)] if speaks_s else [(RINGS, 0), (ABANDONED, 31)]
    for kind, after_s in told:
        moment = at + timedelta(seconds=after_s)
        event = CallEvent("demo", name, kind, moment, dialled=dialled, number=number, is_withheld=is_withheld)
        hotline.hear(actor=system(), event=event)
