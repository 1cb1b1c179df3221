"""A program of its own that makes a clean copy of one file: `python -m astra.vault.cleaner`, from input to output.

What somebody sends may be made to break whatever decodes it, so that is done here, in a process that has no keys, no
database, no file it could write and no more time and memory than a picture needs.
"""
