"""What do the codes of Astra mean, in which languages, and how do they meet the codes of others?

Everything is data under data/: a code list or a crosswalk is changed by editing a file, never a program.
"""

from astra.vocabulary.crosswalks import Crosswalk, crosswalk, crosswalks
from astra.vocabulary.lists import Code, CodeList, check, codes, lists, use_own_lists
from astra.vocabulary.standards import CtdcColumn, HtcdsField, ctdc_columns, htcds_fields, standard_value
from astra.vocabulary.validation import check_all

__all__ = [
    "Code",
    "CodeList",
    "Crosswalk",
    "CtdcColumn",
    "HtcdsField",
    "check",
    "check_all",
    "codes",
    "crosswalk",
    "crosswalks",
    "ctdc_columns",
    "htcds_fields",
    "lists",
    "standard_value",
    "use_own_lists",
]
