"""Checking the record: what is damaged, what breaks a rule, and what needs a look."""
