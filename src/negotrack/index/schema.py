"""The index file: tables, and the version that makes an older file be built anew."""

from __future__ import annotations

APPLICATION_ID = 0x6E656769  # "negi"
LAYOUT = 1

TABLES = """
CREATE TABLE tracking (store TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, live INTEGER NOT NULL,
    negotiation TEXT NOT NULL, type TEXT NOT NULL, on_ TEXT NOT NULL, first TEXT NOT NULL,
    last TEXT NOT NULL, at TEXT NOT NULL, ord INTEGER NOT NULL, recorded_at TEXT NOT NULL,
    recorded_by TEXT, session TEXT, by_ TEXT, for_ TEXT, target TEXT, names TEXT, holder TEXT,
    stance TEXT, option TEXT, via TEXT, condition TEXT, reason TEXT, confidence TEXT NOT NULL,
    summary TEXT NOT NULL, source TEXT NOT NULL, sources TEXT NOT NULL,
    note TEXT, corrected INTEGER NOT NULL
);
CREATE TABLE erratum (about TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (about, id)) WITHOUT ROWID;
CREATE TABLE name (
    negotiation TEXT NOT NULL, noun TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
    detail TEXT NOT NULL, first TEXT, last TEXT, id TEXT NOT NULL,
    PRIMARY KEY (negotiation, name)
) WITHOUT ROWID;
CREATE TABLE alias (
    negotiation TEXT NOT NULL, key TEXT NOT NULL, noun TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (negotiation, key, noun, name)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX IF NOT EXISTS entry_by_day ON entry (last);
CREATE INDEX IF NOT EXISTS entry_by_session ON entry (session, last) WHERE session IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_by_target ON entry (target, holder, last) WHERE target IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_corrected ON entry (negotiation, type) WHERE corrected;
CREATE INDEX IF NOT EXISTS entry_by_holder ON entry (holder, last) WHERE holder IS NOT NULL;
"""
"""Made after the rows of a first catch-up, which is quicker than keeping them on the way."""
