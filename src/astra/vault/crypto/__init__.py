"""How are bytes sealed? Pure functions over bytes; no database, no Django, no policy.

One library does the mathematics (`cryptography`); this package only fixes which primitives are used, what is
bound to each ciphertext, and how lengths are hidden.
"""
