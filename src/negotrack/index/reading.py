"""Reading the index: slices of rows by target, delegation, session and day, and names."""

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from negotrack.domain.dates import instant, span
from negotrack.errors import Damaged
from negotrack.facts.rows import BOOKKEEPING, STANCE, Matrix, Row, row
from negotrack.index.schema import (
    APPLICATION_ID,
    EVER,
    JOINING,
    KNOWN,
    LAYOUT,
    LONG,
    TABLES,
    VOTING,
    WORDING,
    day,
    day_after,
    moment,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from negotrack.facts.acts import Act
    from negotrack.index.rolls import RollQuery, Rolls
    from negotrack.record.store import Store

_SOME = 500
"""How many rows are read at a time, with their lines."""

ORDER = "last, at, ord, recorded, tie"
LINES = (
    "SELECT entry.row, seq, last > :as_of, line FROM entry"
    " LEFT JOIN revision ON revision.row = entry.row"
)
_LEARNED = (
    "(known_from > :learned AND known_from <= :known"
    f" OR known_until > :learned AND known_until <= :known AND known_until < {EVER})"
)


class Filter(NamedTuple):
    """Which entries a question is about; None means any. Names are resolved already.

    ``as_of`` is a day: only entries whose last day is on or before it count; with ``possible``,
    those whose first day is. ``known_at`` is a moment in the record's form (UTC): the answer is the
    one that the record gave then; None is now. ``since`` leaves out what counted before a day.
    ``target`` takes in what lies below it (``art-6`` takes in ``art-6/2``); ``by`` takes in what
    others did for a delegation, and it for others; ``holder`` is only what is its own. ``source``
    is looked for in the address, title and publisher of the sources, letter case aside.
    """

    negotiation: str
    as_of: str
    known_at: str | None = None
    possible: bool = False
    since: str | None = None
    session: str | None = None
    by: str | None = None
    holder: str | None = None
    target: str | None = None
    type: str | None = None
    source: str | None = None


class RegisteredName(NamedTuple):
    """A name of the record: what it is, and the days and time zone of it where it is a session."""

    noun: str
    name: str
    title: str
    detail: str
    first: str | None
    last: str | None
    zone: str | None
    id: str


class Index:
    """An index file, opened; made empty where there is none or where it is of another layout."""

    def __init__(self, path: "Path", store: "Store") -> None:
        """Open the index of a store; the words of entries are read from the store itself."""
        self.path = path
        self._store = store
        self.db = self._opened(path)
        if not self._fits(store.identity):
            self.db.close()
            remove(path)
            self.db = self._opened(path)
            self._make(store.identity)

    @classmethod
    def fitting(cls, path: "Path", store: "Store") -> Self | None:
        """Open the index if there is one of this store and layout; None, and no change, if not."""
        if not path.exists():
            return None
        index = cls.__new__(cls)
        index.path, index._store, index.db = path, store, cls._opened(path)  # noqa: SLF001 - its own
        if index._fits(store.identity):  # noqa: SLF001
            return index
        index.close()
        return None

    def _fits(self, store: str) -> bool:
        try:
            (application,) = self.db.execute("PRAGMA application_id").fetchone()
            (layout,) = self.db.execute("PRAGMA user_version").fetchone()
            if (application, layout) != (APPLICATION_ID, LAYOUT):
                return False
            # What is lost of an index is made anew, so it waits no more than that nothing is torn.
            self.db.execute("PRAGMA synchronous = NORMAL")
            return bool(self.db.execute("SELECT store FROM tracking").fetchone() == (store,))
        except sqlite3.DatabaseError:
            return False

    @staticmethod
    def _opened(path: "Path") -> sqlite3.Connection:
        return sqlite3.connect(os.fspath(path), isolation_level=None, timeout=20)

    def _make(self, store: str) -> None:
        # Losing the index costs a rebuild and no entry, so it need not wait for the disk.
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("BEGIN")
        run_all(self.db, TABLES)
        self.db.execute("INSERT INTO tracking VALUES (?, 0, '', '', 0)", (store,))
        self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {LAYOUT}")
        self.db.execute("COMMIT")

    def position(self) -> int:
        """Return the notification id up to which the index is caught up."""
        (position,) = self.db.execute("SELECT position FROM tracking").fetchone()
        return int(position)

    def rows(self, wanted: Filter, kind: str = "true") -> "Iterator[Row]":
        """Yield the effective entries that a filter asks for, in the order of the design.

        ``kind`` is one more condition, in SQL, for a kind of entry that has an index of its own.
        """
        where, values = self._where(wanted)
        where = f"{kind} AND {where}"
        counting = f"{'first' if wanted.possible else 'last'} <= :as_of AND {where}"
        found = self._read(f"{counting} ORDER BY {ORDER}", values)
        return found if wanted.source is None else _mentioning(found, wanted.source)

    def last_acts(self, wanted: Filter) -> "Iterator[Row]":
        """Yield the stances that decide positions: of each cell the last act, all accounts of it.

        One seek per cell finds the act, however long the history. A filter by session or source
        cannot be asked for here: what it leaves out may be what decides.
        """
        assert wanted.session is None
        assert wanted.source is None
        cells, values = self._cells(wanted)
        values |= {
            "as_of": _last(wanted.as_of),
            "known": _known_at(wanted),
            "since": 0 if wanted.since is None else _first(wanted.since),
        }
        counting = (
            f"{'{0}.first' if wanted.possible else '{0}.last'} <= :as_of"
            " AND {0}.known_from <= :known AND {0}.known_until > :known"
        )
        act = (
            f"SELECT e.row FROM entry e WHERE e.cell = cell.n AND {counting.format('e')}"
            " ORDER BY e.last DESC, e.at DESC, e.ord DESC LIMIT 1"
        )
        query = (
            f"WITH act AS MATERIALIZED (SELECT ({act}) AS row FROM cell WHERE {cells})"
            " SELECT entry.row, entry.seq, entry.last > :as_of, line FROM act"
            " JOIN entry top ON top.row = act.row AND top.last >= :since"
            " JOIN entry ON entry.cell = top.cell AND entry.last = top.last"
            f" AND entry.at = top.at AND entry.ord = top.ord AND {counting.format('entry')}"
            " LEFT JOIN revision ON revision.row = entry.row"
            " ORDER BY entry.last, entry.at, entry.ord, entry.recorded, entry.tie"
        )
        return self._rows(query, values)

    def memberships(
        self, wanted: Filter, groups: "Collection[str] | None" = None
    ) -> "Iterator[Row]":
        """Yield what began or ended a membership by the day, in order, whoever is asked about.

        Where ``groups`` are given, only membership in these, and in what belongs to them.
        """
        if groups is None:
            return self.rows(Filter(*wanted[:4]), JOINING)
        names = ",".join("?" * len(groups))
        found = self.db.execute(f"SELECT n FROM word WHERE word IN ({names})", (*groups,))
        below = _BELONGING.format(",".join(str(number) for (number,) in found))
        return self.rows(Filter(*wanted[:4]), f"{JOINING} AND names IN ({below})")

    def groups_ever(self, negotiation: str, holder: str) -> list[str]:
        """Return the groups that a delegation ever belonged to, directly or through others."""
        numbers = {"negotiation": self.word(negotiation), "holder": self.word(holder)}
        return [found[0] for found in self.db.execute(_GROUPS_EVER, numbers)]

    def votes(self, wanted: Filter) -> "Iterator[Row]":
        """Yield the votes that a filter asks for, in order."""
        return self.rows(wanted._replace(type=None), VOTING)

    def rolls(self, wanted: Filter, asked: "RollQuery | None" = None) -> "Rolls":
        """Return who answered what, by target; of a filter all but ``source`` and ``type``."""
        from negotrack.index.rolls import RollQuery, rolls  # only counting pays for it

        where, values = self._where(wanted._replace(type=None, source=None))
        counting = f"{'first' if wanted.possible else 'last'} <= :as_of AND {where}"
        return rolls(self.db, counting, values, asked or RollQuery())

    def has_more_than_stances(self, negotiation: str, *, groups: bool) -> bool:
        """Whether there are votes in a negotiation, or memberships where ``groups`` matter."""
        number = (self.word(negotiation),)
        kinds = (VOTING, JOINING) if groups else (VOTING,)
        query = "SELECT 1 FROM entry WHERE negotiation = ? AND {} LIMIT 1"
        return any(self.db.execute(query.format(kind), number).fetchone() for kind in kinds)

    def _cells(self, wanted: Filter) -> tuple[str, dict[str, Any]]:
        """Return the condition for the cells of a filter, and its values."""
        parts = ["cell.negotiation = :negotiation"]
        values: dict[str, Any] = {"negotiation": self.word(wanted.negotiation)}
        if wanted.holder is not None:
            parts.append("cell.holder = :holder")
            values["holder"] = self.word(wanted.holder)
        if wanted.target is not None:
            parts.append(f"cell.target IN {_BELOW}")
            values["target"] = wanted.target
        return " AND ".join(parts), values

    def matrix(self, wanted: Filter, *, latest: bool = False) -> Matrix:
        """Return who stands where, of the delegation and the targets of a filter."""
        from negotrack.index import matrix  # only the matrix pays for it

        asked = matrix.MatrixQuery(
            self.word(wanted.negotiation),
            _last(wanted.as_of),
            None if wanted.known_at is None else _known_at(wanted),
            latest,
        )
        cells, values = self._cells(wanted)
        return matrix.matrix(self.db, asked, cells, values)

    def _read(self, where: str, values: dict[str, Any]) -> "Iterator[Row]":
        """Yield the rows of a slice, each with the words of its line."""
        return self._rows(f"{LINES} WHERE {where}", values)

    def _rows(self, query: str, values: dict[str, Any]) -> "Iterator[Row]":
        for seq, fields, corrected, possible in self._lines(query, values):
            try:
                yield row(seq, fields, corrected=corrected, possible=possible)
            except (LookupError, TypeError, ValueError) as error:
                raise damaged(seq, error) from error

    def _lines(
        self, query: str, values: dict[str, Any]
    ) -> "Iterator[tuple[int, dict[str, Any], bool, bool]]":
        """Yield (number in the store, what the line says, whether corrected, whether possible)."""
        found = self.db.execute(query, values)
        while some := found.fetchmany(_SOME):
            logged = self._store.lines(seq for _, seq, _, line in some if line is None)
            for number, seq, possible, line in some:
                try:
                    fields = json.loads(next(logged).decode() if line is None else line)
                except (LookupError, ValueError) as error:
                    raise damaged(seq, error) from error
                yield seq, fields, number < 0 and line is not None, bool(possible)

    def acts(self, wanted: Filter, kind: str = "true", **values: Any) -> "Iterator[Act]":
        """Yield what was done about texts by the day, in order; ``kind`` is a condition, in SQL.

        Of a filter the day, the moment and ``possible`` count.
        """
        from negotrack.facts.acts import act  # only texts pay for it

        where, bound = self._where(Filter(*wanted[:4]))
        day = f"{'first' if wanted.possible else 'last'} <= :as_of"
        query = f"{LINES} WHERE {WORDING} AND {kind} AND {day} AND {where} ORDER BY {ORDER}"
        for seq, fields, _, possible in self._lines(query, bound | values):
            try:
                yield act(fields, possible=possible)
            except (LookupError, TypeError, ValueError) as error:
                raise damaged(seq, error) from error

    def changed_since(self, wanted: Filter, known_from: str) -> list[int]:
        """Return the numbers of entries that were logged or changed after ``known_from``.

        Until ``wanted.known_at``, and such that the filter asks for them before or after.
        """
        where, values = self._where(wanted, known=_LEARNED)
        values["learned"] = moment(instant(known_from))
        query = f"SELECT DISTINCT seq FROM entry WHERE {where} AND first <= :as_of"
        return [found[0] for found in self.db.execute(query, values)]

    def rows_of(self, seqs: "Iterable[int]", wanted: Filter, *, narrow: bool = False) -> list[Row]:
        """Return, of some entries, those that count by the day and the moment of a filter.

        With ``narrow``, only what else the filter asks for, too.
        """
        where, values = self._where(wanted)
        where = where if narrow else KNOWN
        counting = f"{'first' if wanted.possible else 'last'} <= :as_of AND {where}"
        found: list[Row] = []
        for seq in seqs:
            its = "(entry.row = :seq OR entry.row < 0 AND seq = :seq)"
            found += self._read(f"{counting} AND {its}", {**values, "seq": seq})
        return sorted(found, key=lambda row: row.sort_key)

    def possible(self, wanted: Filter) -> int:
        """Count the entries that may have happened by the day: begun, but not certainly over."""
        where, values = self._where(wanted)
        values["month"] = values["as_of"] // 100 * 100 + 99
        # What spans the day ends in its month or spans more than a month: so nobody has to go
        # through all that is dated by later months, which may be most of a record.
        spans = (
            "first < last AND last > :as_of AND last <= :month",
            f"{LONG} AND first < last AND last > :month",
        )
        return sum(
            self._count(f"{spanning} AND first <= :as_of AND {where}", values, wanted.source)
            for spanning in spans
        )

    def _count(self, where: str, values: dict[str, Any], source: str | None) -> int:
        if source is not None:
            return sum(1 for _ in _mentioning(self._read(where, values), source))
        (count,) = self.db.execute(f"SELECT count(*) FROM entry WHERE {where}", values).fetchone()
        return int(count)

    def _where(self, wanted: Filter, known: str = KNOWN) -> tuple[str, dict[str, Any]]:
        """Return the conditions of a filter but for its day, and the values of all of them."""
        parts = ["entry.negotiation = :negotiation", known]
        values: dict[str, Any] = {
            "negotiation": self.word(wanted.negotiation),
            "as_of": _last(wanted.as_of),
            "known": _known_at(wanted),
        }
        if wanted.type == STANCE and wanted.holder is not None and wanted.target is not None:
            # one range of one index; the planner would go through all that one holds
            parts.append(f"cell IN (SELECT n FROM cell WHERE {_ITS_CELLS})")
        for field, condition in _CONDITIONS.items():
            value = getattr(wanted, field)
            if value is not None:
                parts.append(condition)
                values[field] = _first(value) if field == "since" else self.word(value)
        if wanted.target is not None:
            values["target"] = wanted.target
        return " AND ".join(parts), values

    def word(self, word: str) -> int:
        """Return the number of a word; one that is no word's where the record has not seen it."""
        found = self.db.execute("SELECT n FROM word WHERE word = ?", (word,)).fetchone()
        return found[0] if found else -1

    def newest_day(self, wanted: Filter) -> str | None:
        """Return the last day on which something counts that happened in the room."""
        where, values = self._where(wanted)
        keeps_books = ",".join(str(self.word(type_)) for type_ in sorted(BOOKKEEPING))
        values["until"] = _until(values)
        for days in _BY_THE_DAY:
            query = (
                f"SELECT last FROM entry WHERE {days} AND type NOT IN ({keeps_books})"
                f" AND {where} ORDER BY last DESC LIMIT 1"
            )
            found = self.db.execute(query, values).fetchone()
            if found is not None:
                return _dashed(found[0])
        return None

    def empty_sessions(self, wanted: Filter) -> list[str]:
        """Return the sessions begun by the day of which nothing but the schedule is known."""
        where, values = self._where(Filter(wanted.negotiation, wanted.as_of, wanted.known_at))
        schedule = [self.word(type_) for type_ in ("session.scheduled", "session.rescheduled")]
        of_it = f"session = (SELECT n FROM word WHERE word = name.name) AND {where}"
        more = f"{of_it} AND type NOT IN ({','.join(map(str, schedule))})"
        ahead, before = _BY_THE_DAY
        query = (
            "SELECT name FROM name WHERE name.negotiation = :slug AND noun = 'session'"
            f" AND first <= :day AND last >= :begin AND EXISTS (SELECT 1 FROM entry WHERE {of_it})"
            f" AND NOT EXISTS (SELECT 1 FROM entry WHERE {before} AND {more})"
            f" AND NOT EXISTS (SELECT 1 FROM entry INDEXED BY entry_ahead WHERE {ahead} AND {more})"
            " ORDER BY first, name"
        )
        values |= {
            "until": _until(values),
            "slug": wanted.negotiation,
            "day": span(wanted.as_of).last,
            "begin": wanted.since or "",
        }
        return [found[0] for found in self.db.execute(query, values)]

    def recorded(self, negotiation: str) -> "Iterator[int]":
        """Yield the numbers of all entries of a negotiation, by recorded_at and id."""
        query = "SELECT row FROM entry WHERE row > 0 AND negotiation = ? ORDER BY recorded, tie"
        return (found[0] for found in self.db.execute(query, (self.word(negotiation),)))

    def newest_first(self) -> "Iterator[int]":
        """Yield the numbers of all entries, the one recorded last first."""
        query = "SELECT row FROM entry WHERE row > 0 ORDER BY known_from DESC, tie DESC"
        return (found[0] for found in self.db.execute(query))

    def possible_duplicates(self, like: Row) -> list[int]:
        """Return the numbers of the entries that may say the same, before any correction."""
        same = f"negotiation = :negotiation AND type = :type AND known_until = {EVER}"
        query = (
            f"SELECT seq FROM entry WHERE {same} AND first = :first AND last = :last"
            " AND holder IS :holder AND target IS :target AND names IS :names"
            f" UNION SELECT seq FROM entry WHERE {same} AND row < 0"
        )
        values: dict[str, Any] = {"first": day(like.first), "last": day(like.last)}
        for field in ("negotiation", "type", "holder", "target", "names"):
            word = getattr(like, field)
            values[field] = None if word is None else self.word(word)
        if like.stance is not None:
            values["names"] = None
        return [found[0] for found in self.db.execute(query, values)]

    def family(self, entry_id: str) -> list[str]:
        """Return the ids of an entry, of its corrections and retractions, and of theirs."""
        family = [entry_id]
        for about in family:
            query = "SELECT id FROM erratum WHERE about = ? ORDER BY id"
            family += [row[0] for row in self.db.execute(query, (about,))]
        return family

    def oldest(self) -> str:
        """Return the earliest recorded_at of the record, empty for none."""
        (oldest,) = self.db.execute("SELECT oldest FROM tracking").fetchone()
        return str(oldest)

    def newest(self) -> str:
        """Return the latest recorded_at of the record, empty for none."""
        (newest,) = self.db.execute("SELECT newest FROM tracking").fetchone()
        return str(newest)

    def counts(self) -> list[tuple[str, str, int]]:
        """Return (negotiation, type, number of entries), sorted."""
        query = (
            "SELECT n.word, t.word, count(*) FROM entry JOIN word n ON n.n = negotiation"
            " JOIN word t ON t.n = type WHERE row > 0 GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return self.db.execute(query).fetchall()

    def negotiations(self) -> list[str]:
        """Return the slugs of the negotiations."""
        query = "SELECT negotiation FROM name WHERE noun = 'negotiation' ORDER BY 1"
        return [row[0] for row in self.db.execute(query)]

    def names(self, negotiation: str, *nouns: str) -> list[RegisteredName]:
        """Return everything that has a name, or what is of one of the nouns, sorted by name."""
        of = f" AND noun IN ({','.join('?' * len(nouns))})" if nouns else ""
        query = (
            "SELECT noun, name, title, detail, first, last, zone, id FROM name"
            f" WHERE negotiation = ?{of} ORDER BY noun, name"
        )
        return list(map(RegisteredName._make, self.db.execute(query, (negotiation, *nouns))))

    def named(self, negotiation: str, key: str, nouns: tuple[str, ...]) -> list[RegisteredName]:
        """Return what is known by a name or alias, compared without letter case."""
        query = (
            "SELECT n.noun, n.name, n.title, n.detail, n.first, n.last, n.zone, n.id"
            " FROM alias a JOIN name n ON n.negotiation = a.negotiation AND n.name = a.name"
            " WHERE a.negotiation = ? AND a.key = ? ORDER BY n.name"
        )
        found = map(RegisteredName._make, self.db.execute(query, (negotiation, key)))
        return [f for f in found if f.noun in nouns]

    def close(self) -> None:
        """Close the file."""
        self.db.close()


_BELOW = (
    "(SELECT n FROM word WHERE word = :target OR word >= :target || '/' AND word < :target || '0')"
)
_BELONGING = (
    "WITH RECURSIVE below (n) AS (SELECT n FROM word WHERE n IN ({}) UNION"
    f" SELECT by_ FROM below JOIN entry ON names = below.n AND {JOINING}) SELECT n FROM below"
)
_GROUPS_EVER = (
    "WITH RECURSIVE above (n) AS (VALUES (:holder) UNION SELECT names FROM above JOIN entry"
    f" ON by_ = above.n AND {JOINING} AND negotiation = :negotiation)"
    " SELECT word FROM above JOIN word USING (n) WHERE n <> :holder ORDER BY word"
)
_BY_THE_DAY = ("ahead AND entry.last > :until AND entry.last <= :as_of", "entry.last <= :until")
"""The days up to the one asked about, in two slices; ``until`` is of :func:`_until`."""
_ITS_CELLS = f"negotiation = :negotiation AND holder = :holder AND target IN {_BELOW}"
_WHERE_IT_IS = (
    "cell IN (SELECT n FROM cell WHERE negotiation = :negotiation AND {0}) OR cell IS NULL AND {0}"
)
"""A condition on holder or target: stances are found by their cell, all else by itself."""
_CONDITIONS = {
    "since": "last >= :since",
    "session": "session = :session",
    "by": f"({_WHERE_IT_IS.format('holder = :by')} OR by_ = :by AND by_ <> holder)",
    "holder": f"({_WHERE_IT_IS.format('holder = :holder')})",
    "target": f"({_WHERE_IT_IS.format(f'target IN {_BELOW}')} OR names IN {_BELOW})",
    "type": "type = :type",
}
"""What each field of a filter asks of a row, beside its day and its moment."""


def _last(text: str) -> int:
    """Return the last day of a date; :class:`~negotrack.errors.Rejected` where it is none."""
    return day(span(text).last)


def _first(text: str) -> int:
    return day(span(text).first)


def _known_at(wanted: Filter) -> int:
    """Return the moment of a filter; :class:`~negotrack.errors.Rejected` where it is none."""
    return EVER - 1 if wanted.known_at is None else moment(instant(wanted.known_at))


def _until(values: dict[str, int]) -> int:
    """Return the last day of which something was known at the moment asked about.

    What was recorded by a moment lies before it, but for what is ahead, which has a mark of its
    own: so nobody has to go through all the days of which nothing was known then.
    """
    return min(values["as_of"], day_after(values["known"]))


def _dashed(number: int) -> str:
    """Return a day from its number."""
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"


def damaged(seq: int, error: Exception) -> Damaged:
    """Return what to raise for an entry of the store that cannot be read."""
    return Damaged(
        f"entry number {seq} of the store is damaged: {error}",
        "run `negotrack rebuild --store`: the journal has it",
    )


def _mentioning(found: "Iterator[Row]", text: str) -> "Iterator[Row]":
    return (one for one in found if mentions(one.sources, text))


def mentions(sources: str, text: str) -> bool:
    """Whether a source's address, title or publisher contains a text, letter case aside."""
    wanted = text.casefold()
    return any(
        wanted in source.get(part, "").casefold()
        for source in json.loads(sources)
        for part in ("address", "title", "publisher")
    )


def run_all(db: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction that is open."""
    for statement in statements.split(";\n"):
        db.execute(statement)


def remove(path: "Path") -> None:
    """Remove an index file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
