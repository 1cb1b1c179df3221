"""What is typed about an organisation in the register of checked employers and agencies?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import offers as rules
from astra.hotline.rules.employers import CHECKED_KIND, Entry
from astra.kernel.clock import today
from astra.vocabulary.form_fields import CodeField, DayField, line_field, words_field

NAMES = (
    "name",
    "kind",
    "country",
    "registration_number",
    "licence_number",
    "licence_until",
    "website",
    "public_phone",
    "public_email",
)


class RegisterFilterForm(forms.Form):
    """Which organisations to show; the name is posted, so that none stands in an address."""

    marks = "none"
    text = line_field(_("Name, number or website"), length=160)
    kind = CodeField(CHECKED_KIND, label=_("Kind"), blank=_("Everything"))
    country = CodeField("country", label=_("Country"), blank=_("Everything"))


class RegisterForm(forms.Form):
    """One organisation; nothing of any private person."""

    marks = "required"
    name = line_field(_("Name of the organisation"), required=True, length=160)
    other_names = words_field(_("Other spellings and trade names"), rows=2, hint=_("One a line"))
    kind = CodeField(CHECKED_KIND, label=_("Kind"), required=True)
    country = CodeField("country", label=_("Country"))
    registration_number = line_field(_("Number in the business register"), length=60)
    licence_number = line_field(_("Number of the licence"), length=60)
    licence_until = DayField(label=_("Licence valid until"), required=False)
    website = line_field(_("Website"), length=200)
    public_phone = line_field(_("Public phone"), length=60, type="tel")
    public_email = line_field(_("Public e-mail"), length=120, type="email")
    is_organisation = forms.BooleanField(
        label=_("This is an organisation and not a private person"),
        help_text=_("A recruiter's own name belongs into the check, where it is sealed."),
        required=False,
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["is_organisation"]

    def entry(self) -> Entry:
        """The organisation as it was typed."""
        given = self.cleaned_data
        return Entry(**{name: given[name] for name in NAMES}, other_names=tuple(given["other_names"].splitlines()))


def register_initial(entry: Entry) -> dict[str, Any]:  # Any: initial values
    """What stands in the form when an entry is changed."""
    return {name: getattr(entry, name) for name in NAMES} | {"other_names": "\n".join(entry.other_names)}


class FindingForm(forms.Form):
    """What was looked up about an organisation, where, on which day, and what stood there."""

    marks = "none"
    what = CodeField(rules.LOOKUP, label=_("What was looked up"), required=True)
    on = DayField(label=_("On"))
    source = line_field(
        _("Where it stands"), hint=_("An address on the internet, or where the paper is"), required=True, length=300
    )
    said = words_field(_("What it says"), rows=3, hint=_("About the organisation; nothing about anybody."))
    flag = CodeField(rules.FLAG, label=_("Red flag that it shows"), blank=_("None"))
    reason = line_field(_("Why it is one"), length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        kwargs.setdefault("initial", {"on": today()})
        super().__init__(*args, **kwargs)

    def finding(self) -> dict[str, Any]:  # Any: what the service takes
        """The finding; with a red flag its verdict is: warnings."""
        given = self.cleaned_data
        flags = {given["flag"]: given["reason"].strip()} if given["flag"] else {}
        verdict = rules.WARNINGS if flags else rules.NONE_SO_FAR
        return {name: given[name] for name in ("what", "on", "source", "said")} | {"flags": flags, "verdict": verdict}
