"""What does a coordinator say of hours and shifts, and a colleague of her languages and of a swap?"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.hotline.rules import rota
from astra.hotline.services import NewShift
from astra.kernel.clock import LOCAL
from astra.vocabulary.form_fields import (
    TIMES,
    UNREMEMBERED,
    CodeField,
    DayField,
    TickedCodesField,
    WrittenCodesField,
    choices_of,
)

LINE = "hotline_line"
MOST_DAYS = 62


def hour_field(label: Any, *, hint: Any = "", required: bool = True) -> forms.TimeField:  # Any: lazy words
    """An hour of the clock on the wall, as people here write it."""
    attrs = {**UNREMEMBERED, "class": "govuk-input--width-5", "inputmode": "numeric"}
    widget = forms.TimeInput(format="%H:%M", attrs=attrs)
    return forms.TimeField(label=label, help_text=hint, required=required, input_formats=TIMES, widget=widget)


def colleague_choices(*, without: UUID | None = None) -> list[tuple[str, str]]:
    """Everybody at the hotline, by work name."""
    return [(str(one.member_id), one.work_name) for one in colleagues(desks=["hotline"]) if one.member_id != without]


class PlanForm(forms.Form):
    """A shift, or the same shift on several days."""

    marks = "none"
    member = forms.ChoiceField(label=_("Colleague"))
    role = CodeField(rota.ROLE, label=_("Part in the shift"), required=True)
    lines = TickedCodesField(LINE, label=_("Lines"))
    day = DayField(label=_("Day"))
    opens = hour_field(_("From"))
    closes = hour_field(_("Until"), hint=_("Not later than “from” means: on the next day"))
    until_day = DayField(label=_("On every day until"), required=False, help_text=_("Blank: on this day only"))
    weekdays = forms.MultipleChoiceField(
        label=_("Only on"), required=False, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, is_one: bool = False, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]  # Any: a choice field
        field.choices = [("", ""), *colleague_choices()]
        if is_one:
            del self.fields["until_day"], self.fields["weekdays"]

    def clean(self) -> dict[str, Any]:
        """Days are counted before they are planned."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("day"), given.get("until_day")
        if first and last and not first <= last <= first + timedelta(days=MOST_DAYS):
            self.add_error("until_day", _("Choose a later day, at most two months ahead."))
        return given

    def shifts(self) -> list[NewShift]:
        """The shifts that were asked for."""
        given = self.cleaned_data
        first, last = given["day"], given.get("until_day") or given["day"]
        days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        only = {int(one) for one in given.get("weekdays") or ()}
        return [self._shift(day) for day in days if not only or day.weekday() in only]

    def _shift(self, day: date) -> NewShift:
        given = self.cleaned_data
        span = rota.span_of(day, given["opens"], given["closes"])
        return NewShift(UUID(given["member"]), given["role"], tuple(given["lines"]), span)


class CopyForm(forms.Form):
    """For how many weeks a week is planned again."""

    marks = "none"
    monday = forms.DateField(widget=forms.HiddenInput)
    weeks = forms.TypedChoiceField(
        label=_("Plan it again for"),
        coerce=int,
        choices=[(1, _("the next week")), (2, _("two weeks")), (4, _("four weeks")), (8, _("eight weeks"))],
    )


class HoursForm(forms.Form):
    """When a line is answered in an ordinary week."""

    marks = "none"

    def __init__(self, *args: Any, hours: Sequence[rota.Hours] = (), **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        known = {one.weekday: one for one in hours}
        for day, name in WEEKDAYS.items():
            opens, closes = hour_field(_("From"), required=False), hour_field(_("Until"), required=False)
            if day in known:
                opens.initial, closes.initial = known[day].opens, known[day].closes
            self.fields[f"opens_{day}"], self.fields[f"closes_{day}"] = opens, closes
            opens.weekday = name  # type: ignore[attr-defined]  # read by the template's row

    def rows(self) -> list[tuple[Any, Any, Any]]:  # Any: lazy words and bound fields
        """Each day with its two hours."""
        return [(name, self[f"opens_{day}"], self[f"closes_{day}"]) for day, name in WEEKDAYS.items()]

    def clean(self) -> dict[str, Any]:
        """Both hours or none."""
        given = super().clean() or self.cleaned_data
        for day in WEEKDAYS:
            if (given.get(f"opens_{day}") is None) != (given.get(f"closes_{day}") is None):
                self.add_error(f"closes_{day}", _("Give both hours, or none."))
        return given

    def hours(self) -> list[rota.Hours]:
        """The hours as typed."""
        given = self.cleaned_data
        return [
            rota.Hours(day, given[f"opens_{day}"], given[f"closes_{day}"])
            for day in WEEKDAYS
            if given[f"opens_{day}"] is not None
        ]


class DayApartForm(forms.Form):
    """A date on which other hours hold."""

    marks = "none"
    day = DayField(label=_("Day"))
    opens = hour_field(_("From"), required=False)
    closes = hour_field(_("Until"), required=False, hint=_("Both blank: closed on that day"))


class LanguagesForm(forms.Form):
    """Which languages she speaks with those who call."""

    marks = "none"
    languages = WrittenCodesField("language", label=_("Languages that you speak with callers"))


class SwapForm(forms.Form):
    """Who is asked to take a shift, and for which of hers."""

    marks = "none"
    colleague = forms.ChoiceField(label=_("Who should take it?"))
    in_return = forms.ChoiceField(label=_("Which of her shifts do you take for it?"), required=False)

    def __init__(
        self, *args: Any, without: UUID | None, offered: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        who: Any = self.fields["colleague"]  # Any: choice fields
        back: Any = self.fields["in_return"]
        who.choices = [("", ""), *colleague_choices(without=without)]
        back.choices = [("", _("None: I only ask to be relieved")), *offered]


class StepInForm(forms.Form):
    """She sits down although she stands on no plan."""

    marks = "none"
    lines = forms.ChoiceField(label=_("Line"), choices=choices_of(LINE))
    until = hour_field(_("Until"))

    def ends_at(self, at: datetime) -> datetime:
        """The next time that the clock shows this hour."""
        wall: time = self.cleaned_data["until"]
        today = at.astimezone(LOCAL)
        return rota.span_of(today.date(), today.time().replace(tzinfo=None), wall).ends
