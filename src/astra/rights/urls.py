"""Which addresses does the rights room have? Ids only, never a name or a word."""

from django.urls import path

from astra.rights.views import giving, keeping, requests

app_name = "rights"

urlpatterns = [
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:request_id>/", requests.request, name="request"),
    path("requests/<uuid:request_id>/answer/", requests.answer, name="answer"),
    path("requests/<uuid:request_id>/longer/", requests.lengthen, name="lengthen"),
    path("requests/<uuid:request_id>/step/", requests.step, name="step"),
    path("retention/", keeping.retention, name="retention"),
    path("retention/<slug:category>/", keeping.endings, name="endings"),
    path("retention/lines/<uuid:ending_id>/longer/", keeping.longer, name="longer"),
    path("retention/proposals/<uuid:disposal_id>/", keeping.disposal, name="disposal"),
    path("retention/proposals/<uuid:disposal_id>/agree/", keeping.agree, name="agree"),
    path("retention/proposals/<uuid:disposal_id>/refuse/", keeping.refuse, name="refuse"),
    path("retention/proposals/<uuid:disposal_id>/take-back/", keeping.take_back, name="take_back"),
    path("<uuid:case_id>/<uuid:person_id>/", giving.person, name="person"),
    path("<uuid:case_id>/<uuid:person_id>/give/", giving.give, name="give"),
    path("<uuid:case_id>/<uuid:person_id>/code/", giving.new_code, name="new_code"),
    path("<uuid:case_id>/<uuid:person_id>/close/", giving.close, name="close"),
    path("<uuid:case_id>/<uuid:person_id>/note/", giving.note, name="note"),
]
