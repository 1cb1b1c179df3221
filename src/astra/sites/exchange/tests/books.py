"""Which books does an invented office have? People, files and contacts, as a spreadsheet holds them."""

PEOPLE = [
    ["Broj", "Ime i prezime", "Godište", "Pol", "Državljanstvo", "Telefon", "Napomena"],
    ["O-101/19", "Zorica Invented", "1999", "ženski", "Srbija", "060 111 2222", "Works in the bakery."],
    ["O-102/19", "Добрила Измишљена", "oko 2004", "Ž", "BIH", "", ""],
    ["O-103/20", "", "", "M", "", "", "Did not give a name."],
]
CASES = [
    ["Broj slučaja", "Vrsta", "Klijentkinja", "Datum otvaranja", "Datum zatvaranja", "Ishod", "Oblik eksploatacije"],
    ["S-7/2019", "trafficking", "O-101/19", "3.4.2019.", "", "", "forced_labour, forced_begging"],
    ["S-8/2019", "", "O-102/19", "2019-05-01", "1.2.2020.", "goals_met", ""],
]
CONTACTS = [
    ["Rb", "Linija", "Datum", "Vreme", "Vrsta", "Ko zove", "Teme", "Trajanje", "Opis", "Šifra osobe", "Slučaj"],
    [
        "1",
        "116 000",
        "4.4.2019.",
        "14:05",
        "about_someone",
        "Majka",
        "missing_runaway",
        "12 min",
        "First.",
        "O-101/19",
        "",
    ],
    ["2", "sos_trafficking", "5.4.2019.", "", "about_self", "self", "", "", "Second.", "O-102/19", "S-8/2019"],
    ["3", "sos_trafficking", "6.4.2019.", "23.10", "Pogrešan broj", "", "", "", "", "", ""],
]
