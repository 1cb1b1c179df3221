"""Which addresses does the room have? Entering and the second factor, the visit, one's account, colleagues.

allauth's pages keep allauth's names, since its own redirects use them; everything else is in the namespace `accounts`.
"""

from allauth.account.views import login
from allauth.mfa.base.views import authenticate, index, reauthenticate
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import edit_webauthn, list_webauthn, reauthenticate_webauthn
from django.urls import include, path

from astra.accounts.access import entering, public, signed_in
from astra.accounts.views import account, joining, second_factor, staff, visit

entrance = [
    path("sign-in/", public(login), name="account_login"),
    path("sign-out/", visit.sign_out, name="account_logout"),
    path("second-factor/", public(authenticate), name="mfa_authenticate"),
    path("second-factor/again/", entering(reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/again/passkey/", entering(reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second-factor/passkeys/add/", entering(second_factor.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("second-factor/app/", entering(second_factor.ActivateApp.as_view()), name="mfa_activate_totp"),
    path("second-factor/codes/", entering(second_factor.Codes.as_view()), name="mfa_view_recovery_codes"),
    path("my/second-factor/", signed_in(index), name="mfa_index"),
    path("my/second-factor/codes/new/", signed_in(generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("my/second-factor/app/remove/", signed_in(deactivate_totp), name="mfa_deactivate_totp"),
    path("my/passkeys/", signed_in(list_webauthn), name="mfa_list_webauthn"),
    path("my/passkeys/<int:pk>/", signed_in(edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "my/passkeys/<int:pk>/remove/",
        signed_in(second_factor.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
]

room = [
    path("unlock/", visit.unlock, name="unlock"),
    path("lock/", visit.lock, name="lock"),
    path("activity/", visit.activity, name="activity"),
    path("second-factor/choose/", second_factor.choose, name="second_factor"),
    path("second-factor/codes/noted/", second_factor.codes_noted, name="codes_noted"),
    path("waiting/", account.waiting, name="waiting"),
    path("join/<str:token>/", joining.join, name="join"),
    path("again/<str:token>/", joining.again, name="again"),
    path("my/", account.account, name="account"),
    path("my/words/", account.change_words, name="change_words"),
    path("my/visits/end-others/", account.end_others, name="end_others"),
    path("colleagues/", staff.staff, name="staff"),
    path("colleagues/invite/", staff.invite, name="invite"),
    path("colleagues/sign-everybody-out/", staff.end_all_visits, name="end_all_visits"),
    path("colleagues/invitations/<uuid:invitation_id>/withdraw/", staff.withdraw_invitation, name="withdraw"),
    path("colleagues/<uuid:member_id>/", staff.person, name="person"),
    path("colleagues/<uuid:member_id>/preparation/", staff.prepare, name="prepare"),
    path("colleagues/<uuid:member_id>/admit/", staff.admit, name="admit"),
    path("colleagues/<uuid:member_id>/roles/", staff.change_roles, name="roles"),
    path("colleagues/<uuid:member_id>/leave/", staff.leave, name="leave"),
    path("colleagues/<uuid:member_id>/vouch/", staff.vouch, name="vouch"),
    path("colleagues/<uuid:member_id>/help-back/", staff.help_back, name="help_back"),
    path("colleagues/<uuid:member_id>/second-factor/", staff.reset_second_factor, name="reset_second_factor"),
    path("colleagues/<uuid:member_id>/sign-out/", staff.end_visits, name="end_visits"),
]

urlpatterns = [path("", include(entrance)), path("", include((room, "accounts")))]
