"""Are the words of templates collected as Django itself understands them?"""

import io

import pytest

from astra.science.script.gettext_files import KEYWORDS
from astra.vocabulary.template_words import extract

TEMPLATE = """{% load i18n %}
    <p title="{% translate "Hello" %}">
  {% blocktranslate with n=name count c=counter trimmed %}
     One {{ n }}
       of 50%
  {% plural %}
     Many {{ n }}
  {% endblocktranslate %}
        {# Translators: the entry of a menu #}
    {% translate "Close" context "menu" %} {{ _("In a variable") }} {% if x == _('Compared') %}“quoted” (odd{% endif %}
{% comment %} {% translate "Not this" %} {% endcomment %}
"""


def collected(template: str) -> list[tuple[object, object]]:
    found = extract(io.BytesIO(template.encode()), KEYWORDS, ("Translators",), {})
    return [(message, comments) for _line, _function, message, comments in found]


def test_every_way_to_mark_words() -> None:
    assert [message for message, _ in collected(TEMPLATE)] == [
        "Hello",
        ("One %(n)s of 50%%", "Many %(n)s", None),
        ("menu", "Close"),
        "In a variable",
        "Compared",
    ]
    assert collected(TEMPLATE)[2][1] == ["Translators: the entry of a menu"]


@pytest.mark.parametrize("template", ["", "no words", "  {% if a %}\n b\n   {% endif %}\n c"])
def test_templates_without_words(template: str) -> None:
    assert collected(template) == []
