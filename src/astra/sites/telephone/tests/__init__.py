"""The tests of the telephone."""
