"""What is said where an engine was asked for that is not installed?"""


class EngineMissing(RuntimeError):
    """An engine is not installed; the message says which command installs it."""
