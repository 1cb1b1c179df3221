"""Which words of a Django template are to be translated? Django itself says it; Babel collects them.

Named in locale/babel.cfg, so that `astra.science.script.catalogue` needs neither Django nor the gettext tools.
"""

import io
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from babel.messages.extract import _Keyword, _PyOptions


def extract(
    fileobj: io.BufferedIOBase, keywords: "Mapping[str, _Keyword]", comment_tags: Collection[str], options: "_PyOptions"
) -> Iterator[tuple[object, ...]]:
    """Turn the template into calls of gettext, as Django's own makemessages does, and read those as Python.

    In brackets, because a template's indentation means nothing.
    """
    text = fileobj.read().decode("utf-8")
    python = io.BytesIO(f"({templatize(text)}\n)".encode())
    yield from extract_python(python, keywords, comment_tags, options)
