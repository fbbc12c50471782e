"""Who stands where, how it came about, and why: what is read for each question, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.entry_types import BOOKKEEPING, STANCE_TAKEN
from negotrack.errors import Rejected
from negotrack.facts.query import Query, Resolution, several
from negotrack.questions.asking import AskedCell, one_of, refuse_accounts, refuse_other

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Unpack

    from negotrack.domain.dates import Instant
    from negotrack.facts.query import Accounts, Names
    from negotrack.facts.rows import Matrix, Row
    from negotrack.projections.evidence.explain import Explanation
    from negotrack.projections.evidence.history import StanceChange
    from negotrack.projections.evidence.retroactive import ChangedAnswer, RetroactiveChange
    from negotrack.projections.positions.changes import ReplayStep, RoomChange
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.movers import NetMove
    from negotrack.projections.positions.positions import Position
    from negotrack.questions.asking import Asked, AskedPositions, Asker
    from negotrack.questions.entries import Entries
    from negotrack.questions.names import NameBook
    from negotrack.storage import Storage


class Positions:
    """Who stands where: called, it answers that; its methods answer what is asked around it.

    Each takes a query, or in its place the keywords of :class:`~negotrack.questions.asking.Asked`.
    """

    def __init__(self, storage: Storage, asker: Asker, names: NameBook, entries: Entries) -> None:
        """Ask a record."""
        self._storage, self._asker, self._names, self._entries = storage, asker, names, entries

    def __call__(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedPositions],
    ) -> list[Position]:
        """Return who stands where, by target, option and delegation.

        Delegations that said nothing themselves stand where their group does, unless ``own_only``;
        ``own_words`` says whether theirs stand for good or give way to later ones of their group.
        """
        query, resolution = self._asker.resolved(query, resolution, asked)
        from negotrack.projections.positions.positions import narrowed_to, positions

        everybody = query.narrowed(since=None, delegation=None)
        rows = list(self._acts(everybody, query.delegation, own_only=resolution.own_only))
        if not resolution.own_only:
            holders = {row.holder or "" for row in rows}
            rows += self._storage.cached_index.slices.memberships(everybody, holders)
        rows.sort(key=lambda row: row.sort_key)
        return narrowed_to(positions(rows, resolution), query.delegation, query.since)

    def _acts(self, query: Query, delegations: Names, *, own_only: bool) -> Iterator[Row]:
        """Yield the stances and votes that decide positions; for some delegations, and groups."""
        slices = self._storage.index.slices
        own = query.narrowed(type=STANCE_TAKEN)
        parties: list[str | None] = [
            *self._parties(query.negotiation, delegations, own_only=own_only)
        ]
        for party in parties or [None]:
            its_own = own.narrowed(delegation=party)
            yield from slices.last_acts(its_own) if own.is_whole_cell else slices.rows(its_own)
            yield from slices.votes(its_own)

    def _parties(self, negotiation: str, delegations: Names, *, own_only: bool) -> list[str]:
        """Return delegations and the groups that they may speak through."""
        parties = dict.fromkeys(several(delegations))
        for delegation in () if own_only else several(delegations):
            groups = self._storage.cached_index.slices.groups_ever(negotiation, delegation)
            parties |= dict.fromkeys(groups)
        return list(parties)

    def matrix(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedPositions],
    ) -> Matrix:
        """Return who stands where on everything, at once: the stances alone, without their words.

        One account is shown of each act, so ``all`` is as ``official-first`` here.
        """
        query, resolution = self._asker.resolved(query, resolution, asked)
        from negotrack.projections.positions.positions import matrix_of

        one: Accounts = "latest" if resolution.accounts == "latest" else "official-first"
        slices = self._storage.index.slices
        is_narrow = not query.is_whole_cell or query.since is not None or query.when.possible
        if is_narrow or slices.has_more_than_stances(
            query.negotiation, groups=not resolution.own_only
        ):
            return matrix_of(self(query, resolution._replace(accounts=one)))
        return slices.matrix(query, latest=one == "latest")

    def members(
        self, query: Query | None = None, /, *, group: str, **asked: Unpack[Asked]
    ) -> set[str]:
        """Return a group and its members on the day of a query; :class:`Rejected` for no group."""
        query = self._asker.query(query, asked)
        from negotrack.projections.positions.memberships import members_of

        code = self.group(query, group=group)
        return {code, *members_of(code, self.memberships(query))}

    def group(self, query: Query | None = None, /, *, group: str, **asked: Unpack[Asked]) -> str:
        """Return the code of a group; :class:`Rejected` where it is none."""
        query = self._asker.query(query, asked)
        name = self._names.resolve(group, "delegation", negotiation=query.negotiation)
        if name.detail != "group":
            raise Rejected(f"{name.name} ({name.title}) is not a group", "name a group")
        return name.name

    def memberships(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> Memberships:
        """Return who belongs to which group on the day of a query."""
        query = self._asker.query(query, asked)
        from negotrack.projections.positions.memberships import current_memberships

        return current_memberships(self._storage.cached_index.slices.memberships(query))

    def history(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[StanceChange]:
        """Return how positions came about, by target and then in order."""
        query = self._asker.query(query, asked)
        refuse_accounts(accounts)
        from negotrack.projections.evidence.history import stance_changes

        slices, stances = self._storage.index.slices, query.narrowed(type=STANCE_TAKEN)
        rows = [*slices.rows(stances), *slices.votes(query)]
        rows.sort(key=lambda row: row.sort_key)
        return list(stance_changes(rows, accounts))

    def explain(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedCell],
    ) -> Explanation:
        """Return why the cell of a query's one delegation and one target says what it says.

        Of the rest of the query only its time is looked at: a cell is explained by everything that
        the record has about it.
        """
        takes = AskedCell.__optional_keys__
        query, resolution = self._asker.resolved(query, resolution, asked, takes)
        one_of(query, "delegation")
        one_of(query, "target")
        from negotrack.domain.canonical import id_of
        from negotrack.index.cell_entries import entries_of_cell
        from negotrack.projections.evidence.explain import explain_cell

        cell = query.one_delegation, query.one_target
        index = self._storage.index
        groups = not resolution.own_only
        seqs = entries_of_cell(index.file.db, query.negotiation, *cell, groups=groups)
        lines = self._entries.lines(*seqs)
        families = [self._entries.group(id_of(line)) for line in lines]
        return explain_cell(families, *cell, query.when, resolution)

    def movers(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedPositions],
    ) -> list[NetMove]:
        """Return who stands elsewhere at the end of the day than on the day before ``since``.

        The net of both ends; one account counts of each act.
        """
        from negotrack.domain.dates import day_before
        from negotrack.projections.positions.movers import net_moves

        query, resolution = self._asker.resolved(query, resolution, asked)
        resolution = resolution.one_account()
        whose = several(query.delegation)
        everybody = query.narrowed(since=None, delegation=None)
        first = None if query.since is None else day_before(query.since)
        before = [] if first is None else self(everybody.at(as_of=first), resolution)
        moves = net_moves(before, self(everybody, resolution))
        return [move for move in moves if not whose or move.delegation in whose]

    # -- change -------------------------------------------------------------------------------

    def steps(
        self,
        query: Query | None = None,
        /,
        step: str = "day",
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> Iterator[ReplayStep]:
        """Yield (date, changes, state) for each ``day`` or ``session``, and what changed in it.

        With ``since`` the replay begins there, from the positions of the day before, which are
        looked up and not replayed. So a tool can stop after any step and go on another time.
        """
        query = self._asker.query(query, asked)
        refuse_other("step", step, ("day", "session"))
        refuse_accounts(accounts)
        from negotrack.domain.dates import day_before
        from negotrack.projections.positions.changes import by_day, by_session, steps

        state: list[Position] = []
        before = None if query.since is None else day_before(query.since)
        if before is not None:
            then = query.narrowed(since=None).at(as_of=before, possible=False)
            state = self._declared(then, accounts)
        name: Callable[[Row], str] = by_day
        if step == "session":
            sessions = self._names.registered("session", negotiation=query.negotiation)
            name = by_session((s.name, s.first, s.last) for s in sessions if s.first and s.last)
        return steps(self._storage.index.slices.rows(query), name, state, accounts)

    def _declared(self, query: Query, accounts: Accounts) -> list[Position]:
        """Return the positions that stances alone leave, without groups and votes."""
        from negotrack.projections.positions.positions import positions

        slices, stances = self._storage.index.slices, query.narrowed(type=STANCE_TAKEN)
        rows = slices.last_acts(stances) if query.is_whole_cell else slices.rows(stances)
        return positions(rows, Resolution(accounts, own_only=True))

    def changes(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[RoomChange]:
        """Return what changed in the room from the day ``since`` on, in order.

        A stance that only repeats what was held is among them, with the same words twice.
        """
        query = self._asker.query(query, asked)
        return [change for step in self.steps(query, "day", accounts) for change in step.changes]

    def retroactive_changes(
        self,
        query: Query | None = None,
        /,
        *,
        known_from: Instant | str | date,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[RetroactiveChange]:
        """Return what we learned after ``known_from``, until the query's moment, about the past.

        Each entry that was logged, corrected or retracted meanwhile, with the days of which the
        answer changed by it; only days up to the day of the query.
        """
        query = self._asker.query(query, asked)
        refuse_accounts(accounts)
        from negotrack.projections.evidence.retroactive import changed_answers, retroactive_changes

        slices, begin = self._storage.index.slices, self._asker.moment(known_from, query)
        then = query.at(known_at=begin)
        changed = slices.changed_since(query, begin)
        before = [row for row in slices.rows_of(changed, then) if row.type not in BOOKKEEPING]
        after = [row for row in slices.rows_of(changed, query) if row.type not in BOOKKEEPING]
        ids = {row.id for row in (*before, *after)}
        stances = [row for row in (*before, *after) if row.type == STANCE_TAKEN]
        answers: list[ChangedAnswer] = []
        for holder, target in sorted({(r.holder or "", r.target or "") for r in stances}):
            cell = query.of_day().narrowed(delegation=holder, target=target, type=STANCE_TAKEN)
            old, new = (
                [row for row in slices.rows(cell.at(known_at=k)) if row.target == target]
                for k in (begin, query.when.known_at)
            )
            answers += changed_answers(old, new, ids, accounts)
        return retroactive_changes(before, after, answers)
