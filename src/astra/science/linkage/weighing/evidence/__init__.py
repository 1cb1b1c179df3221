"""What speaks for and against two records being one person: one module for each kind of evidence.

Evidence is a natural logarithm of how much more likely an agreement is among records of one person than among
records of two. Pieces of evidence are added.
"""
