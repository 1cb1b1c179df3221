"""Do we know this person? Names of many spellings, partial dates and descriptions, compared and explained.

Pure Python over numpy and rapidfuzz-like kernels of its own, numba when present; no Django; usable in a notebook:

>>> from astra.science.linkage import Name, Record, Registry, read_birth
>>> known = Record(id="17", names=(Name("Đorđe", "Krasnići"),), birth=read_birth("2011-12-01"), places=("Niš",))
>>> registry = Registry([known, Record(id="18", names=(Name("Milica", "Jovanović"),), birth=read_birth("2009"))])
>>> best = registry.search(Record(id="?", names=(Name(text="Gjergj Krasniqi"),), birth=read_birth("2011")))[0]
>>> best.record_id, str(best.reasons[0])
('17', 'surname: same, other spelling')

Keyed filters for blind matching are apart, in `astra.science.linkage.blind.encoding`: they need numba to be fast.
"""

from astra.science.linkage.keeping.prepared import Prepared, prepare
from astra.science.linkage.normalise.births import Unreadable, birth_from_age, read_birth
from astra.science.linkage.normalise.names import plain_words
from astra.science.linkage.normalise.national import is_jmbg
from astra.science.linkage.normalise.remembering import forget
from astra.science.linkage.normalise.repairs import repair
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.pairs import Pair, dedupe, link
from astra.science.linkage.record import Birth, Name, Record
from astra.science.linkage.registry import Candidate, Registry
from astra.science.linkage.weighing.reasons import Reason
from astra.science.linkage.weighing.weights import Weights, load_weights

__all__ = [
    "Birth",
    "Candidate",
    "Name",
    "Pair",
    "Prepared",
    "Reason",
    "Record",
    "Registry",
    "Unreadable",
    "Weights",
    "birth_from_age",
    "dedupe",
    "forget",
    "is_jmbg",
    "link",
    "load_weights",
    "plain_words",
    "prepare",
    "read_birth",
    "repair",
    "sound",
]
