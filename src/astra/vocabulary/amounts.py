"""How do people here write an amount of money, and how is it written back to them?"""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language


class AmountField(forms.DecimalField):
    """An amount as people here write it: 12.500,50 as well as 12500.50."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", Decimal("0.01"))
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input--width-10", "autocomplete": "off"}
        )
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:  # Any: Django's signature
        """Read a comma as the decimal sign, and points before it as groups of thousands."""
        text = str(value or "").strip().replace("\u00a0", "").replace(" ", "")
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif text.count(".") > 1:
            text = text.replace(".", "")
        return super().to_python(text)


def amount_text(amount: Decimal, language: str = "") -> str:
    """An amount with its cents as the language writes it: 12.500,50 or 12,500.50; none named: the reader's own.

    >>> amount_text(Decimal("12500.5"), "sr"), amount_text(Decimal("12500.5"), "en")
    ('12.500,50', '12,500.50')
    """
    text = f"{amount:,.2f}"
    if (language or get_language() or "").startswith("en"):
        return text
    return text.translate(str.maketrans(",.", ".,"))
