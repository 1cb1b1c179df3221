"""How does a next version come in, and what is to go from a copy?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.working import arrived
from astra.cases.rules import documents as rules
from astra.kernel.errors import Invalid
from astra.vocabulary.form_fields import DayField, line_field, show, words_field


class VersionForm(forms.Form):
    """The next version of a document."""

    marks = "required"
    file = forms.FileField(label=_("File"))
    dated_on = DayField(label=_("Date on the document"), required=False)
    remark = words_field(_("What is different"), rows=2)

    def clean_file(self) -> Any:  # Any: an upload that has arrived sealed
        """A file that the scanner refused is not kept; the form says why."""
        return arrived(self.cleaned_data["file"])


class BlackOutForm(forms.Form):
    """What goes from a copy: words wherever they stand, and areas of pages."""

    marks = "none"
    words = words_field(
        _("Words and names that are to go, one a line"),
        rows=4,
        hint=_(
            "The beginning is enough: “Milic” takes Milica, Milice and Milici, in both scripts. "
            "Words are found in typed pages only; a scanned page is marked by hand."
        ),
    )
    areas = words_field(
        _("Areas, one a line: page, left, top, right, bottom in percent"),
        rows=4,
        hint=_("Draw on the page with the mouse, or write: 1 10 20 60 25"),
    )
    title = line_field(_("What the copy is, in your words"))

    def __init__(self, *args: Any, pages: int, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        self.pages = pages
        self.fields["areas"].widget.attrs["data-areas"] = ""

    def clean(self) -> dict[str, Any]:
        """Every line that is wrong is named."""
        given = super().clean() or {}
        for name, read in (
            ("words", rules.read_words),
            ("areas", lambda text: rules.read_areas(text, self.pages)),
        ):
            try:
                given[name] = read(given.get(name, ""))
            except Invalid as error:
                show(self, error)
        return given
