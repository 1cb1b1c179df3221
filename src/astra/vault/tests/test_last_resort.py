"""Do recovery and emergency open what they should, and nothing with one share less?"""

from datetime import timedelta
from uuid import UUID

import pytest

from astra.audit.models import Pending
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.crypto import shamir
from astra.vault.models import Circle, EmergencyRequest, Grant, Reach, Record
from astra.vault.services import circles, emergencies, lastresort, members
from astra.vault.services.founding import found
from astra.vault.services.paper import read_paper_share, write_paper_share
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import PASS, House
from astra.vault.tests.test_sealing import WORDS, Words, seal

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def case_of_one(house: House) -> UUID:
    vesna = house.actor("vesna")
    sealing = Sealing(vesna)
    record = sealing.new_record("case")
    personal = house.people["vesna"].circle_id
    team = sealing.new_circle("case", record_id=record, tier="team", holders=[personal], listed_at=now())
    sealing.seal(record, WORDS, Words("story"), to=[team])
    with sealing.transaction():
        pass
    return record


def test_two_of_three_paper_shares_open_everything_and_admit_again(house: House) -> None:
    house.join("vesna")
    record = case_of_one(house)
    actor = lastresort.recover(shares=list(house.founding.recovery_shares[1:]))
    assert selectors.open_section(actor, record, WORDS).content.said == "story"
    fresh = members.create_member(actor=actor, passphrase=PASS)
    circles.admit(actor=actor, circle_id=selectors.desk_circle("hotline"), holder_circle_ids=[fresh.circle_id])
    assert fresh.keyring().holds(selectors.desk_circle("hotline"))


def test_one_share_or_a_foreign_one_opens_nothing(house: House) -> None:
    first = house.founding.recovery_shares[0]
    for shares in ([first], [first, first], [first, first[:-1] + bytes([first[-1] ^ 1])]):
        with pytest.raises(Invalid):
            lastresort.recover(shares=shares)


def test_an_organisation_is_founded_once(house: House) -> None:
    with pytest.raises(NotAllowedNow):
        found(passphrase=PASS)


def officers(house: House) -> None:
    house.join("one", "officers")
    house.join("two", "officers")
    ids = [house.people[name].member_id for name in ("one", "two", "founder")]
    lastresort.share_emergency(actor=house.actor("founder"), secret=house.founding.emergency_secret, officers=ids)


def test_two_officers_open_one_record_for_one_hour(house: House) -> None:
    house.join("vesna")
    house.join("reader")
    officers(house)
    record = case_of_one(house)
    reader = house.people["reader"].member_id
    request = lastresort.ask_emergency(
        actor=house.actor("one"),
        record_id=record,
        reader_id=reader,
        reason="danger_to_life",
    )
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("reader"), record, WORDS)
    with pytest.raises(Denied):
        lastresort.agree_emergency(actor=house.actor("one"), request_id=request)
    with pytest.raises(Denied):
        lastresort.agree_emergency(actor=house.actor("vesna"), request_id=request)
    lastresort.agree_emergency(actor=house.actor("two"), request_id=request)
    assert selectors.open_section(house.actor("reader"), record, WORDS).content.said == "story"
    with pytest.raises(Denied):
        lastresort.agree_emergency(actor=house.actor("founder"), request_id=request)
    Grant.objects.filter(circle=house.people["reader"].circle_id).update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("reader"), record, WORDS)


def test_a_request_lapses_and_an_unknown_one_is_not_found(house: House) -> None:
    officers(house)
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    one = house.people["one"].member_id
    request = lastresort.ask_emergency(
        actor=house.actor("one"), record_id=record, reader_id=one, reason="danger_to_life"
    )
    EmergencyRequest.objects.update(lapses_at=now() - timedelta(minutes=1))
    with pytest.raises(Denied):
        lastresort.agree_emergency(actor=house.actor("two"), request_id=request)
    with pytest.raises(NotFound):
        lastresort.agree_emergency(actor=house.actor("two"), request_id=record)


def opened_for(house: House, record: UUID, reader: UUID) -> UUID:
    """An emergency that two officers have agreed on."""
    request = lastresort.ask_emergency(
        actor=house.actor("one"), record_id=record, reader_id=reader, reason="danger_to_life", words="she is in danger"
    )
    assert next(one.can_agree for one in emergencies.emergencies(house.actor("two")))
    lastresort.agree_emergency(actor=house.actor("two"), request_id=request)
    return request


def test_an_emergency_opens_again_ends_early_and_is_reviewed_by_somebody_else(house: House) -> None:
    officers(house)
    house.join("reader")
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"), said="story")
    reader = house.people["reader"]
    opened_for(house, record, reader.member_id)
    Grant.objects.filter(circle=reader.circle_id).update(expires_at=now() - timedelta(seconds=1))
    Reach.objects.filter(circle=reader.circle_id).update(expires_at=now() - timedelta(seconds=1))
    EmergencyRequest.objects.update(ends_at=now() - timedelta(seconds=1))
    again = opened_for(house, record, reader.member_id)
    assert selectors.open_section(house.actor("reader"), record, WORDS).content.said == "story"
    assert selectors.can_reach(house.actor("reader"), record)
    lastresort.end_emergency(actor=house.actor("two"), request_id=again)
    assert not selectors.can_reach(house.actor("reader"), record)
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("reader"), record, WORDS)
    with pytest.raises(NotFound):
        lastresort.end_emergency(actor=house.actor("two"), request_id=again)
    for name in ("one", "reader"):
        with pytest.raises(Denied):
            lastresort.review_emergency(actor=house.actor(name), request_id=again, outcome="right")
    with pytest.raises(Invalid):
        lastresort.review_emergency(actor=house.actor("two"), request_id=again, outcome="perhaps")
    with pytest.raises(NotFound):
        lastresort.review_emergency(actor=house.actor("two"), request_id=record, outcome="right")
    lastresort.review_emergency(actor=house.actor("two"), request_id=again, outcome="too_much", words="half of it")
    with pytest.raises(NotAllowedNow):
        lastresort.review_emergency(actor=house.actor("two"), request_id=again, outcome="right")
    listed = emergencies.emergencies(house.actor("founder"))
    assert [(one.outcome, one.is_open, one.can_review) for one in listed] == [
        ("too_much", False, False),
        ("", False, True),
    ]
    assert len(emergencies.share_holders()) == 3
    noted = Pending.objects.filter(verb__in=["vault.emergency_asked", "vault.emergency_reviewed"]).exclude(sealed=b"")
    assert noted.count() == 3


def test_nothing_is_opened_behind_a_wall_or_after_an_erasure(house: House) -> None:
    officers(house)
    house.join("reader")
    reader = house.people["reader"].member_id
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    circles.build_wall(actor=house.actor("founder"), record_id=record, member_id=reader)
    with pytest.raises(NotAllowedNow):
        lastresort.ask_emergency(actor=house.actor("one"), record_id=record, reader_id=reader, reason="x")
    Record.objects.filter(pk=record).update(erased_at=now())
    for unknown in (record, new_id()):
        with pytest.raises(NotFound):
            lastresort.ask_emergency(actor=house.actor("one"), record_id=unknown, reader_id=reader, reason="x")


def test_somebody_without_a_share_cannot_ask(house: House) -> None:
    house.join("vesna")
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    with pytest.raises(Denied):
        lastresort.ask_emergency(
            actor=house.actor("vesna"), record_id=record, reader_id=house.people["vesna"].member_id, reason="x"
        )


def test_a_forgotten_passphrase_needs_a_colleague(house: House) -> None:
    house.join("mira", "hotline")
    hotline = selectors.desk_circle("hotline")
    record = seal(house.actor("founder"), hotline)
    mira = house.people["mira"].member_id
    house.people["mira"] = members.begin_again(member_id=mira, passphrase="other words")
    assert members.open_member(mira, PASS) is None
    assert members.open_member(mira, "other words") is not None
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), record, WORDS)
    circles.dismiss(
        actor=house.join("stranger"), circle_id=hotline, holder_circle_ids=[house.people["stranger"].circle_id]
    )
    assert len(selectors.closed_circles_of(mira)) == 2
    Circle.objects.filter(pk=hotline).update(is_stale=True)
    assert circles.renew_stale(actor=house.actor("mira")) == 0
    assert members.vouch(actor=house.actor("founder"), member_id=mira) == 2
    assert selectors.closed_circles_of(mira) == []
    assert selectors.open_section(house.actor("mira"), record, WORDS).content.said == "ćao"


def test_a_changed_passphrase_opens_the_same_secret(house: House) -> None:
    mira = house.join("mira")
    opened = house.people["mira"]
    members.change_passphrase(actor=mira, opened=opened, passphrase="NOVE reči")
    again = members.open_member(opened.member_id, "nove reci")
    assert again is not None
    assert again.secret == opened.secret
    assert members.open_member(opened.member_id, PASS) is None
    assert members.open_member(opened.circle_id, PASS) is None


def test_only_members_admit(house: House) -> None:
    house.join("mira")
    with pytest.raises(Denied):
        house.admit("mira", selectors.desk_circle("hotline"), by="mira")


def test_a_share_survives_paper_and_typing(house: House) -> None:
    share = house.founding.recovery_shares[0]
    paper = write_paper_share(share)
    assert read_paper_share(paper.lower().replace(" ", "-").replace("o", "0")) == share
    for broken in ("", "???", paper[:-2], paper.replace(paper[8], "A" if paper[8] != "A" else "B")):
        with pytest.raises(shamir.BadShare):
            read_paper_share(broken)
