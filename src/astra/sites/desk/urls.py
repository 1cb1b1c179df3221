"""Which addresses does the desk have? Its own pages and those of the rooms behind it."""

from django.urls import include, path

from astra.sites.desk.views import home, language

own = [path("", home.home, name="home")]

urlpatterns = [
    path("", include((own, "desk"))),
    path("language/", language.set_language, name="set_language"),
    path("", include("astra.accounts.urls")),
    path("contacts/", include("astra.hotline.urls")),
]
