"""What do we ask somebody who is not sure, and what do we say to each answer? Never a verdict, never a label.

The questions follow the eleven indicators of forced labour (ILO, 2012) and the means of control in our own lists, put
as things of every day. They are not scored: each that is ticked is answered by itself, and danger comes first.

A browser keeps what a form sent in the file from which it opens its windows again, also after the page is gone. So
what is ticked is sent in signs that mean something for an hour, for us alone, and on this one sheet of questions.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

from astra.kernel.clock import now
from astra.kernel.words import msg

LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Question:
    """Something that may be true, and what we say to whoever ticks it."""

    code: str
    text: str
    answer: str
    is_danger: bool = False


@dataclass(frozen=True)
class Group:
    """Questions about one side of life."""

    title: str
    questions: tuple[Question, ...]


ME, ADULT, CHILD = "me", "adult", "child"
WHO = (
    (ME, msg("About me")),
    (ADULT, msg("About somebody I know")),
    (CHILD, msg("About a child or a young person under 18")),
)
GROUPS = (
    Group(
        msg("Fear and force"),
        (
            Question(
                "hurt",
                msg("Somebody hits you, or threatens to hurt you."),
                msg("Nobody may hurt you, whatever you signed, owe or did."),
                is_danger=True,
            ),
            Question(
                "locked",
                msg("Somebody locks you in, or does not let you leave."),
                msg("Nobody may keep you locked in. The police may open that door."),
                is_danger=True,
            ),
            Question(
                "sex",
                msg(
                    "Somebody demands sex, or pictures and videos of you without clothes, and your “no” does not count."
                ),
                msg(
                    "Your “no” always counts: also in a marriage, also when somebody paid. A yes out of fear "
                    "is not a yes."
                ),
                is_danger=True,
            ),
            Question(
                "family",
                msg("You are afraid of what they could do to your family."),
                msg(
                    "Threats against a family are meant to keep you silent. Before anything is done we think "
                    "about their safety, too."
                ),
            ),
            Question(
                "secrets",
                msg("Somebody threatens to show pictures of you or to tell your secrets."),
                msg(
                    "Whoever threatens you with pictures breaks the law; you do not. Do not pay. There are "
                    "ways to have them taken down, and we know them."
                ),
            ),
        ),
    ),
    Group(
        msg("Freedom"),
        (
            Question(
                "papers",
                msg("Somebody else keeps your passport, your identity card or your phone."),
                msg("Your papers belong to you. No employer and no relative may keep them. New ones can be had."),
            ),
            Question(
                "watched",
                msg("Somebody watches where you go, reads your messages or always comes along."),
                msg("One can be held without a lock. If you can, write to us from a phone that they do not know."),
            ),
            Question(
                "alone",
                msg("You may not talk to your family or friends, or only when somebody listens."),
                msg(
                    "Whoever cuts you off from others wants you to have nobody else. You can talk to us "
                    "without their knowing."
                ),
            ),
            Question(
                "told",
                msg("Somebody has told you what to say to the police, to a doctor or at the border."),
                msg("Whoever has nothing to hide does not tell you what to say."),
            ),
            Question(
                "police",
                msg("They say that the police will lock you up or send you out of the country if you ask for help."),
                msg(
                    "That is often said so that nobody asks for help. You have rights, also without papers. "
                    "Ask us first; you need not say your name."
                ),
            ),
        ),
    ),
    Group(
        msg("Work and money"),
        (
            Question(
                "other",
                msg("The work, the pay or the place are not what you were promised."),
                msg("A promise that was a lie gives nobody a right to your work. You may go, even if you signed."),
            ),
            Question(
                "pay",
                msg("You are not paid, or somebody takes your money."),
                msg(
                    "Work has to be paid, also without a contract and without papers. Often the money can "
                    "still be claimed."
                ),
            ),
            Question(
                "debt",
                msg("You are told that you have a debt to work off, and it does not get smaller."),
                msg(
                    "Nobody may keep you at work because of a debt. Often far too much is charged for the "
                    "journey, the bed or the papers."
                ),
            ),
            Question(
                "hours",
                msg("You have no breaks and no days off, not even when you are ill."),
                msg("You have a right to rest and to a doctor."),
            ),
            Question(
                "sleep",
                msg("You sleep where you work, in bad conditions, and cannot choose anything else."),
                msg(
                    "When your bed depends on the employer it is hard to say no. There are other places to "
                    "sleep, and we know some."
                ),
            ),
            Question(
                "street",
                msg("Somebody sends you to beg, steal, carry parcels or sell something, and takes the money."),
                msg(
                    "Whoever was made to do something forbidden needs help, not punishment. Talk to us or to a "
                    "lawyer first."
                ),
            ),
        ),
    ),
    Group(
        msg("Love and family"),
        (
            Question(
                "love",
                msg("Somebody who says that he loves you wants you to earn money for him."),
                msg(
                    "It may have begun with love, or looked like it. Whoever loves you does not send you to "
                    "earn money with your body."
                ),
            ),
            Question(
                "marriage",
                msg("A marriage has been arranged for you, and you may not say no."),
                msg(
                    "Nobody may make you marry. Before you are 18 it is not allowed without a court, whatever "
                    "the family has agreed."
                ),
            ),
        ),
    ),
)
_BY_CODE = {question.code: question for group in GROUPS for question in group.questions}


@dataclass(frozen=True)
class Answers:
    """What somebody ticked, for one page and no longer."""

    who: str
    ticked: tuple[Question, ...]

    @property
    def is_danger(self) -> bool:
        """Whether safety comes before everything else."""
        return any(question.is_danger for question in self.ticked)

    @property
    def is_me(self) -> bool:
        """Whether she speaks of herself."""
        return self.who == ME

    @property
    def is_child(self) -> bool:
        """Whether it is about a child."""
        return self.who == CHILD


@dataclass(frozen=True)
class Tick:
    """One line of a sheet: the sign that is sent when it is ticked, and its words."""

    sign: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """The questions as one visitor gets them; no two sheets have the same signs."""

    name: str

    @property
    def who(self) -> list[Tick]:
        """Whom it is about."""
        return [Tick(self.sign(code), text) for code, text in WHO]

    @property
    def groups(self) -> list[tuple[str, list[Tick]]]:
        """The questions, by side of life."""
        return [(one.title, [Tick(self.sign(asked.code), asked.text) for asked in one.questions]) for one in GROUPS]

    def sign(self, code: str) -> str:
        """What a code is called on this sheet."""
        return salted_hmac("astra.public.selfcheck", f"{self.name}.{code}", algorithm="sha256").hexdigest()[:12]

    def is_good(self) -> bool:
        """Whether it is ours to read, and not older than an hour."""
        at = self.name.partition(".")[0]
        return at.isdecimal() and len(at) < 12 and timedelta() <= _now() - timedelta(seconds=int(at)) < LASTS

    def read(self, who: str, ticked: Sequence[str]) -> Answers:
        """Read what came back; whatever is none of our signs is passed over."""
        known = {self.sign(code): code for code, _ in WHO}
        return Answers(known.get(who, ME), tuple(one for code, one in _BY_CODE.items() if self.sign(code) in ticked))


def new_sheet() -> Sheet:
    """A sheet for somebody who has just come."""
    return Sheet(f"{int(now().timestamp())}.{secrets.token_hex(8)}")


def _now() -> timedelta:
    """The time since the epoch, in whole seconds as sheets name it."""
    return timedelta(seconds=int(now().timestamp()))
