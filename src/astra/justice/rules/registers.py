"""How is the number of a letter written in the register?"""


def format_letter(running: int, year: int) -> str:
    """The running number of its year, as registers here write it.

    >>> format_letter(7, 2026)
    '7/2026'
    """
    return f"{running}/{year}"
