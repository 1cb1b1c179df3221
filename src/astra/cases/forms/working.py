"""How are tasks set, documents put in, teams changed, files closed and handed over?"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MemberField, offer
from astra.cases.forms.opening import team_choices
from astra.cases.selectors import CaseLine, Filters
from astra.cases.selectors.listing import OPEN
from astra.vocabulary.form_fields import CodeField, DayField, TickedCodesField, choices_of, line_field, words_field


class FilterForm(forms.Form):
    """How the list of files is narrowed; the address holds codes only."""

    marks = "none"
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = CodeField("case_kind", label=_("Kind"))
    ground = CodeField("case_ground", label=_("Ground"))
    lead = MemberField(label=_("Led by"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    due = forms.BooleanField(label=_("Something due"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        every = [("", _("All")), (OPEN, _("All that are open"))]
        states = [*every, *choices_of("case_status")()]
        offer(self, "state", states)
        offer(self, "kind", [("", _("Everything")), *choices_of("case_kind")()])
        offer(self, "ground", [("", _("Everything")), *choices_of("case_ground")()])
        offer(self, "lead", [("", _("Everybody")), *team_choices()])

    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense; files in work, if nothing was."""
        if not self.is_bound:
            return Filters(state=OPEN)
        self.full_clean()
        given = self.cleaned_data
        return Filters(
            state=given.get("state", ""),
            kind=given.get("kind", ""),
            ground=given.get("ground", ""),
            lead=given.get("lead"),
            is_mine=given.get("mine", False),
            is_due=given.get("due", False),
        )


class TaskForm(forms.Form):
    """A task: what, until when, by whom."""

    marks = "required"
    kind = CodeField("task_kind", label=_("What kind of task"), required=True)
    title = line_field(_("What exactly"))
    due_on = DayField(label=_("Due on"), required=False)
    assigned = MemberField(label=_("Who does it"), required=False)
    tier = CodeField("case_tier", label=_("Who can read it"), required=True, initial="team")
    remark = words_field(_("What must be known for it"), rows=3)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        shown = [(str(member), name) for member, name in workers.items()]
        anybody = [("", _("Whoever leads the case"))]
        offer(self, "assigned", [*anybody, *shown])


class MoveTaskForm(forms.Form):
    """Another day, another colleague."""

    marks = "none"
    due_on = DayField(label=_("Due on"), required=False)
    assigned = MemberField(label=_("Who does it"), required=False)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        shown = [(str(member), name) for member, name in workers.items()]
        offer(self, "assigned", [("", _("Nobody yet")), *shown])


class DocumentForm(forms.Form):
    """A document: the file, what it is, for whom."""

    marks = "required"
    file = forms.FileField(label=_("File"))
    kind = CodeField("document_kind", label=_("What is it?"), required=True)
    title = line_field(_("What it is, in your words"))
    dated_on = DayField(label=_("Date on the document"), required=False)
    tier = CodeField("case_tier", label=_("Who can read it"), required=True, initial="team")
    remark = words_field(_("Why it is here"), rows=2)

    def clean_file(self) -> Any:  # Any: an upload that has arrived sealed
        """A file that the scanner refused is not kept; the form says why."""
        return arrived(self.cleaned_data["file"])


def arrived(upload: Any) -> Any:  # Any: an upload that has arrived sealed
    """The upload, or what the scanner had against it."""
    problem = getattr(upload, "problem", None)
    if problem is not None:
        raise forms.ValidationError(gettext(problem.message) % problem.parts)
    return upload


class AdmitForm(forms.Form):
    """A colleague comes into the team."""

    marks = "none"
    member = MemberField(label=_("Colleague"))
    tiers = TickedCodesField("case_tier", label=_("Into which parts"), help_text=_("None chosen: those of her role"))

    def __init__(self, *args: Any, seated: Iterable[UUID], **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        inside = {str(member) for member in seated}
        shown = [(member, name if member not in inside else f"{name} ✓") for member, name in team_choices()]
        offer(self, "member", [("", ""), *shown])


class ColleagueForm(forms.Form):
    """One colleague."""

    marks = "none"
    member = MemberField(label=_("Colleague"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        offer(self, "member", [("", ""), *team_choices()])


class CloseForm(forms.Form):
    """How the work ended."""

    marks = "required"
    outcome = CodeField("close_outcome", label=_("How did the work end?"), required=True, widget=forms.RadioSelect)
    words = words_field(_("What was reached, and what stays open"), rows=5)


class HoldForm(forms.Form):
    """Who asked for the legal hold, or for lifting it."""

    marks = "none"
    words = words_field(_("Who asked for it, and why"), rows=3)


class HandoverForm(forms.Form):
    """Files that go to the next colleague."""

    marks = "none"
    cases = forms.TypedMultipleChoiceField(label=_("Which cases"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    receiver = MemberField(label=_("To whom"))
    text = words_field(_("What must be known"), rows=6, hint=_("Only who hands over and who takes over can read this."))
    is_staying = forms.BooleanField(label=_("Stay in the team"), required=False)

    def __init__(self, *args: Any, offered: list[CaseLine], **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        shown = [(str(line.id), f"{line.number} · {line.title}" if line.title else line.number) for line in offered]
        offer(self, "cases", shown)
        offer(self, "receiver", [("", ""), *team_choices()])

    def arguments(self) -> dict[str, Any]:
        """What `hand_over` takes."""
        given = self.cleaned_data
        return {
            "case_ids": given["cases"],
            "receiver_id": given["receiver"],
            "text": given["text"],
            "is_staying": given["is_staying"],
        }
