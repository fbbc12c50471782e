"""The journal: the record as JSON Lines that people review, share, merge and cite."""
