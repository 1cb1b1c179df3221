"""What do people type about themselves and about colleagues? Forms check the form of it; services decide."""

from collections.abc import Collection
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astra.accounts.rules.roles import ROLES
from astra.accounts.rules.words import LONGEST, WORK_NAME_LONGEST
from astra.vocabulary.form_fields import DayField


def role_choices(codes: Collection[str]) -> list[tuple[str, str]]:
    """Roles to choose from, in the order of the table, each with its task."""
    return [(code, f"{gettext(ROLES[code].name)}. {gettext(ROLES[code].task)}") for code in ROLES if code in codes]


class PassphraseInput(forms.PasswordInput):
    """Six words: nothing corrects, completes or capitalises them."""

    def __init__(self, autocomplete: str = "current-password") -> None:
        super().__init__({"autocomplete": autocomplete, "autocapitalize": "off", "spellcheck": "false"})


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """The sign-in name and the six words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Sign-in name"),
            max_length=WORK_NAME_LONGEST,
            widget=forms.TextInput(
                {"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}
            ),
        )
        self.fields["password"] = forms.CharField(
            label=_("Passphrase"),
            help_text=_("Your six words. Capitals and the script do not matter."),
            widget=PassphraseInput(),
            strip=False,
        )
        self.order_fields(["login", "password"])


class UnlockForm(forms.Form):
    """The passphrase, to go on where she was."""

    passphrase = forms.CharField(label=_("Passphrase"), widget=PassphraseInput(), strip=False)


class InviteForm(forms.Form):
    """For which role a colleague is invited."""

    role = forms.ChoiceField(label=_("Which role will she have?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Collection[str], **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = role_choices(roles)


class NamesForm(forms.Form):
    """Under which names somebody will work here."""

    work_name = forms.CharField(
        label=_("Work name"),
        help_text=_("Colleagues, clients and the outside know you under it. It need not be your real name."),
        max_length=WORK_NAME_LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Only you type it, together with your six words."),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"}),
    )


class WordsForm(forms.Form):
    """The six words, typed back."""

    words = forms.CharField(
        label=_("Type your six words"),
        help_text=_("Without looking at the screen: from your paper or from memory."),
        widget=PassphraseInput("new-password"),
        strip=False,
    )


class ChangeWordsForm(WordsForm):
    """New words need the old ones as well."""

    passphrase = forms.CharField(label=_("Your present passphrase"), widget=PassphraseInput(), strip=False)


class PreparationForm(forms.Form):
    """When somebody was trained and when she signed the confidentiality agreement."""

    trained_on = DayField(label=_("Training finished on"), required=False)
    agreed_on = DayField(label=_("Confidentiality agreement signed on"), required=False)


class RolesForm(forms.Form):
    """Which roles somebody has; what is not the asker's to give or take cannot be touched."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, roles: Collection[str], **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = role_choices(roles)


class FingerprintForm(forms.Form):
    """The fingerprint that was compared by voice."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    is_compared = forms.BooleanField(
        label=_("I heard her voice, and she read me exactly these words."),
        error_messages={"required": _("Call her and compare the words first.")},
    )


class AdmitForm(FingerprintForm, RolesForm):
    """Let somebody in: the compared fingerprint and her roles."""

    field_order = ("roles", "is_compared", "fingerprint")
