"""Do summaries never say "no" wrongly, and seldom "perhaps"?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from astra.audit.rules import blocks


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=300))
def test_what_is_in_is_found(items: list[bytes]) -> None:
    marks = blocks.make_filter(items)
    assert all(blocks.may_hold(marks, item) for item in items)


def test_what_is_not_in_is_seldom_found() -> None:
    marks = blocks.make_filter(b"in %d" % number for number in range(5000))
    wrong = sum(blocks.may_hold(marks, b"out %d" % number) for number in range(5000))
    assert wrong < 100
    assert len(marks) <= 16_384


def test_an_empty_block_holds_nothing() -> None:
    assert not blocks.may_hold(blocks.make_filter([]), b"a")


def test_a_summary_knows_times_verbs_actors_and_subjects() -> None:
    start, actor = datetime(2026, 1, 1, tzinfo=UTC), uuid4()
    rows: list[tuple[datetime, UUID | None, str, str]] = [
        (start + timedelta(hours=1), actor, "vault.opened", '["s1","s2"]'),
        (start, None, "people.searched", "[]"),
        (start + timedelta(hours=2), None, "vault.opened", '["s3"]'),
        (start, actor, "vault.opened", '["s3"]'),
    ]
    summary = blocks.summarise(rows)
    assert (summary.first_at, summary.last_at) == (start, start + timedelta(hours=2))
    assert summary.verbs == " people.searched vault.opened "
    for item in (blocks.actor_item(actor), *(blocks.subject_item(subject) for subject in ("s1", "s2", "s3"))):
        assert blocks.may_hold(summary.marks, item)
    assert not blocks.may_hold(summary.marks, blocks.actor_item(uuid4()))
