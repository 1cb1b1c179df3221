"""Which addresses does the directory have?"""

from django.urls import path

from astra.directory import views

app_name = "directory"

urlpatterns = [
    path("", views.organisations, name="list"),
    path("map/", views.on_map, name="map"),
    path("add/", views.add, name="add"),
    path("<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("<uuid:organisation_id>/edit/", views.edit, name="edit"),
    path("<uuid:organisation_id>/contacts/", views.contacts, name="contacts"),
    path("<uuid:organisation_id>/confirm/", views.confirm, name="confirm"),
    path("<uuid:organisation_id>/close/", views.close, name="close"),
    path("<uuid:organisation_id>/reopen/", views.reopen, name="reopen"),
]
