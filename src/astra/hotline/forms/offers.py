"""What is typed when an offer of work is checked? Every field may stay blank; what is chosen proposes red flags."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.hotline.forms.fields import SeveralField
from astra.hotline.rules import offers as rules
from astra.hotline.rules.contacts import LINE
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import OfferLookup, OfferWords
from astra.kernel.clock import today
from astra.kernel.errors import Invalid
from astra.vocabulary.form_fields import CodeField, DayField, choices_of, line_field, show, words_field

WORDS = ("employer", "agency", "recruiter", "place", "work", "promised")
TERM = "term_"
ABOUT = [("offer", _("The offer itself")), ("employer", _("The employer")), ("agency", _("The agency"))]


class OfferForm(forms.Form):
    """One offer as the person tells it."""

    marks = "none"
    employer = line_field(_("Employer"), hint=_("As the person says it. Astra looks whether it was checked before."))
    agency = line_field(_("Agency or who brings the person there"))
    recruiter = line_field(_("A private person who recruits"), hint=_("Sealed; never in the register."))
    country = CodeField(rules.COUNTRY, label=_("Country of work"))
    place = line_field(_("Town or address"))
    sector = CodeField(rules.SECTOR, label=_("Sector"))
    work = line_field(_("What work"))
    channel = CodeField(rules.OFFER_CHANNEL, label=_("How the offer came"))
    travel_on = DayField(label=_("Travels on"), required=False)
    line = forms.ChoiceField(label=_("Line"), choices=choices_of(LINE))
    promised = words_field(_("What is promised, in words"), rows=4)
    papers = SeveralField(rules.PAPER, label=_("Papers seen"), count=3)
    papers_words = words_field(_("What the papers say"), rows=2)

    def __init__(self, *args: Any, has_line: bool = False, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        known = vocabulary.codes(rules.TERM)
        for question in known.groups:
            label = known.group_label(question, get_language())
            self.fields[TERM + question] = CodeField(rules.TERM, groups=(question,), label=label)
        if not has_line:
            del self.fields["line"]

    @property
    def terms(self) -> list[forms.BoundField]:
        """The questions with coded answers."""
        return [self[name] for name in self.fields if name.startswith(TERM)]

    def clean(self) -> dict[str, Any]:
        """Let the room's own rules say what is wrong."""
        super().clean()
        if not self.errors:
            try:
                rules.check_offer(self.coded(), line=self.cleaned_data.get("line", ""))
            except Invalid as error:
                show(self, error)
        return self.cleaned_data

    def coded(self) -> OfferCoded:
        """The coded facts as chosen."""
        given = self.cleaned_data
        return OfferCoded(
            country=given["country"],
            sector=given["sector"],
            channel=given["channel"],
            travel_on=given["travel_on"],
            terms=tuple(given[name] for name in self.fields if name.startswith(TERM) and given[name]),
            papers=tuple(given["papers"]),
        )

    def words(self) -> OfferWords:
        """The words as typed."""
        given = self.cleaned_data
        return OfferWords(**{name: given[name].strip() for name in WORDS}, papers=given["papers_words"].strip())


def offer_initial(coded: OfferCoded, words: OfferWords | None) -> dict[str, Any]:  # Any: initial values
    """What stands in the form when an offer is changed."""
    given: dict[str, Any] = {
        "country": coded.country,
        "sector": coded.sector,
        "channel": coded.channel,
        "travel_on": coded.travel_on,
        "papers": list(coded.papers),
    }
    given |= {TERM + question: term for question, term in rules.terms_by_question(coded.terms).items()}
    if words is not None:
        given |= {name: getattr(words, name) for name in WORDS} | {"papers_words": words.papers}
    return given


def as_typed(data: QueryDict) -> dict[str, Any]:  # Any: initial values
    """What stood in the form when an organisation was chosen: nothing that was typed gets lost."""
    fields = OfferForm(has_line=True).fields
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items()}


class LookupForm(forms.Form):
    """What was looked up, where, on which day, and what stood there."""

    marks = "none"
    what = CodeField(rules.LOOKUP, label=_("What was looked up"), required=True)
    about = forms.ChoiceField(label=_("About"), choices=ABOUT, required=False)
    on = DayField(label=_("On"))
    source = line_field(_("Where it stands"), hint=_("An address on the internet, or where the paper is"), length=300)
    said = words_field(_("What it says"), rows=2)
    flag = CodeField(rules.FLAG, label=_("Red flag that it shows"), blank=_("None"))

    def __init__(self, *args: Any, about: Sequence[str] = (), **kwargs: Any) -> None:  # Any: what Django forms take
        kwargs.setdefault("initial", {"on": today()})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]  # Any: a choice field
        field.choices = [pair for pair in ABOUT if pair[0] == "offer" or pair[0] in about]

    def lookup(self) -> OfferLookup:
        """What was typed, without who typed it."""
        given = self.cleaned_data
        return OfferLookup(given["what"], given["on"], given["source"].strip(), given["said"].strip())


class VerdictForm(forms.Form):
    """How a check ends: one of two."""

    marks = "none"
    verdict = forms.ChoiceField(
        label=_("What did the check find?"), choices=choices_of(rules.VERDICT), widget=forms.RadioSelect
    )


class TellForm(forms.Form):
    """What the person was told."""

    marks = "none"
    text = words_field(_("To read aloud or to send"), rows=22)


class HandForm(forms.Form):
    """Which colleague goes on with a check."""

    marks = "none"
    colleague = forms.ChoiceField(label=_("Who goes on with it?"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]  # Any: a choice field
        field.choices = [("", ""), *colleagues]
