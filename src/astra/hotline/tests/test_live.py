"""Does a coordinator see the room at a glance, and does nobody look on unless the organisation has decided it?"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Shift, WatchDecision, Watching
from astra.hotline.rules import live as rules
from astra.hotline.rules.rota import Span
from astra.hotline.tests.calling import answered, missed, rings
from astra.kernel.clock import now, today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.tests.drawn import worded

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SOS = "sos_trafficking"
WORDS = "My passport is in his drawer."


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def on_shift(cast: Cast, who: str = "mira") -> None:
    member = cast.employed[who].id
    span = Span(now() - timedelta(hours=1), now() + timedelta(hours=5))
    services.plan_shifts(actor=cast.actor("jelena"), shifts=[services.NewShift(member, "on_line", (SOS,), span)])
    services.begin_shift(actor=cast.actor(who), shift_id=Shift.objects.get(member=member).pk)


def written(cast: Cast, taken_by: str = "") -> UUID:
    visiting, _, _ = services.begin_conversation(line=SOS, language="sr-latn")
    services.write(visiting=visiting, text=WORDS, mark=uuid4())
    found: UUID = visiting.conversation.pk
    if taken_by:
        services.take(actor=cast.actor(taken_by), conversation_id=found)
    return found


def allow(cast: Cast, *, is_allowed: bool = True) -> None:
    services.decide_watching(actor=cast.actor("jelena"), is_allowed=is_allowed, decided_on=today())


def test_the_room_at_a_glance(cast: Cast) -> None:
    on_shift(cast)
    on_shift(cast, "sanja")
    _, call = answered()
    services.take_call(actor=cast.actor("mira"), call_id=call)
    written(cast, "sanja")
    written(cast)
    rings(at=now() - timedelta(minutes=3))
    missed()
    found = selectors.live(cast.actor("jelena"))
    assert {one.member_id: one.doing.what for one in found.people} == {
        cast.mira.id: rules.IN_CALL,
        cast.sanja.id: rules.WRITING,
    }
    (line,) = [one for one in found.lines if one.line == SOS]
    assert (line.ringing, line.waiting, line.missed) == (1, 1, 1)
    assert found.longest_since is not None
    assert now() - found.longest_since >= timedelta(minutes=3)
    shown = cast.client("jelena").get(page("live")).content.decode()
    assert cast.mira.person.work_name in shown
    assert WORDS not in shown
    assert "/live/watch/" not in shown, "nothing leads to a door that is not there"
    assert cast.client("jelena").get(page("live_now")).status_code == 200
    assert cast.client("mira").get(page("live")).status_code == 403
    with pytest.raises(Denied):
        selectors.live(cast.actor("mira"))


def test_a_pause_is_hers_to_say_and_a_call_weighs_more(cast: Cast) -> None:
    with pytest.raises(NotAllowedNow):
        services.pause(actor=cast.actor("mira"), is_pausing=True)
    on_shift(cast)
    mira = cast.client("mira")
    assert mira.post(page("pause"), {"verb": "pause"}).status_code == 302
    (one,) = selectors.live(cast.actor("jelena")).people
    assert one.doing.what == rules.PAUSING
    assert 'value="back"' in mira.get(page("own_shifts")).content.decode()
    _, call = answered()
    services.take_call(actor=cast.actor("mira"), call_id=call)
    (one,) = selectors.live(cast.actor("jelena")).people
    assert one.doing.what == rules.IN_CALL
    mira.post(page("pause"), {"verb": "back"})
    assert selectors.paused_since(cast.actor("mira")) is None


def test_without_a_decision_the_door_does_not_exist(cast: Cast) -> None:
    conversation = written(cast, "mira")
    assert cast.client("jelena").get(page("watch", conversation)).status_code == 404
    assert cast.client("mira").get(page("watch", conversation)).status_code == 403
    with pytest.raises(NotFound):
        services.look_on(actor=cast.actor("jelena"), conversation_id=conversation)
    allow(cast)
    assert cast.client("jelena").get(page("watch", conversation)).status_code == 200
    allow(cast, is_allowed=False)
    assert cast.client("jelena").get(page("watch", conversation)).status_code == 404
    assert not Watching.objects.filter(looked_at__gt=now() - rules.LOOKS_FOR).exists()


def test_only_seniors_who_coordinate_look_on_and_only_they_record_the_decision(cast: Cast) -> None:
    for who in ("mira", "lara", "petar", "ana"):
        with pytest.raises(Denied):
            services.decide_watching(actor=cast.actor(who), is_allowed=True, decided_on=today())
    with pytest.raises(Invalid):
        services.decide_watching(actor=cast.actor("jelena"), is_allowed=True, decided_on=today() + timedelta(days=1))
    form = {"is_allowed": "yes", "decided_on": today().strftime("%d.%m.%Y.")}
    assert cast.client("jelena").post(page("watching"), form).status_code == 302
    assert WatchDecision.objects.get().written_by_id == cast.jelena.id
    conversation = written(cast, "mira")
    for who in ("sanja", "lara", "ana"):
        assert cast.client(who).get(page("watch", conversation)).status_code == 403
        with pytest.raises(Denied):
            services.look_on(actor=cast.actor(who), conversation_id=conversation)
    services.take(actor=cast.actor("jelena"), conversation_id=conversation)
    with pytest.raises(NotAllowedNow):
        services.look_on(actor=cast.actor("jelena"), conversation_id=conversation)


def test_looking_on_is_on_the_log_and_said_to_whoever_answers(cast: Cast) -> None:
    allow(cast)
    conversation = written(cast, "mira")
    mira, jelena = cast.client("mira"), cast.client("jelena")
    assert "data-watched" not in mira.get(page("conversation", conversation)).content.decode()
    before = Pending.objects.filter(verb="hotline.conversation_watched").count()
    seen = jelena.get(page("watch", conversation))
    assert WORDS in seen.content.decode()
    assert "<textarea" not in seen.content.decode()
    jelena.get(page("watch", conversation))
    assert Pending.objects.filter(verb="hotline.conversation_watched").count() == before + 1
    shown = mira.get(page("conversation", conversation)).content.decode()
    assert "data-watched" in shown
    assert cast.jelena.person.work_name in shown
    Watching.objects.update(looked_at=now() - timedelta(hours=3))
    assert "data-watched" in mira.get(page("conversation", conversation)).content.decode(), "also afterwards"
    Watching.objects.update(looked_at=now() - timedelta(hours=25))
    assert "data-watched" not in mira.get(page("conversation", conversation)).content.decode()


def test_a_locked_screen_is_told_nothing_of_what_rings(cast: Cast) -> None:
    mira: Client = cast.client("mira")
    rings()
    assert "data-call=" in mira.get(page("calls_now")).content.decode()
    mira.post(reverse("accounts:lock"))
    locked = mira.get(page("calls_now"), headers={"X-Requested-With": "fetch"})
    assert locked.status_code != 200
    told = worded(locked)
    assert "data-call" not in told
    assert "data-pulse" not in told
    assert "SOS" not in told
