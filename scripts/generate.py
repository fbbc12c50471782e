"""Write a synthetic negotiation as canonical JSON Lines, the same for the same seed.

    python scripts/generate.py 100000 --seed 7 > entries.jsonl

193 delegations, 169 targets, ten sessions over five years; six in a hundred entries are logged
late. The first lines bring the names, so the output can be imported as it is. Beside what grows
with the count there is what does not: a cell of 40 stances, spread over all the years, and a
session of 200 entries. So the same question has as many rows at every size.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from typing import TYPE_CHECKING, Any

from negotrack.domain import entries as e
from negotrack.domain.canonical import encode
from negotrack.domain.states import STATES
from negotrack.domain.values import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.stances import Grade

NEGOTIATION = "synthetic"
DELEGATIONS = 193
TARGETS = 169
SESSIONS = 10
FIRST_DAY = date(2019, 1, 1)
DAYS = 5 * 365
LATE = 0.06
SIDE_CELL = ("KEN", "art-60/1")
SIDE_STANCES = 40
SIDE_SESSION = "s-side"
SIDE_ENTRIES = 200
_SIDE_DAY = date(2021, 3, 1)
_STANCES: tuple[Grade, ...] = ("support", "accept", "reserve", "oppose", "block")


def entries(count: int, seed: int) -> Iterator[e.Entry]:
    """Yield ``count`` entries, names first, in the order in which they were recorded.

    The names and what does not grow with the count are always there: some 620 entries.
    """
    chance = random.Random(seed)
    count_so_far = SIDE_STANCES + SIDE_ENTRIES
    for draft in _names(_stamp(FIRST_DAY, 0)):
        count_so_far += 1
        yield draft
    codes = sorted(STATES)[:DELEGATIONS]
    rest = max(count - count_so_far, 0)
    yield from merge(
        _deeds(chance, codes, rest),
        _side_cell(),
        _side_session(codes),
        key=lambda entry: entry.recorded_at,
    )


def _deeds(chance: random.Random, codes: list[str], count: int) -> Iterator[e.Entry]:
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number * DAYS // count)
        happened = day
        if chance.random() < LATE:
            happened = day - timedelta(days=chance.randrange(1, 200))
        # those of one day are fewer than a million, so the numbers rise with the days
        yield _deed(chance, codes, happened, _stamp(day, number), number)


def _side_cell() -> Iterator[e.Entry]:
    by, target = SIDE_CELL
    for number in range(SIDE_STANCES):
        day = FIRST_DAY + timedelta(days=number * DAYS // SIDE_STANCES)
        grade = _STANCES[number % len(_STANCES)]
        yield e.StanceTaken(stance=grade, **_common(day, by, target, f"cell/{number}"))


def _side_session(codes: list[str]) -> Iterator[e.Entry]:
    for number in range(SIDE_ENTRIES):
        day = _SIDE_DAY + timedelta(days=number * 3 // SIDE_ENTRIES)
        by, target = codes[number % len(codes)], _target(number % TARGETS)
        about = _common(day, by, target, f"session/{number}") | {"session": SIDE_SESSION}
        yield e.StanceTaken(stance=_STANCES[number % len(_STANCES)], **about)


def _common(day: date, by: str, target: str, page: str) -> dict[str, Any]:
    """Return what every deed says; this one was recorded on the evening of the same day."""
    return {
        "on": day.isoformat(),
        "by": by,
        "target": target,
        "reason": f"for reason {page}",
        "sources": (Source(address=f"https://example.org/record/{page}", title="A record"),),
        **_stamp(day, 0),
    }


def _target(number: int) -> str:
    return f"art-{number // 3 + 1}/{number % 3 + 1}"


def _stamp(day: date, microsecond: int) -> dict[str, Any]:
    moment = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    moment += timedelta(microseconds=microsecond)
    return {
        "recorded_at": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "recorded_by": "generator",
        "tool": "negotrack generator",
        "negotiation": NEGOTIATION,
    }


def session_of(day: date) -> str | None:
    """Return the session that sits on a day: the first twelve days of every half year."""
    half = (day - FIRST_DAY).days // 182
    sits = (day - FIRST_DAY).days % 182 < 12 and 0 <= half < SESSIONS
    return f"s-{half + 1}" if sits else None


def _names(stamp: dict[str, Any]) -> Iterator[e.Entry]:
    on = FIRST_DAY.isoformat()
    yield e.NegotiationOpened(on=on, title="A synthetic negotiation", **stamp)
    for number in range(SESSIONS):
        first = FIRST_DAY + timedelta(days=182 * number)
        days = f"{first}/{first + timedelta(days=11)}"
        city, zone = ("Vienna", "Europe/Vienna") if number % 2 else ("New York", "America/New_York")
        yield e.SessionScheduled(
            on=on, session=f"s-{number + 1}", title=f"Session {number + 1}", city=city, zone=zone,
            days=days, **stamp,
        )  # fmt: skip
    yield e.SessionScheduled(
        on=on, session=SIDE_SESSION, title="Side session", city="Vienna", zone="Europe/Vienna",
        days=f"{_SIDE_DAY}/{_SIDE_DAY + timedelta(days=2)}", **stamp,
    )  # fmt: skip
    for state in list(STATES.values())[:DELEGATIONS]:
        yield e.DelegationRegistered(
            on=on, delegation=state.code, kind="state", name=state.name, **stamp
        )
    for provision in (*map(_target, range(TARGETS)), SIDE_CELL[1]):
        yield e.ProvisionRegistered(on=on, provision=provision, **stamp)


def _deed(
    chance: random.Random, codes: list[str], day: date, stamp: dict[str, Any], number: int
) -> e.Entry:
    common: dict[str, Any] = {
        "on": day.isoformat(),
        "session": session_of(day),
        "target": _target(chance.randrange(TARGETS)),
        "by": chance.choice(codes),
        "sources": (Source(address=f"https://example.org/record/{number}", title="A record"),),
        "confidence": "reported",
        **stamp,
    }
    if chance.random() < 0.1:
        return e.StatementMade(says=f"Remark number {number} on the text", **common)
    return e.StanceTaken(stance=chance.choice(_STANCES), reason=f"for reason {number}", **common)


def main() -> None:
    """Write the lines to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    for entry in entries(asked.count, asked.seed):
        sys.stdout.buffer.write(encode(entry).line + b"\n")


if __name__ == "__main__":
    main()
