"""Which parts of a file are for whom? The team knows the story; health and legal words have circles of their own."""

TEAM, HEALTH, LEGAL = "team", "health", "legal"
TIERS = (TEAM, HEALTH, LEGAL)

# What a colleague's role proposes when she joins; whoever lets her in may choose otherwise, and it is logged.
_PROPOSED = {"psychologist": (TEAM, HEALTH), "lawyer": (TEAM, LEGAL)}


def proposed_tiers(role: str) -> tuple[str, ...]:
    """The tiers that a role usually needs: a psychologist health, a lawyer legal, everybody the team."""
    return _PROPOSED.get(role, (TEAM,))


def tiers_left(tier: str) -> tuple[str, ...]:
    """The tiers that somebody leaves with one: who is no longer in the team is in no tier."""
    return TIERS if tier == TEAM else (tier,)
