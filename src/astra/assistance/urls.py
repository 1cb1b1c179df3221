"""Which addresses does the assistance room have? Ids only, never a name or a word."""

from django.urls import path

from astra.assistance.views import letters, questions

app_name = "assistance"

urlpatterns = [
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
    path("questions/<int:set_id>/retire/", questions.retire_question_set, name="retire_question_set"),
    path("answers/<uuid:sheet_id>/", questions.answers, name="answers"),
    path("answers/<uuid:sheet_id>/edit/", questions.revise_answers, name="revise_answers"),
    path("<uuid:case_id>/questions/", questions.case_questions, name="case_questions"),
    path("<uuid:case_id>/questions/<int:set_id>/", questions.answer_questions, name="answer_questions"),
]
