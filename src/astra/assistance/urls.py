"""Which addresses does the assistance room have? Ids only, never a name or a word."""

from django.urls import path

from astra.assistance.views import helping, pages

app_name = "assistance"

urlpatterns = [
    path("case/<uuid:case_id>/", pages.case, name="case"),
    path("case/<uuid:case_id>/needs/", pages.needs, name="needs"),
    path("case/<uuid:case_id>/plan/", pages.plan, name="plan"),
    path("case/<uuid:case_id>/plan/review/", pages.review, name="review"),
    path("case/<uuid:case_id>/goals/new/", pages.goal, name="goal"),
    path("case/<uuid:case_id>/goals/<uuid:goal_id>/step/", pages.step, name="step"),
    path("case/<uuid:case_id>/goals/<uuid:goal_id>/<slug:verb>/", pages.step_goal, name="step_goal"),
    path("case/<uuid:case_id>/scale/", pages.scale, name="scale"),
    path("case/<uuid:case_id>/service/", helping.service, name="service"),
    path("case/<uuid:case_id>/field/", helping.plan_field, name="plan_field"),
    path("case/<uuid:case_id>/attempt/", helping.attempt, name="attempt"),
    path("case/<uuid:case_id>/welfare/", helping.welfare, name="welfare"),
    path("case/<uuid:case_id>/aftercare/", helping.aftercare, name="aftercare"),
    path("field/", helping.out, name="out"),
    path("field/<uuid:action_id>/", helping.field_action, name="field_action"),
    path("field/<uuid:action_id>/<slug:verb>/", helping.step_field, name="step_field"),
    path("group/", helping.group, name="group"),
]
