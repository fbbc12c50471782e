"""Who stands where, and how it came about: pure functions of ordered rows."""
