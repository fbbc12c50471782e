"""How much of an id people see: enough to tell entries apart, and to type.

Any beginning of an id that is unique means the entry, as in git.
"""

IN_A_SENTENCE = 10
"""Digits of an id where it stands in a sentence: there is room for them."""

IN_A_TABLE = 8
"""Digits of an id in a column, and beside words in a cell."""


def in_sentence(entry_id: str) -> str:
    """Return an id as it stands in a sentence."""
    return entry_id[:IN_A_SENTENCE]


def in_table(entry_id: str) -> str:
    """Return an id as it stands in a column."""
    return entry_id[:IN_A_TABLE]
