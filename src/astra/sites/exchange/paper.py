"""What stands on a blank form? The same fields, names and codes as on the screen, as places to tick and to write.

The names come from the screen's own forms. Nothing on paper says what the organisation works on: codes whose names
would tell have neutral ones (data/neutral.toml).
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from astra import vocabulary
from astra.cases.forms.opening import OpenForm
from astra.consent.forms.ledger import ConsentForm
from astra.hotline.forms.contact import ContactForm
from astra.hotline.rules.contacts import ACTION, CALLER_ROLE, FOLLOW_UP, KIND, LINE, TOPIC, URGENCY
from astra.kernel.languages import known_language
from astra.people.forms.around import StayForm
from astra.people.forms.persons import DetailForm, IdentityForm, NameForm, NumberForm
from astra.science.script import to_cyrillic
from astra.sites.exchange.neutral import is_neutral

CONTACT, PERSON, CASE, CONSENT, SAFE_CONTACT = "contact", "person", "case", "consent", "safe-contact"
KINDS = (CONTACT, PERSON, CASE, CONSENT, SAFE_CONTACT)
TICKS, LINE_TO_WRITE, LINES, DAY, MOMENT, DIGITS, GRID = "ticks", "line", "lines", "day", "moment", "digits", "grid"
FEW_LANGUAGES, FEW_COUNTRIES = 8, 8


@dataclass(frozen=True)
class Choices:
    """Boxes to tick under one heading; the heading may be blank."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One place on paper: what it is called, and what there is to do."""

    label: str
    kind: str
    choices: tuple[Choices, ...] = ()
    rows: int = 0
    """Lines to write on, rows of a grid, or boxes for digits."""
    width: str = "full"
    """full, half, third or quarter of the page."""
    columns: tuple[str, ...] = ()
    """The heads of a grid."""
    hint: str = ""
    names: tuple[str, ...] = ()
    """Which fields of the screen stand here."""

    @property
    def numbered_rows(self) -> range:
        """The rows, for a template to walk over."""
        return range(self.rows)


@dataclass(frozen=True)
class Part:
    """Places that belong together."""

    title: str
    places: tuple[Place, ...]
    on_new_page: bool = False


@dataclass(frozen=True)
class Sheet:
    """One blank form."""

    kind: str
    title: str
    parts: tuple[Part, ...]
    is_of_call: bool = False
    """Whether the time of a call stands on it, which it keeps when it is typed in."""


class _Names:
    """How fields and codes are called in one language, neutrally."""

    def __init__(self, language: str) -> None:
        self.language = language

    def field(self, form: type[forms.Form], name: str) -> str:
        """The name of a field as the screen shows it."""
        found: forms.Field = form.base_fields[name]
        return str(found.label)

    def codes(self, list_name: str, *, only: Callable[[vocabulary.Code], bool] | None = None) -> tuple[Choices, ...]:
        """The offered codes of a list, under the headings of their groups."""
        known = vocabulary.codes(list_name)
        offered = [entry for entry in known if entry.is_offered and (only is None or only(entry))]
        if not known.groups:
            return (Choices("", tuple(self.code(list_name, entry) for entry in offered)),)
        return tuple(
            Choices(self.group(list_name, group), tuple(self.code(list_name, e) for e in offered if e.group == group))
            for group in known.groups
            if any(entry.group == group for entry in offered)
        )

    def code(self, list_name: str, entry: vocabulary.Code) -> str:
        """The name of a code, or a neutral one, or its place in the list."""
        instead = self._instead(_neutral_names().get(list_name, {}), entry.code)
        found = instead or entry.labels[self.language]
        return found if is_neutral(found) else f"{vocabulary.codes(list_name).codes.index(entry.code) + 1}."

    def group(self, list_name: str, group: str) -> str:
        """The heading of a group of codes, neutrally."""
        instead = self._instead(_neutral_names().get("groups", {}).get(list_name, {}), group)
        found = instead or vocabulary.codes(list_name).group_label(group, self.language)
        return found if is_neutral(found) else ""

    def _instead(self, names: Mapping[str, Any], code: str) -> str:  # Any: TOML
        given = names.get(code)
        if given is None:
            return ""
        latin = str(given["sr_latn"])
        return {"sr-latn": latin, "sr": to_cyrillic(latin), "en": str(given["en"])}[self.language]


@cache
def _neutral_names() -> dict[str, Any]:  # Any: TOML
    return tomllib.loads(files(__package__).joinpath("data/neutral.toml").read_text(encoding="utf-8"))


def sheets(language: str) -> dict[str, Sheet]:
    """Every blank form in one language, by its kind."""
    key = known_language(language)
    with override(key):
        names = _Names(key)
        made = (_contact(names), _person(names), _case(names), _consent(names), _safe_contact(names))
    return {sheet.kind: sheet for sheet in made}


def _few(names: _Names, list_name: str, most: int) -> tuple[Choices, ...]:
    """The codes of a long list that are used most; the others are written by hand."""
    known = vocabulary.codes(list_name)
    first = [code for code, _name in known.choices(names.language)][:most]
    return (Choices("", tuple(names.code(list_name, known.entries[code]) for code in first)),)


def _lines(names: _Names, form: type[forms.Form], *fields: str, width: str = "full", rows: int = 0) -> list[Place]:
    kind = LINES if rows else LINE_TO_WRITE
    return [Place(names.field(form, one), kind, rows=rows, width=width, names=(one,)) for one in fields]


def _own_choices(form: type[forms.Form], name: str, *, without_blank: bool = False) -> tuple[Choices, ...]:
    field: Any = form.base_fields[name]  # Any: a choice field of any kind
    shown = [str(label) for value, label in field.choices if value or not without_blank]
    return (Choices("", tuple(shown)),)


# --- the sheets ------------------------------------------------------------------------------------------------------


def _contact(names: _Names) -> Sheet:
    """A record of a call, a visit or a letter: what must be there first, the lists on the second page."""

    def ticks(field: str, list_name: str, width: str = "full", **more: Any) -> Place:  # Any: parts of a place
        return Place(
            names.field(ContactForm, field), TICKS, names.codes(list_name), width=width, names=(field,), **more
        )

    def plain(*fields: str, width: str = "full", rows: int = 0) -> list[Place]:
        return _lines(names, ContactForm, *fields, width=width, rows=rows)

    data = Place(
        names.field(ContactForm, "kind"),
        TICKS,
        names.codes(KIND, only=lambda entry: bool(entry.facts.get("is_data"))),
        width="half",
        names=("kind",),
    )
    nothing = Place(
        _("Nothing to write down: tick and stop here"),
        TICKS,
        names.codes(KIND, only=lambda entry: not entry.facts.get("is_data")),
        width="half",
    )
    begun = Place(names.field(ContactForm, "received_at"), MOMENT, width="half", names=("received_at",))
    minutes = Place(names.field(ContactForm, "minutes"), DIGITS, rows=3, width="quarter", names=("minutes",))
    counsellor = Place(_("Who took it"), LINE_TO_WRITE, width="quarter")
    language = Place(
        names.field(ContactForm, "language"),
        TICKS,
        _few(names, "language", FEW_LANGUAGES),
        hint=_("Another one"),
        names=("language",),
    )
    follow_up_on = Place(names.field(ContactForm, "follow_up_on"), DAY, width="half", names=("follow_up_on",))
    callback_at = Place(names.field(ContactForm, "callback_at"), MOMENT, width="half", names=("callback_at",))
    voicemail = Place(
        names.field(ContactForm, "safe_voicemail"),
        TICKS,
        _own_choices(ContactForm, "safe_voicemail"),
        names=("safe_voicemail",),
    )
    first = Part("", (begun, minutes, counsellor, ticks("line", LINE), data, nothing))
    caller = Part(
        _("Who is speaking"),
        (
            *plain("caller_name", "caller_phone", width="half"),
            *plain("caller_email", "about", width="half"),
            language,
        ),
    )
    said = Part(_("The conversation"), (*plain("said", rows=11), ticks("urgency", URGENCY), *plain("done", rows=4)))
    next_ = Part(
        _("What follows"),
        (
            ticks("follow_up", FOLLOW_UP),
            follow_up_on,
            callback_at,
            *plain("callback_why"),
            *plain("follow_up_words", rows=2),
        ),
    )
    safe = Part(
        _("Safe contact"),
        (*plain("safe_when", "safe_how", "safe_code_word", "safe_never_say", width="half"), voicemail),
    )
    lists = Part(
        _("For the list"),
        (
            ticks("caller_role", CALLER_ROLE),
            *plain("caller_note"),
            ticks("channel", "channel"),
            ticks("topics", TOPIC),
            ticks("actions", ACTION),
        ),
        on_new_page=True,
    )
    return Sheet(CONTACT, _("Record of a conversation"), (first, caller, said, lists, next_, safe), is_of_call=True)


def _person(names: _Names) -> Sheet:
    """Who somebody is, and how she can be reached."""
    name = Place(
        _("Names"),
        GRID,
        rows=3,
        columns=tuple(names.field(NameForm, one) for one in ("given", "family", "text", "kind")),
        names=("given", "family", "text", "kind"),
    )
    number = Place(
        _("Numbers"),
        GRID,
        rows=2,
        columns=tuple(names.field(NumberForm, one) for one in ("kind", "number", "country")),
        names=("kind", "number", "country"),
    )
    detail = Place(
        _("How to reach her or him"),
        GRID,
        rows=4,
        columns=tuple(names.field(DetailForm, one) for one in ("kind", "value", "is_safe", "note")),
        names=("kind", "value", "is_safe", "note"),
    )

    def identity(*fields: str, width: str = "full", rows: int = 0) -> list[Place]:
        return _lines(names, IdentityForm, *fields, width=width, rows=rows)

    def ticks(field: str, list_name: str, width: str = "full") -> Place:
        return Place(names.field(IdentityForm, field), TICKS, names.codes(list_name), width=width, names=(field,))

    citizenships = Place(
        names.field(IdentityForm, "citizenships"),
        TICKS,
        _few(names, "country", FEW_COUNTRIES),
        hint=_("Another one"),
        names=("citizenships",),
    )
    languages = Place(
        names.field(IdentityForm, "languages"),
        TICKS,
        _few(names, "language", FEW_LANGUAGES),
        hint=_("Another one"),
        names=("languages",),
    )
    code_name = Place(_("Code name, if no name is given"), LINE_TO_WRITE, width="half")
    filled_on = Place(_("Filled in on"), DAY, width="half")
    who = Part(
        "",
        (
            code_name,
            filled_on,
            name,
            *identity("birth", "birth_place", width="half"),
            ticks("sex", "sex", "half"),
            ticks("gender", "gender", "half"),
            citizenships,
            languages,
            *identity("mother", "father", width="half"),
            number,
        ),
    )
    where = Place(names.field(StayForm, "kind"), TICKS, names.codes("whereabouts"), names=("whereabouts",))
    return Sheet(
        PERSON,
        _("Personal sheet"),
        (who, Part(_("Contact"), (detail,)), Part("", (where, *identity("notes", rows=3)))),
    )


def _case(names: _Names) -> Sheet:
    """A file to be opened."""

    def ticks(field: str, list_name: str) -> Place:
        return Place(names.field(OpenForm, field), TICKS, names.codes(list_name), names=(field,))

    def plain(*fields: str, width: str = "full", rows: int = 0) -> list[Place]:
        return _lines(names, OpenForm, *fields, width=width, rows=rows)

    opened_on = Place(_("Opened on"), DAY, width="half")
    person = Place(_("For whom (name or code name)"), LINE_TO_WRITE, width="half")
    alone = Place(
        "", TICKS, (Choices("", (names.field(OpenForm, "without_coordinators"),)),), names=("without_coordinators",)
    )
    return Sheet(
        CASE,
        _("File sheet"),
        (
            Part("", (opened_on, person, *plain("title"), ticks("kind", "case_kind"))),
            Part("", (ticks("ground", "case_ground"), *plain("ground_words", rows=2))),
            Part("", tuple(plain("story", rows=14))),
            Part(_("Who works on it"), (*plain("lead", "team", width="half"), alone)),
            Part("", (ticks("role", "case_role"),)),
        ),
    )


def _consent(names: _Names) -> Sheet:
    """What somebody agreed to, or refused."""

    def ticks(field: str, list_name: str, width: str = "full") -> Place:
        return Place(names.field(ConsentForm, field), TICKS, names.codes(list_name), width=width, names=(field,))

    def plain(*fields: str, width: str = "full", rows: int = 0) -> list[Place]:
        return _lines(names, ConsentForm, *fields, width=width, rows=rows)

    def day(field: str) -> Place:
        return Place(names.field(ConsentForm, field), DAY, width="third", names=(field,))

    language = Place(
        names.field(ConsentForm, "language"),
        TICKS,
        _few(names, "language", FEW_LANGUAGES),
        hint=_("Another one"),
        names=("language",),
    )
    person = Place(_("Who is asked (name or code name)"), LINE_TO_WRITE, width="half")
    asked_by = Place(_("Who asked"), LINE_TO_WRITE, width="half")
    signature = Place(_("Signature, if she or he wishes to sign"), LINE_TO_WRITE, width="half")
    own_words = _("Spoken is enough. Nobody has to sign, and help does not depend on it.")
    return Sheet(
        CONSENT,
        _("Agreement sheet"),
        (
            Part(
                "",
                (person, asked_by, ticks("answer", "consent_answer"), day("given_on"), day("until_on"), day("ask_by")),
            ),
            Part(
                "",
                (
                    ticks("purpose", "consent_purpose"),
                    ticks("recipient", "consent_recipient"),
                    *plain("organisation_id"),
                ),
            ),
            Part("", (ticks("section", "consent_section"), ticks("ground", "case_ground"))),
            Part(
                "",
                (ticks("giver", "consent_giver"), ticks("method", "consent_method"), language, *plain("interpreter")),
            ),
            Part("", (ticks("child_view", "child_view"), *plain("words", rows=3), *plain("withheld", rows=2))),
            Part("", (Place(own_words, LINE_TO_WRITE, width="half"), signature)),
        ),
    )


def _safe_contact(names: _Names) -> Sheet:
    """How somebody may be reached without danger; the sheet that lies beside the telephone says no more."""
    simple = names.codes("contact_rule", only=lambda entry: not entry.facts.get("needs_words"))
    worded = [entry for entry in vocabulary.codes("contact_rule") if entry.facts.get("needs_words")]
    words = [Place(names.code("contact_rule", entry), LINE_TO_WRITE, names=(entry.code,)) for entry in worded]
    person = Place(_("Code name"), LINE_TO_WRITE, width="half")
    filled_on = Place(_("Filled in on"), DAY, width="half")
    detail = Place(
        _("How to reach her or him"),
        GRID,
        rows=3,
        columns=tuple(names.field(DetailForm, one) for one in ("kind", "value", "is_safe", "note")),
    )
    rules = Place(_("Rules"), TICKS, simple, names=("ticked",))
    stay = Place(names.field(StayForm, "kind"), TICKS, names.codes("whereabouts"), names=("kind",))
    since = Place(names.field(StayForm, "since"), DAY, width="half", names=("since",))
    return Sheet(
        SAFE_CONTACT,
        _("Contact sheet"),
        (
            Part("", (person, filled_on, detail)),
            Part("", (rules, *words, Place(_("Anything else"), LINES, rows=2, names=("note",)))),
            Part(
                "",
                (
                    stay,
                    since,
                    *_lines(names, StayForm, "place", width="half"),
                    *_lines(names, StayForm, "contact_rules", rows=2),
                ),
            ),
        ),
    )


def texts_of(sheet: Sheet) -> Iterable[str]:
    """Everything that is printed of a sheet, for making sure that it tells nothing."""
    yield sheet.title
    for part in sheet.parts:
        yield part.title
        for place in part.places:
            yield from (place.label, place.hint, *place.columns)
            for choices in place.choices:
                yield from (choices.title, *choices.names)


def fields_of(sheet: Sheet) -> Sequence[str]:
    """The fields of the screen that stand on a sheet."""
    return [name for part in sheet.parts for place in part.places for name in place.names]
