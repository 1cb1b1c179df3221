"""Do the fields that all forms share read what people write, and does a form say what a service refused?"""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from astra import vocabulary
from astra.kernel.errors import Conflict, Denied, Invalid, NotFound, Problem
from astra.vocabulary.form_fields import (
    CodeField,
    DayField,
    MomentField,
    TickedCodesField,
    WrittenCodesField,
    act,
    choices_of,
    line_field,
    words_field,
)


class Sheet(forms.Form):
    """Every shared field once."""

    kind = CodeField("contact_kind")
    needed = CodeField("sex", required=True)
    mostly = CodeField("sex", required=True, initial="female")
    day = DayField(required=False)
    moment = MomentField(required=False)
    languages = WrittenCodesField("language")
    sexes = TickedCodesField("sex")
    phone = line_field("Phone", type="tel")
    words = words_field("Words")


def _choices(name: str) -> Any:  # Any: pairs, and groups of pairs
    return Sheet().fields[name].choices  # type: ignore[attr-defined]  # a choice field


def filled(**typed: object) -> Sheet:
    """A sheet with what must be there."""
    return Sheet({"needed": "female", "mostly": "female", **typed})


@pytest.mark.parametrize("typed", ["7.3.2026.", "07.03.2026", "7. 3. 2026.", "7/3/2026", "2026-03-07"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    form = filled(day=typed, moment_0=typed, moment_1="17.05")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 3, 7)
    assert (form.cleaned_data["moment"].hour, form.cleaned_data["moment"].minute) == (17, 5)


def test_a_long_list_is_written_and_a_short_one_ticked() -> None:
    with override("en"):
        form = filled(languages="srpski; mađarski, English", sexes=["male"])
        assert form.is_valid(), form.errors
        assert form.cleaned_data["languages"] == ("sr", "hu", "en")
        assert form.cleaned_data["sexes"] == ["male"]
        assert filled(languages="Elvish").errors == {"languages": ["Not known: Elvish"]}


def test_blank_means_not_known_unless_a_code_is_required() -> None:
    assert next(iter(_choices("kind"))) == ("", "")
    assert next(iter(_choices("needed"))) == ("", "")  # begins empty: nobody keeps the first code by pressing Enter
    assert "" not in dict(_choices("mostly"))
    assert filled(needed="").errors.keys() == {"needed"}
    assert filled(kind="invented").errors


def test_a_choice_is_drawn_in_one_go_and_escapes_what_a_list_says() -> None:
    drawn = str(filled(needed="male")["needed"])
    assert '<option value="male" selected>' in drawn
    field = Sheet(initial={"kind": "x"}).fields["kind"]
    field.choices = [("x", "<b>"), ("Group & Co", [("y", "z")])]  # type: ignore[attr-defined]  # a choice field
    html = field.widget.render("kind", "y", {})
    for part in ("&lt;b&gt;", 'label="Group &amp; Co"', 'value="y" selected'):
        assert part in html


@override("en")
def test_only_some_codes_or_headings_can_be_offered() -> None:
    assert [code for code, _name in choices_of("sex", only=("male",))()] == ["male"]
    known = vocabulary.codes("event_kind")
    first = next(iter(known.groups))
    assert [heading for heading, _codes in choices_of("event_kind", groups=(first,))()] == [
        known.group_label(first, "en")
    ]


def test_browsers_remember_nothing_of_what_is_typed() -> None:
    form = Sheet()
    for name in ("day", "moment", "phone", "words"):
        assert str(form[name]).count('autocomplete="off"') >= 1, name
        assert 'spellcheck="false"' in str(form[name]), name
    assert 'type="tel"' in str(form["phone"])


@override("en")
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays() -> None:
    def refuse(error: Exception) -> Sheet:
        def deed() -> None:
            raise error

        form = filled(words="what she said")
        assert act(form, deed) is None
        assert "what she said" in str(form["words"])
        return form

    assert "words" in refuse(Invalid(Problem("words", "Too %(how)s", parts={"how": "short"}))).errors
    assert refuse(Invalid(Problem("elsewhere", "No"))).non_field_errors() == ["No"]
    assert refuse(Conflict("Somebody was faster")).non_field_errors() == ["Somebody was faster"]
    assert refuse(Denied("Somebody else must")).non_field_errors() == ["Somebody else must"]
    with pytest.raises(NotFound):
        refuse(NotFound())


def test_nothing_is_done_from_a_form_that_is_not_valid() -> None:
    done: list[int] = []
    assert act(Sheet({}), lambda: done.append(1)) is None
    assert not done
    assert act(filled(), lambda: done.append(1)) == (None,)
    assert done
