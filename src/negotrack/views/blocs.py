"""Blocs of delegations that agree, and the agreement of all with all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.render.grid import Block, Cell, Grid, GridLine, columns_in
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from negotrack.projections.positions.alignment import Agreement
    from negotrack.projections.positions.blocs import Blocs
    from negotrack.render.tones import Tone

_SELF, _NONE, _ALL = "--", "..", "**"
_KEY = (
    f"Agreement in hundredths: {_ALL} is 100, {_NONE} nothing shared."
    " Shared: the fewest and the most items behind the figures of a line."
)
_CLOSE, _FAR = 0.75, 0.25


def blocs(clusters: Blocs, title: str) -> Shown:
    """Return blocs, numbered, the biggest first."""
    columns = (
        Column("bloc", lambda r: str(r["bloc"])),
        Column("size", lambda r: str(r["size"])),
        Column("agreement", lambda r: "" if r["agreement"] is None else f"{r['agreement']:.2f}"),
        Column("shared", lambda r: "" if r["shared"] is None else f"{r['shared']:,}+"),
        Column("delegations", lambda r: ", ".join(r["delegations"]), wide=True),
    )
    records = [
        {
            "bloc": number,
            "size": len(bloc.delegations),
            "agreement": bloc.agreement,
            "shared": bloc.shared,
            "delegations": list(bloc.delegations),
        }
        for number, bloc in enumerate(clusters.blocs, 1)
    ]
    summary = f"{counted(len(records), 'bloc')}{_left_out(clusters)}"
    return Shown(f"Blocs: {title}", records, columns, summary, len(records))


def _left_out(clusters: Blocs) -> str:
    count = len(clusters.left_out)
    return f"; {counted(count, 'delegation')} left out for want of items" if count else ""


def all_with_all(
    pairs: Sequence[Agreement], clusters: Blocs, title: str, width: int | None, hint: str = ""
) -> Shown:
    """Return the agreement of all with all, in the order of their blocs.

    At a width, of the first that have room; ``hint`` tells how to see the others.
    """
    order = [name for bloc in clusters.blocs for name in bloc.delegations]
    order += clusters.left_out
    room = len(order) if width is None else columns_in(width, len(_SELF), after=len("shared"))
    shown = order[:room]
    cells = {(a, b): pair for pair in pairs for a, b in _both(pair)}
    bloc_of = {d: n for n, bloc in enumerate(clusters.blocs, 1) for d in bloc.delegations}
    records = [
        {
            "number": number,
            "delegation": name,
            "bloc": bloc_of.get(name),
            "agreement": {o: cells[name, o].agreement for o in shown if (name, o) in cells},
            "shared": {o: cells[name, o].shared for o in shown if (name, o) in cells},
        }
        for number, name in enumerate(shown, 1)
    ]
    summary = counted(len(shown), "delegation")
    if len(shown) < len(order):
        summary += f" of {len(order)}{f': {hint}' if hint else ''}"
    grid = Grid("no", tuple(shown), tuple(_blocks(records, shown)), _KEY, "shared", legend=False)
    return Shown(f"All with all: {title}", records, (), summary, len(pairs), parts=(grid,))


def _both(pair: Agreement) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.one, pair.other), (pair.other, pair.one)


def _blocks(records: list[Record], shown: Sequence[str]) -> Iterator[Block]:
    """Yield the rows bloc by bloc; those that are in none come last."""
    for bloc, group in groupby(records, key=lambda record: record["bloc"]):
        members = list(group)
        heading = "In no bloc" if bloc is None else f"Bloc {bloc}"
        yield Block(f"{heading} ({len(members)})", tuple(_line(r, shown) for r in members))


def _line(record: Record, shown: Sequence[str]) -> GridLine:
    label = f"{record['number']:02} {record['delegation']}"
    return GridLine(label, tuple(_cell(record, other) for other in shown), _shared(record))


def _cell(record: Record, other: str) -> Cell:
    if other == record["delegation"]:
        return Cell(_SELF, "faint")
    agreement = record["agreement"].get(other)
    if agreement is None:
        return Cell(_NONE, "faint")
    letters = f"{round(agreement * 100):02}".replace("100", _ALL)
    tone: Tone = "for" if agreement >= _CLOSE else "against" if agreement <= _FAR else "between"
    return Cell(letters, tone, f"{agreement:.2f}")


def _shared(record: Record) -> str:
    """Return the fewest and the most items behind the figures of a line."""
    counts = record["shared"].values()
    return "-".join(map(str, sorted({min(counts), max(counts)}))) if counts else ""
