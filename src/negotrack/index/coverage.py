"""What an answer rests on, and what the record does not cover."""

from typing import TYPE_CHECKING

from negotrack.domain.entry_types import BOOKKEEPING, SESSION_RESCHEDULED, SESSION_SCHEDULED
from negotrack.index.schema import LONG, dashed, day_after
from negotrack.index.where import conditions

if TYPE_CHECKING:
    from negotrack.domain.dates import Day
    from negotrack.facts.query import Query
    from negotrack.index.file import IndexFile
    from negotrack.index.slices import Slices

_BY_THE_DAY = ("ahead AND entry.last > :until AND entry.last <= :as_of", "entry.last <= :until")
"""The days up to the one asked about, in two slices; ``until`` is of :func:`_until`."""


class Coverage:
    """How far the record reaches where a query asks."""

    def __init__(self, file: "IndexFile", slices: "Slices") -> None:
        """Look at an index that is caught up."""
        self._file, self._slices = file, slices

    def possible(self, query: "Query") -> int:
        """Count the entries that may have happened by the day: begun, but not certainly over."""
        where, values = conditions(self._file, query)
        values["month"] = values["as_of"] // 100 * 100 + 99
        # What spans the day ends in its month or spans more than a month: so nobody has to go
        # through all that is dated by later months, which may be most of a record.
        spans = (
            "first < last AND last > :as_of AND last <= :month",
            f"{LONG} AND first < last AND last > :month",
        )
        return sum(
            self._slices.count(f"{span} AND first <= :as_of AND {where}", values, query.source)
            for span in spans
        )

    def newest_day(self, query: "Query") -> "Day | None":
        """Return the last day on which something counts that happened in the room."""
        where, values = conditions(self._file, query)
        bookkeeping = ",".join(str(self._file.word(type_)) for type_ in sorted(BOOKKEEPING))
        values["until"] = _until(values)
        for days in _BY_THE_DAY:
            sql = (
                f"SELECT last FROM entry WHERE {days} AND type NOT IN ({bookkeeping})"
                f" AND {where} ORDER BY last DESC LIMIT 1"
            )
            row = self._file.db.execute(sql, values).fetchone()
            if row is not None:
                return dashed(row[0])
        return None

    def empty_sessions(self, query: "Query") -> list[str]:
        """Return the sessions begun by the day of which nothing but the schedule is known."""
        everything = query.of_day()
        where, values = conditions(self._file, everything)
        schedule = [self._file.word(type_) for type_ in (SESSION_SCHEDULED, SESSION_RESCHEDULED)]
        of_it = f"session = (SELECT n FROM word WHERE word = name.name) AND {where}"
        more = f"{of_it} AND type NOT IN ({','.join(map(str, schedule))})"
        ahead, before = _BY_THE_DAY
        sql = (
            "SELECT name FROM name WHERE name.negotiation = :slug AND noun = 'session'"
            f" AND first <= :day AND last >= :begin AND EXISTS (SELECT 1 FROM entry WHERE {of_it})"
            f" AND NOT EXISTS (SELECT 1 FROM entry WHERE {before} AND {more})"
            f" AND NOT EXISTS (SELECT 1 FROM entry INDEXED BY entry_ahead WHERE {ahead} AND {more})"
            " ORDER BY first, name"
        )
        values |= {
            "until": _until(values),
            "slug": query.negotiation,
            "day": query.when.as_of,
            "begin": query.since or "",
        }
        return [name for (name,) in self._file.db.execute(sql, values)]

    def counts(self) -> list[tuple[str, str, int]]:
        """Return (negotiation, type, number of entries), sorted."""
        sql = (
            "SELECT n.word, t.word, count(*) FROM entry JOIN word n ON n.n = negotiation"
            " JOIN word t ON t.n = type WHERE row > 0 GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return self._file.db.execute(sql).fetchall()


def _until(values: dict[str, int]) -> int:
    """Return the last day of which something was known at the moment asked about.

    What was recorded by a moment lies before it, but for what is ahead, which has a mark of its
    own: so nobody has to go through all the days of which nothing was known then.
    """
    return min(values["as_of"], day_after(values["known"]))
