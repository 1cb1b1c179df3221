"""What is decided about two files: which is kept?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ONE, OTHER = "one", "other"


class PairForm(forms.Form):
    """Which of two files is kept; the other one points to it."""

    marks = "none"

    keep = forms.ChoiceField(
        label=_("Which file is kept?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which of the two files is kept."),
            "invalid_choice": _("Choose which of the two files is kept."),
        },
        help_text=_("Work goes on in this one. The other one stays as it is and points here."),
    )

    def __init__(self, *args: Any, names: tuple[str, str], **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = list(zip((ONE, OTHER), names, strict=True))  # type: ignore[attr-defined]  # a choice field
