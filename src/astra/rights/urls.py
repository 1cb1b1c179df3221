"""Which addresses does the rights room have? Ids only, never a name or a word."""

from django.urls import path

from astra.rights.views import decoys, exporting, giving, keeping, parents, requests, stories

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
    path("exports/", exporting.exports, name="exports"),
    path("exports/new/", exporting.ask, name="ask_export"),
    path("exports/<uuid:export_id>/", exporting.export, name="export"),
    path("exports/<uuid:export_id>/agree/", exporting.agree, name="agree_export"),
    path("exports/<uuid:export_id>/decide/", exporting.decide, name="decide_export"),
    path("exports/<uuid:export_id>/take/", exporting.take, name="take_export"),
    path("decoys/", decoys.decoys, name="decoys"),
    path("decoys/alarms/", decoys.alarms, name="alarms"),
    path("decoys/alarms/<uuid:alarm_id>/seen/", decoys.seen, name="seen"),
    path("decoys/<uuid:case_id>/away/", decoys.take_away, name="take_decoy_away"),
    path("stories/<uuid:story_id>/", stories.story, name="story"),
    path("stories/<uuid:story_id>/revise/", stories.revise_story, name="revise_story"),
    path("stories/<uuid:story_id>/approve/", stories.approve_story, name="approve_story"),
    path("stories/<uuid:story_id>/print/", stories.print_story, name="print_story"),
    path("access/<uuid:access_id>/", parents.parent, name="parent"),
    path("access/<uuid:access_id>/back/", parents.take_back_parent, name="take_back_parent"),
    path("recalls/<uuid:consent_id>/", parents.recall, name="recall"),
    path("<uuid:case_id>/<uuid:person_id>/story/", stories.begin_story, name="begin_story"),
    path("<uuid:case_id>/<uuid:person_id>/access/", parents.parents, name="parents"),
    path("<uuid:case_id>/<uuid:person_id>/", giving.person, name="person"),
    path("<uuid:case_id>/<uuid:person_id>/give/", giving.give, name="give"),
    path("<uuid:case_id>/<uuid:person_id>/code/", giving.new_code, name="new_code"),
    path("<uuid:case_id>/<uuid:person_id>/close/", giving.close, name="close"),
    path("<uuid:case_id>/<uuid:person_id>/note/", giving.note, name="note"),
]
