"""Which addresses does the desk have? Its own pages and those of the rooms behind it."""

from django.urls import include, path

from astra.sites.desk import views

own = [path("", views.home, name="home")]

urlpatterns = [
    path("", include((own, "desk"))),
    path("", include("astra.accounts.urls")),
    path("", include("astra.directory.urls")),
]
