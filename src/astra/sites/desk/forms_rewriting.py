"""What does a colleague say when a part no longer speaks about somebody erased?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RewrittenForm(forms.Form):
    """Which part, as she saw it, and what of it cannot be written again and goes for good."""

    part = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    without = forms.MultipleChoiceField(
        label=_("Remove for good"),
        help_text=_("What speaks about the erased person and cannot be written again."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_sure = forms.BooleanField(
        label=_("I have read all of it. What stands there now is not about the erased person."),
        error_messages={"required": _("Read all of it first, then tick here.")},
    )

    def __init__(self, *args: Any, removable: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        # Any: what Django forms take
        super().__init__(*args, **kwargs)
        choices = list(removable)
        if choices:
            self.fields["without"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["without"]

    def clean_seen(self) -> datetime:
        """The moment as a moment."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError(_("Open the page again.")) from None
