"""A workspace: the record of one or more negotiations, opened. This is the Python API.

A question is asked with keywords (``record.positions(target="scope", as_of="2023-09-01")``) or with
a :class:`~negotrack.facts.query.Query` that was made once (``record.query(...)``), which keywords
narrow. Reading notices a changed journal or store by a few file statuses and catches up first;
writing commits to the store, then completes the journal. Whatever a front end can do is done here,
with typed results.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from negotrack.domain.names import ENGLISH
from negotrack.errors import Cure, NoWorkspace, Usage
from negotrack.places import SETTINGS, find_root
from negotrack.questions.asking import Asker
from negotrack.questions.entries import Entries
from negotrack.questions.names import NameBook
from negotrack.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any, Unpack

    from negotrack.domain.entries import Entry, Erratum
    from negotrack.domain.specification import Effective
    from negotrack.domain.values import Source
    from negotrack.domain.votes import Answer
    from negotrack.facts.query import Accounts, Query, Resolution
    from negotrack.facts.rows import Matrix
    from negotrack.journal.sync import Synced
    from negotrack.projections.evidence.explain import Explanation
    from negotrack.projections.evidence.history import StanceChange
    from negotrack.projections.positions.changes import RoomChange
    from negotrack.projections.positions.timeline import Happening
    from negotrack.projections.votes.tally import Tally, TallyQuery
    from negotrack.projections.votes.trend import TrendPoint
    from negotrack.questions.alignment import Alignment
    from negotrack.questions.asking import (
        Asked,
        AskedCell,
        AskedOfTarget,
        AskedPositions,
        AskedTally,
        AskedTrend,
    )
    from negotrack.questions.positions import Positions
    from negotrack.questions.texts import ProvisionText, TextQuestions
    from negotrack.questions.votes import Votes
    from negotrack.use_cases.describe import Descriptions, EntryDescription, NameDescription
    from negotrack.use_cases.drafting import Draft
    from negotrack.use_cases.errata import Errata, ErratumPreview, LoggedErratum
    from negotrack.use_cases.intake import Imported, Item
    from negotrack.use_cases.log import Logged


class Workspace:
    """An open workspace. Use it as a context manager, or close it.

    ``positions``, ``votes``, ``alignment``, ``texts``, ``entries`` and ``names`` are its questions,
    by what they are about; the methods below are those that are asked most.
    """

    def __init__(self, path: Path | str = ".") -> None:
        """Open the workspace in a folder; :class:`~negotrack.errors.NoWorkspace` where none is."""
        self.storage = Storage(workspace_root(Path(path)))
        self.names = NameBook(self.storage)
        self._asker = Asker(self.names)
        self.entries = Entries(self.storage, self._asker)

    # A question is imported where it is asked: what one costs, the others do not pay.

    @cached_property
    def positions(self) -> Positions:
        """Who stands where, since when and by whose words."""
        from negotrack.questions.positions import Positions

        return Positions(self.storage, self._asker, self.names, self.entries)

    @cached_property
    def votes(self) -> Votes:
        """Who voted how, what was decided, and how a vote would go."""
        from negotrack.questions.votes import Votes

        return Votes(self.storage, self._asker, self.names, self.positions)

    @cached_property
    def alignment(self) -> Alignment:
        """Who agrees with whom."""
        from negotrack.questions.alignment import Alignment

        return Alignment(self.storage, self._asker, self.names, self.positions)

    @cached_property
    def texts(self) -> TextQuestions:
        """What a text says, and what is on the table to change it."""
        from negotrack.questions.texts import TextQuestions

        return TextQuestions(self.storage, self._asker, self.names)

    @classmethod
    def find(cls, start: Path | str = ".") -> Self:
        """Open the nearest workspace from a folder upward."""
        return cls(find_root(Path(start).resolve()))

    @classmethod
    def create(cls, path: Path | str = ".") -> Self:
        """Make a folder a workspace, and open it; :class:`~negotrack.errors.Conflict` if it is."""
        from negotrack.use_cases.create import create_workspace

        root = Path(path).resolve()
        create_workspace(root)
        return cls(root)

    def __enter__(self) -> Self:
        """Return the workspace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self.close()

    def close(self) -> None:
        """Close the store and the index."""
        self.storage.close()

    @property
    def notices(self) -> list[str]:
        """What a person should be told, such as a clock that is behind."""
        return self.storage.notices

    # -- asking -------------------------------------------------------------------------------

    def query(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> Query:
        """Return what is asked as a query, every name and every date in it checked.

        It can be put to any number of questions. Of a query given, what is not asked stays as it is
        there. :class:`~negotrack.errors.Rejected` for a date
        that is none and for a name that nothing has, with suggestions.
        """
        return self._asker.query(query, asked)

    def timeline(
        self, query: Query | None = None, /, *, bookkeeping: bool = False, **asked: Unpack[Asked]
    ) -> list[Happening]:
        """Return what happened, in canonical order; with ``bookkeeping`` also registrations."""
        return self.entries.timeline(query, bookkeeping=bookkeeping, **asked)

    def replay(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> Iterator[Effective]:
        """Yield the entries that count, in canonical order."""
        return self.entries.replay(query, **asked)

    def matrix(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedPositions],
    ) -> Matrix:
        """Return who stands where on everything, at once: the stances alone."""
        return self.positions.matrix(query, resolution, **asked)

    def history(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[StanceChange]:
        """Return how positions came about, by target and then in order."""
        return self.positions.history(query, accounts, **asked)

    def explain(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedCell],
    ) -> Explanation:
        """Return why one delegation stands where it does on one target."""
        return self.positions.explain(query, resolution, **asked)

    def changes(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[RoomChange]:
        """Return what changed in the room from the day ``since`` on, in order."""
        return self.positions.changes(query, accounts, **asked)

    def tally(  # noqa: PLR0913 - as much as a tally can be asked
        self,
        query: Query | None = None,
        /,
        question: TallyQuery | None = None,
        resolution: Resolution | None = None,
        *,
        option: str | None = None,
        undeclared: Answer = "abstain",
        supposing: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        groups: Iterable[str] = (),
        rule: str | None = None,
        **asked: Unpack[AskedTally],
    ) -> Tally:
        """Return how the room stands on one target, and what each rule of decision would give.

        ``option`` is the answer to an issue that would be voted on, ``undeclared`` what those
        without a position would do, ``supposing`` delegations with the stances that they are
        supposed to take, ``groups`` those that are counted apart, ``rule`` the only one.
        """
        return self.votes.tally(
            query,
            question,
            resolution,
            option=option,
            undeclared=undeclared,
            supposing=supposing,
            groups=groups,
            rule=rule,
            **asked,
        )

    def trend(
        self,
        query: Query | None = None,
        /,
        step: str = "day",
        resolution: Resolution | None = None,
        *,
        option: str | None = None,
        group: str | None = None,
        **asked: Unpack[AskedTrend],
    ) -> list[TrendPoint]:
        """Return how many stood where on one target, over time.

        At the end of every ``day``, ``month`` or ``year`` in which that changed, or of every
        ``session``; of the states, or of the members of a ``group``.
        """
        return self.votes.trend(query, step, option, group, resolution, **asked)

    def text(
        self, query: Query | None = None, /, language: str = ENGLISH, **asked: Unpack[AskedOfTarget]
    ) -> list[ProvisionText]:
        """Return what the text says on a day: all of it, or provisions and those below them."""
        return self.texts.text(query, language, **asked)

    # -- writing ------------------------------------------------------------------------------

    def log(self, draft: Entry | str, /, *, dry_run: bool = False, **fields: Any) -> Logged:
        """Log an entry: one that was made, or of a kind with its fields as people give them.

        ``log("stance", by="Kenya", target="art-6/2", stance="reserve", on="2023-08-23")`` resolves
        names and aliases, and puts the entry into the session that sat that day. A fact that the
        record holds already adds nothing. The entry is acknowledged when this returns.
        """
        from negotrack.use_cases.drafting import Draft
        from negotrack.use_cases.log import log

        if fields and not isinstance(draft, str):
            raise Usage("an entry has its fields already", "log it as it is, or a kind with fields")
        drafted = self._drafted(draft, fields) if isinstance(draft, str) else Draft(draft)
        return log(self.storage, drafted, dry_run=dry_run)

    def _drafted(self, noun: str, fields: dict[str, Any]) -> Draft:
        from negotrack.domain.catalogue import kind_named
        from negotrack.use_cases.correct import draft_erratum
        from negotrack.use_cases.drafting import Draft, Drafting

        kind = kind_named(noun)
        if "entry" in kind.cls.__struct_fields__:
            return Draft(draft_erratum(self.errata, kind, fields))
        return Drafting(self.names).draft(kind, fields)

    @property
    def errata(self) -> Errata:
        """The corrections and retractions of the record."""
        from negotrack.use_cases.errata import Errata

        return Errata(self.storage, self.names, self.entries)

    def correct(  # noqa: PLR0913 - as many as a correction has fields
        self,
        entry: str,
        set_: Mapping[str, Any] | None = None,
        /,
        *,
        reason: str,
        on: str | date = "today",
        sources: Iterable[Source | str] = (),
        dry_run: bool = False,
        **fields: Any,
    ) -> LoggedErratum:
        """Replace fields of an earlier entry, which is kept as it was logged.

        ``entry`` is an id, or a unique beginning of one; ``set_`` takes the fields whose names are
        no identifiers or are keywords here.
        """
        from negotrack.use_cases.correct import correct

        errata = self.errata
        about = errata.entry_to_amend(entry)
        given = {**(set_ or {}), **fields}
        if not given:
            raise Usage("a correction sets at least one field", "give a field and its value")
        return correct(errata, about, given, reason, on, sources, dry_run=dry_run)

    def retract(
        self,
        entry: str,
        /,
        *,
        reason: str,
        on: str | date = "today",
        sources: Iterable[Source | str] = (),
        dry_run: bool = False,
    ) -> LoggedErratum:
        """Withdraw an earlier entry: it is kept, and does not count any more."""
        from negotrack.use_cases.retract import retract

        errata = self.errata
        about = errata.entry_to_amend(entry)
        return retract(errata, about, reason, on, sources, dry_run=dry_run)

    def undo(self, *, reason: str = "undone", dry_run: bool = False) -> LoggedErratum:
        """Retract the last entry that was logged under one's name and that still counts."""
        from negotrack.use_cases.undo import undo

        return undo(self.errata, reason, dry_run=dry_run)

    def preview(self, erratum: Erratum) -> ErratumPreview:
        """Return what a correction or a retraction would change."""
        return self.errata.preview(erratum)

    def import_(
        self, items: Iterable[Item | Entry], *, keep_going: bool = False, dry_run: bool = False
    ) -> Imported:
        """Take in many entries, all of them or none; with ``keep_going``, all that can be.

        Each item is an entry, counted as a line, or a line number and what reads the entry of that
        line. An entry may come before the one that it depends on. Raises
        :class:`~negotrack.errors.RejectedLines`.
        """
        from negotrack.use_cases.intake import numbered, take_in

        return take_in(self.storage, numbered(items), keep_going=keep_going, dry_run=dry_run)

    # -- describing ---------------------------------------------------------------------------

    @property
    def descriptions(self) -> Descriptions:
        """Everything that the record says about one thing."""
        from negotrack.use_cases.describe import Descriptions

        return Descriptions(
            self.storage, self.names, self.entries, self.positions, self.votes, self.texts
        )

    def describe(
        self, what: str, query: Query | None = None, /, **asked: Unpack[Asked]
    ) -> NameDescription | EntryDescription:
        """Return everything about a name, or about the entry that the beginning of an id means."""
        from negotrack.domain.canonical import StoredEntry

        given = asked.get("negotiation") if query is None else query.negotiation
        subject = self.descriptions.subject(what, given)
        if isinstance(subject, StoredEntry):
            if query is None:
                asked["negotiation"] = subject.entry.negotiation
            return self.descriptions.entry(subject, self._asker.query(query, asked))
        return self.descriptions.name(subject, self._asker.query(query, asked))

    # -- keeping ------------------------------------------------------------------------------

    def sync(self) -> Synced:
        """Make store and journal hold the same entries; a no-op where they already do."""
        return self.storage.sync()

    def rebuild(self, *, store: bool = False) -> int:
        """Make the index anew from the store, or the store from the journal; return the count."""
        return self.storage.rebuild(store=store)


def workspace_root(path: Path) -> Path:
    """Return the root of the workspace in a folder; refuse a folder that is none."""
    root = path.resolve()
    if not (root / SETTINGS).is_file():
        raise NoWorkspace(
            f"{root} is no workspace: it has no {SETTINGS}",
            Cure.by("make-workspace", "make one first, or name the folder of one"),
        )
    return root
