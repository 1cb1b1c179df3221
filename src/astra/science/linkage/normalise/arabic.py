"""How is a word in Arabic letters written one way, whichever keyboard it came from?

Arabic, Persian, Pashto, Urdu and Kurdish keyboards give several code points for what a reader takes for one letter, and
writers leave out hamza, the dots of ta marbuta and the vowel marks. The fold stays in the Arabic script: it makes
spellings meet, it does not say how they sound.
"""

import re
import unicodedata

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f\u0621]")
_LETTERS = str.maketrans({
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیېےۍئێ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ةۀەہھۃ", "ه"),
    **dict.fromkeys("ؤۆۇ", "و"),
    **dict.fromkeys("ټٹ", "ت"),
    **dict.fromkeys("ډڈ", "د"),
    **dict.fromkeys("ړڑڕ", "ر"),
    "ګ": "گ", "ڼ": "ن", "ښ": "ش", "ڵ": "ل", "ڤ": "ف",
})  # fmt: skip
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def plain_arabic(text: str) -> str:
    """Write the letters of the Arabic script in one form each; letters of other scripts pass unchanged.

    Parameters
    ----------
    text : str
        Text in any script.

    Returns
    -------
    str
        The text with one code point for each letter as readers know it: every alef bare, one ya, one kaf, ta marbuta as
        ha; without vowel marks, hamza on the line, tatweel and joiners.

    Examples
    --------
    >>> plain_arabic("أَحْمَد") == plain_arabic("احمد"), plain_arabic("کریمی") == plain_arabic("كريمي")
    (True, True)
    >>> plain_arabic("فاطمة") == plain_arabic("فاطمه"), plain_arabic("Novi Sad")
    (True, 'Novi Sad')
    """
    if _ARABIC.search(text) is None:
        return text
    # The marks go first, because composing would otherwise set some of them on their letters for good.
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return bare.translate(_LETTERS)
