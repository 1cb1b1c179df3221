"""What does a counsellor see beside a contact of what may be heard and asked? In the language that she reads."""

from typing import Any

from django.utils.translation import get_language

from astra.hotline.rules import indicators as rules
from astra.kernel.languages import known_language


def indicators() -> dict[str, Any]:  # Any: template variables
    """Each heading with what is heard and what to ask, and whether professionals have read them."""
    language = known_language(get_language())
    rows = [
        {"name": one.names[language], "heard": one.heard[language], "ask": one.ask[language]}
        for one in rules.indicators()
    ]
    return {"rows": rows, "is_reviewed": rules.is_reviewed()}
