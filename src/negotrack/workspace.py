"""A workspace: the record of one or more negotiations, opened. This is the Python API.

Everything the command line can do is done here, with typed results. Reading notices a changed
journal or store by a few file statuses and catches up first; writing commits to the store, then
completes the journal.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from negotrack.domain.dates import span
from negotrack.domain.names import ENGLISH, key, near, unknown
from negotrack.errors import Rejected, RejectedLines, Usage
from negotrack.facts.rows import ACTS_ON_WORDS, BOOKKEEPING, STANCE, TEXTS
from negotrack.index.reading import Filter, Index, RegisteredName
from negotrack.places import find_root
from negotrack.questions.votes import Counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.specification import Effective
    from negotrack.facts.rows import Matrix, Row
    from negotrack.projections.evidence.explain import Explanation
    from negotrack.projections.evidence.history import StanceChange
    from negotrack.projections.evidence.retroactive import ChangedAnswer, RetroactiveChange
    from negotrack.projections.positions.accounts import Accounts
    from negotrack.projections.positions.changes import ReplayStep, RoomChange
    from negotrack.projections.positions.positions import OwnWords, Position
    from negotrack.projections.positions.timeline import Happening
    from negotrack.questions.texts import Texts
    from negotrack.use_cases.intake import Imported

FOR_EVER = "9999-12-31"
_SHORTEST_PREFIX = 4
_TOLD_EVERY = 1_000


class Logged(NamedTuple):
    """What a log did: the entry, whether it is new, and the move that it makes, if any."""

    id: str
    entry: Entry
    new: bool
    move: StanceChange | None = None


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


class Workspace(Counting):
    """An open workspace. Use it as a context manager, or close it."""

    @classmethod
    def find(cls, start: Path | str = ".") -> Self:
        """Open the nearest workspace from a folder upward."""
        return cls(find_root(Path(start).resolve()))

    def __enter__(self) -> Self:
        """Return the workspace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self.close()

    # -- names --------------------------------------------------------------------------------

    def negotiation(self, wanted: str | None = None) -> str:
        """Return the negotiation asked for, the only one, or the one of the settings."""
        known = self.cached_index.negotiations()
        if wanted is None:
            wanted = known[0] if len(known) == 1 else self._setting("negotiation")
        if wanted is None:
            if not known:
                raise Rejected(
                    "the record is empty", "begin with `negotrack log negotiation SLUG --title ...`"
                )
            raise Usage(
                f"there are {len(known)} negotiations: {', '.join(known)}",
                "choose one with --negotiation",
            )
        if wanted not in known:
            raise Rejected(*unknown("negotiation", wanted, known))
        return wanted

    def _setting(self, name: str) -> str | None:
        import tomllib  # only where there are several negotiations

        try:
            settings = tomllib.loads(self.places.settings.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Rejected(f"{self.places.settings} is not valid TOML: {error}") from error
        value = settings.get(name)
        return None if value is None else str(value)

    def names(self, *nouns: str, negotiation: str | None = None) -> list[RegisteredName]:
        """Return everything of the record that has a name, or what is of some kinds."""
        return self.cached_index.names(self.negotiation(negotiation), *nouns)

    def resolve(self, word: str, *nouns: str, negotiation: str | None = None) -> RegisteredName:
        """Return what a name or alias means; :class:`Rejected` with suggestions where nothing."""
        where, index = self.negotiation(negotiation), self.cached_index
        found = index.named(where, key(word), nouns)
        if not found and "delegation" in nouns:
            found = index.named(where, key(_registered_state(word, index, where)), nouns)
        exact = [f for f in found if f.name == word] or found
        if len(exact) == 1:
            return exact[0]
        label = nouns[0] if len(nouns) == 1 else "name" if "delegation" in nouns else "target"
        if found:
            names = ", ".join(f.name for f in found)
            raise Rejected(f"{label} {word} is ambiguous", f"it could be {names}")
        known = index.names(where, *nouns)
        codes, titles = [f.name for f in known], [f.title for f in known if f.title]
        raise Rejected(*unknown(label, word, codes if near(word, codes) else titles))

    def entry(self, prefix: str) -> tuple[int, StoredEntry]:
        """Return (number in the store, entry) for an id or a unique prefix of one."""
        from negotrack.domain.canonical import decode_verified, id_of

        found = self.store.find(prefix.lower()) if len(prefix) >= _SHORTEST_PREFIX else []
        if not found:
            raise Rejected(
                f"no entry {prefix}",
                f"give {_SHORTEST_PREFIX} or more digits of an id; timeline lists them",
            )
        if len(found) > 1:
            ids = ", ".join(id_of(line)[: len(prefix) + 4] for _, line in found)
            raise Rejected(f"entry {prefix} is ambiguous", f"it could be {ids}")
        seq, line = found[0]
        return seq, decode_verified(line)

    # -- reading ------------------------------------------------------------------------------

    def filter(self, as_of: str = FOR_EVER, negotiation: str | None = None) -> Filter:
        """Return the filter for everything up to a date; narrow it as needed.

        A month or a year means its last day; :class:`Rejected` where the text is no date.
        """
        return Filter(self.negotiation(negotiation), span(as_of).last)

    def timeline(self, wanted: Filter, *, bookkeeping: bool = False) -> list[Happening]:
        """Return what happened, in order."""
        from negotrack.projections.positions.timeline import timeline

        return list(timeline(self.index.rows(wanted), bookkeeping=bookkeeping))

    def positions(
        self,
        wanted: Filter,
        accounts: Accounts = "official-first",
        *,
        own_only: bool = False,
        own_words: OwnWords = "keep",
    ) -> list[Position]:
        """Return who stands where, by target, option and delegation.

        Delegations that said nothing themselves stand where their group does, unless ``own_only``;
        ``own_words`` says whether theirs stand for good or give way to later ones of their group.
        """
        from negotrack.projections.positions.positions import narrowed_to, positions

        asked = wanted._replace(since=None, holder=wanted.holder if own_only else None)
        rows = list(self._acts(asked, wanted.holder))
        if not own_only:
            rows += self.cached_index.memberships(asked, {row.holder or "" for row in rows})
        rows.sort(key=lambda row: row.sort_key)
        found = positions(rows, accounts, own_only=own_only, own_words=own_words)
        return narrowed_to(found, wanted.holder, wanted.since)

    def _acts(self, wanted: Filter, holder: str | None) -> Iterator[Row]:
        """Yield the stances and votes that decide positions; for one delegation, and its groups."""
        index = self.cached_index
        parties = [holder] if holder is None else self._parties(wanted, holder)
        for party in parties:
            own = wanted._replace(holder=party, type=STANCE)
            is_slice = own.session is None and own.source is None and own.by is None
            yield from index.last_acts(own) if is_slice else index.rows(own)
            yield from index.votes(own)

    def _parties(self, wanted: Filter, holder: str) -> list[str]:
        """Return a delegation and the groups that it may speak through."""
        if wanted.holder is not None:
            return [holder]
        return [holder, *self.cached_index.groups_ever(wanted.negotiation, holder)]

    def texts(
        self,
        wanted: Filter,
        language: str = ENGLISH,
        about: str | None = None,
        *,
        documents: tuple[str, ...] = (),
        only_words: bool = False,
    ) -> Texts:
        """Return the texts of a negotiation, to be asked about the day of a filter.

        With ``about``, only what bears on one provision or one offer is read, with ``documents``
        only some drafts, with ``only_words`` only what the text says now; and only that may be
        asked then.
        """
        from negotrack.questions.texts import Texts, TextScope

        return Texts(self.index, wanted, language, TextScope(about, documents, only_words))

    def parties(self, wanted: Filter, group: str) -> set[str]:
        """Return a group and its members on the day of a filter; :class:`Rejected` for no group."""
        from negotrack.projections.positions.memberships import current_memberships, members_of

        found = self.resolve(group, "delegation", negotiation=wanted.negotiation)
        if found.detail != "group":
            raise Rejected(f"{found.name} ({found.title}) is not a group", "name a group")
        belongs = current_memberships(self.cached_index.memberships(wanted))
        return {found.name, *members_of(found.name, belongs)}

    def matrix(
        self,
        wanted: Filter,
        accounts: Accounts = "official-first",
        *,
        own_only: bool = False,
        own_words: OwnWords = "keep",
    ) -> Matrix:
        """Return who stands where on everything, at once: the stances alone, without their words.

        One account is shown of each act, so ``all`` is as ``official-first`` here.
        """
        from negotrack.projections.positions.positions import matrix_of

        narrowed = (wanted.session, wanted.source, wanted.by, wanted.since, wanted.possible)
        if any(narrowed) or self.index.has_more_than_stances(
            wanted.negotiation, groups=not own_only
        ):
            one: Accounts = accounts if accounts == "latest" else "official-first"
            return matrix_of(self.positions(wanted, one, own_only=own_only, own_words=own_words))
        return self.index.matrix(wanted, latest=accounts == "latest")

    def history(self, wanted: Filter, accounts: Accounts = "official-first") -> list[StanceChange]:
        """Return how positions came about, by target and then in order."""
        from negotrack.projections.evidence.history import stance_changes

        index, stances = self.index, wanted._replace(type=STANCE)
        rows = sorted([*index.rows(stances), *index.votes(wanted)], key=lambda row: row.sort_key)
        return list(stance_changes(rows, accounts))

    def explain(
        self,
        wanted: Filter,
        accounts: Accounts = "official-first",
        *,
        own_only: bool = False,
        own_words: OwnWords = "keep",
    ) -> Explanation:
        """Return why the cell of a filter's ``holder`` and ``target`` says what it says.

        Of the rest of the filter only the day, the moment and ``possible`` are looked at: a cell is
        explained by everything that the record has about it. ``own_only`` and ``own_words`` are
        those of :meth:`positions`.
        """
        from negotrack.domain.canonical import id_of
        from negotrack.index.cell_entries import entries_of_cell
        from negotrack.projections.evidence.explain import explain_cell

        assert wanted.holder is not None
        assert wanted.target is not None
        cell = wanted.holder, wanted.target
        seqs = entries_of_cell(self.index.db, wanted.negotiation, *cell, groups=not own_only)
        return explain_cell(
            [self.family(id_of(line)) for line in self.store_lines(*seqs)],
            *cell,
            wanted.as_of,
            wanted.known_at,
            possible=wanted.possible,
            accounts=accounts,
            own_only=own_only,
            own_words=own_words,
        )

    def steps(
        self, wanted: Filter, by: str = "day", accounts: Accounts = "official-first"
    ) -> Iterator[ReplayStep]:
        """Yield (date, changes, state) for each ``day`` or ``session``, and what changed in it.

        With ``wanted.since`` the replay begins there, from the positions of the day before, which
        are looked up and not replayed. So a tool can stop after any step and go on another time::

            for step in workspace.steps(filter._replace(since="2023-08-21")):
                ...
        """
        from negotrack.projections.positions.changes import by_day, by_session, steps

        state: list[Position] = []
        if wanted.since is not None and (before := _day_before(wanted.since)):
            then = wanted._replace(since=None, as_of=before, possible=False)
            state = self._declared(then, accounts)
        name: Callable[[Row], str] = by_day
        if by == "session":
            sessions = self.names("session", negotiation=wanted.negotiation)
            name = by_session((s.name, s.first, s.last) for s in sessions if s.first and s.last)
        return steps(self.index.rows(wanted), name, state, accounts)

    def _declared(self, wanted: Filter, accounts: Accounts) -> list[Position]:
        """Return the positions that stances alone leave, without groups and votes."""
        from negotrack.projections.positions.positions import positions

        index, stances = self.index, wanted._replace(type=STANCE)
        if wanted.session is None and wanted.source is None and wanted.by is None:
            return positions(index.last_acts(stances), accounts, own_only=True)
        return positions(index.rows(stances), accounts, own_only=True)

    def changes(self, wanted: Filter, accounts: Accounts = "official-first") -> list[RoomChange]:
        """Return what changed in the room from the day ``wanted.since`` on, in order.

        A stance that only repeats what was held is among them, with the same words twice.
        """
        return [change for step in self.steps(wanted, "day", accounts) for change in step.changes]

    def retroactive_changes(
        self, wanted: Filter, known_from: str, accounts: Accounts = "official-first"
    ) -> list[RetroactiveChange]:
        """Return what we learned after ``known_from``, until ``wanted.known_at``, about the past.

        Each entry that was logged, corrected or retracted meanwhile, with the days of which the
        answer changed by it; only days up to ``wanted.as_of``.
        """
        from negotrack.projections.evidence.retroactive import changed_answers, retroactive_changes

        index, then = self.index, wanted._replace(known_at=known_from)
        touched = index.changed_since(wanted, known_from)
        before = [row for row in index.rows_of(touched, then) if row.type not in BOOKKEEPING]
        after = [row for row in index.rows_of(touched, wanted) if row.type not in BOOKKEEPING]
        ids = {row.id for row in (*before, *after)}
        stances = [row for row in (*before, *after) if row.type == STANCE]
        found: list[ChangedAnswer] = []
        for holder, target in sorted({(r.holder or "", r.target or "") for r in stances}):
            cell = Filter(wanted.negotiation, wanted.as_of, possible=wanted.possible, holder=holder)
            old, new = (
                [r for r in index.rows(cell._replace(target=target, type=STANCE, known_at=k))
                 if r.target == target]
                for k in (known_from, wanted.known_at)
            )  # fmt: skip
            found += changed_answers(old, new, ids, accounts)
        return retroactive_changes(before, after, found)

    def position(self) -> int:
        """Return the number of the newest entry: where :meth:`entries_since` can go on from."""
        return self.index.position()

    def entries_since(self, wanted: Filter, position: int) -> tuple[list[Effective], int]:
        """Return what arrived after a position, of what a filter asks for, and the new position.

        In the order of arrival. An entry that a correction changed comes again, as it counts now.
        """
        from negotrack.domain.entries import Erratum

        index = self.index
        turns: dict[int, int] = {}
        for seq in range(position + 1, index.position() + 1):
            (kept,) = self._kept(seq)
            turns[seq] = len(turns)
            while isinstance(kept.entry, Erratum) and (above := self._find(kept.entry.entry)):
                seq, kept = above  # noqa: PLW2901 - up to the entry that it is about
                turns[seq] = len(turns)
        rows = index.rows_of(turns, wanted, narrow=True)
        rows.sort(key=lambda row: turns[row.seq])
        return [self._counting(row, wanted) for row in rows], index.position()

    def _kept(self, *seqs: int) -> Iterator[StoredEntry]:
        from negotrack.domain.canonical import decode_verified

        return map(decode_verified, self.store_lines(*seqs))

    def _find(self, entry_id: str) -> tuple[int, StoredEntry] | None:
        from negotrack.domain.canonical import decode_verified

        return next(
            ((s, decode_verified(line)) for s, line in self._open_store().find(entry_id, 1)), None
        )

    def _counting(self, row: Row, wanted: Filter) -> Effective:
        """Return the effective entry of a row."""
        from negotrack.domain.specification import Effective, effective, known

        if row.corrected:
            family = effective(known(self.family(row.id), wanted.known_at))
            return next(live for live in family if live.id == row.id)
        return Effective(row.id, next(self._kept(row.seq)).entry)

    def replay(self, wanted: Filter) -> Iterator[Effective]:
        """Yield the effective entries that a filter asks for, in the order of the design."""
        return (self._counting(row, wanted) for row in self.index.rows(wanted))

    def store_lines(self, *seqs: int) -> Iterator[bytes]:
        """Yield the canonical lines of entries by their numbers in the store."""
        return self._open_store().lines(seqs)

    def entries(self, negotiation: str) -> Iterator[StoredEntry]:
        """Yield every entry of a negotiation as it was logged, in the order it was recorded."""
        from negotrack.domain.canonical import decode_verified

        seqs, of = self.index.recorded(negotiation), self.index.position()
        for count, line in enumerate(self._open_store().lines(seqs), 1):
            yield decode_verified(line)
            if count % _TOLD_EVERY == 0:
                self.progress("exporting", count, of)

    def family(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its corrections and retractions, and theirs in turn."""
        from negotrack.domain.canonical import decode_verified

        ids = self.cached_index.family(entry_id)
        return [decode_verified(line) for i in ids for _, line in self._open_store().find(i, 1)]

    def report(self, wanted: Filter, entries: int = 0) -> Report:
        """Return what an answer to a filter, decided by so many entries, rests on."""
        index = self.cached_index
        return Report(
            wanted.negotiation,
            wanted.as_of,
            wanted.known_at,
            entries,
            index.position(),
            index.possible(wanted),
            index.newest_day(wanted._replace(since=None)),
            () if wanted.session else tuple(index.empty_sessions(wanted)),
        )

    def oldest(self) -> str:
        """Return when the first entry was recorded, empty for an empty record."""
        return self.cached_index.oldest()

    # -- writing ------------------------------------------------------------------------------

    def log(self, draft: Entry, *, dry_run: bool = False) -> Logged:
        """Stamp an entry and take it in; a fact that the record holds already adds nothing.

        The entry is acknowledged when this returns: it is in the store and in the journal.
        """
        from negotrack.domain.canonical import encode, typed
        from negotrack.use_cases.intake import id_of_same_content

        draft = typed(draft)
        self._refuse_misfit(draft)
        with self.changing(dry_run=dry_run) as (writing, index, stamp):
            same = id_of_same_content(index, self._open_store(), draft)
            if same is None:
                kept = encode(stamp(draft))
                writing.admit(kept)  # stamped anew, it cannot be there yet
        if same is not None:
            return Logged(same, draft, new=False)
        return Logged(kept.id, kept.entry, new=True, move=_move(self.index, kept))

    def _refuse_misfit(self, draft: Entry) -> None:
        """Refuse an act on words that are not in the text of its day, and a correction to one.

        What the record holds already is refused no more: to say it again adds nothing.
        """
        from negotrack.domain.catalogue import kind_of
        from negotrack.use_cases.intake import id_of_same_content

        kind = kind_of(draft)
        about = None
        if kind.type == "entry.corrected":
            about, draft = self._as_corrected(draft)
            kind = kind_of(draft)
        if kind.type in ACTS_ON_WORDS and draft.negotiation in self.index.negotiations():
            if (
                about is None
                and id_of_same_content(self.index, self._open_store(), draft) is not None
            ):
                return
            from negotrack.questions.texts import refuse_inapplicable

            wanted = self.filter(draft.on, draft.negotiation)
            language = getattr(draft, "language", ENGLISH)
            refuse_inapplicable(self.texts(wanted, language, draft.target), draft, about)

    def _as_corrected(self, correction: Entry) -> tuple[str | None, Entry]:
        """Return the id of an entry and what a correction would make of it, if it counts."""
        from negotrack.domain.specification import corrected, effective

        about = str(getattr(correction, "entry", ""))
        counting = effective(self.family(about))
        live = next((live.entry for live in counting if live.id == about), None)
        return (None, correction) if live is None else (about, corrected(live, correction))

    def import_(
        self,
        items: Iterable[tuple[int, Callable[[], StoredEntry | Entry]]],
        *,
        keep_going: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Take in many entries, all of them or none; with ``keep_going``, all that can be.

        Each item is a line number and what reads the entry of that line. An entry may come before
        the one that it depends on. Raises :class:`~negotrack.errors.RejectedLines`.
        """
        from negotrack.domain.catalogue import kind_of
        from negotrack.questions.texts import inapplicable_drafts
        from negotrack.use_cases.intake import SHOWN_FAULTS, ContentDigests, Intake, KnownEntries

        with self.changing(dry_run=dry_run) as (writing, index, stamp):
            said = ContentDigests()
            known = KnownEntries(index, self._open_store(), said)
            texts: dict[str, tuple[int, StoredEntry]] = {}

            def watch(number: int, kept: StoredEntry) -> None:
                if kind_of(kept.entry).type in TEXTS:
                    texts[kept.id] = number, kept

            intake = Intake(writing, stamp, known, self.progress, said)
            intake.watch = watch
            done = intake.take(items)
            faults = [*done.faults, *inapplicable_drafts(texts, index)]
            refused = done.refused + len(faults) - len(done.faults)
            if refused and not keep_going:
                raise RejectedLines(
                    f"{refused} of the entries cannot be taken in", faults[:SHOWN_FAULTS], refused
                )
        if refused > done.refused:
            number = refused - done.refused
            self.notices.append(f"{number} of the entries do not fit the text: negotrack check")
        return done


def _day_before(day: str) -> str | None:
    """Return the day before another; None before the first day of the calendar."""
    from datetime import date, timedelta

    first = date.fromisoformat(span(day).first)
    return None if first == date.min else (first - timedelta(days=1)).isoformat()


def _move(index: Index, kept: StoredEntry) -> StanceChange | None:
    """Return the move that a new entry makes.

    None where it is no stance, was a dry run, or tells an act of which another account is shown.
    """
    from negotrack.projections.evidence.history import stance_changes

    entry = kept.entry
    holder = entry.for_ or entry.by
    if holder is None or entry.target is None:
        return None
    cell = Filter(entry.negotiation, FOR_EVER, holder=holder, target=entry.target, type=STANCE)
    act = [move for move in stance_changes(index.rows(cell)) if kept.id in _accounts(move.position)]
    return act[-1] if act and act[-1].position.entry == kept.id else None


def _accounts(position: Position) -> tuple[str, ...]:
    """Return the entries that tell of the act by which a position was taken."""
    return position.entry, *position.disputed


def _registered_state(word: str, index: Index, negotiation: str) -> str:
    """Return the code of the state of this name; refuse one that is not registered."""
    from negotrack.domain.states import STATES  # only a refusal pays for it

    for state in STATES.values():
        if key(word) in map(key, (state.code, state.name, *state.aliases)):
            if index.named(negotiation, key(state.code), ("delegation",)):
                return state.code
            raise Rejected(
                f"{state.code} ({state.name}) is not registered in {negotiation}",
                f"register it first: negotrack log delegation {state.code}",
            )
    return word
