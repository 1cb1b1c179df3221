"""What do the tests of channels write and send? Invented people at addresses that lead nowhere."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Conversation, Correspondent, Outgoing
from astra.hotline.rules.channels import Inbound
from astra.kernel.clock import now
from astra.vault.actor import system

LINE = "sos_trafficking"
DESK = services.Desk(LINE, "sr-latn")
HERS = "izmisljena@primer.example"
WROTE = "Oduzeo mi je pasos u kuci kraj reke."
SITE = "https://primer.example"


def mail(text: str = WROTE, **changed: object) -> Inbound:
    """A mail from her; each is another one."""
    made = Inbound("email", uuid4().hex, HERS, text, now() - timedelta(minutes=2))
    return replace(made, **changed)  # type: ignore[arg-type]  # the fields of the dataclass


def heard(inbound: Inbound) -> bool:
    """What the listening process does with it."""
    return services.receive(actor=system(), inbound=inbound, desk=DESK)


def written(text: str = WROTE, **changed: object) -> UUID:
    """A mail of hers came; returns the conversation."""
    heard(mail(text, **changed))
    found: UUID = Conversation.objects.order_by("-last_at").values_list("pk", flat=True)[0]
    return found


def texts(cast: Cast, conversation: UUID, by: str = "mira") -> list[str]:
    """What a colleague reads."""
    said = selectors.exchange(cast.actor(by), conversation).messages
    return [one.text or one.event for one in said if one.event != "joined"]


def answered(cast: Cast, conversation: UUID, text: str = "Ovde smo.", by: str = "mira") -> UUID:
    """A colleague answers; returns the mark."""
    mark = uuid4()
    services.answer(actor=cast.actor(by), conversation_id=conversation, text=text, mark=mark)
    return mark


def marked_safe(cast: Cast, conversation: UUID, reply: str = "notice", by: str = "mira") -> None:
    """She has said how she may be written back to."""
    services.choose_reply(actor=cast.actor(by), conversation_id=conversation, reply=reply)


def states() -> list[tuple[str, str]]:
    """What became of our answers, in their order."""
    return list(Outgoing.objects.order_by("made_at").values_list("state", "reason"))


def correspondent(conversation: UUID) -> Correspondent:
    """What is known of how she may be written back to."""
    return Correspondent.objects.get(pk=conversation)
