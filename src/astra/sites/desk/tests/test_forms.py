"""Does every Django widget come out in our markup, without a room writing any of it?"""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from astra.sites.desk.templatetags.desk import lang_short, lang_tag
from astra.sites.desk.tests.sample import FailedForm, SampleForm


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


class Everything(forms.Form):
    """Fields whose widgets the sample form does not show."""

    mail = forms.EmailField()
    site = forms.URLField(required=False, assume_scheme="https")
    known = forms.NullBooleanField(required=False)
    file = forms.FileField(required=False)
    colour = forms.CharField(required=False, widget=forms.ColorInput)
    both = forms.SplitDateTimeField(required=False, widget=forms.SplitHiddenDateTimeWidget)
    several = forms.MultipleChoiceField(required=False, choices=[("a", "A")], widget=forms.MultipleHiddenInput)


CLASSES = {
    "name": "govuk-input",
    "kind": "govuk-radios__input",
    "topics": "govuk-checkboxes__input",
    "line": "govuk-select",
    "said": "govuk-textarea",
    "agree": "govuk-checkboxes__input",
    "born": "govuk-select",
    "many": "govuk-select",
    "passphrase": "govuk-password-input__input",
}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_widget_carries_its_class_once(name: str) -> None:
    html = SampleForm()[name].as_field_group()
    assert CLASSES[name] in html
    assert all(len(re.findall(r"\sclass=", tag)) <= 1 for tag in re.findall(r"<[^>]+>", html))


@pytest.mark.parametrize("name", sorted(Everything.base_fields))
def test_rarer_widgets_render(name: str) -> None:
    field = Everything(initial={"several": ["a"]})[name]
    html = str(field) if field.is_hidden else field.as_field_group()
    assert f'name="{field.html_name}' in html
    assert ("govuk-" in html) is not field.is_hidden


def test_own_classes_and_hooks_of_a_widget_pass_through() -> None:
    form = SampleForm()
    assert 'class="govuk-radios govuk-radios--inline"' in form["kind"].as_field_group()
    assert 'data-key="w"' in form["said"].as_field_group()
    assert 'type="date"' in form["day"].as_field_group()


def test_hint_and_error_are_read_with_the_field() -> None:
    form = FailedForm(data={"when": "31.2.2026."})
    html = form["when"].as_field_group()
    assert 'aria-describedby="id_when_helptext id_when_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_when_helptext"' in html
    assert 'id="id_when_error"' in html
    assert "govuk-form-group--error" in html


def test_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = FailedForm(data={})["line"].as_field_group()
    assert "<fieldset" in html
    assert 'aria-describedby="id_line_error"' in html
    assert "<legend" in html
    assert html.count('for="id_line_') == 2


class Marked(forms.Form):
    """One of each, to be marked three ways."""

    must = forms.CharField()
    may = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("marks", "must", "may"), [(None, "", "(optional)"), ("required", "(required)", ""), ("none", "", "")]
)
def test_a_form_says_how_it_marks_fields(marks: str | None, must: str, may: str) -> None:
    form = Marked()
    if marks:
        form.marks = marks  # type: ignore[attr-defined]  # read by the templates alone
    for name, expected in (("must", must), ("may", may)):
        html = form[name].as_field_group()
        assert re.findall(r"\((?:optional|required)\)", html) == ([expected] if expected else [])


def test_error_summary_leads_to_the_first_control_of_each_field() -> None:
    html = render_to_string("components/error_summary.html", {"form": FailedForm(data={})})
    assert re.findall(r'href="#([^"]+)"', html) == ["id_line_0", "id_when", "id_words", "id_agree"]
    assert "Poziv se završio" in html
    assert render_to_string("components/error_summary.html", {"form": SampleForm()}).strip() == ""


@pytest.mark.parametrize(
    ("code", "tag", "short"), [("sr-latn", "sr-Latn", "Lat"), ("sr", "sr-Cyrl", "Ћир"), ("en", "en", "En")]
)
def test_languages_are_named_for_browsers_and_people(code: str, tag: str, short: str) -> None:
    assert lang_tag(code) == tag
    assert lang_short(code) == short
