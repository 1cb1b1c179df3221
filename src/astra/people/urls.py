"""Which addresses do people have? Ids only: no name and no number stands in an address."""

from django.urls import path

from astra.people.views import around, duplicates, files, finding

app_name = "people"

urlpatterns = [
    path("", finding.search, name="search"),
    path("known/", finding.known, name="known"),
    path("new/", finding.new, name="new"),
    path("duplicates/", duplicates.worklist, name="duplicates"),
    path("duplicates/<str:pair>/", duplicates.pair, name="pair"),
    path("<uuid:person_id>/", files.person, name="person"),
    path("<uuid:person_id>/identity/", files.identity, name="identity"),
    path("<uuid:person_id>/contact/", files.contact, name="contact"),
    path("<uuid:person_id>/safety/", files.safety, name="safety"),
    path("<uuid:person_id>/whereabouts/", files.whereabouts, name="whereabouts"),
    path("<uuid:person_id>/guardian/", around.guardian, name="guardian"),
    path("<uuid:person_id>/guardian/<uuid:guardianship_id>/end/", around.end_guardian, name="end_guardian"),
    path("<uuid:person_id>/own-consent/", around.own_consent, name="own_consent"),
    path("<uuid:person_id>/merge/", duplicates.merge, name="merge"),
    path("<uuid:person_id>/confirm/", duplicates.confirm, name="confirm"),
    path("<uuid:person_id>/separate/", duplicates.separate, name="separate"),
    path("<uuid:person_id>/sort-out/", duplicates.sort_out, name="sort_out"),
]
