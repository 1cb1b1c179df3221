"""Which words of a letter say that somebody is a victim? Every form of them, in both scripts and in English."""

import re

from astra.science.script import fold_letters

ALONE = re.compile(
    r"^(?:zrtv|zrtav|victim|viktim|traffick|trafik(?:in|ov)|prostitu|eksploat|exploit|slaver|servitud|ropst)"
)
"""How words begin that say it by themselves, in plain Latin letters."""
TRADE = re.compile(r"^(?:trgov|trade$|trading$|trader|krijumcar|smuggl)")
PEOPLE = re.compile(
    r"^(?:ljud|covek|covec|del?c|det[ei]|zen|osob|maloletn|devojc|devojk|bic|human|people|person|child|wom[ae]n|girl|being)"
)
NEAR = 4
"""So many words further on the second one may stand: “trgovina mladim ženama i decom”."""
WORD = re.compile(r"[^\W_]+")
UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


def telling_words(text: str) -> list[str]:
    """The words that say it, as they stand in the text, each once and in their order."""
    words = WORD.findall(UNSEEN.sub("", text))
    plain = [fold_letters(word) for word in words]
    found = []
    for at, word in enumerate(plain):
        if ALONE.match(word):
            found.append(words[at])
        elif TRADE.match(word) or PEOPLE.match(word):
            for other in range(at + 1, min(at + 1 + NEAR, len(plain))):
                if _says_it(word, plain[other]):
                    found.append(" ".join(words[at : other + 1]))
                    break
    return list(dict.fromkeys(found))


def _says_it(first: str, second: str) -> bool:
    """Trade and people, in either order: “trgovina ljudima”, “human trade”."""
    return bool(TRADE.match(first) and PEOPLE.match(second)) or bool(PEOPLE.match(first) and TRADE.match(second))
