"""Which small words do the base templates need beyond Django's own?"""
