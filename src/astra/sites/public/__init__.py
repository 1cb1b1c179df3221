"""The front door for everybody: pages that need no script, no cookie and no name, and the conversation."""
