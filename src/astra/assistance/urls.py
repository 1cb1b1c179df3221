"""Which addresses does the assistance room have? Ids only, never a name or a word."""

from django.urls import path

from astra.assistance.views import letters

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
]
