"""How is a file opened, and how eight of them at once?"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.accounts.selectors import colleagues
from astra.cases.entries import NewMember
from astra.cases.forms.fields import NEUTRAL, MemberField, MembersField, offer
from astra.cases.rules.grounds import NOT_YET_ASKED
from astra.cases.sections import Common
from astra.vocabulary.form_fields import CodeField, choices_of, line_field, words_field


def team_choices() -> list[tuple[str, str]]:
    """The colleagues who work with files."""
    return [(str(one.member_id), one.work_name) for one in colleagues(desks=["cases"])]


class TeamPart(forms.Form):
    """Who works on it."""

    team = MembersField(label=_("Who works on it"))
    lead = MemberField(label=_("Who leads"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        known = team_choices()
        offer(self, "team", known)
        offer(self, "lead", [("", _("Nobody yet")), *known])

    def clean(self) -> dict[str, Any]:
        """Whoever leads sits in the team."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        lead, team = given.get("lead"), given.get("team", [])
        if lead and lead not in team:
            given["team"] = [*team, lead]
        return given


class OpenForm(TeamPart):
    """One file."""

    marks = "required"
    title = line_field(_("Title"), hint=NEUTRAL, required=True)
    kind = CodeField("case_kind", label=_("Kind"), required=True, initial="trafficking")
    ground = CodeField("case_ground", label=_("On what ground do we keep it?"), required=True, widget=forms.RadioSelect)
    ground_words = words_field(_("What did she say, or what is the danger?"), rows=2)
    role = CodeField("case_role", label=_("Who is this person in the case?"), required=True, initial="client")
    story = words_field(_("What happened"), rows=6)
    without_coordinators = forms.BooleanField(
        label=_("Without the coordinators"),
        help_text=_("Only where a coordinator must not know of it. The team alone can open the case then."),
        required=False,
    )
    field_order = ("title", "kind", "role", "ground", "ground_words", "story", "team", "lead", "without_coordinators")

    def __init__(self, *args: Any, has_person: bool, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        if not has_person:
            del self.fields["role"]

    def arguments(self) -> dict[str, Any]:
        """What `open_case` takes."""
        names = ("title", "kind", "ground", "ground_words", "story", "team", "lead", "without_coordinators")
        return {name: self.cleaned_data[name] for name in names}


class CommonForm(forms.Form):
    """What the files of a group share."""

    marks = "none"
    site = words_field(_("Where: site, house, route"), rows=2)
    employer = words_field(_("Employer or whoever kept them there"), rows=2)
    recruiter = words_field(_("Who recruited them, and how"), rows=2)
    transport = words_field(_("How they were brought there"), rows=2)
    conditions = words_field(_("How they lived and worked"), rows=4)

    def common(self) -> Common:
        """What was typed."""
        return Common(**{name: self.cleaned_data[name] for name in Common.__dataclass_fields__})


class GroupForm(CommonForm, TeamPart):
    """A group with its members, one line each."""

    marks = "required"
    title = line_field(_("Title"), hint=NEUTRAL, required=True)
    kind = CodeField("case_kind", label=_("What holds the cases together?"), required=True)
    member_kind = CodeField("case_kind", label=_("Kind of each member's case"), required=True, initial="exploitation")
    ground = CodeField("case_ground", label=_("Ground of the group's case"), required=True, widget=forms.RadioSelect)
    member_ground = CodeField(
        "case_ground", label=_("Ground of each member's case, until each has been asked"), required=True
    )
    names = words_field(
        _("Members, one in a line"),
        rows=8,
        hint=_("A name, or a code name after #. A line with # alone draws a code name. Each gets a case of their own."),
        required=True,
    )
    field_order = (
        "title",
        "kind",
        "ground",
        *Common.__dataclass_fields__,
        "names",
        "member_kind",
        "member_ground",
        "team",
        "lead",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        shared = vocabulary.codes("case_kind").having(is_shared=True)
        offer(self, "kind", [pair for pair in choices_of("case_kind")() if pair[0] in shared])
        self.fields["member_ground"].initial = NOT_YET_ASKED

    def members(self) -> list[NewMember]:
        """The members as typed."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        return [_member(line, self.cleaned_data["member_ground"]) for line in lines if line]

    def arguments(self) -> dict[str, Any]:
        """What `open_group` takes."""
        names = ("title", "kind", "member_kind", "ground", "team", "lead")
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"common": self.common(), "members": self.members()}


def _member(line: str, ground: str) -> NewMember:
    name, mark, code_name = line.partition("#")
    return NewMember(name=name.strip(), code_name=code_name.strip() if mark else "", ground=ground)


def preselect(ids: Sequence[UUID]) -> list[str]:
    """Ids as a form shows them chosen."""
    return [str(one) for one in ids]
