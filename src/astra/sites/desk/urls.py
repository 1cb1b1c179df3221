"""Which addresses does the desk have? Its own pages and those of the rooms behind it."""

from django.urls import include, path

from astra.sites.desk.views import home, keeping, language, log

own = [
    path("", home.home, name="home"),
    path("log/", log.log, name="log"),
    path("log/find/", log.find_record, name="find_record"),
    path("log/verify/", log.verify_log, name="verify_log"),
    path("log/<int:sequence>/", log.entry, name="log_entry"),
    path("erasure/", keeping.keeping, name="keeping"),
    path("erasure/order/", keeping.erase, name="erase"),
    path("keys/", keeping.keys, name="keys"),
    path("keys/renew/", keeping.renew_keys, name="renew_keys"),
]

urlpatterns = [
    path("", include((own, "desk"))),
    path("language/", language.set_language, name="set_language"),
    path("", include("astra.accounts.urls")),
    path("directory/", include("astra.directory.urls")),
    path("contacts/", include("astra.hotline.urls")),
    path("cases/", include("astra.cases.urls")),
    path("people/", include("astra.people.urls")),
    path("consent/", include("astra.consent.urls")),
]
