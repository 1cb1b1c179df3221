"""How does Serbian change its script, and how are names folded for search? The only transliterator of Astra.

Pure Python over text; usable alone. `python -m astra.science.script.catalogue` keeps gettext catalogues.
"""

from astra.science.script.cyrillic import to_cyrillic
from astra.science.script.folding import fold_letters, normalise
from astra.science.script.letters import is_cyrillic, to_latin
from astra.science.script.ordering import sort_key

__all__ = ["fold_letters", "is_cyrillic", "normalise", "sort_key", "to_cyrillic", "to_latin"]
