"""The documents are true: what they show is what happens."""
