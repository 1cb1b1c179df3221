"""Is a code called as people of the language call it?"""

import pytest
from django.utils.translation import override

from astra.vocabulary.naming import labels_within


@pytest.mark.parametrize(
    ("language", "said"),
    [("sr-latn", "srpski, mađarski"), ("sr", "српски, мађарски"), ("en", "Serbian, Hungarian")],
)
def test_inside_a_sentence_serbian_writes_languages_small(language: str, said: str) -> None:
    with override(language):
        assert labels_within("language", ["sr", "hu"]) == said
