"""Which entries a position may rest on: those ever in its cell, and those of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.index.schema import JOINING, VOTING

if TYPE_CHECKING:
    import sqlite3

_NUMBER = "(SELECT n FROM word WHERE word = ?)"
_STANCES = (
    "SELECT seq FROM entry WHERE cell = (SELECT n FROM cell"
    f" WHERE negotiation = {_NUMBER} AND holder = {_NUMBER} AND target = {_NUMBER})"
)
_VOTES = (
    f"SELECT seq FROM entry WHERE {VOTING}"
    f" AND negotiation = {_NUMBER} AND +holder = {_NUMBER} AND target = {_NUMBER}"
)
_JOINED = (
    "SELECT DISTINCT seq, word FROM entry JOIN word ON n = names"
    f" WHERE {JOINING} AND negotiation = {_NUMBER} AND by_ = {_NUMBER}"
)


def entries_of_cell(
    db: sqlite3.Connection, negotiation: str, holder: str, target: str, *, groups: bool = True
) -> list[int]:
    """Return, sorted, the numbers of the entries that may bear on where one stands on the other.

    Every stance and vote of the delegation on the target, as logged or after any correction; with
    ``groups``, also those of each group that it ever belonged to, and each membership.
    """
    seqs: set[int] = set()
    parties = [holder]
    for party in parties:
        cell = negotiation, party, target
        for query in (_STANCES, _VOTES):
            seqs |= {seq for (seq,) in db.execute(query, cell)}
        for seq, group in db.execute(_JOINED, cell[:2]) if groups else ():
            seqs.add(seq)
            if group not in parties:
                parties.append(group)
    return sorted(seqs)
