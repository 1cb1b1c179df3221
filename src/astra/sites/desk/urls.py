"""Which addresses does the desk have? Its own pages and those of the rooms behind it."""

from collections.abc import Callable
from types import ModuleType

from django.http import HttpResponseBase
from django.urls import URLPattern, include, path

from astra.consent import urls as consent
from astra.people import urls as people
from astra.sites.desk.views import emergency, home, joined, keeping, language, log, meeting, own_file, rewriting, story


def with_joined(room: ModuleType, **pages: Callable[..., HttpResponseBase]) -> tuple[list[URLPattern], str]:
    """The addresses of a room; some of its pages are shown by the desk, since they show parts of other rooms too."""
    patterns: list[URLPattern] = [
        path(str(one.pattern), pages[one.name], name=one.name) if one.name in pages else one for one in room.urlpatterns
    ]
    return patterns, room.app_name


own = [
    path("", home.home, name="home"),
    path("log/", log.log, name="log"),
    path("log/find/", log.find_record, name="find_record"),
    path("log/verify/", log.verify_log, name="verify_log"),
    path("log/<int:sequence>/", log.entry, name="log_entry"),
    path("erasure/", keeping.keeping, name="keeping"),
    path("erasure/order/", keeping.erase, name="erase"),
    path("rewriting/", rewriting.to_rewrite, name="rewriting"),
    path("rewriting/done/", rewriting.rewritten, name="rewritten"),
    path("keys/", keeping.keys, name="keys"),
    path("keys/renew/", keeping.renew_keys, name="renew_keys"),
    path("meetings/", meeting.meetings, name="meetings"),
    path("meetings/flag/", meeting.flag, name="flag_point"),
    path("meetings/begin/", meeting.begin, name="begin_meeting"),
    path("meetings/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/close/", meeting.close, name="close_meeting"),
    path("meetings/<uuid:meeting_id>/points/<uuid:meeting_point_id>/", meeting.decide, name="decide_point"),
    path("meetings/points/<uuid:meeting_point_id>/", meeting.point, name="meeting_point"),
    path("meetings/points/<uuid:meeting_point_id>/step/", meeting.step, name="step_meeting_point"),
    path("story/<uuid:case_id>/", story.story, name="story"),
    path("files/<uuid:case_id>/<uuid:person_id>/", own_file.own_file, name="own_file"),
    path("files/<uuid:taken_id>/", own_file.taken_file, name="taken_file"),
    path("files/<uuid:taken_id>/step/<slug:verb>/", own_file.step_file, name="step_file"),
    path("files/<uuid:taken_id>/hand/", own_file.hand_file, name="hand_file"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/ask/", emergency.ask, name="ask_emergency"),
    path("emergency/<uuid:request_id>/agree/", emergency.agree, name="agree_emergency"),
    path("emergency/<uuid:request_id>/end/", emergency.end, name="end_emergency"),
    path("emergency/<uuid:request_id>/review/", emergency.review, name="review_emergency"),
]

OF_PEOPLE: dict[str, Callable[..., HttpResponseBase]] = {
    "search": joined.search,
    "person": joined.person,
    "own_consent": joined.own_consent,
    "pair": joined.pair,
}

urlpatterns = [
    path("", include((own, "desk"))),
    path("language/", language.set_language, name="set_language"),
    path("", include("astra.accounts.urls")),
    path("directory/", include("astra.directory.urls")),
    path("contacts/", include("astra.hotline.urls")),
    path("people/", include(with_joined(people, **OF_PEOPLE))),
    path("cases/", include("astra.cases.urls")),
    path("assistance/", include("astra.assistance.urls")),
    path("proceedings/", include("astra.justice.urls")),
    path("rights/", include("astra.rights.urls")),
    path("tables/", include("astra.research.urls")),
    path("consent/", include(with_joined(consent, withdraw=joined.withdraw))),
]
