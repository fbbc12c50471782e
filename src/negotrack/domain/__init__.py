"""What the record is made of: entries, dates, names and their rules. Knows no floor above it."""
