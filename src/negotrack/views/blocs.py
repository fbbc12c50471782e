"""Blocs, and all with all, as ``negotrack alignment`` shows them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from negotrack.errors import Usage
from negotrack.render.answer import Column, Record
from negotrack.render.grid import Block, Cell, Grid, GridLine, columns_in
from negotrack.views import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from negotrack.projections.positions.alignment import Agreement
    from negotrack.projections.positions.blocs import Blocs
    from negotrack.render.tones import Tone

NEAR = "0.75"
"""How far the members of a bloc agree with each other's, where nothing else is asked."""

_CURE = "write a number of blocs such as 4, or an agreement between 0 and 1 such as 0.75"
_SELF, _NONE, _ALL = "--", "..", "**"
_KEY = (
    f"Agreement in hundredths: {_ALL} is 100, {_NONE} nothing shared."
    " Shared: the fewest and the most items behind the figures of a line."
)
_CLOSE, _FAR = 0.75, 0.25


def found_blocs(pairs: Sequence[Agreement], wanted: str) -> Blocs:
    """Return the blocs for what was typed: how many, or how far their members agree."""
    from negotrack.projections.positions.blocs import blocs

    if wanted.isascii() and wanted.isdigit() and int(wanted):
        return blocs(pairs, count=int(wanted))
    try:
        share = float(wanted)
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise Usage(f"--blocs {wanted} is neither a number nor a share", _CURE)
    return blocs(pairs, agreement=share)


def shown_blocs(found: Blocs, title: str) -> answers.Shown:
    """Return blocs to be shown, numbered, the biggest first."""
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
        for number, bloc in enumerate(found.blocs, 1)
    ]
    said = f"{answers.counted(len(records), 'bloc')}{_left_out(found)}"
    return answers.Shown(f"Blocs: {title}", records, columns, said, len(records))


def _left_out(found: Blocs) -> str:
    count = len(found.left_out)
    return f"; {answers.counted(count, 'delegation')} left out for want of items" if count else ""


def shown_matrix(
    pairs: Sequence[Agreement], found: Blocs, title: str, width: int | None
) -> answers.Shown:
    """Return all with all, in the order of the blocs; at a width, the first that have room."""
    order = [name for bloc in found.blocs for name in bloc.delegations] + list(found.left_out)
    room = len(order) if width is None else columns_in(width, len(_SELF), after=len("shared"))
    shown = order[:room]
    cells = {(a, b): pair for pair in pairs for a, b in _both(pair)}
    bloc_of = {d: n for n, bloc in enumerate(found.blocs, 1) for d in bloc.delegations}
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
    said = answers.counted(len(shown), "delegation")
    if len(shown) < len(order):
        said += f" of {len(order)}: choose with --among, or ask for another --format"
    grid = Grid("no", tuple(shown), tuple(_blocks(records, shown)), _KEY, "shared", legend=False)
    title = f"All with all: {title}"
    return answers.Shown(title, records, (), said, len(pairs), parts=(grid,))


def _both(pair: Agreement) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.one, pair.other), (pair.other, pair.one)


def _blocks(records: list[Record], shown: Sequence[str]) -> Iterator[Block]:
    """Yield the rows bloc by bloc; those that are in none come last."""
    for bloc, group in groupby(records, key=lambda record: record["bloc"]):
        its = list(group)
        heading = "In no bloc" if bloc is None else f"Bloc {bloc}"
        yield Block(f"{heading} ({len(its)})", tuple(_line(record, shown) for record in its))


def _line(record: Record, shown: Sequence[str]) -> GridLine:
    label = f"{record['number']:02} {record['delegation']}"
    return GridLine(label, tuple(_cell(record, other) for other in shown), _shared(record))


def _cell(record: Record, other: str) -> Cell:
    if other == record["delegation"]:
        return Cell(_SELF, "faint")
    agreed = record["agreement"].get(other)
    if agreed is None:
        return Cell(_NONE, "faint")
    letters = f"{round(agreed * 100):02}".replace("100", _ALL)
    tone: Tone = "for" if agreed >= _CLOSE else "against" if agreed <= _FAR else "between"
    return Cell(letters, tone, f"{agreed:.2f}")


def _shared(record: Record) -> str:
    """Return the fewest and the most items behind the figures of a line."""
    counts = record["shared"].values()
    return "-".join(map(str, sorted({min(counts), max(counts)}))) if counts else ""
