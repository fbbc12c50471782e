"""What we learned between two moments: late entries, and what past answers they change.

An answer about a past day can change without anything happening in the room: because an entry was
logged late, corrected or retracted. A *retroactive change* is one such entry,
with the days of which the answer is another since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import TAKEN_BACK, in_words
from negotrack.projections.positions.accounts import chosen_last
from negotrack.projections.positions.timeline import happening

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from negotrack.facts.query import Accounts
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.timeline import Happening


class ChangedAnswer(NamedTuple):
    """A past answer that changed: from the day ``first`` through ``last``, None for until now.

    ``entry`` is the id of the one that changed it, ``before`` and ``after`` are stances, None for
    undeclared.
    """

    entry: str
    delegation: str
    target: str
    first: str
    last: str | None
    before: str | None
    after: str | None


class RetroactiveChange(NamedTuple):
    """An entry of which we know more, or otherwise, than before.

    ``kind`` is ``learned``, ``corrected`` or ``retracted``; ``happening`` is the entry as it counts
    now, or counted before it was retracted; ``was`` is what it said before a correction.
    """

    kind: str
    happening: Happening
    was: Happening | None
    changed_answers: tuple[ChangedAnswer, ...]


def retroactive_changes(
    before: Iterable[Row], after: Iterable[Row], effects: Iterable[ChangedAnswer]
) -> list[RetroactiveChange]:
    """Return the entries that counted otherwise, or not at all, before or after, in order.

    ``effects`` are the answers that they changed, of :func:`changed_answers`.
    """
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    caused: dict[str, list[ChangedAnswer]] = {}
    for effect in effects:
        caused.setdefault(effect.entry, []).append(effect)
    changes = []
    for row in sorted({**old, **new}.values(), key=lambda row: row.sort_key):
        was, now = old.get(row.id), new.get(row.id)
        if was is not None and now is not None and _bare(was) == _bare(now):
            continue
        kind = "learned" if was is None else "retracted" if now is None else "corrected"
        earlier = happening(was) if kind == "corrected" and was is not None else None
        changes.append(
            RetroactiveChange(kind, happening(row), earlier, tuple(caused.get(row.id, ())))
        )
    return changes


def _bare(row: Row) -> Row:
    return row._replace(corrected=False, possible=False)


def changed_answers(
    before: Iterable[Row],
    after: Iterable[Row],
    touched: Collection[str],
    accounts: Accounts = "official-first",
) -> Iterator[ChangedAnswer]:
    """Yield the days of which one cell's answer changed, from its ordered stances then and now.

    ``touched`` are the ids of the entries that came in, or changed, between the two.
    """
    old, new = list(chosen_last(before, accounts)), list(chosen_last(after, accounts))
    days = sorted({row.last for row in (*old, *new)})
    standings: list[tuple[str, Row | None, Row | None]] = [
        (day, _standing(old, day), _standing(new, day)) for day in days
    ]
    open_: ChangedAnswer | None = None
    for day, was, now in standings:
        words = _words(was), _words(now)
        by = next((row.id for row in (now, was) if row is not None and row.id in touched), None)
        if open_ is not None and (words[0] == words[1] or _differs(open_, words, by)):
            yield open_._replace(last=_day_before(day))
            open_ = None
        if open_ is None and words[0] != words[1]:
            cell = now or was
            assert cell is not None
            assert cell.holder is not None
            assert cell.target is not None
            cause = by or min(touched, default="")
            open_ = ChangedAnswer(cause, cell.holder, cell.target, day, None, *words)
    if open_ is not None:
        yield open_


def _differs(effect: ChangedAnswer, words: tuple[str | None, str | None], by: str | None) -> bool:
    return (effect.before, effect.after) != words or (by is not None and by != effect.entry)


def _standing(rows: list[Row], day: str) -> Row | None:
    last = None
    for row in rows:
        if row.last > day:
            break
        last = row
    return last


def _words(row: Row | None) -> str | None:
    if row is None or row.stance == TAKEN_BACK:
        return None
    return in_words(row.stance, row.option)


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
