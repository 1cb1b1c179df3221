"""The rules of working here: which role sits where, who may give what, when a visit locks, how guesses are slowed."""
