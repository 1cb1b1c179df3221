"""The verbs of working here: signing in, visits, inviting, admitting, leaving, vouching, setting up."""
