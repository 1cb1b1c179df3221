"""Where do people come from on whom matching can be learned and tried? Invented, in any number, from a seed.

Harder than tidy test data on purpose: many communities and spellings, families who share names, and what hands, ears,
scanners and old encodings do to names. `python -m astra.science.linkage.invented --out DIR` writes the three tables.
"""

from astra.science.linkage.invented.inventing import NOISES, Invented, invent

__all__ = ["NOISES", "Invented", "invent"]
