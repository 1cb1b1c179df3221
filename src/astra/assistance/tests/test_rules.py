"""Do the rules of silence, of the field and of aftercare say what the team agreed on?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from astra.assistance.rules import aftercare, field, silence
from astra.assistance.rules.silence import Attempt
from astra.kernel.errors import Invalid

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def tried(*days: int, result: str = "no_answer") -> list[Attempt]:
    return [Attempt(DAY + timedelta(days=day), result) for day in days]


@pytest.mark.parametrize(
    ("risk", "attempts", "after", "step"),
    [
        ("", [], 0, silence.QUIET),
        ("low", tried(0), 1, silence.TRY_AGAIN),
        ("low", tried(0, 3), 4, silence.OTHER_WAY),
        ("low", tried(0, 3, 6), 14, silence.TEAM),
        ("raised", tried(0, 1, 2, 3), 14, silence.WEIGH),
        ("high", tried(0, 1), 1, silence.TEAM),
        ("immediate", tried(0, 0), 0, silence.WEIGH),
        ("low", tried(*range(0, 80, 10)), 90, silence.LOST),
        ("", [*tried(0, 1), *tried(2, result="reached"), *tried(3)], 4, silence.TRY_AGAIN),
    ],
)
def test_steps_follow_by_risk(risk: str, attempts: list[Attempt], after: int, step: str) -> None:
    assert silence.silence(risk, attempts, DAY + timedelta(days=after)).step == step


def test_a_sign_is_due_at_the_agreed_minutes_or_at_the_hour_of_return() -> None:
    back = AT + timedelta(minutes=45)
    assert field.next_sign(AT, back, 30) == AT + timedelta(minutes=30)
    assert field.next_sign(AT, back, 60) == back
    assert field.next_sign(back, back, 30) == back + timedelta(minutes=30)
    assert not field.is_silent(AT, AT + timedelta(minutes=5))
    assert field.is_silent(AT, AT + timedelta(minutes=5, seconds=1))


def test_impossible_times_are_named_one_by_one() -> None:
    with pytest.raises(Invalid) as caught:
        field.check_plan(AT - timedelta(hours=2), AT - timedelta(hours=3), 5, at=AT)
    assert [problem.field for problem in caught.value.problems] == ["begins_at", "back_by", "every_min"]


def test_aftercare_keeps_to_the_end_of_the_month() -> None:
    assert aftercare.follow_up_days(date(2025, 8, 31)) == (
        date(2025, 9, 30),
        date(2025, 11, 30),
        date(2026, 2, 28),
        date(2026, 8, 31),
    )
