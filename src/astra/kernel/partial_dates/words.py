"""Which words do people use for months, years, ages and "about"? Folded: plain Latin letters, both scripts at once."""

_MONTHS = (
    "januar januara januaru jan january sijecanj sijecnja",
    "februar februara februaru feb february veljaca veljace",
    "mart marta martu mar march ozujak ozujka",
    "april aprila aprilu apr travanj travnja",
    "maj maja maju may svibanj svibnja",
    "jun juna junu juni june lipanj lipnja",
    "jul jula julu juli july srpanj srpnja",
    "avgust avgusta avgustu avg august aug kolovoz kolovoza",
    "septembar septembra septembru sep sept september rujan rujna",
    "oktobar oktobra oktobru okt october oct listopad listopada",
    "novembar novembra novembru nov november studeni studenog studenoga",
    "decembar decembra decembru dec december prosinac prosinca",
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"

UNKNOWN = frozenset({"?", "nepoznato", "ne zna se", "ne znam", "ne zna", "nije poznato", "nn", "unknown", "not known"})
FILLERS = r"\b(?:godine|godini|godinu|god|godiste|g|rodjen|rodjena|rodjeno|rodj|born|in|on|the|year|of|u|dana)\b\.?"
ABOUT = (
    r"(?:~|oko|otprilike|priblizno|cca\.?|ca\.?|circa|c\.|negde|mozda|valjda|verovatno|"
    r"about|around|approx\.?|approximately|roughly|maybe|possibly|probably)"
)

EARLY = "pocetkom|pocetak|pocetku|rano|early|beginning|start"
MIDDLE = "sredinom|sredina|sredini|polovinom|mid|middle"
LATE = "krajem|kraj|kraju|potkraj|late|end"
PARTS = {word: third for third, words in enumerate((EARLY, MIDDLE, LATE)) for word in words.split("|")}

# A season as the months that people mean; winter belongs to the year on either side.
SEASONS = {
    **dict.fromkeys(("prolece", "proleca", "proljece", "spring"), (3, 5)),
    **dict.fromkeys(("leto", "leta", "ljeto", "ljeti", "letos", "summer"), (6, 8)),
    **dict.fromkeys(("jesen", "jeseni", "autumn", "fall"), (9, 11)),
    **dict.fromkeys(("zima", "zimi", "zimu", "winter"), (12, 14)),
}

_TENS = "dvadeset trideset cetrdeset pedeset sezdeset sedamdeset osamdeset devedeset"
DECADES = {f"{word}{end}": 10 * n for n, word in enumerate(_TENS.split(), start=2) for end in ("ih", "e", "im", "ima")}

UNITS = {
    **dict.fromkeys(("dan", "dana", "day", "days"), "day"),
    **dict.fromkeys(("nedelju", "nedelje", "nedelja", "sedmicu", "sedmice", "sedmica", "week", "weeks"), "week"),
    **dict.fromkeys(("mesec", "meseca", "meseci", "mjesec", "mjeseca", "mjeseci", "month", "months"), "month"),
    **dict.fromkeys(("godinu", "godine", "godina", "year", "years"), "year"),
}
NUMBERS = {
    **dict.fromkeys(("jedan", "jednu", "one", "a"), 1),
    **dict.fromkeys(("dva", "dve", "dvije", "two"), 2),
    **dict.fromkeys(("tri", "three"), 3),
    **dict.fromkeys(("cetiri", "four"), 4),
    **dict.fromkeys(("pet", "five"), 5),
    **dict.fromkeys(("sest", "six"), 6),
    **dict.fromkeys(("deset", "ten"), 10),
}
NEARBY = {
    **dict.fromkeys(("danas", "today"), 0),
    **dict.fromkeys(("juce", "yesterday"), 1),
    **dict.fromkeys(("prekjuce",), 2),
}
STEPS = {
    **dict.fromkeys(("ove", "ovog", "ova", "this"), 0),
    **dict.fromkeys(("prosle", "proslog", "prosla", "last"), 1),
    **dict.fromkeys(("pretprosle", "pretproslog"), 2),
}
