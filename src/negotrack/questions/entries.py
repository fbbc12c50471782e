"""Entries: in order, by their ids, with their errata, and what an answer rests on."""

from typing import TYPE_CHECKING, NamedTuple

from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.specification import Effective
    from negotrack.facts.query import Query
    from negotrack.facts.rows import Row
    from negotrack.projections.evidence.timeline_inclusion import Inclusion
    from negotrack.projections.positions.timeline import Happening
    from negotrack.questions.asking import Asked, Asker
    from negotrack.storage import Storage

_SHORTEST_PREFIX = 4
_TOLD_EVERY = 1_000


class Report(NamedTuple):
    """What an answer rests on.

    ``entries`` is how many entries decide the answer, of the ``of`` that the record has.
    ``possible`` counts those whose dates are uncertain and that may have happened by the day: left
    out, or counted where that was asked for. What the record does not cover: nothing of what was
    asked counts after the day ``newest`` (None for nothing at all, however long before), and
    nothing but its schedule is known of the sessions in ``empty``.
    """

    negotiation: str
    as_of: str
    known_at: str | None
    entries: int
    of: int
    possible: int
    newest: str | None
    empty: tuple[str, ...]


class Entries:
    """The questions about entries themselves."""

    def __init__(self, storage: "Storage", asker: "Asker") -> None:
        """Ask a record."""
        self._storage, self._asker = storage, asker

    def entry(self, prefix: str) -> "StoredEntry":
        """Return the entry of an id, or of a unique prefix of one, as it was logged."""
        from negotrack.domain.canonical import decode_verified, id_of

        is_long_enough = len(prefix) >= _SHORTEST_PREFIX
        lines = self._storage.store.find(prefix.lower()) if is_long_enough else []
        if not lines:
            raise Rejected(
                f"no entry {prefix}",
                f"give {_SHORTEST_PREFIX} or more digits of an id; timeline lists them",
            )
        if len(lines) > 1:
            ids = ", ".join(id_of(line)[: len(prefix) + 4] for _, line in lines)
            raise Rejected(f"entry {prefix} is ambiguous", f"it could be {ids}")
        return decode_verified(lines[0][1])

    def group(self, entry_id: str) -> "list[StoredEntry]":
        """Return an entry with its corrections and retractions, and theirs in turn."""
        from negotrack.domain.canonical import decode_verified

        ids = self._storage.cached_index.recording.group(entry_id)
        store = self._storage.open_store()
        return [decode_verified(line) for i in ids for _, line in store.find(i, 1)]

    def timeline(
        self,
        query: "Query | None" = None,
        /,
        *,
        bookkeeping: bool = False,
        **asked: "Unpack[Asked]",
    ) -> "list[Happening]":
        """Return what happened, in canonical order; with ``bookkeeping``, also registrations."""
        query = self._asker.query(query, asked)
        from negotrack.projections.positions.timeline import timeline

        return list(timeline(self._storage.index.slices.rows(query), bookkeeping=bookkeeping))

    def inclusion(
        self, entry_id: str, query: "Query | None" = None, **asked: "Unpack[Asked]"
    ) -> "Inclusion":
        """Return why an entry is in the timeline that a query asks for, or why it is not."""
        from negotrack.projections.evidence.timeline_inclusion import explain_entry

        query = self._asker.query(query, asked)
        bookkeeping = query.type is not None
        inclusion = explain_entry(self.group(entry_id), query.when, bookkeeping=bookkeeping)
        if inclusion.role not in ("counts", "bookkeeping") or inclusion.counting is None:
            return inclusion
        if self._is_asked_for(inclusion.counting, query):
            return inclusion
        return inclusion._replace(
            role="not asked for", why="it counts, but the options ask for others"
        )

    def _is_asked_for(self, counting: "Happening", query: "Query") -> bool:
        """Whether what a query asks beside its day takes in an entry that counts."""
        from negotrack.domain.dates import span

        last = span(counting.on).last
        since = max(query.since or last, last)
        on_its_day = query.narrowed(since=since).at(as_of=last, possible=False)
        happenings = self.timeline(on_its_day, bookkeeping=True)
        return any(happening.entry == counting.entry for happening in happenings)

    def replay(
        self, query: "Query | None" = None, /, **asked: "Unpack[Asked]"
    ) -> "Iterator[Effective]":
        """Yield the effective entries that a query asks for, in canonical order."""
        query = self._asker.query(query, asked)
        return (self._effective(row, query) for row in self._storage.index.slices.rows(query))

    def _effective(self, row: "Row", query: "Query") -> "Effective":
        """Return the effective entry of a row."""
        from negotrack.domain.specification import Effective, effective, known

        if row.corrected:
            versions = effective(known(self.group(row.id), query.when.known_at))
            return next(live for live in versions if live.id == row.id)
        return Effective(row.id, next(self._stored(row.seq)).entry)

    def recorded(self, negotiation: str) -> "Iterator[StoredEntry]":
        """Yield every entry of a negotiation as it was logged, in the order it was recorded."""
        from negotrack.domain.canonical import decode_verified

        index = self._storage.index
        seqs, of = index.recording.in_order(negotiation), index.position()
        for count, line in enumerate(self._storage.open_store().lines(seqs), 1):
            yield decode_verified(line)
            if count % _TOLD_EVERY == 0:
                self._storage.progress("exporting", count, of)

    def position(self) -> int:
        """Return the number of the newest entry: where :meth:`since` can go on from."""
        return self._storage.index.position()

    def since(
        self, position: int, query: "Query | None" = None, **asked: "Unpack[Asked]"
    ) -> "tuple[list[Effective], int]":
        """Return what arrived after a position, of what a query asks for, and the new position.

        In the order of arrival. An entry that a correction changed comes again, as it counts now.
        """
        query = self._asker.query(query, asked)
        from negotrack.domain.entries import Erratum

        index = self._storage.index
        turns: dict[int, int] = {}
        for arrival in range(position + 1, index.position() + 1):
            seq, (stored,) = arrival, self._stored(arrival)
            turns[seq] = len(turns)
            while isinstance(stored.entry, Erratum) and (
                above := self._numbered(stored.entry.entry)
            ):
                seq, stored = above
                turns[seq] = len(turns)
        rows = index.slices.rows_of(turns, query, narrow=True)
        rows.sort(key=lambda row: turns[row.seq])
        return [self._effective(row, query) for row in rows], index.position()

    def _stored(self, *seqs: int) -> "Iterator[StoredEntry]":
        from negotrack.domain.canonical import decode_verified

        return map(decode_verified, self.lines(*seqs))

    def _numbered(self, entry_id: str) -> "tuple[int, StoredEntry] | None":
        from negotrack.domain.canonical import decode_verified

        lines = self._storage.open_store().find(entry_id, 1)
        return next(((seq, decode_verified(line)) for seq, line in lines), None)

    def lines(self, *seqs: int) -> "Iterator[bytes]":
        """Yield the canonical lines of entries by their numbers in the store."""
        return self._storage.open_store().lines(seqs)

    def report(
        self, query: "Query | None" = None, /, entries: int = 0, **asked: "Unpack[Asked]"
    ) -> Report:
        """Return what an answer to a query, decided by so many entries, rests on."""
        query = self._asker.query(query, asked)
        index = self._storage.cached_index
        coverage = index.coverage
        return Report(
            query.negotiation,
            query.when.as_of,
            query.when.known_at,
            entries,
            index.position(),
            coverage.possible(query),
            coverage.newest_day(query.narrowed(since=None)),
            () if query.session else tuple(coverage.empty_sessions(query)),
        )
