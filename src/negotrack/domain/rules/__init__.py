"""The hard rules: what an entry must satisfy before the record takes it in.

Rules about the order of things (a stance after a withdrawal, a member that had left) are no hard
rules: late and merged entries may break them without anyone having been wrong at the time.
"""
