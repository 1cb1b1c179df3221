"""Which pages are there to read? One list for the way through the site and for the first page."""

from dataclasses import dataclass

from astra.kernel.words import msg
from astra.sites.public.languages import BY_PATH, Spoken

FULLY_SPOKEN = ("sr", "sc", "en")
"""The languages in which every page speaks; the others have the first pages and the conversation."""


@dataclass(frozen=True)
class Entry:
    """One page as links name it."""

    view: str
    label: str
    about: str = ""
    """What somebody finds there, in a sentence; on the first page."""


ENTRIES = (
    Entry("public:home", msg("How we can help")),
    Entry(
        "public:check",
        msg("Am I, or is somebody I know, in trouble?"),
        msg("Plain questions. Nothing is stored, and nobody sees what you tick."),
    ),
    Entry(
        "public:talk",
        msg("Write to us"),
        msg("Without a name, from any phone. What you write is locked; only we and you can read it."),
    ),
    Entry(
        "public:back",
        msg("Come back with your number"),
        msg("You have written to us before? Read our answer here."),
    ),
    Entry(
        "public:offer",
        msg("Check a job offer"),
        msg("What to look at before you leave, and how we can check the offer for you."),
    ),
    Entry(
        "public:report",
        msg("Tell us what you have seen"),
        msg("You are worried about somebody, or you saw something that was not right."),
    ),
    Entry(
        "public:missing",
        msg("A child is missing"),
        msg("What to do in the first hour. And if you have run away yourself: we are here for you, too."),
    ),
    Entry(
        "public:learn",
        msg("Good to know"),
        msg("How people are exploited, what it looks like, which rights they have and who helps."),
    ),
    Entry(
        "public:professionals",
        msg("For professionals"),
        msg("Police, social work, schools, health care: what to do when you suspect something."),
    ),
    Entry("public:campaigns", msg("Campaigns"), msg("What we tell the public, and why.")),
    Entry(
        "public:traces",
        msg("What leaving cannot erase"),
        msg("What stays in the browser and on the phone, and how you remove it."),
    ),
)
FIRST_PAGE = ENTRIES[0].view
_OF_THE_CONVERSATION = {f"public:{verb}" for verb in ("begin", "messages", "send", "hide", "change_code", "feedback")}
ONLY_SOME_LANGUAGES = frozenset(
    {
        "public:offer",
        "public:report",
        "public:missing",
        "public:learn",
        "public:professionals",
        "public:campaigns",
        "public:own",
    }
)


def said_in(view: str, spoken: Spoken) -> Spoken:
    """In which language the words of a page are: hers, or English where the page is not translated into it."""
    return BY_PATH["en"] if view in ONLY_SOME_LANGUAGES and spoken.path not in FULLY_SPOKEN else spoken


def readable(view: str) -> str:
    """The page that somebody reads who did something at this address; links to other languages lead there."""
    if view in {entry.view for entry in ENTRIES} or view == "public:own":
        return view
    if view.startswith("public:own_"):
        return "public:own"
    return "public:talk" if view in _OF_THE_CONVERSATION else FIRST_PAGE
