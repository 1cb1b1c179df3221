"""Which addresses does the directory have?"""

from django.urls import path

from astra.directory import views

app_name = "directory"

urlpatterns = [
    path("directory/", views.organisations, name="list"),
    path("directory/add/", views.add, name="add"),
    path("directory/<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("directory/<uuid:organisation_id>/edit/", views.edit, name="edit"),
    path("directory/<uuid:organisation_id>/contacts/", views.contacts, name="contacts"),
    path("directory/<uuid:organisation_id>/confirm/", views.confirm, name="confirm"),
    path("directory/<uuid:organisation_id>/close/", views.close, name="close"),
    path("directory/<uuid:organisation_id>/reopen/", views.reopen, name="reopen"),
]
