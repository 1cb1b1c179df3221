"""What do the hotline's tests start from? The cast, a moment, and a contact as a counsellor types it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import Coded
from astra.hotline.sections import Caller, SafeContact, Words
from astra.kernel.clock import now

SAID = "She says that her passport was taken away in the house by the river."


@pytest.fixture
def moment() -> datetime:
    """Ten minutes ago: when the phone rang."""
    return now() - timedelta(minutes=10)


@pytest.fixture
def make(moment: datetime) -> Callable[..., NewContact]:
    """Make a contact with something in every part; keywords replace coded facts or parts."""

    def _make(**given: Any) -> NewContact:  # Any: facts and parts of every type
        coded = Coded(
            line="sos_trafficking",
            kind="about_someone",
            received_at=moment,
            channel="voice",
            language="sr",
            caller_role="mother",
            topics=("trafficking_suspicion", "withheld_documents"),
            actions=("listened",),
            minutes=8,
        )
        parts = {name: given.pop(name) for name in list(given) if name not in Coded.__dataclass_fields__}
        new = NewContact(
            replace(coded, **given),
            words=Words(said=SAID, done="Told her about the embassy."),
            caller=Caller(name="Radmila", phone="+381 60 000 111"),
            safe=SafeContact(when="after 18", never_say="Do not mention the daughter"),
        )
        return replace(new, **parts)

    return _make
