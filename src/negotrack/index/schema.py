"""The index file: tables, and the version that makes an older file be built anew.

``entry`` has a row for each entry as it was logged (``row`` is its notification id) and, where
errata changed it, one for each later version (``row`` below zero). Everything in it is a number:
days are ``YYYYMMDD``, moments of recording microseconds since 1970, names are numbers in ``word``.
The words of an entry stay in its line; those of a corrected one are in ``revision``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from negotrack.domain.dates import Day

APPLICATION_ID = 0x6E656769  # "negi"
LAYOUT = 7

EVER = 1 << 62
"""A moment of recording after all others: ``known_until`` of what still counts."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST_MOMENT = (datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH) // _MICROSECOND

OPTION_STEP = 8
"""The code of a stance (:data:`negotrack.domain.stances.CODES`) has the number of its option
added to it, counted in steps of 8. The code of an entry that has no cell and is a vote is the
vote's."""

MEMBERSHIP_CODE = -1
"""The code of what begins or ends a membership."""

TEXT_CODE, ELSEWHERE_CODE = -2, -3
"""The codes of what is about a text (:data:`~negotrack.domain.entry_types.TEXTS`): about its
target, or about more of it as well (a new provision, a former one, a whole draft)."""

JOINING = f"code = {MEMBERSHIP_CODE}"
"""The condition for what begins or ends a membership, and for the index over it."""

WORDING = f"code <= {TEXT_CODE}"
"""The condition for what is about a text, and for the index over it."""

VOTING = "cell IS NULL AND code >= 0"
"""The condition for a vote, and for the index over votes."""


def day(text: str) -> int:
    """Return a day ``YYYY-MM-DD`` as a number that orders as it does."""
    return int(text.replace("-", ""))


def dashed(number: int) -> Day:
    """Return the day that a number stands for."""
    return Day(f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}")


def moment(instant: str) -> int:
    """Return a moment of recording in microseconds since 1970."""
    return (datetime.fromisoformat(instant) - _EPOCH) // _MICROSECOND


def day_after(moment: int) -> int:
    """Return the day after a moment of recording: the latest of any deed recorded by then."""
    after = _EPOCH + timedelta(microseconds=min(moment, _LAST_MOMENT), days=1)
    return after.year * 10_000 + after.month * 100 + after.day


LONG = "first / 100 < last / 100"
"""The condition for an entry whose days are not of one month, and for the index over these."""

KNOWN = "known_from <= :known AND known_until > :known"
"""The condition for a version of an entry that was what was known at a moment."""

TABLES = """
CREATE TABLE tracking (store TEXT NOT NULL, position INTEGER NOT NULL,
    oldest TEXT NOT NULL, newest TEXT NOT NULL, extended INTEGER NOT NULL);
CREATE TABLE word (n INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE TABLE cell (
    n INTEGER PRIMARY KEY, negotiation INTEGER NOT NULL, holder INTEGER NOT NULL,
    target INTEGER NOT NULL, rewritten INTEGER NOT NULL DEFAULT 0,
    UNIQUE (negotiation, target, holder)
);
CREATE TABLE entry (
    row INTEGER PRIMARY KEY, seq INTEGER NOT NULL, negotiation INTEGER NOT NULL,
    type INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, at INTEGER NOT NULL,
    ord INTEGER NOT NULL, recorded INTEGER NOT NULL, tie INTEGER NOT NULL, session INTEGER,
    by_ INTEGER, holder INTEGER, target INTEGER, names INTEGER, cell INTEGER, code INTEGER,
    official INTEGER NOT NULL, ahead INTEGER NOT NULL,
    known_from INTEGER NOT NULL, known_until INTEGER NOT NULL
);
CREATE TABLE checkpoint (
    negotiation INTEGER NOT NULL, day INTEGER NOT NULL, codes BLOB NOT NULL, knowns BLOB NOT NULL,
    UNIQUE (negotiation, day)
);
CREATE TABLE layout (
    negotiation INTEGER PRIMARY KEY, last INTEGER NOT NULL, names TEXT NOT NULL,
    cells BLOB NOT NULL
);
CREATE TABLE revision (row INTEGER PRIMARY KEY, line TEXT NOT NULL);
CREATE TABLE erratum (about TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (about, id)) WITHOUT ROWID;
CREATE INDEX erratum_itself ON erratum (id);
CREATE TABLE name (
    negotiation TEXT NOT NULL, noun TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
    detail TEXT NOT NULL, first TEXT, last TEXT, zone TEXT, id TEXT NOT NULL,
    PRIMARY KEY (negotiation, name)
) WITHOUT ROWID;
CREATE TABLE alias (
    negotiation TEXT NOT NULL, key TEXT NOT NULL, noun TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (negotiation, key, noun, name)
) WITHOUT ROWID;
"""

INDEXES = f"""
CREATE INDEX IF NOT EXISTS entry_version ON entry (seq) WHERE row < 0;
CREATE INDEX IF NOT EXISTS entry_by_day ON entry (last);
CREATE INDEX IF NOT EXISTS entry_spanning ON entry (last) WHERE first < last;
CREATE INDEX IF NOT EXISTS entry_long ON entry (last) WHERE {LONG};
CREATE INDEX IF NOT EXISTS entry_ahead ON entry (last) WHERE ahead;
CREATE INDEX IF NOT EXISTS cell_by_holder ON cell (negotiation, holder);
CREATE INDEX IF NOT EXISTS cell_rewritten ON cell (n) WHERE rewritten;
CREATE INDEX IF NOT EXISTS entry_by_session ON entry (session, last) WHERE session IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_by_target ON entry (target, last) WHERE cell IS NULL;
CREATE INDEX IF NOT EXISTS entry_naming ON entry (names) WHERE names IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_by_holder ON entry (holder, last) WHERE cell IS NULL;
CREATE INDEX IF NOT EXISTS entry_by_speaker ON entry (by_) WHERE by_ <> holder;
CREATE INDEX IF NOT EXISTS entry_by_knowing ON entry (known_from);
CREATE INDEX IF NOT EXISTS entry_superseded ON entry (known_until)
    WHERE known_until < {EVER};
CREATE INDEX IF NOT EXISTS entry_voting ON entry (
    last, at, ord, official, recorded, tie, holder, target, code, negotiation,
    known_from, known_until, cell
) WHERE {VOTING};
CREATE INDEX IF NOT EXISTS entry_membership ON entry (negotiation, last) WHERE {JOINING};
CREATE INDEX IF NOT EXISTS entry_wording ON entry (negotiation, target, names, last)
    WHERE {WORDING};
CREATE INDEX IF NOT EXISTS entry_by_cell ON entry (
    cell, last, at, ord, official, recorded, tie, known_from, known_until, code
) WHERE cell IS NOT NULL;
"""
"""Made after the rows of a first catch-up, which is quicker than keeping them on the way.

Stances are found by their cell, so the indexes by target and holder are of what has none.
"""
