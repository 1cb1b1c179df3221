"""Which addresses does the assistance room have? Ids only, never a name or a word."""

from django.urls import path

from astra.assistance.views import beds, bookings, helping, letters, pages, questions

app_name = "assistance"

urlpatterns = [
    path("case/<uuid:case_id>/", pages.case, name="case"),
    path("case/<uuid:case_id>/earlier/", pages.earlier, name="earlier"),
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
    # beds
    path("beds/", beds.beds, name="beds"),
    path("beds/houses/new/", beds.add_house, name="add_house"),
    path("beds/houses/<uuid:house_id>/new/", beds.add_bed, name="add_bed"),
    path("beds/<uuid:bed_id>/", beds.change_bed, name="change_bed"),
    # interpreters
    path("interpreters/", bookings.interpreters, name="interpreters"),
    path("case/<uuid:case_id>/interpreters/new/", bookings.book_interpreter, name="book_interpreter"),
    path("interpreters/<uuid:booking_id>/off/", bookings.call_off_interpreter, name="call_off_interpreter"),
    path("case/<uuid:case_id>/stays/new/", beds.book_stay, name="book_stay"),
    path("stays/<uuid:stay_id>/longer/", beds.prolong_stay, name="prolong_stay"),
    path("stays/<uuid:stay_id>/leave/", beds.leave_bed, name="leave_bed"),
    path("stays/<uuid:stay_id>/<slug:verb>/", beds.step_stay, name="step_stay"),
    # letters
    path("templates/", letters.templates, name="templates"),
    path("templates/<slug:kind>/<slug:script>/", letters.template_docx, name="template_docx"),
    path("templates/<slug:kind>/<slug:script>/replace/", letters.replace_template, name="replace_template"),
    path("templates/<slug:kind>/<slug:script>/retire/", letters.retire_template, name="retire_template"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/edit/", letters.revise_letter, name="revise_letter"),
    path("letters/<uuid:letter_id>/docx/", letters.letter_docx, name="letter_docx"),
    path("letters/<uuid:letter_id>/hand-in/", letters.hand_in_letter, name="hand_in_letter"),
    path("letters/<uuid:letter_id>/step/<slug:verb>/", letters.step_letter, name="step_letter"),
    path("<uuid:case_id>/letters/", letters.letters, name="letters"),
    path("<uuid:case_id>/letters/new/", letters.write_letter, name="write_letter"),
    # extra questions
    path("questions/", questions.question_sets, name="question_sets"),
    path("questions/new/", questions.bring_question_set, name="bring_question_set"),
    path("questions/<int:set_id>/new/", questions.bring_question_set, name="renew_question_set"),
    path("questions/<int:set_id>/source/", questions.question_source, name="question_source"),
    path("questions/<int:set_id>/counts/", questions.answer_counts, name="answer_counts"),
    path("questions/<int:set_id>/retire/", questions.retire_question_set, name="retire_question_set"),
    path("answers/<uuid:sheet_id>/", questions.answers, name="answers"),
    path("answers/<uuid:sheet_id>/csv/", questions.answers_csv, name="answers_csv"),
    path("answers/<uuid:sheet_id>/edit/", questions.revise_answers, name="revise_answers"),
    path("<uuid:case_id>/questions/", questions.case_questions, name="case_questions"),
    path("<uuid:case_id>/questions/<int:set_id>/", questions.answer_questions, name="answer_questions"),
]
