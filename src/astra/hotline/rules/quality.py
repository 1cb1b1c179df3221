"""Which contacts are drawn, and what may a supervisor say of them? The same seed draws the same ones."""

import random
from collections.abc import Collection, Mapping
from uuid import UUID

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

POINT, SCORE = "quality_point", "quality_score"
MOST = 20
HOW_MANY = msg("Draw between 1 and %(most)s contacts.")
SAY_EACH = msg("Say something to each point; “does not apply” is an answer too.")


def draw(contacts: Collection[UUID], n: int, seed: int) -> list[UUID]:
    """Choose at random and repeatably: whoever knows the seed can check that nobody was picked on purpose."""
    if not 1 <= n <= MOST:
        raise Invalid(Problem("n", HOW_MANY, parts={"most": MOST}))
    ordered = sorted(contacts)
    chance = random.Random(seed)  # noqa: S311  (a sample that can be drawn again, no secret)
    return chance.sample(ordered, min(n, len(ordered)))


def check_scores(scores: Mapping[str, str]) -> None:
    """Raise `Invalid` unless every point has a score."""
    if set(scores) != set(vocabulary.codes(POINT).offered):
        raise Invalid(Problem("scores", SAY_EACH))
    for score in scores.values():
        vocabulary.check(SCORE, score, field="scores")
