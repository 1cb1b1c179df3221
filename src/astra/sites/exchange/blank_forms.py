"""Which blank forms are there, and what stands on each? The fields of the screen, in the order of a pen."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from astra import vocabulary
from astra.cases.forms.opening import OpenForm
from astra.consent.forms.ledger import ConsentForm
from astra.hotline.forms.contact import ContactForm
from astra.hotline.rules.contacts import KIND
from astra.kernel.languages import known_language
from astra.people.forms.around import SafetyForm, StayForm
from astra.people.forms.persons import DetailForm, IdentityForm, NameForm, NumberForm
from astra.sites.exchange.paper import (
    DAY,
    DIGITS,
    LINE,
    LINES,
    MOMENT,
    NOTE,
    TICKS,
    Choices,
    Namer,
    Part,
    Place,
    Sheet,
    ungrouped,
)

CONTACT, PERSON, CASE, CONSENT, SAFE_CONTACT = "contact", "person", "case", "consent", "safe-contact"
KINDS = (CONTACT, PERSON, CASE, CONSENT, SAFE_CONTACT)


def sheets(language: str) -> dict[str, Sheet]:
    """Every blank form in one language, by its kind."""
    key = known_language(language)
    makers = (_contact, _person, _case, _consent, _safe_contact)
    with override(key):
        made = [make(Namer(key)) for make in makers]
    return {sheet.kind: sheet for sheet in made}


def _written(label: str, width: str = "half") -> Place:
    return Place(label, LINE, width=width)


def _on(label: str) -> Place:
    return Place(label, DAY, width="half")


# --- a conversation --------------------------------------------------------------------------------------------------


def _contact(names: Namer) -> Sheet:
    """A record of a call, a visit or a letter: what must be there first, the lists on the back."""
    form = ContactForm
    said = (
        *names.lines(form, "said", rows=11),
        names.ticks(form, "urgency", "urgency"),
        *names.lines(form, "done", rows=3),
    )
    what_follows = (
        names.ticks(form, "follow_up", "follow_up"),
        names.place(form, "follow_up_on", DAY),
        names.place(form, "callback_at", MOMENT),
        *names.lines(form, "callback_why"),
        *names.lines(form, "follow_up_words", rows=1),
    )
    lists = (
        names.ticks(form, "caller_role", "caller_role"),
        names.ticks(form, "channel", "channel"),
        names.ticks(form, "topics", "contact_topic"),
        names.ticks(form, "actions", "contact_action"),
    )
    parts = (
        Part("", _beginning(names)),
        Part(_("Who is speaking"), _caller(names)),
        Part(_("Safe contact"), _safe(names)),
        Part(_("The conversation"), said),
        Part("", what_follows, on_new_page=True),
        Part(_("For the list"), lists, is_dense=True),
    )
    return Sheet(CONTACT, _("Record of a conversation"), parts, is_of_call=True)


def _beginning(names: Namer) -> tuple[Place, ...]:
    with_data = names.codes(KIND, only=lambda entry: bool(entry.facts.get("is_data")))
    without = names.codes(KIND, only=lambda entry: not entry.facts.get("is_data"))
    kind = names.label(ContactForm, "kind")
    return (
        names.place(ContactForm, "received_at", MOMENT),
        names.place(ContactForm, "minutes", DIGITS, width="quarter", rows=3),
        _written(_("Who took it"), "quarter"),
        names.ticks(ContactForm, "line", "hotline_line"),
        Place(kind, TICKS, ungrouped(with_data), width="third", fields=("kind",)),
        Place(_("Nothing to write down: tick and stop here"), TICKS, ungrouped(without), width="two-thirds"),
    )


def _caller(names: Namer) -> tuple[Place, ...]:
    return (
        *names.lines(ContactForm, "caller_name", width="half"),
        *names.lines(ContactForm, "caller_phone", "caller_email", width="quarter"),
        *names.lines(ContactForm, "about", "caller_note", width="half"),
        names.few(ContactForm, "language", "language"),
    )


def _safe(names: Namer) -> tuple[Place, ...]:
    return (
        *names.lines(ContactForm, "safe_when", "safe_how", "safe_code_word", "safe_never_say", width="half"),
        names.own_choices(ContactForm, "safe_voicemail"),
    )


# --- a person --------------------------------------------------------------------------------------------------------


def _person(names: Namer) -> Sheet:
    """Who somebody is, and how she can be reached."""
    form = IdentityForm
    who = (
        _written(_("Code name, if no name is given")),
        _on(_("Filled in on")),
        names.grid(_("Names"), NameForm, "given", "family", "text", "kind", rows=3),
        *names.lines(form, "birth", "birth_place", width="half"),
        names.ticks(form, "sex", "sex", "third"),
        names.ticks(form, "gender", "gender", "two-thirds"),
        names.few(form, "citizenships", "country"),
        names.few(form, "languages", "language"),
        *names.lines(form, "mother", "father", width="half"),
        names.grid(_("Numbers"), NumberForm, "kind", "number", "country", rows=2),
    )
    around = (_detail(names, 4), names.ticks(StayForm, "kind", "whereabouts"), *names.lines(form, "notes", rows=3))
    return Sheet(PERSON, _("Personal sheet"), (Part("", who), Part("", around)))


def _detail(names: Namer, rows: int) -> Place:
    return names.grid(_("How to reach her or him"), DetailForm, "kind", "value", "is_safe", "note", rows=rows)


# --- a file ----------------------------------------------------------------------------------------------------------


def _case(names: Namer) -> Sheet:
    """A file to be opened."""
    form = OpenForm
    alone = Choices("", (names.label(form, "without_coordinators"),))
    parts = (
        Part(
            "",
            (
                _on(_("Opened on")),
                _written(_("For whom (name or code name)")),
                *names.lines(form, "title"),
                names.ticks(form, "kind", "case_kind"),
                names.ticks(form, "ground", "case_ground"),
                *names.lines(form, "ground_words", rows=2),
            ),
        ),
        Part("", tuple(names.lines(form, "story", rows=14))),
        Part(
            "",
            (
                *names.lines(form, "lead", "team", width="half"),
                Place("", TICKS, (alone,), fields=("without_coordinators",)),
                names.ticks(form, "role", "case_role"),
            ),
        ),
    )
    return Sheet(CASE, _("File sheet"), parts)


# --- consent ---------------------------------------------------------------------------------------------------------


def _consent(names: Namer) -> Sheet:
    """What somebody agreed to, or refused."""
    form = ConsentForm
    days = (names.place(form, field, DAY, width="third") for field in ("given_on", "until_on", "ask_by"))
    asked = (
        _written(_("Who is asked (name or code name)")),
        _written(_("Who asked")),
        names.ticks(form, "answer", "consent_answer"),
        *days,
    )
    what = (
        names.ticks(form, "purpose", "consent_purpose"),
        names.ticks(form, "recipient", "consent_recipient"),
        *names.lines(form, "organisation_id"),
        names.ticks(form, "section", "consent_section"),
        names.ticks(form, "ground", "case_ground"),
    )
    how = (
        names.ticks(form, "giver", "consent_giver"),
        names.ticks(form, "method", "consent_method"),
        names.few(form, "language", "language"),
        *names.lines(form, "interpreter"),
        names.ticks(form, "child_view", "child_view"),
        names.ticks(form, "not_told", "consent_recipient"),
    )
    said = (
        *names.lines(form, "words", rows=3),
        *names.lines(form, "withheld", rows=2),
        Place(_("Spoken is enough. Nobody has to sign, and help does not depend on it."), NOTE, width="half"),
        _written(_("Signature, if she or he wishes to sign")),
    )
    parts = (Part("", asked), Part("", what, is_dense=True), Part("", how, is_dense=True), Part("", said))
    return Sheet(CONSENT, _("Agreement sheet"), parts)


# --- safe contact ----------------------------------------------------------------------------------------------------


def _safe_contact(names: Namer) -> Sheet:
    """How somebody may be reached without danger; the sheet that lies beside the telephone says no more."""
    rules = vocabulary.codes("contact_rule")
    worded = SafetyForm.worded()
    words = [Place(names.code("contact_rule", rules.entries[one]), LINE, fields=(one,)) for one in worded]
    where = (
        names.ticks(StayForm, "kind", "whereabouts"),
        names.place(StayForm, "since", DAY),
        *names.lines(StayForm, "place", width="half"),
        *names.lines(StayForm, "contact_rules", rows=2),
    )
    parts = (
        Part("", (_written(_("Code name")), _on(_("Filled in on")), _detail(names, 3))),
        Part(
            "",
            (
                names.ticks(SafetyForm, "ticked", "contact_rule"),
                *words,
                Place(_("Anything else"), LINES, rows=2, fields=("note",)),
            ),
        ),
        Part("", where),
    )
    return Sheet(SAFE_CONTACT, _("Contact sheet"), parts)
