"""How is a contact typed? Kind, caller, what was said, what was done; only line, time and kind must be there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.hotline.entries import NewCallback, NewContact
from astra.hotline.forms.fields import SeveralField
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.contacts import Coded, Link
from astra.hotline.sections import Caller, SafeContact, Words
from astra.hotline.selectors import ContactSheet
from astra.hotline.services import Registering
from astra.kernel.clock import now
from astra.kernel.errors import Invalid
from astra.vocabulary.form_fields import CodeField, DayField, MomentField, choices_of, line_field, show, words_field

VOICEMAIL = [("", _("Nobody asked")), ("no", _("Never leave one")), ("yes", _("May be left"))]
CODE_NAME = _("Without a name a code name is drawn.")
CODED = tuple(name for name in Coded.__dataclass_fields__ if name != "source")


class ContactForm(forms.Form):
    """One contact; what cannot be sealed by this colleague is left out of her form."""

    marks = "required"
    kind = forms.ChoiceField(label=_("Kind of contact"), widget=forms.RadioSelect)
    line = forms.ChoiceField(label=_("Line"), choices=choices_of(rules.LINE))
    received_at = MomentField(label=_("When it began"))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=rules.MAX_MINUTES)
    channel = CodeField(rules.CHANNEL, label=_("Channel"))
    language = CodeField(rules.LANGUAGE, label=_("Language"))
    is_paper = forms.BooleanField(label=_("Typed in from paper"), required=False)

    caller_role = CodeField(rules.CALLER_ROLE, label=_("Who is calling"))
    caller_name = line_field(_("Caller's name, as given"))
    caller_phone = line_field(_("Number"), type="tel")
    caller_email = line_field(_("E-mail"), type="email")
    caller_note = line_field(_("About the caller"))
    caller_file = forms.BooleanField(label=_("Open a file for the caller"), help_text=CODE_NAME, required=False)
    safe_when = line_field(_("When it is safe to call"))
    safe_how = line_field(_("How"))
    safe_code_word = line_field(_("Code word"))
    safe_never_say = line_field(_("Never say"))
    safe_voicemail = forms.ChoiceField(label=_("Voicemail"), choices=VOICEMAIL, required=False)
    about = line_field(_("Name of the person concerned, as given"))
    about_file = forms.BooleanField(label=_("Open a file for this person"), help_text=CODE_NAME, required=False)

    said = words_field(_("What was said"), rows=6)
    topics = SeveralField(rules.TOPIC, label=_("Topics"))
    urgency = CodeField(rules.URGENCY, label=_("Urgency"))
    done = words_field(_("What was done"), rows=3)
    actions = SeveralField(rules.ACTION, label=_("Done, for the statistics"), count=3)
    follow_up = CodeField(rules.FOLLOW_UP, label=_("What follows"))
    follow_up_on = DayField(label=_("By"), required=False, help_text=_("Blank: tomorrow, where something is promised"))
    follow_up_words = words_field(_("What is to follow, in words"), rows=2)
    callback_at = MomentField(label=_("Call back on"), required=False)
    callback_why = line_field(_("Why"))

    def __init__(self, *args: Any, hides: Iterable[str] = (), **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        kept = [str(self.initial.get("kind", ""))]
        kinds = vocabulary.codes(rules.KIND).choices(get_language(), keep=kept)
        shown = [(code, name) for code, name in kinds if rules.carries_data(code) or code in kept]
        self.fields["kind"].choices = shown  # type: ignore[attr-defined]  # a choice field
        for name in hides:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Let the room's own rules say what is wrong, each at its field."""
        super().clean()
        if not self.errors:
            try:
                rules.check_coded(self.coded(), at=now(), has_caller=self.caller() != Caller())
            except Invalid as error:
                show(self, error)
        return self.cleaned_data

    def coded(self) -> Coded:
        """The coded facts as typed."""
        given = {name: self.cleaned_data[name] for name in CODED}
        given |= {"topics": tuple(given["topics"]), "actions": tuple(given["actions"])}
        return Coded(**given, source=rules.PAPER if self.cleaned_data["is_paper"] else rules.TYPED)

    def words(self) -> Words:
        """The words as typed."""
        given = self._text
        return Words(given("about"), given("said"), given("done"), given("follow_up_words"))

    def caller(self) -> Caller:
        """The caller as typed."""
        given = self._text
        return Caller(given("caller_name"), given("caller_phone"), given("caller_email"), given("caller_note"))

    def safe(self) -> SafeContact:
        """What the caller said about calling her back."""
        given = {name: self._text(f"safe_{name}") for name in SafeContact.__dataclass_fields__}
        return SafeContact(**given)

    def entry(self, links: Sequence[Link], repeat_of: UUID | None = None) -> NewContact:
        """The whole contact, ready to be saved."""
        due_at = self.cleaned_data.get("callback_at")
        return NewContact(
            coded=self.coded(),
            words=self.words(),
            caller=self.caller(),
            safe=self.safe(),
            links=tuple(links),
            repeat_of=repeat_of,
            callback=NewCallback(due_at=due_at, why=self._text("callback_why")) if due_at else None,
        )

    def registering(self) -> list[Registering]:
        """For whom a file is to be opened."""
        wanted = (("caller_file", rules.CALLER, "caller_name"), ("about_file", rules.CONCERNED, "about"))
        return [Registering(role, self._text(name)) for tick, role, name in wanted if self.cleaned_data.get(tick)]

    def _text(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")).strip()


def initial_of(sheet: ContactSheet) -> dict[str, Any]:
    """What stands in the form when a saved contact is changed."""
    coded = sheet.line.coded
    given: dict[str, Any] = {name: getattr(coded, name) for name in CODED}
    given["is_paper"] = coded.source == rules.PAPER
    if sheet.words is not None:
        words = sheet.words.content
        given |= {"about": words.about, "said": words.said, "done": words.done, "follow_up_words": words.follow_up}
    if sheet.caller is not None:
        given |= {f"caller_{name}": value for name, value in vars(sheet.caller.content).items()}
    if sheet.safe is not None:
        given |= {f"safe_{name}": value for name, value in vars(sheet.safe.content).items()}
    return given


def typed_initial(values: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What stood in the form when a draft was saved, valid or not."""
    data = QueryDict(mutable=True)
    for name, value in values:
        data.appendlist(name, value)
    given: Mapping[str, forms.Field] = ContactForm.base_fields
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in given.items()}
