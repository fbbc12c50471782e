"""Readers: input in the forms of others, read as drafts of entries."""
