"""What stands on the page of components? Invented people in Serbian, in either script: long words, real densities."""

import datetime
from typing import Any

from django import forms

BIRTH_HINT = "Kako je rečeno: 1998, oko 1998, mart 1998, 12.3.1998."
TOPICS = [
    ("work", "Radna eksploatacija"),
    ("sexual", "Seksualna eksploatacija"),
    ("begging", "Prosjačenje"),
    ("marriage", "Prinudni brak"),
    ("crime", "Prinuda na vršenje krivičnih dela"),
    ("missing", "Nestalo dete"),
]


class SampleForm(forms.Form):
    """Every widget that Django brings, with labels as long as ours are."""

    marks = "required"

    name = forms.CharField(label="Ime ili šifra", required=False, max_length=80)
    phone = forms.CharField(
        label="Telefon", required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    birth = forms.CharField(label="Rođena", required=False, help_text=BIRTH_HINT)
    day = forms.DateField(label="Dan", widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label="Vreme", widget=forms.TimeInput(attrs={"type": "time"}))
    kind = forms.ChoiceField(
        label="Vrsta poziva",
        choices=[("talk", "Razgovor"), ("silent", "Ćutanje"), ("wrong", "Pogrešan broj"), ("thanks", "Zahvalnica")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    topics = forms.MultipleChoiceField(
        label="Teme",
        required=False,
        help_text="Obeležite sve što je pomenuto.",
        choices=[("Eksploatacija", TOPICS[:5]), ("Drugo", TOPICS[5:])],
        widget=forms.CheckboxSelectMultiple,
    )
    line = forms.ChoiceField(label="Linija", choices=[("sos", "SOS trgovina ljudima"), ("116000", "116 000")])
    said = forms.CharField(
        label="Šta je rečeno", required=False, widget=forms.Textarea(attrs={"rows": 4, "data-key": "w"})
    )
    done = forms.CharField(label="Šta je urađeno", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agree = forms.BooleanField(label="Sme da se pozove na ovaj broj", help_text="Pitati svaki put.", required=False)
    arrived = forms.SplitDateTimeField(label="Dolazak", required=False)
    born = forms.DateField(
        label="Datum rođenja po dokumentu",
        required=False,
        widget=forms.SelectDateWidget(years=range(1990, 1996)),
    )
    count = forms.IntegerField(label="Koliko ih je", required=False, min_value=0)
    many = forms.MultipleChoiceField(label="Jezici", required=False, choices=[("sr", "srpski"), ("hu", "mađarski")])
    passphrase = forms.CharField(label="Pristupna rečenica", required=False, widget=forms.PasswordInput)
    hidden = forms.CharField(initial="7", widget=forms.HiddenInput)


class FailedForm(forms.Form):
    """A form that came back with errors of every kind."""

    line = forms.ChoiceField(
        label="Linija", choices=[("sos", "SOS trgovina ljudima"), ("116", "116 000")], widget=forms.RadioSelect
    )
    when = forms.DateField(label="Kada", help_text="Na primer 12.3.2026.")
    words = forms.CharField(label="Beleška", widget=forms.Textarea(attrs={"rows": 2}))
    agree = forms.BooleanField(label="Saglasna je da se zove Centar za zaštitu")

    def clean(self) -> None:
        """Fail as a whole, too."""
        raise forms.ValidationError("Poziv se završio pre nego što je počeo.")


class FilterForm(forms.Form):
    """Coded facts that may stand in an address."""

    marks = "none"

    line = forms.ChoiceField(label="Linija", required=False, choices=[("", "Sve"), ("sos", "SOS"), ("116", "116 000")])
    kind = forms.ChoiceField(label="Vrsta", required=False, choices=[("", "Sve"), ("talk", "Razgovor")])
    since = forms.DateField(label="Od", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label="Dokument", help_text="Slika lične karte, nalaz, rešenje.")


WORDS = {
    "components": "Delovi",
    "pages": "Strane predmeta",
    "banner_title": "Saglasnost ističe u petak",
    "banner_text": "Pitajte je pri sledećem razgovoru i zapišite kako je odgovorila.",
    "facts": "Osnovno",
    "tasks": "Šta treba uraditi",
    "timeline": "Šta se događalo",
    "search": "Poznajemo li je?",
    "contacts": "Kontakti",
    "new_contact": "Novi kontakt",
    "count": "1.204 kontakta",
    "empty_title": "Nema poziva koje treba uzvratiti",
    "empty_text": "Kad nekom obećate da ćete se javiti, to će stajati ovde.",
    "more": "Zašto to pitamo?",
    "paragraph": (
        "Ono što zapišete ovde čitaju samo koordinatorke i tim ovog predmeta. "
        "Njeno ime ne stoji nigde van ovog spisa: ни у адреси, ни у дневнику."
    ),
    "form": "Novi kontakt",
    "now": "Sada",
    "found": "Kada je pronađena",
    "found_hint": "Na primer 27 3 2026",
    "found_error": "Takav dan ne postoji",
    "save": "Sačuvaj",
    "failed": "Nije prošlo",
    "max_label": "Do 100 MB. Pregleda se i zapečati pre čuvanja.",
    "progress": "Prevezivanje ključeva",
    "confirm_title": "Obrisati sve o ovoj osobi?",
    "confirm_label": "Da, obriši",
    "aside": "Ko radi na predmetu",
    "drafts": "Nacrt",
}


def _at(day: int, hour: int, minute: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=datetime.UTC)


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "at": _at(20, 2, 5),
            "icon": "phone",
            "title": "Poziv na SOS liniju",
            "url": "#1",
            "who": "Koordinatorka Jelena",
            "text": "Majka zove zbog ćerke. Kaže da se ćerka tri dana ne javlja i da je vozač uzeo pasoš.",
        },
        {
            "at": _at(20, 2, 40),
            "icon": "warning",
            "tone": "danger",
            "title": "Procena: neposredna opasnost",
            "who": "Koordinatorka Jelena",
            "tags": [{"text": "hitno", "tone": "danger"}],
        },
        {"at": _at(20, 9, 0), "icon": "case", "tone": "plum", "title": "Predmet otvoren", "who": "Mira, psihološkinja"},
        {
            "at": _at(21, 14, 30),
            "icon": "consent",
            "title": "Saglasnost: Centar za zaštitu žrtava",
            "text": "Usmeno, na srpskom, do 1. marta.",
        },
        {"day": "oko 15. oktobra", "time": "", "icon": "home", "title": "Prešla da živi kod poslodavca"},
    ]


def _people() -> list[dict[str, Any]]:
    return [
        {
            "name": "Милица Ђурђевић-Њежић",
            "code_name": "Lasta 14",
            "also": "Mica, Милa",
            "url": "#p1",
            "facts": ["oko 27 godina", "Zaječar", "državljanstvo SRB", "3 kontakta, poslednji 20.11."],
            "tags": [{"text": "otvoren predmet", "tone": "good"}],
            "matched": "isto ime, sličan broj",
            "rules": {
                "when": "radnim danom posle 17 h",
                "code_word": "knjižara",
                "never_say": "da zovemo iz organizacije",
            },
        },
        {
            "name": "",
            "code_name": "Jasen 3",
            "url": "#p2",
            "facts": ["maloletna", "jezik: romski, srpski"],
            "tags": [{"text": "čeka pristanak", "tone": "attention"}],
            "matched": "isti broj telefona",
        },
    ]


def _rows() -> list[dict[str, Any]]:
    contacts = [
        ("21.11. 02:05", "SOS", "Razgovor", "Lasta 14", "pozvati nazad", "attention"),
        ("21.11. 01:40", "116 000", "Ćutanje", "–", "završeno", "good"),
        ("20.11. 23:15", "SOS", "Pogrešan broj", "–", "završeno", "good"),
        ("20.11. 22:58", "SOS", "Razgovor", "Milica Đurđević-Nježić", "opasnost", "danger"),
        ("20.11. 19:02", "SOS", "Zahvalnica", "Jasen 3", "pročitano", "info"),
    ]
    return [
        {
            "cells": [
                {"text": when, "url": "#c", "label": "Kada"},
                {"text": line, "label": "Linija"},
                {"text": kind, "label": "Vrsta"},
                {"text": who, "label": "O kome"},
                {"text": state, "tone": tone, "label": "Stanje"},
                {"text": "12", "is_numeric": True, "label": "Minuta"},
            ]
        }
        for when, line, kind, who, state, tone in contacts
    ]


def _frame() -> dict[str, Any]:
    """The frame around every page: who is here and where one can go."""
    return {
        "work_name": "Jelena K.",
        "home_url": "/",
        "search_url": "/search",
        "language_url": "/language",
        "lock_url": "/lock",
        "unlock_url": "/unlock",
        "sign_in_url": "/sign-in",
        "sign_out_url": "/sign-out",
        "nav": [
            {"label": "Moj dan", "url": "#day", "is_current": False, "count": 4, "key": "d"},
            {"label": "Kontakti", "url": "#contacts", "is_current": True, "key": "c"},
            {"label": "Ljudi", "url": "#people", "key": "p"},
            {"label": "Predmeti", "url": "#cases", "key": "f"},
            {"label": "Imenik", "url": "#directory", "key": "i"},
            {"label": "Saglasnosti", "url": "#consent", "key": "s"},
            {"label": "Zaštita podataka", "url": "#audit", "key": "a"},
            {"label": "Administracija", "url": "#admin"},
        ],
        "trail": [{"label": "Predmeti", "url": "#cases"}, {"label": "P-2026-0417"}],
        "pages": [
            {"label": "Pregled", "url": "#a", "is_current": True},
            {"label": "Događaji", "url": "#b", "count": 14},
            {"label": "Ljudi u predmetu", "url": "#c"},
            {"label": "Dokumenta", "url": "#d"},
            {"label": "Saglasnosti", "url": "#e"},
        ],
    }


def _file() -> dict[str, Any]:
    """One person's file: who she is, what keeps her safe, what is known and due."""
    return {
        "person": {
            "name": "Милица Ђурђевић-Њежић",
            "code_name": "Lasta 14",
            "age": "oko 27 godina",
            "facts": ["P-2026-0417", "srpski, mađarski", "kod tetke, Zaječar", "otvoren 20.11.2026."],
            "tags": [{"text": "hitno", "tone": "danger"}, {"text": "saglasnost usmena", "tone": "good"}],
            "actions": [{"label": "Novi kontakt", "url": "#new"}],
            "menu": [
                {"label": "Predaj koleginici", "url": "#hand"},
                {"label": "Zatvori predmet", "url": "#close"},
                {"label": "Obriši nacrt", "post_url": "#delete", "is_danger": True},
            ],
        },
        "rules": {
            "when": "Radnim danom posle 17 h, nikad nedeljom",
            "how": "SMS pa poziv; ako se javi muškarac, prekinuti",
            "code_word": "knjižara",
            "never_say": "Da zovemo iz organizacije; ime ćerke; reč „policija“",
            "voicemail": "no",
            "note": "Telefon je na muževljevom ugovoru.",
            "reviewed": "Provereno 14.11.",
        },
        "stopped": {"stop": "Ne zvati: preminula 3.11.2026.", "note": "Postupak pred sudom se nastavlja."},
        "facts": [
            {"key": "Osnov", "value": "Njena saglasnost (usmena)", "actions": [{"label": "Izmeni", "url": "#x"}]},
            {"key": "Državljanstvo", "value": "Srbija, Mađarska"},
            {"key": "Koordinatorka predmeta", "value": "Jelena K."},
            {"key": "Prebivalište", "value": "", "hint": ""},
            {"key": "E-pošta", "value": "veoma.dugacka.adresa.bez.razmaka@primer-organizacije.example.org"},
        ],
        "card_actions": [{"label": "Izmeni", "url": "#edit"}],
        "aside_facts": [
            {"key": "Vodi", "value": "Jelena K."},
            {"key": "Psihološkinja", "value": "Mira"},
            {"key": "Pravnica", "value": "Ana"},
        ],
    }


def _lists() -> dict[str, Any]:
    """What stands in lists and tables."""
    return {
        "tasks": [
            {
                "title": "Uzvratiti poziv majci",
                "url": "#t1",
                "hint": "Lasta 14",
                "due": "danas 09:00",
                "status": {"text": "kasni", "tone": "danger"},
            },
            {
                "title": "Pitati za saglasnost",
                "url": "#t2",
                "due": "petak",
                "status": {"text": "uskoro", "tone": "attention"},
            },
            {"title": "Potvrda o smeštaju", "url": "#t3", "status": {"text": "urađeno", "tone": "good"}},
        ],
        "entries": _entries(),
        "people": _people(),
        "head": [
            {"label": "Kada"},
            {"label": "Linija"},
            {"label": "Vrsta"},
            {"label": "O kome"},
            {"label": "Stanje"},
            {"label": "Minuta", "is_numeric": True},
        ],
        "rows": _rows(),
        "chosen": [{"label": "Linija: SOS", "remove_url": "#r1"}, {"label": "Od 1.11.2026.", "remove_url": "#r2"}],
        "steps": [
            {"label": "Ko zove", "url": "#s1", "is_done": True},
            {"label": "Šta se dogodilo", "is_current": True},
            {"label": "Šta dalje"},
        ],
        "tags": [
            {"text": "nacrt", "tone": ""},
            {"text": "otvoren", "tone": "good"},
            {"text": "uskoro", "tone": "attention"},
            {"text": "kasni", "tone": "danger"},
            {"text": "predato", "tone": "info"},
            {"text": "zapečaćeno", "tone": "plum"},
        ],
        "tabs": [
            {"id": "story", "label": "Priča"},
            {"id": "health", "label": "Zdravlje"},
            {"id": "law", "label": "Pravo"},
        ],
        "consequences": ["Ključevi se uništavaju i u rezervnim kopijama.", "Postupak se ne može vratiti."],
    }


def _forms() -> dict[str, Any]:
    """One form of each kind."""
    return {
        "form": SampleForm(),
        "failed_form": FailedForm(data={"when": "31.2.2026.", "words": ""}, prefix="failed"),
        "filter_form": FilterForm(prefix="filter"),
        "upload_form": UploadForm(prefix="upload"),
    }


def context() -> dict[str, Any]:
    """Everything the page of components and the frame around it ask for."""
    return {"words": WORDS, **_frame(), **_file(), **_lists(), **_forms()}
