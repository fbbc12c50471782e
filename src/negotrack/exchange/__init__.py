"""Entries from and for other programs: JSON Lines in the journal's form, and CSV."""
