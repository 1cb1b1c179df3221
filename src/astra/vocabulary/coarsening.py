"""Which codes stay when a person is erased? One that few others share would still point at her: it gives way.

A list says by the fact `coarse` what a rare code becomes; a code without it is left out. What is common stays.
"""

from collections.abc import Iterable, Mapping

from astra.vocabulary.lists import codes

RARE_BELOW = 3
"""A value that fewer people than this share is rare; tables hide the same cells."""


def coarsened(list_name: str, several: Iterable[str], held: Mapping[str, int]) -> tuple[str, ...]:
    """The codes that may stay, in their order and each once; `held` counts who has each code, the erased one included.

    >>> coarsened("forms_of_exploitation", ["forced_labour", "surrogacy"], {"forced_labour": 9, "surrogacy": 1})
    ('forced_labour', 'other')
    """
    known = codes(list_name)
    kept = (code if held.get(code, 0) >= RARE_BELOW else str(known.fact(code, "coarse", "")) for code in several)
    return tuple(dict.fromkeys(code for code in kept if code))
