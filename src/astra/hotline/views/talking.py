"""How are a conversation, its messages and its queue said on a page? Codes become words here, times become waiting."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from astra.accounts.selectors import work_names
from astra.hotline import selectors
from astra.hotline.models import Conversation
from astra.hotline.rules.canned_answers import WRITTEN_IN, canned_answers
from astra.hotline.rules.channels import FAILED
from astra.hotline.rules.contacts import CHANNEL, LANGUAGE, LINE
from astra.hotline.rules.conversations import ENDED, PARKED, TAKEN, WAITING
from astra.hotline.sections import SentFile
from astra.hotline.selectors import QueueLine, Said, reply_pulse
from astra.hotline.views.saying import Tag
from astra.kernel.words import msg
from astra.science.script import is_cyrillic
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

LATIN, CYRILLIC = "sr-latn", "sr"
TAGS = {LATIN: "sr-Latn", CYRILLIC: "sr-Cyrl"}
"""As browsers call what the pages speak, where they call it otherwise."""
ARABIC = ("ar", "fa")
EVENTS = {
    "joined": msg("%(who)s is answering now"),
    "changed": msg("%(who)s has taken over"),
    "away": msg("%(who)s is away; it goes on when the person writes"),
    "over": msg("%(who)s has ended the conversation"),
    "automatic": msg("A machine sent what follows. It is not answered."),
    "cut": msg("The end of this message was not kept: it is too long."),
    "file_refused": msg("A file came along that is not taken here, or could not be checked. It was not kept."),
    "empty": msg("There were no words in this message."),
}
HOUR, DAY = 60, 24 * 60


def language_name(code: str) -> str:
    """In which language the pages spoke to her, with the script where it could be another."""
    name = label(LANGUAGE, code.partition("-")[0])
    scripts = {LATIN: gettext("Latin script"), CYRILLIC: gettext("Cyrillic script")}
    return f"{name}, {scripts[code]}" if code in scripts else name


def language_tag(code: str) -> str:
    """A language as browsers and screen readers call it."""
    return TAGS.get(code, code)


def tag_of(text: str, code: str) -> str:
    """In which language a message must be, as far as its letters allow; blank where they say that it is another."""
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return code if code in ARABIC else ""
    if code in TAGS:
        return TAGS[CYRILLIC if is_cyrillic(text) else LATIN]
    return "" if code in ARABIC else code


def waited(since: datetime, at: datetime) -> str:
    """How long somebody has waited, in whole minutes while minutes matter."""
    minutes = max(at - since, timedelta(0)) // timedelta(minutes=1)
    if minutes < 1:
        return gettext("less than a minute")
    if minutes < HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < DAY:
        hours = ngettext("%(count)s hour", "%(count)s hours", minutes // HOUR) % {"count": minutes // HOUR}
        rest = minutes % HOUR
        return f"{hours} {ngettext('%(count)s minute', '%(count)s minutes', rest) % {'count': rest}}" if rest else hours
    days = minutes // DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


@dataclass(frozen=True)
class QueueRow:
    """One conversation as the queue shows it."""

    id: UUID
    url: str
    step_url: str
    waits: str
    since: datetime
    line: str
    channel: str
    language: str
    is_open_there: bool
    who: str
    is_mine: bool
    tag: Tag | None
    needs_somebody: bool
    """Nobody answers it, or it is offered to her who looks."""


def queue_rows(actor: Actor, lines: Collection[QueueLine], at: datetime) -> list[QueueRow]:
    """The queue with names instead of codes."""
    names = work_names({one.taken_by_id for one in lines if one.taken_by_id})
    return [_queue_row(actor, one, names, at) for one in lines]


def _queue_row(actor: Actor, one: QueueLine, names: dict[UUID, str], at: datetime) -> QueueRow:
    offered = one.offered_to_id is not None and one.offered_to_id == actor.id
    return QueueRow(
        id=one.id,
        url=reverse("hotline:conversation", args=[one.id]),
        step_url=reverse("hotline:step", args=[one.id]),
        waits=waited(one.waiting_since, at) if one.waiting_since and one.state != ENDED else "",
        since=one.waiting_since or one.last_at,
        line=label(LINE, one.line),
        channel=label(CHANNEL, one.channel),
        language=language_name(one.language),
        is_open_there=one.is_open_there,
        who=names.get(one.taken_by_id, "") if one.taken_by_id and one.state != WAITING else "",
        is_mine=one.taken_by_id == actor.id and one.state != WAITING,
        tag=_tag(one, is_offered=offered),
        needs_somebody=one.state == WAITING or offered,
    )


def _tag(one: QueueLine, *, is_offered: bool) -> Tag | None:
    if is_offered:
        return Tag(gettext("You are asked to take over"), "attention")
    if one.unsent and not one.waiting_since:
        failed = one.unsent == FAILED
        return Tag(gettext("Our answer was NOT SENT") if failed else gettext("Nothing is sent yet"), "attention")
    if one.state == PARKED:
        return Tag(gettext("Resting"), "")
    if one.state == TAKEN:
        return (
            Tag(gettext("Waits for an answer"), "attention") if one.waiting_since else Tag(gettext("Answered"), "good")
        )
    return None


@dataclass(frozen=True)
class Bubble:
    """One message, or what happened, as the page shows it."""

    cursor: int
    is_ours: bool
    text: str
    event: str
    at: datetime
    who: str
    lang: str
    is_seen: bool
    file: SentFile | None
    file_url: str
    original_url: str


def bubbles(said: Iterable[Said], language: str) -> list[Bubble]:
    """Messages with who wrote them and in which language they may be."""
    found = list(said)
    names = work_names({one.author_id for one in found if one.author_id})
    return [_bubble(one, names.get(one.author_id, "") if one.author_id else "", language) for one in found]


def _bubble(one: Said, name: str, language: str) -> Bubble:
    ours = name or gettext("One of us")
    event = gettext(EVENTS[one.event]) % {"who": ours} if one.event in EVENTS else ""
    return Bubble(
        cursor=one.cursor,
        is_ours=one.is_ours,
        text=one.text,
        event=event,
        at=one.at,
        who=ours if one.is_ours else gettext("The person"),
        lang=tag_of(one.text, language),
        is_seen=one.is_seen,
        file=one.file,
        file_url=reverse("hotline:written_file", args=[one.talk_id, one.number]) if one.file else "",
        original_url=reverse("hotline:original_file", args=[one.talk_id, one.number]) if one.file else "",
    )


@dataclass(frozen=True)
class Standing:
    """Who has a conversation and what may be done with it now."""

    state: str
    key: str
    """Changes whenever any of this does."""
    who: str
    is_mine: bool
    is_offered_to_her: bool
    asked: str
    """The colleague who is asked to take over."""
    outcome: str
    ended_at: datetime | None
    blocked_until: datetime | None


def standing(actor: Actor, row: Conversation, contact_id: UUID | None, at: datetime) -> Standing:
    """How a conversation stands for whoever looks at it."""
    names = work_names({one for one in (row.taken_by_id, row.offered_to_id) if one})
    blocked = row.blocked_until if row.blocked_until and row.blocked_until > at else None
    watched = sorted((str(who), is_now) for who, is_now in selectors.watchers(row.pk).items())
    pulse = reply_pulse(row)
    facts = (pulse, row.state, row.taken_by_id, row.offered_to_id, blocked, row.outcome, contact_id, watched)
    return Standing(
        state=row.state,
        key="|".join(str(fact) for fact in facts),
        who=names.get(row.taken_by_id, "") if row.taken_by_id else "",
        is_mine=row.state == TAKEN and row.taken_by_id == actor.id,
        is_offered_to_her=row.offered_to_id is not None and row.offered_to_id == actor.id,
        asked=names.get(row.offered_to_id, "") if row.offered_to_id else "",
        outcome=label("conversation_outcome", row.outcome),
        ended_at=row.ended_at,
        blocked_until=blocked,
    )


@dataclass(frozen=True)
class AnswerShelf:
    """The ready answers of one language."""

    code: str
    tag: str
    name: str
    is_hers: bool
    answers: tuple[tuple[str, str], ...]
    """What the counsellor calls each, and its words."""


def answer_shelves(language: str) -> list[AnswerShelf]:
    """The ready answers by language, that of the person first; where hers has none, English is as good as any."""
    hers = language if language in WRITTEN_IN else "en"
    order = sorted(WRITTEN_IN, key=lambda code: code != hers)
    return [_shelf(code, is_hers=code == hers) for code in order]


def _shelf(code: str, *, is_hers: bool) -> AnswerShelf:
    read_in = get_language() or "en"
    answers = tuple((one.names.get(read_in, one.names["en"]), one.texts[code]) for one in canned_answers())
    return AnswerShelf(code, language_tag(code), language_name(code), is_hers, answers)
