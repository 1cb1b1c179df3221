"""How is matching judged? Sets, measures, and others to compare with; `bench/matching.py` is the door."""
