"""How does the demo begin? The invented organisation with a year behind it, and a page that says who can sign in."""

from django.conf import settings

from astra.accounts.services import officers
from astra.config.environment import NotSetUp
from astra.config.installation import DEMO, WHO_CAN_SIGN_IN
from astra.demo.cast import build
from astra.demo.commands import show_progress, who_can_sign_in
from astra.demo.doubles import register_doubles
from astra.demo.filling import SIZES, fill
from astra.demo.morning import lay_out
from astra.demo.second_factors import set_up
from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow

SEED = 1


def load() -> None:
    """Make the invented organisation, its past and its codes, and write down who can sign in.

    Practice begins with the people alone: what is practised on is typed by whoever practises.
    """
    try:
        employed, pages = build()
    except NotAllowedNow as error:  # an earlier attempt was interrupted half-way
        raise NotSetUp(f"The demo is half-made. Remove {settings.ENV.home} and begin again: make run") from error
    set_up(employed)
    officers.share_out(shares=list(pages[:2]))  # so that a record can be opened in an emergency, as in a real office
    if settings.INSTALLATION_KIND == DEMO:
        register_doubles(employed, today=today())
        fill(employed, SIZES["office"], seed=SEED, today=today(), progress=show_progress)
        lay_out(employed, today=today())
    (settings.ENV.home / WHO_CAN_SIGN_IN).write_text(who_can_sign_in() + "\n", encoding="utf-8")
