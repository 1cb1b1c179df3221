"""Which addresses does consent have?"""

from django.urls import path

from astra.consent import views

app_name = "consent"

urlpatterns = [
    path("", views.due, name="due"),
    path("people/<uuid:person_id>/", views.ledger, name="ledger"),
    path("people/<uuid:person_id>/record/", views.record, name="record"),
    path("people/<uuid:person_id>/check/", views.check, name="check"),
    path("people/<uuid:person_id>/danger/", views.danger, name="danger"),
    path("people/<uuid:person_id>/ask/", views.ask, name="ask"),
    path("lines/<uuid:consent_id>/", views.line, name="line"),
    path("lines/<uuid:consent_id>/answer/", views.answer, name="answer"),
    path("lines/<uuid:consent_id>/withdraw/", views.withdraw, name="withdraw"),
    path("lines/<uuid:consent_id>/recall/", views.recall, name="recall"),
    path("overrides/<uuid:override_id>/", views.override, name="override"),
    path("overrides/<uuid:override_id>/cancel/", views.cancel, name="cancel"),
]
