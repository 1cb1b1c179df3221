"""Which channels are offered to the public? Those that are connected and proved, under the settings of now."""

from dataclasses import dataclass

from astra.hotline import selectors
from astra.hotline.rules.channels import EMAIL, SIGNAL, SMS
from astra.sites.channels.providers import NotConfigured
from astra.sites.channels.settings import read_settings

NAMES = {
    EMAIL: ("E-mail", "mailto:"),
    SMS: ("SMS", "sms:"),
    SIGNAL: ("Signal", ""),
    "viber": ("Viber", ""),
    "whatsapp": ("WhatsApp", ""),
    "telegram": ("Telegram", ""),
    "messenger": ("Messenger", ""),
    "instagram": ("Instagram", ""),
}
"""As they call themselves in every language, and how an address there is opened."""


@dataclass(frozen=True)
class Offered:
    """One channel as a public page shows it."""

    name: str
    address: str
    link: str


def offered() -> list[Offered]:
    """The channels to offer, in the order of the settings."""
    try:
        told = read_settings().channels
    except NotConfigured:
        return []
    proved = selectors.proved_channels() if told else {}
    return [
        Offered(
            NAMES[one.channel][0], one.shown, f"{NAMES[one.channel][1]}{one.shown}" if NAMES[one.channel][1] else ""
        )
        for one in told
        if proved.get(one.channel) == one.digest and one.shown
    ]
