"""Did the parts of somebody's life become better between the first and the last filling of the scale?"""

from collections.abc import Mapping, Sequence

BETTER, SAME, WORSE = "better", "same", "worse"


def change(fillings: Sequence[Mapping[str, int]]) -> str:
    """The change of the mean over the parts rated both times, oldest filling first; blank where nothing compares.

    >>> change([{"housing": 1, "health": 3}, {"housing": 4, "health": 2, "work": 5}])
    'better'
    >>> change([{"housing": 2}, {"work": 3}]), change([{"housing": 2}])
    ('', '')
    """
    if len(fillings) < 2:
        return ""
    first, last = fillings[0], fillings[-1]
    both = [part for part in first if part in last]
    moved = sum(last[part] - first[part] for part in both)
    if not both:
        return ""
    return SAME if not moved else BETTER if moved > 0 else WORSE
