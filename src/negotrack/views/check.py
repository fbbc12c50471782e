"""What a check found: which rule, where, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.render.answer import Record

_COLUMNS = (
    Column("rule", lambda r: r["rule"], most=18),
    Column("where", lambda r: r["where"], most=30),
    Column("finding", lambda r: r["finding"], wide=True),
)


def findings(records: Sequence[Record]) -> Shown:
    """Return findings, each with its ``rule``, ``where`` it is, and the ``finding``."""
    return Shown("Check", records, _COLUMNS, counted(len(records), "finding"), len(records))
