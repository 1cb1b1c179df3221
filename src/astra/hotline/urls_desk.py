"""Which addresses do regular callers, silent calls, the team meeting and the live view have?"""

from django.urls import path

from astra.hotline.views import live, regulars, silence, supervision

patterns = [
    path("regulars/", regulars.regulars, name="regulars"),
    path("regulars/new/", regulars.new_regular, name="new_regular"),
    path("regulars/<uuid:plan_id>/", regulars.regular, name="regular"),
    path("regulars/<uuid:plan_id>/change/", regulars.change_regular, name="change_regular"),
    path("regulars/<uuid:plan_id>/end/", regulars.end_regular, name="end_regular"),
    path("regulars/<uuid:plan_id>/again/", regulars.begin_regular_again, name="begin_regular_again"),
    path("<uuid:contact_id>/regular/", regulars.recognise_regular, name="recognise_regular"),
    path("live/", live.live, name="live"),
    path("live/now/", live.live_now, name="live_now"),
    path("live/watching/", live.watching, name="watching"),
    path("live/watch/<uuid:conversation_id>/", live.watch, name="watch"),
    path("shifts/pause/", live.pause, name="pause"),
    path("after/supervision/", supervision.supervision, name="supervision"),
    path("after/supervision/found/", supervision.found_supervision, name="found_supervision"),
    path("after/supervision/admit/", supervision.admit_supervisor, name="admit_supervisor"),
    path("after/supervision/let-go/", supervision.let_supervisor_go, name="let_supervisor_go"),
    path(
        "after/supervision/<uuid:supervision_note_id>/destroy/",
        supervision.destroy_supervision,
        name="destroy_supervision",
    ),
    path("silent/", silence.silent, name="silent"),
    path("silent/log/", silence.log_silent, name="log_silent"),
]
