"""Answers to render: small ones by hand, and any that can be thought of."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from negotrack.render.answer import Answer, Column, Record
from negotrack.render.out import rendered

NASTY = "\x1b[31m<script>alert(1)</script>\u202e|`*_\n\r\t=1+1 \"'&"


def answer(*records: Record, footer: str = "As of 2023-01-16: all.") -> Answer:
    """Return an answer with three columns over records with ``on``, ``by`` and ``what``."""
    columns = (
        Column("on", lambda r: r["on"], most=11),
        Column("by", lambda r: r["by"] or "", most=9),
        Column("what", lambda r: r["what"], wide=True),
    )
    return Answer("Title", list(records), columns, footer)


def record(what: str = "opposed it", on: str = "2023-01-16", by: str | None = "KEN") -> Record:
    """Return a record."""
    return {"on": on, "by": by, "what": what}


def show(given: Answer, form: str, *, raw: bool = False) -> str:
    """Return an answer in a format, as one text."""
    return "".join(rendered(given, form, raw=raw))


def parsed(text: str) -> list[Record]:
    """Return the records that a JSON list holds."""
    records = json.loads(text)
    assert isinstance(records, list)
    return records


WORD = st.text(min_size=1, max_size=70)
RECORDS = st.lists(
    st.builds(record, what=st.text(max_size=300), on=WORD, by=st.none() | WORD),
    min_size=1,
    max_size=5,
)
