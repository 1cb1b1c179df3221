"""What may be counted, and how is a table counted?"""

from astra.research.selectors.counting import Counted, decade, flow, table

__all__ = ["Counted", "decade", "flow", "table"]
