"""What do we ask somebody who is not sure, and what do we say to each answer? Never a verdict, never a label.

The questions follow the eleven indicators of forced labour (ILO, 2012) and the means of control in our own lists, put
as things of every day. They are not scored: each that is ticked is answered by itself, and danger comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from astra.kernel.words import msg


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


def read_answers(who: str, ticked: Sequence[str]) -> Answers:
    """Read a form; whatever is none of our codes is passed over."""
    asked = set(ticked)
    known = who if who in {code for code, _ in WHO} else ME
    return Answers(known, tuple(question for code, question in _BY_CODE.items() if code in asked))
