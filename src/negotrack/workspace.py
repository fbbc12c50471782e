"""A workspace: the record of one or more negotiations, opened. This is the Python API.

Everything the command line can do is done here, with typed results. Reading notices a changed
journal or store by a few file statuses and catches up first; writing commits to the store, then
completes the journal.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from negotrack.domain.dates import span
from negotrack.domain.names import key, near, unknown
from negotrack.errors import Rejected, RejectedLines, Usage
from negotrack.index.reading import Filter, Found, Index
from negotrack.places import find_root
from negotrack.replicas import Replicas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.domain.lines import Kept
    from negotrack.domain.replay import Effective
    from negotrack.intake import Imported
    from negotrack.projections.history import Move
    from negotrack.projections.positions import Position
    from negotrack.projections.steps import Step
    from negotrack.projections.timeline import Happening

FOR_EVER = "9999-12-31"
_SHORTEST_PREFIX = 4


class Logged(NamedTuple):
    """What a log did: the entry, whether it is new, and the move that it makes, if any."""

    id: str
    entry: Entry
    new: bool
    move: Move | None = None


class Report(NamedTuple):
    """What an answer rests on: the negotiation and the day asked about.

    ``possible`` counts the entries that are left out because they may have happened by then, but
    their dates are uncertain.
    """

    negotiation: str
    as_of: str
    possible: int


class Workspace(Replicas):
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
        known = self.opened_index.negotiations()
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
        import tomllib  # noqa: PLC0415 - only where there are several negotiations

        try:
            settings = tomllib.loads(self.places.settings.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Rejected(f"{self.places.settings} is not valid TOML: {error}") from error
        value = settings.get(name)
        return None if value is None else str(value)

    def names(self, *nouns: str, negotiation: str | None = None) -> list[Found]:
        """Return everything of the record that has a name, or what is of some kinds."""
        return self.opened_index.names(self.negotiation(negotiation), *nouns)

    def resolve(self, word: str, *nouns: str, negotiation: str | None = None) -> Found:
        """Return what a name or alias means; :class:`Rejected` with suggestions where nothing."""
        where, index = self.negotiation(negotiation), self.opened_index
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

    def entry(self, prefix: str) -> tuple[int, Kept]:
        """Return (number in the store, entry) for an id or a unique prefix of one."""
        from negotrack.domain.lines import id_of, unseal  # noqa: PLC0415

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
        return seq, unseal(line)

    # -- reading ------------------------------------------------------------------------------

    def filter(self, as_of: str = FOR_EVER, negotiation: str | None = None) -> Filter:
        """Return the filter for everything up to a date; narrow it as needed.

        A month or a year means its last day; :class:`Rejected` where the text is no date.
        """
        return Filter(self.negotiation(negotiation), span(as_of).last)

    def timeline(self, wanted: Filter, *, bookkeeping: bool = False) -> list[Happening]:
        """Return what happened, in order."""
        from negotrack.projections.timeline import timeline  # noqa: PLC0415

        return list(timeline(self.index.rows(wanted), bookkeeping=bookkeeping))

    def positions(self, wanted: Filter) -> list[Position]:
        """Return who stands where, by target, option and delegation."""
        from negotrack.projections.positions import positions  # noqa: PLC0415

        return positions(self.index.rows(wanted))

    def history(self, wanted: Filter) -> list[Move]:
        """Return how positions came about, by target and then in order."""
        from negotrack.projections.history import moves  # noqa: PLC0415

        return list(moves(self.index.rows(wanted)))

    def steps(self, wanted: Filter, by: str) -> Iterator[Step]:
        """Yield what changed with each ``day`` or ``session``."""
        from negotrack.projections.steps import steps  # noqa: PLC0415

        return steps(self.index.rows(wanted), by)

    def replay(self, wanted: Filter) -> Iterator[Effective]:
        """Yield the effective entries that a filter asks for, in the order of the design."""
        from negotrack.domain.lines import unseal  # noqa: PLC0415
        from negotrack.domain.replay import Effective, effective, known  # noqa: PLC0415

        for row in self.index.rows(wanted):
            if row.corrected:
                family = effective(known(self.family(row.id), wanted.known_at))
                yield next(live for live in family if live.id == row.id)
            else:
                yield Effective(row.id, unseal(next(self.store_lines(row.seq))).entry)

    def store_lines(self, *seqs: int) -> Iterator[bytes]:
        """Yield the canonical lines of entries by their numbers in the store."""
        return self._open_store().lines(seqs)

    def entries(self, negotiation: str) -> Iterator[Kept]:
        """Yield every entry of a negotiation as it was logged, in the order it was recorded."""
        from negotrack.domain.lines import unseal  # noqa: PLC0415

        return map(unseal, self.store_lines(*self.index.recorded(negotiation)))

    def family(self, entry_id: str) -> list[Kept]:
        """Return an entry with its corrections and retractions, and theirs in turn."""
        from negotrack.domain.lines import unseal  # noqa: PLC0415

        ids = self.opened_index.family(entry_id)
        return [unseal(line) for i in ids for _, line in self._open_store().find(i, 1)]

    def report(self, wanted: Filter) -> Report:
        """Return what an answer to a filter rests on."""
        return Report(wanted.negotiation, wanted.as_of, self.opened_index.possible(wanted))

    # -- writing ------------------------------------------------------------------------------

    def log(self, draft: Entry, *, dry_run: bool = False) -> Logged:
        """Stamp an entry and take it in; a fact that the record holds already adds nothing.

        The entry is acknowledged when this returns: it is in the store and in the journal.
        """
        from negotrack.domain.lines import seal, typed  # noqa: PLC0415
        from negotrack.intake import known_as  # noqa: PLC0415

        draft = typed(draft)
        with self.changing(dry_run=dry_run) as (writing, index, stamp):
            same = known_as(index, self._open_store(), draft)
            if same is None:
                kept = seal(stamp(draft))
                writing.admit(kept)  # stamped anew, it cannot be there yet
        if same is not None:
            return Logged(same, draft, new=False)
        return Logged(kept.id, kept.entry, new=True, move=_move(self.index, kept))

    def import_(
        self,
        items: Iterable[tuple[int, Callable[[], Kept | Entry]]],
        *,
        keep_going: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Take in many entries, all of them or none; with ``keep_going``, all that can be.

        Each item is a line number and what reads the entry of that line. An entry may come before
        the one that it depends on. Raises :class:`~negotrack.errors.RejectedLines`.
        """
        from negotrack.intake import Intake, known_as  # noqa: PLC0415

        with self.changing(dry_run=dry_run) as (writing, index, stamp):
            known = partial(known_as, index, self._open_store(), as_logged=True)
            done = Intake(writing, stamp, known, self.progress).take(items)
            if done.refused and not keep_going:
                raise RejectedLines(
                    f"{done.refused} of the entries cannot be taken in", done.faults, done.refused
                )
        return done


def _move(index: Index, kept: Kept) -> Move | None:
    """Return the move that a new entry makes; None where it is no stance or was a dry run."""
    from negotrack.projections.history import moves  # noqa: PLC0415

    entry = kept.entry
    holder = entry.for_ or entry.by
    if holder is None or entry.target is None:
        return None
    rows = index.rows(Filter(entry.negotiation, FOR_EVER, by=holder, target=entry.target))
    return next((move for move in moves(rows) if move.position.entry == kept.id), None)


def _registered_state(word: str, index: Index, negotiation: str) -> str:
    """Return the code of the state of this name; refuse one that is not registered."""
    from negotrack.domain.states import STATES  # noqa: PLC0415 - only a refusal pays for it

    for state in STATES.values():
        if key(word) in map(key, (state.code, state.name, *state.aliases)):
            if index.named(negotiation, key(state.code), ("delegation",)):
                return state.code
            raise Rejected(
                f"{state.code} ({state.name}) is not registered in {negotiation}",
                f"register it first: negotrack log delegation {state.code}",
            )
    return word
