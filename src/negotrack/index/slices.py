"""Slices of the index: effective entries by target, delegation, session and day, in order."""

import json
from typing import TYPE_CHECKING, Any

from negotrack.facts.query import several
from negotrack.facts.rows import row
from negotrack.index.file import damaged
from negotrack.index.schema import JOINING, KNOWN, VOTING, WORDING, day, moment
from negotrack.index.where import (
    LEARNED,
    cell_conditions,
    conditions,
    counting,
    known_at,
    since,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from negotrack.domain.dates import Instant
    from negotrack.facts.acts import Act
    from negotrack.facts.query import Names, Query
    from negotrack.facts.rolls import RollQuery, Rolls
    from negotrack.facts.rows import Matrix, Row
    from negotrack.index.file import IndexFile

_SOME = 500
"""How many rows are read at a time, with their lines."""

ORDER = "last, at, ord, recorded, tie"
"""The canonical order: last day, time of day, order, recorded_at, id."""

LINES = (
    "SELECT entry.row, seq, last > :as_of, line FROM entry"
    " LEFT JOIN revision ON revision.row = entry.row"
)
_BELONGING = (
    "WITH RECURSIVE below (n) AS (SELECT n FROM word WHERE n IN ({}) UNION"
    f" SELECT by_ FROM below JOIN entry ON names = below.n AND {JOINING}) SELECT n FROM below"
)
_GROUPS_EVER = (
    "WITH RECURSIVE above (n) AS (VALUES (:delegation) UNION SELECT names FROM above JOIN entry"
    f" ON by_ = above.n AND {JOINING} AND negotiation = :negotiation)"
    " SELECT word FROM above JOIN word USING (n) WHERE n <> :delegation ORDER BY word"
)


class Slices:
    """The rows of an index, read as a query asks for them."""

    def __init__(self, file: "IndexFile") -> None:
        """Read from an index that is caught up."""
        self._file = file

    def rows(self, query: "Query", kind: str = "true") -> "Iterator[Row]":
        """Yield the effective entries that a query asks for, in canonical order.

        ``kind`` is one more condition, in SQL, for a kind of entry that has an index of its own.
        """
        where, values = conditions(self._file, query)
        rows = self._read(f"{kind} AND {where} AND {counting(query.when)} ORDER BY {ORDER}", values)
        return rows if query.source is None else _mentioning(rows, query.source)

    def last_acts(self, query: "Query") -> "Iterator[Row]":
        """Yield the stances that decide positions: of each cell the last act, all accounts of it.

        One seek per cell finds the act, however long the history. A query by session, source or
        actor cannot be asked here: what it leaves out may be what decides.
        """
        assert query.session is None
        assert query.source is None
        cells, values = cell_conditions(self._file, query)
        values |= {
            "as_of": day(query.when.as_of),
            "known": known_at(query.when),
            "since": since(query.since),
        }
        holds = (
            counting(query.when, "{0}.")
            + " AND {0}.known_from <= :known AND {0}.known_until > :known"
        )
        act = (
            f"SELECT e.row FROM entry e WHERE e.cell = cell.n AND {holds.format('e')}"
            " ORDER BY e.last DESC, e.at DESC, e.ord DESC LIMIT 1"
        )
        sql = (
            f"WITH act AS MATERIALIZED (SELECT ({act}) AS row FROM cell WHERE {cells})"
            " SELECT entry.row, entry.seq, entry.last > :as_of, line FROM act"
            " JOIN entry top ON top.row = act.row AND top.last >= :since"
            " JOIN entry ON entry.cell = top.cell AND entry.last = top.last"
            f" AND entry.at = top.at AND entry.ord = top.ord AND {holds.format('entry')}"
            " LEFT JOIN revision ON revision.row = entry.row"
            " ORDER BY entry.last, entry.at, entry.ord, entry.recorded, entry.tie"
        )
        return self._rows(sql, values)

    def memberships(
        self, query: "Query", groups: "Collection[str] | None" = None
    ) -> "Iterator[Row]":
        """Yield what began or ended a membership by the day, in order, whoever is asked about.

        Where ``groups`` are given, only membership in these, and in what belongs to them.
        """
        if groups is None:
            return self.rows(query.of_day(), JOINING)
        names = ",".join("?" * len(groups))
        sql = f"SELECT n FROM word WHERE word IN ({names})"
        numbers = ",".join(str(n) for (n,) in self._file.db.execute(sql, (*groups,)))
        return self.rows(query.of_day(), f"{JOINING} AND names IN ({_BELONGING.format(numbers)})")

    def groups_ever(self, negotiation: str, delegation: str) -> list[str]:
        """Return the groups that a delegation ever belonged to, directly or through others."""
        word = self._file.word
        numbers = {"negotiation": word(negotiation), "delegation": word(delegation)}
        return [group for (group,) in self._file.db.execute(_GROUPS_EVER, numbers)]

    def votes(self, query: "Query") -> "Iterator[Row]":
        """Yield the votes that a query asks for, in order."""
        return self.rows(query.narrowed(type=None), VOTING)

    def rolls(self, query: "Query", which: "RollQuery | None" = None) -> "Rolls":
        """Return who answered what, by target; of a query all but ``source`` and ``type``."""
        from negotrack.facts.rolls import RollQuery  # only counting pays for it
        from negotrack.index.roll_calls import rolls

        where, values = conditions(self._file, query.narrowed(type=None, source=None))
        sql = f"{counting(query.when)} AND {where}"
        return rolls(self._file.db, sql, values, which or RollQuery())

    def has_more_than_stances(self, negotiation: str, *, groups: bool) -> bool:
        """Whether there are votes in a negotiation, or memberships where ``groups`` matter."""
        number = (self._file.word(negotiation),)
        kinds = (VOTING, JOINING) if groups else (VOTING,)
        sql = "SELECT 1 FROM entry WHERE negotiation = ? AND {} LIMIT 1"
        return any(self._file.db.execute(sql.format(kind), number).fetchone() for kind in kinds)

    def matrix(self, query: "Query", *, latest: bool = False) -> "Matrix":
        """Return who stands where, of the delegation and the targets of a query, by stances."""
        from negotrack.index.checkpoints.matrix import MatrixQuery, matrix  # the matrix alone pays

        which = MatrixQuery(
            self._file.word(query.negotiation),
            day(query.when.as_of),
            None if query.when.known_at is None else known_at(query.when),
            latest,
        )
        cells, values = cell_conditions(self._file, query)
        return matrix(self._file.db, which, cells, values)

    def acts(self, query: "Query", kind: str = "true", **values: Any) -> "Iterator[Act]":
        """Yield what was done about texts by the day, in order; ``kind`` is a condition, in SQL.

        Of a query the day, the moment and ``possible`` count.
        """
        from negotrack.facts.acts import act  # only texts pay for it

        where, bound = conditions(self._file, query.of_day())
        which = f"{WORDING} AND {kind} AND {counting(query.when)} AND {where}"
        for seq, fields, _, possible in self._lines(
            f"{LINES} WHERE {which} ORDER BY {ORDER}", bound | values
        ):
            try:
                yield act(fields, possible=possible)
            except (LookupError, TypeError, ValueError) as error:
                raise damaged(seq, error) from error

    def fields(self, query: "Query", kind: str = "true") -> "Iterator[dict[str, Any]]":
        """Yield the effective entries that a query asks for as the fields of their lines, in order.

        ``kind`` is one more condition, in SQL, where few entries can be meant.
        """
        where, values = conditions(self._file, query)
        which = f"{counting(query.when)} AND {kind} AND {where}"
        for _, fields, _, _ in self._lines(f"{LINES} WHERE {which} ORDER BY {ORDER}", values):
            if query.source is None or mentions(fields.get("sources", []), query.source):
                yield fields

    def changed_since(self, query: "Query", known_from: "Instant") -> list[int]:
        """Return the numbers of entries that were logged or changed after ``known_from``.

        Until the moment of the query, and such that the query asks for them before or after.
        """
        where, values = conditions(self._file, query, known=LEARNED)
        values["learned"] = moment(known_from)
        sql = f"SELECT DISTINCT seq FROM entry WHERE {where} AND first <= :as_of"
        return [seq for (seq,) in self._file.db.execute(sql, values)]

    def rows_of(
        self, seqs: "Iterable[int]", query: "Query", *, narrow: bool = False
    ) -> "list[Row]":
        """Return, of some entries, those that count by the day and the moment of a query.

        With ``narrow``, only what else the query asks for, too.
        """
        where, values = conditions(self._file, query)
        where = f"{counting(query.when)} AND {where if narrow else KNOWN}"
        rows: list[Row] = []
        for seq in seqs:
            versions = "(entry.row = :seq OR entry.row < 0 AND seq = :seq)"
            rows += self._read(f"{where} AND {versions}", {**values, "seq": seq})
        return sorted(rows, key=lambda row: row.sort_key)

    def count(self, where: str, values: dict[str, Any], source: "Names") -> int:
        """Return how many rows a condition holds of, of those that mention a source."""
        if source is not None:
            return sum(1 for _ in _mentioning(self._read(where, values), source))
        sql = f"SELECT count(*) FROM entry WHERE {where}"
        (count,) = self._file.db.execute(sql, values).fetchone()
        return int(count)

    def _read(self, where: str, values: dict[str, Any]) -> "Iterator[Row]":
        """Yield the rows of a slice, each with the words of its line."""
        return self._rows(f"{LINES} WHERE {where}", values)

    def _rows(self, sql: str, values: dict[str, Any]) -> "Iterator[Row]":
        for seq, fields, corrected, possible in self._lines(sql, values):
            try:
                yield row(seq, fields, corrected=corrected, possible=possible)
            except (LookupError, TypeError, ValueError) as error:
                raise damaged(seq, error) from error

    def _lines(
        self, sql: str, values: dict[str, Any]
    ) -> "Iterator[tuple[int, dict[str, Any], bool, bool]]":
        """Yield (number in the store, what the line says, whether corrected, whether possible)."""
        cursor = self._file.db.execute(sql, values)
        while some := cursor.fetchmany(_SOME):
            logged = self._file.store.lines(seq for _, seq, _, line in some if line is None)
            for number, seq, possible, line in some:
                try:
                    fields = json.loads(next(logged).decode() if line is None else line)
                except (LookupError, ValueError) as error:
                    raise damaged(seq, error) from error
                yield seq, fields, number < 0 and line is not None, bool(possible)


def _mentioning(rows: "Iterator[Row]", texts: "Names") -> "Iterator[Row]":
    return (row for row in rows if mentions(json.loads(row.sources), texts))


def mentions(sources: list[dict[str, str]], texts: "Names") -> bool:
    """Whether a source's address, title or publisher contains one of some texts, in any case."""
    words_of_sources = [
        source.get(part, "").casefold()
        for source in sources
        for part in ("address", "title", "publisher")
    ]
    return any(text.casefold() in words for text in several(texts) for words in words_of_sources)
