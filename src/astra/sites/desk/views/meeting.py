"""What does the team talk over, and what follows from it? Cases, contacts, conversations and people on one agenda.

The points are the hotline's; the page is the desk's, for a decision about a case becomes a task in that case's file.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import services as cases
from astra.hotline import selectors as hotline
from astra.hotline import services
from astra.kernel.clock import today
from astra.sites.desk.forms_meeting import DecisionForm, FlagForm, MeetingForm
from astra.sites.desk.meeting_shown import meeting_row, point_rows, subject_shown
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act


@desk("hotline", "cases")
@require_GET
def meetings(request: DeskRequest) -> HttpResponseBase:
    """What waits for the next meeting, the meetings that were, and the box to bring something."""
    return _agenda(request, FlagForm(initial={"subject": request.GET.get("about", "")}))


def _agenda(request: DeskRequest, form: FlagForm, beginning: MeetingForm | None = None) -> HttpResponse:
    actor = request.actor
    held = [meeting_row(one) for one in hotline.meetings(actor)]
    context = {
        "form": form,
        "subject": subject_shown(actor, str(form["subject"].value() or "")),
        "points": point_rows(actor, hotline.agenda(actor)),
        "going_on": [one for one in held if not one["is_closed"]],
        "held": [one for one in held if one["is_closed"]],
        "beginning": beginning or MeetingForm(initial={"held_on": today()}, prefix="meeting"),
        "may_begin": actor.has_desk("coordination"),
    }
    return render(request, "desk/meetings.html", context)


@desk("hotline", "cases")
@require_POST
def flag(request: DeskRequest) -> HttpResponseBase:
    """Bring something before the next meeting."""
    form = FlagForm(request.POST)
    done = act(
        form,
        lambda: services.flag_point(
            actor=request.actor, words=form.cleaned_data["words"], subject_id=form.cleaned_data["subject"]
        ),
    )
    if done is None:
        return _agenda(request, form)
    messages.success(request, gettext("On the agenda of the next meeting."))
    return redirect("desk:meetings")


@desk("coordination")
@require_POST
def begin(request: DeskRequest) -> HttpResponseBase:
    """Begin a meeting."""
    form = MeetingForm(request.POST, prefix="meeting")
    done = act(
        form,
        lambda: services.begin_meeting(
            actor=request.actor, held_on=form.cleaned_data["held_on"], present=form.members()
        ),
    )
    return redirect("desk:meeting", done[0]) if done else _agenda(request, FlagForm(), form)


@desk("hotline", "cases")
@require_GET
def meeting(request: DeskRequest, meeting_id: UUID) -> HttpResponseBase:
    """One meeting: the agenda while it goes on, and what was decided."""
    return _show(request, meeting_id)


def _show(
    request: DeskRequest, meeting_id: UUID, wrong: forms.Form | None = None, at: UUID | None = None
) -> HttpResponse:
    actor, line = request.actor, hotline.meeting(request.actor, meeting_id)
    points = point_rows(actor, hotline.agenda(actor)) if line.closed_at is None else []
    for point in points:
        point["form"] = wrong if point["id"] == at else DecisionForm(prefix=str(point["id"]))
    context = {
        "meeting": meeting_row(line),
        "points": points,
        "decided": point_rows(actor, hotline.decided_at(actor, meeting_id)),
        "may_close": line.closed_at is None and actor.has_desk("coordination"),
        "form": wrong,
    }
    return render(request, "desk/meeting.html", context)


@desk("hotline", "cases")
@require_POST
def decide(request: DeskRequest, meeting_id: UUID, meeting_point_id: UUID) -> HttpResponseBase:
    """Write down what was decided about one point; of a case it becomes a task there."""
    line = hotline.meeting_point(request.actor, meeting_point_id)
    form = DecisionForm(request.POST, prefix=str(line.id))
    case_id = line.subject_id if line.subject_kind == "case" and request.actor.has_desk("cases") else None
    done = act(form, lambda: _decide(request.actor, meeting_id, line.id, form, case_id))
    if done is None:
        return _show(request, meeting_id, form, line.id)
    said = gettext("Written down, and a task in the case.") if case_id else gettext("Written down.")
    messages.success(request, said)
    return redirect("desk:meeting", meeting_id)


def _decide(actor: Actor, meeting_id: UUID, meeting_point_id: UUID, form: DecisionForm, case_id: UUID | None) -> None:
    given, member = form.cleaned_data, form.member()
    with transaction.atomic():  # the task and the decision, or neither
        task = None
        if case_id is not None and given["words"].strip() and member and given["due_on"]:
            task = cases.add_task(
                actor=actor,
                case_id=case_id,
                kind="other",
                title=gettext("Decided by the team"),
                remark=given["words"],
                due_on=given["due_on"],
                assigned=member,
            )
        services.decide_point(
            actor=actor,
            meeting_id=meeting_id,
            meeting_point_id=meeting_point_id,
            words=given["words"],
            assigned_to=member,
            due_on=given["due_on"],
            task_id=task,
        )


@desk("coordination")
@require_POST
def close(request: DeskRequest, meeting_id: UUID) -> HttpResponseBase:
    """Close a meeting; what was not decided goes on to the next."""
    left = services.close_meeting(actor=request.actor, meeting_id=meeting_id)
    messages.success(request, gettext("Closed. To the next meeting: %(n)s") % {"n": left})
    return redirect("desk:meeting", meeting_id)


@desk("hotline", "cases")
@require_GET
def point(request: DeskRequest, meeting_point_id: UUID) -> HttpResponseBase:
    """One point, why, what was decided, and how it stands."""
    line = hotline.meeting_point(request.actor, meeting_point_id)
    return render(request, "desk/meeting_point.html", {"point": point_rows(request.actor, [line])[0]})


@desk("hotline", "cases")
@require_POST
def step(request: DeskRequest, meeting_point_id: UUID) -> HttpResponseBase:
    """It is done, no longer needed, or to be talked over again."""
    services.step_point(actor=request.actor, meeting_point_id=meeting_point_id, verb=request.POST.get("verb", ""))
    return redirect("desk:meeting_point", meeting_point_id)
