"""Which addresses do shifts, hand-over, danger, interpreters and care for colleagues have?"""

from django.urls import path

from astra.hotline.views import care, danger, handover, interpreters, opening, shifts

patterns = [
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/plan/", shifts.plan, name="plan"),
    path("shifts/copy/", shifts.copy_week, name="copy_week"),
    path("shifts/mine/", shifts.own_shifts, name="own_shifts"),
    path("shifts/mine/calendar/", shifts.calendar, name="calendar"),
    path("shifts/hours/", opening.hours, name="opening_hours"),
    path("shifts/hours/day/", opening.day_apart, name="day_apart"),
    path("shifts/now/", shifts.step_in, name="step_in"),
    path("shifts/swaps/<uuid:swap_id>/", shifts.answer_swap, name="answer_swap"),
    path("shifts/<uuid:shift_id>/", shifts.shift, name="shift"),
    path("shifts/<uuid:shift_id>/remove/", shifts.remove_shift, name="remove_shift"),
    path("shifts/<uuid:shift_id>/swap/", shifts.ask_swap, name="ask_swap"),
    path("shifts/<uuid:shift_id>/begin/", shifts.begin_shift, name="begin_shift"),
    path("shifts/<uuid:shift_id>/end/", shifts.end_shift, name="end_shift"),
    path("shifts/calendar/<str:token>.ics", shifts.feed, name="feed"),
    path("danger/", danger.begin, name="danger_now"),
    path("danger/alerts/", danger.alerts, name="danger_alerts"),
    path("danger/<uuid:danger_id>/", danger.danger, name="danger"),
    path("danger/<uuid:danger_id>/step/", danger.step, name="danger_step"),
    path("danger/<uuid:danger_id>/close/", danger.close, name="close_danger"),
    path("danger/<uuid:danger_id>/attach/", danger.attach, name="attach_danger"),
    path("handover/", handover.handover, name="handover"),
    path("handover/point/", handover.add_point, name="add_point"),
    path("handover/given/", handover.hand_over, name="hand_over"),
    path("handover/<uuid:shift_handover_id>/read/", handover.acknowledge, name="acknowledge_handover"),
    path("handover/points/<uuid:point_id>/", handover.finish_point, name="finish_point"),
    path("interpreters/", interpreters.interpreters, name="interpreters"),
    path("interpreters/choose/", interpreters.choose, name="choose_interpreter"),
    path("interpreters/new/", interpreters.add_interpreter, name="add_interpreter"),
    path("interpreters/calls/<uuid:call_id>/", interpreters.interpreting, name="interpreting"),
    path("interpreters/<uuid:interpreter_id>/", interpreters.interpreter, name="interpreter"),
    path("after/", care.debriefs, name="debriefs"),
    path("after/load/", care.load, name="load"),
    path("after/<uuid:debrief_id>/destroy/", care.destroy_debrief, name="destroy_debrief"),
    path("<uuid:contact_id>/hard/", care.mark_hard, name="mark_hard"),
]
