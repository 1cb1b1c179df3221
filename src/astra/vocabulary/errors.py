"""What is wrong with a data file of the vocabulary? Said at start-up to whoever edited it."""


class BrokenVocabulary(Exception):
    """A code list, crosswalk or standard breaks its own rules; the message names the file, the code and the rule."""
