"""Who works here, who waits, and what may I do about it? The pages about colleagues."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts import selectors
from astra.accounts.access import DeskRequest, colleague, desk
from astra.accounts.forms import AdmitForm, FingerprintForm, InviteForm, PreparationForm, RolesForm
from astra.accounts.rules.joining import can_help
from astra.accounts.rules.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, invitable, takeable
from astra.accounts.services import changing, invitations, joining, second_factors
from astra.accounts.views.pages import PersonPage, invitation_address, invitation_rows, person_page, rows
from astra.kernel.errors import AstraError, NotFound
from astra.vocabulary.form_fields import show

KEEPERS = (COORDINATION, ADMINISTRATION, DATA_PROTECTION)


@colleague
def staff(request: DeskRequest) -> HttpResponseBase:
    """Everybody who works here; for those who keep accounts, also who waits and who was invited."""
    is_keeper = request.actor.has_desk(*KEEPERS)
    context = {
        "colleagues": rows(selectors.colleagues(with_departed=is_keeper and "departed" in request.GET)),
        "is_keeper": is_keeper,
        "can_end_visits": request.actor.has_desk(COORDINATION, ADMINISTRATION),
        "can_invite": bool(invitable(selectors.roles_of_member(request.actor.id))),
        "invitations": invitation_rows() if is_keeper else [],
    }
    return render(request, "accounts/staff.html", context)


@colleague
def person(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """One colleague: what she does here, and what I may do for her."""
    return render(request, "accounts/person.html", {"page": person_page(request.actor, member_id)})


@desk(*KEEPERS)
def invite(request: DeskRequest) -> HttpResponseBase:
    """Invite a new colleague; the link is shown once."""
    form = InviteForm(request.POST or None, roles=invitable(selectors.roles_of_member(request.actor.id)))
    if request.method == "POST" and form.is_valid():
        link = invitations.invite(actor=request.actor, role=form.cleaned_data["role"])
        address = invitation_address(request, "accounts:join", link.token)
        return render(request, "accounts/link.html", {"address": address, "purpose": "join"})
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@desk(COORDINATION, ADMINISTRATION)
def withdraw_invitation(request: DeskRequest, invitation_id: UUID) -> HttpResponseBase:
    """Take an unused invitation back."""
    invitations.withdraw(actor=request.actor, invitation_id=invitation_id)
    messages.success(request, _("The invitation no longer works."))
    return HttpResponseRedirect(reverse("accounts:staff"))


@desk(COORDINATION, ADMINISTRATION)
def prepare(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Record training and confidentiality agreement."""
    page = person_page(request.actor, member_id)
    initial = {"trained_on": page.person.trained_on, "agreed_on": page.person.agreed_on}
    form = PreparationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            joining.record_preparation(actor=request.actor, member_id=member_id, **form.cleaned_data)
        except AstraError as error:
            show(form, error)
        else:
            return _back_to(member_id)
    return render(request, "accounts/prepare.html", {"form": form, "page": page})


@desk(*KEEPERS)
def admit(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Let somebody in, after comparing her fingerprint by voice."""
    page = person_page(request.actor, member_id)
    asked = selectors.asked_roles(member_id)
    fingerprint = selectors.fingerprint(member_id)
    initial = {"roles": sorted(asked & page.givable), "fingerprint": fingerprint}
    form = AdmitForm(request.POST or None, roles=page.givable, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            joining.admit(
                actor=request.actor, member_id=member_id, roles=data["roles"], fingerprint=data["fingerprint"]
            )
        except AstraError as error:
            show(form, error)
        else:
            messages.success(request, _("She works with you now."))
            return _back_to(member_id)
    return render(request, "accounts/admit.html", {"form": form, "page": page, "fingerprint": fingerprint})


@desk(*KEEPERS)
def change_roles(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Give or take roles; what is not mine to give or take stays as it is."""
    page = person_page(request.actor, member_id)
    mine = selectors.roles_of_member(request.actor.id)
    changeable = (page.givable - page.person.roles) | (takeable(mine) & page.person.roles)
    form = RolesForm(request.POST or None, roles=changeable, initial={"roles": sorted(page.person.roles)})
    form.fields["roles"].required = bool(changeable >= page.person.roles)
    if request.method == "POST" and form.is_valid():
        wanted = {*form.cleaned_data["roles"], *(page.person.roles - changeable)}
        try:
            changing.change_roles(actor=request.actor, member_id=member_id, roles=wanted)
        except AstraError as error:
            show(form, error)
        else:
            messages.success(request, _("Her roles are changed; they count from now on."))
            return _back_to(member_id)
    return render(request, "accounts/roles.html", {"form": form, "page": page})


@desk(*KEEPERS)
def leave(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Somebody stops working here."""
    page = person_page(request.actor, member_id)
    if request.method == "POST":
        changing.leave(actor=request.actor, member_id=member_id)
        messages.success(request, _("She can no longer open anything. Hand her cases over next."))
        return HttpResponseRedirect(reverse("accounts:staff"))
    return render(request, "accounts/leave.html", {"page": page})


@colleague
def vouch(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Vouch for a colleague who has new words, from here or from afar, by voice."""
    page = _helpable(request, member_id)
    fingerprint = selectors.fingerprint(member_id)
    form = FingerprintForm(request.POST or None, initial={"fingerprint": fingerprint})
    if request.method == "POST" and form.is_valid():
        try:
            changing.vouch(actor=request.actor, member_id=member_id, fingerprint=form.cleaned_data["fingerprint"])
        except AstraError as error:
            show(form, error)
        else:
            messages.success(request, _("What you both share is open to her again."))
            return _back_to(member_id)
    return render(request, "accounts/vouch.html", {"form": form, "page": page, "fingerprint": fingerprint})


@colleague
def help_back(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Help a colleague who forgot her passphrase: a link, shown once."""
    page = _helpable(request, member_id)
    if request.method == "POST":
        link = invitations.invite_again(actor=request.actor, member_id=member_id)
        address = invitation_address(request, "accounts:again", link.token)
        return render(request, "accounts/link.html", {"address": address, "purpose": "again", "page": page})
    return render(request, "accounts/help_back.html", {"page": page})


@desk(COORDINATION, ADMINISTRATION)
def reset_second_factor(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Somebody lost her passkey, her phone and her codes."""
    page = person_page(request.actor, member_id)
    if request.method == "POST":
        second_factors.reset(actor=request.actor, member_id=member_id)
        messages.success(request, _("At her next sign-in she sets up a new second factor."))
        return _back_to(member_id)
    return render(request, "accounts/reset_second_factor.html", {"page": page})


@require_POST
@desk(COORDINATION, ADMINISTRATION)
def end_visits(request: DeskRequest, member_id: UUID) -> HttpResponseBase:
    """Sign one person out everywhere."""
    ended = changing.end_visits(actor=request.actor, member_id=member_id)
    messages.success(request, _("Visits ended: %(count)s.") % {"count": ended})
    return _back_to(member_id)


@desk(COORDINATION, ADMINISTRATION)
def end_all_visits(request: DeskRequest) -> HttpResponseBase:
    """Sign everybody out, also oneself."""
    if request.method == "POST":
        changing.end_visits(actor=request.actor)
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "accounts/end_all_visits.html")


def _helpable(request: DeskRequest, member_id: UUID) -> PersonPage:
    page = person_page(request.actor, member_id)
    if not can_help(selectors.roles_of_member(request.actor.id), page.person.roles):
        raise NotFound
    return page


def _back_to(member_id: UUID) -> HttpResponseBase:
    return HttpResponseRedirect(reverse("accounts:person", args=[member_id]))
