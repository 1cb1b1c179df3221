"""Which addresses do regular callers, silent calls, the team meeting and the live view have?"""

from django.urls import path

from astra.hotline.views import live, regulars, silence

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
    path("silent/", silence.silent, name="silent"),
    path("silent/log/", silence.log_silent, name="log_silent"),
]
