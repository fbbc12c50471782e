"""Entries as they were recorded: with what is about them, in order, and those alike to a draft."""

from typing import TYPE_CHECKING, Any

from negotrack.index.schema import EVER, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.facts.rows import Row
    from negotrack.index.file import IndexFile


class Recording:
    """What an index says of entries as they were logged, and of what is about them."""

    def __init__(self, file: "IndexFile") -> None:
        """Look at an index that is caught up."""
        self._file, self._db = file, file.db

    def group(self, entry_id: str) -> list[str]:
        """Return the ids of an entry, of its corrections and retractions, and of theirs."""
        ids = [entry_id]
        for about in ids:
            sql = "SELECT id FROM erratum WHERE about = ? ORDER BY id"
            ids += [erratum for (erratum,) in self._db.execute(sql, (about,))]
        return ids

    def in_order(self, negotiation: str) -> "Iterator[int]":
        """Yield the numbers of all entries of a negotiation, by recorded_at and id."""
        sql = "SELECT row FROM entry WHERE row > 0 AND negotiation = ? ORDER BY recorded, tie"
        return (seq for (seq,) in self._db.execute(sql, (self._file.word(negotiation),)))

    def newest_first(self) -> "Iterator[int]":
        """Yield the numbers of all entries, the one recorded last first."""
        sql = "SELECT row FROM entry WHERE row > 0 ORDER BY known_from DESC, tie DESC"
        return (seq for (seq,) in self._db.execute(sql))

    def possible_duplicates(self, like: "Row") -> list[int]:
        """Return the numbers of the entries that may say the same, before any correction."""
        same = f"negotiation = :negotiation AND type = :type AND known_until = {EVER}"
        sql = (
            f"SELECT seq FROM entry WHERE {same} AND first = :first AND last = :last"
            " AND holder IS :holder AND target IS :target AND names IS :names"
            f" UNION SELECT seq FROM entry WHERE {same} AND row < 0"
        )
        values: dict[str, Any] = {"first": day(like.first), "last": day(like.last)}
        for field in ("negotiation", "type", "holder", "target", "names"):
            word = getattr(like, field)
            values[field] = None if word is None else self._file.word(word)
        if like.stance is not None:
            values["names"] = None
        return [seq for (seq,) in self._db.execute(sql, values)]
