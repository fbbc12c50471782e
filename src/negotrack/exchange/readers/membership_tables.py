"""Memberships of groups in a plain table: one row for each time of belonging."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import END_OF_TIME, span
from negotrack.errors import Rejected
from negotrack.exchange.flat import entry_of
from negotrack.exchange.readers.drafts import each, sourced, whole
from negotrack.exchange.readers.tables import Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.exchange.readers.drafts import Item, Names

COLUMNS = Columns(("member", "group", "from"), ("until", "source", "note"))
MOST = 100_000
"""The most memberships that one input may have: each is compared with the others."""


_Days = tuple[str, str]


class MembershipPeriod(NamedTuple):
    """A time of belonging, as dated; ``until`` is None while it lasts.

    ``where`` says who has it: ``line 7`` of the table, or the record.
    """

    member: str
    group: str
    since: str
    until: str | None
    where: str = "the record"

    @property
    def days(self) -> _Days:
        """When it certainly lasted, as ISO dates: its first day, and the first day after it."""
        return span(self.since).last, span(self.until).first if self.until else END_OF_TIME


def drafts(
    rows: Iterable[tuple[int, dict[str, str]]],
    negotiation: str,
    names: Names,
    recorded: Iterable[MembershipPeriod],
) -> Iterator[Item]:
    """Yield for each row a joining and, where it has ended, a leaving.

    Refused are rows that end before they begin, that share days with another membership of the same
    delegation in the same group, of the table or ``recorded``, and by which a group would be a
    member of itself through others.
    """
    known = MembershipNames(recorded)

    def both(numbered: tuple[int, dict[str, str]]) -> Iterator[Entry]:
        line, row = numbered
        whole(row)
        spell = _spell(row, names, line)
        known.add(spell)
        about = sourced(row) | ({"note": row["note"]} if row.get("note") else {})
        ends = [("joining", spell.since)]
        if spell.until is not None:
            ends.append(("leaving", spell.until))
        for type_, on in ends:
            cells = about | {"type": type_, "on": on, "by": spell.member, "group": spell.group}
            yield entry_of(cells, negotiation)  # type: ignore[misc]

    return each(((line, (line, row)) for line, row in rows), both)


def _spell(row: dict[str, str], names: Names, line: int) -> MembershipPeriod:
    since, until = row["from"], row.get("until") or None
    if not since:
        raise Rejected("a membership without its first day", "fill the column `from`")
    if until is not None and span(until).last < span(since).first:
        raise Rejected(f"it ends on {until}, before it begins on {since}", "mend one of them")
    for column in ("member", "group"):
        if not row[column]:
            raise Rejected(f"a membership without a {column}", f"fill the column `{column}`")
    day = span(since).last
    member, group = names.delegation(row["member"], day), names.delegation(row["group"], day)
    return MembershipPeriod(member, group, since, until, f"line {line}")


class MembershipNames:
    """The memberships known so far: those of the record, and those of the input before."""

    def __init__(self, recorded: Iterable[MembershipPeriod]) -> None:
        """Begin with the memberships of the record."""
        self._of: dict[str, list[MembershipPeriod]] = {}
        self._rows = 0
        for spell in recorded:
            self._of.setdefault(spell.member, []).append(spell)

    def add(self, spell: MembershipPeriod) -> None:
        """Take in one more; refuse what cannot be beside the others."""
        if self._rows >= MOST:
            raise Rejected(f"more than {MOST:,} memberships", "split the input")
        own = self._of.get(spell.member, [])
        for other in own:
            if not _says_more(spell, other):
                _refuse_shared_days(spell, other)
        through = self._path(spell.group, spell.member, spell.days, set())
        if through:
            raise Rejected(
                f"{spell.member} would be a member of itself:"
                f" {' in '.join((spell.member, *through))}",
                "a group cannot belong to one of its members",
            )
        self._rows += 1
        self._of[spell.member] = [other for other in own if not _says_more(spell, other)] + [spell]

    def _path(
        self, member: str, group: str, days: _Days, tried: set[tuple[str, _Days]]
    ) -> tuple[str, ...]:
        """Return through whom one belongs to another on some of the days, empty for not at all."""
        if member == group:
            return (member,)
        if (member, days) in tried:
            return ()
        tried.add((member, days))
        for spell in self._of.get(member, ()):
            shared = max(days[0], spell.days[0]), min(days[1], spell.days[1])
            if shared[0] < shared[1]:
                path = self._path(spell.group, group, shared, tried)
                if path:
                    return (member, *path)
        return ()


def _says_more(spell: MembershipPeriod, other: MembershipPeriod) -> bool:
    """Whether one says of another what is known of it, or that it has ended."""
    is_same = spell.group == other.group and spell.since == other.since
    return is_same and other.until in (None, spell.until)


def _refuse_shared_days(spell: MembershipPeriod, other: MembershipPeriod) -> None:
    shared = max(spell.days[0], other.days[0]), min(spell.days[1], other.days[1])
    if spell.group == other.group and shared[0] < shared[1]:
        lasts = f"until {other.until}" if other.until else "without an end"
        raise Rejected(
            f"{spell.member} is a member of {spell.group} already: from {other.since} {lasts},"
            f" by {other.where}",
            "mend the dates",
        )
