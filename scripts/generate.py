"""Write a synthetic negotiation as canonical JSON Lines, the same for the same seed.

    python scripts/generate.py 100000 --seed 7 > entries.jsonl

193 delegations, 169 targets, ten sessions over five years; six in a hundred entries are logged
late. The first lines bring the names, so the output can be imported as it is.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from negotrack.domain import entries as e
from negotrack.domain.lines import seal
from negotrack.domain.states import STATES
from negotrack.domain.values import Grade, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

NEGOTIATION = "synthetic"
DELEGATIONS = 193
TARGETS = 169
SESSIONS = 10
FIRST_DAY = date(2019, 1, 1)
DAYS = 5 * 365
LATE = 0.06
_STANCES: tuple[Grade, ...] = ("support", "accept", "reserve", "oppose", "block")


def entries(count: int, seed: int) -> Iterator[e.Entry]:
    """Yield ``count`` entries, names first, in the order in which they were recorded."""
    chance = random.Random(seed)
    made = 0
    for draft in _names(_stamp(FIRST_DAY, 0)):
        made += 1
        yield draft
    codes = sorted(STATES)[:DELEGATIONS]
    for number in range(count - made):
        day = FIRST_DAY + timedelta(days=number * DAYS // max(count, 1))
        happened = day
        if chance.random() < LATE:
            happened = day - timedelta(days=chance.randrange(1, 200))
        yield _deed(chance, codes, happened, _stamp(day, number % 1_000_000), number)


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
    for state in list(STATES.values())[:DELEGATIONS]:
        yield e.DelegationRegistered(
            on=on, delegation=state.code, kind="state", name=state.name, **stamp
        )
    for number in range(TARGETS):
        yield e.ProvisionRegistered(
            on=on, provision=f"art-{number // 3 + 1}/{number % 3 + 1}", **stamp
        )


def _deed(
    chance: random.Random, codes: list[str], day: date, stamp: dict[str, Any], number: int
) -> e.Entry:
    target = chance.randrange(TARGETS)
    common: dict[str, Any] = {
        "on": day.isoformat(),
        "session": session_of(day),
        "by": chance.choice(codes),
        "target": f"art-{target // 3 + 1}/{target % 3 + 1}",
        "sources": (Source(address=f"https://example.org/record/{number}", title="A record"),),
        "confidence": "reported",
        **stamp,
    }
    if chance.random() < 0.1:
        return e.StatementMade(says=f"Remark number {number} on the text", **common)
    return e.StanceTaken(
        stance=chance.choice(_STANCES), reason=f"for reason {number}", **common
    )  # fmt: skip


def main() -> None:
    """Write the lines to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    for entry in entries(asked.count, asked.seed):
        sys.stdout.buffer.write(seal(entry).line + b"\n")


if __name__ == "__main__":
    main()
