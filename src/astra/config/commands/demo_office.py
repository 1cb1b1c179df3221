"""How does the demo begin? The invented organisation, and a page that says who can sign in."""

from django.conf import settings

from astra.config.environment import NotSetUp
from astra.config.installation import WHO_CAN_SIGN_IN
from astra.demo.cast import EVERYBODY, build
from astra.kernel.errors import NotAllowedNow


def load() -> None:
    """Make the invented organisation and write down who can sign in: everybody there is invented."""
    try:
        build()
    except NotAllowedNow as error:  # an earlier attempt was interrupted half-way
        raise NotSetUp(f"The demo is half-made. Remove {settings.ENV.home} and begin again: make run") from error
    longest = max(len(person.key) for person in EVERYBODY)
    lines = [
        f"  {person.key:<{longest}}  {person.passphrase:<44}  {', '.join(person.roles).replace('_', ' ')}"
        for person in EVERYBODY
    ]
    text = "Everybody in this demo is invented. Sign in with a name and its six words:\n" + "\n".join(lines) + "\n"
    (settings.ENV.home / WHO_CAN_SIGN_IN).write_text(text, encoding="utf-8")
