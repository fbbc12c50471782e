"""What a question asks: of which entries, on which day, as known at which moment, read how.

Whoever builds a query has checked its dates and its names: a :data:`~negotrack.domain.dates.Day` is
a day of the calendar, a :data:`~negotrack.domain.dates.Instant` a moment in the record's form, and
a name is one that the record has. Nobody below checks them again.
"""

from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.domain.dates import END_OF_TIME, Day, Instant, span

if TYPE_CHECKING:
    from typing import Any

Accounts = Literal["official-first", "latest", "all"]
"""Of several accounts of one act: official ones before others, then the one recorded last; the one
recorded last; all."""

POLICIES: tuple[Accounts, ...] = ("official-first", "latest", "all")

OwnWords = Literal["keep", "latest"]
"""Whether a delegation's own words stand for good, or give way to later ones of its group."""


Names = str | tuple[str, ...] | None
"""One name, several of which any will do, or None for whatever there is."""


class When(NamedTuple):
    """The two axes of time: the day in the room, and the moment of what was known.

    Only entries whose last day is on or before ``as_of`` count; with ``possible``, those whose
    first day is. The answer is the one that the record gave at ``known_at`` (UTC); None is now.
    """

    as_of: Day = END_OF_TIME
    known_at: Instant | None = None
    possible: bool = False

    def counts(self, on: str) -> bool:
        """Whether what happened on a date of the record (EDTF) counts by the day."""
        days = span(on)
        return (days.first if self.possible else days.last) <= self.as_of


class Query(NamedTuple):
    """Which entries a question is about; None means any, several names any of them.

    ``since`` leaves out what counted before a day. ``target`` takes in what lies below it
    (``art-6`` takes in ``art-6/2``); ``by`` takes in what others did for a delegation, and it for
    others; ``delegation`` is only what is its own: its stances, its votes. ``type`` is a type of
    entry without its version. ``source`` is looked for in the address, title and publisher of the
    sources, letter case aside.
    """

    negotiation: str
    when: When = When()
    since: Day | None = None
    session: Names = None
    by: Names = None
    delegation: Names = None
    target: Names = None
    type: Names = None
    source: Names = None

    def narrowed(self, **fields: "Any") -> "Query":
        """Return the query with some of its fields replaced."""
        return self._replace(**fields)

    def at(self, **axes: "Any") -> "Query":
        """Return the query with another ``as_of``, ``known_at`` or ``possible``."""
        return self._replace(when=self.when._replace(**axes))

    def of_day(self) -> "Query":
        """Return a query for everything on the same day, as known at the same moment."""
        return Query(self.negotiation, self.when)

    @property
    def one_target(self) -> str:
        """The target of a question about one."""
        assert isinstance(self.target, str)
        return self.target

    @property
    def one_target_or_none(self) -> str | None:
        """The target of a question about one or about everything."""
        return None if self.target is None else self.one_target

    @property
    def one_delegation(self) -> str:
        """The delegation of a question about one."""
        assert isinstance(self.delegation, str)
        return self.delegation

    @property
    def is_whole_cell(self) -> bool:
        """Whether nothing is left out that may decide a position: no session, source or actor."""
        return self.session is None and self.source is None and self.by is None


def several(names: Names) -> tuple[str, ...]:
    """Return the names of a field of a query, of which any will do; none where all will."""
    return (names,) if isinstance(names, str) else names or ()


class Resolution(NamedTuple):
    """How positions are resolved: which account counts, whether groups speak, and whose word wins.

    With ``own_only`` nobody stands where its group does.
    """

    accounts: Accounts = "official-first"
    own_only: bool = False
    own_words: OwnWords = "keep"

    def one_account(self) -> "Resolution":
        """Return the same where there is room for one account of an act: ``all`` shows no more."""
        return self if self.accounts == "latest" else self._replace(accounts="official-first")


OFFICIAL_FIRST = Resolution()
"""How positions are resolved unless anything else is asked for."""
