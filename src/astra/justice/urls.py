"""Which addresses does the justice room have? Ids only, never a name or a word."""

from django.urls import path

from astra.justice.views import across, doing, pages

app_name = "justice"

urlpatterns = [
    path("", across.coming, name="coming"),
    path("calendar/", across.calendar, name="calendar"),
    path("calendar/<str:token>.ics", across.feed, name="feed"),
    path("letters/", across.letters, name="letters"),
    path("letters/office/<int:letter_id>/<slug:verb>/", across.step_office_letter, name="step_office_letter"),
    path("letters/new/", across.add_office_letter, name="add_office_letter"),
    path("suspects/", across.suspects, name="suspects"),
    path("judgments/", across.judgments, name="judgments"),
    path("judgments/new/", across.add_judgment, name="add_judgment"),
    path("judgments/<int:year>.csv", across.judgments_csv, name="judgments_csv"),
    path("judgments/<uuid:judgment_id>/remove/", across.remove_judgment, name="remove_judgment"),
    path("records/<uuid:record_id>/", pages.record, name="record"),
    path("of/<uuid:proceeding_id>/", pages.proceeding, name="proceeding"),
    path("of/<uuid:proceeding_id>/new/<slug:what>/", doing.add_to, name="add_to"),
    path("measures/<int:measure_id>/<slug:verb>/", doing.step_measure, name="step_measure"),
    path("<uuid:case_id>/", pages.case, name="case"),
    path("<uuid:case_id>/new/<slug:what>/", doing.add, name="add"),
    path("<slug:what>/<uuid:record_id>/<slug:deed>/", doing.change, name="change"),
]
