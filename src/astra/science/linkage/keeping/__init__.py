"""How are a million records kept so that a question looks at all of them in a moment?"""
