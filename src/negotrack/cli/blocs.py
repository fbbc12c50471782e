"""Blocs, and all with all, as ``negotrack alignment`` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.cli import views
from negotrack.errors import Usage
from negotrack.render.answer import Column, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.projections.alignment import Agreement
    from negotrack.projections.clustering import Blocs

NEAR = "0.75"
"""How far the members of a bloc agree with each other's, where nothing else is asked."""

_CURE = "write a number of blocs such as 4, or an agreement between 0 and 1 such as 0.75"
_SELF, _NONE, _ALL = "--", "..", "**"
_BESIDE = 32
"""The columns of a matrix that are no cells: numbers, names, items and what lies between."""
_CELL = 3
_FEWEST = 5


def found_blocs(pairs: Sequence[Agreement], wanted: str) -> Blocs:
    """Return the blocs for what was typed: how many, or how far their members agree."""
    from negotrack.projections.clustering import blocs  # noqa: PLC0415

    if wanted.isascii() and wanted.isdigit() and int(wanted):
        return blocs(pairs, count=int(wanted))
    try:
        share = float(wanted)
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise Usage(f"--blocs {wanted} is neither a number nor a share", _CURE)
    return blocs(pairs, agreement=share)


def shown_blocs(found: Blocs, title: str) -> views.Shown:
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
    said = f"{views.counted(len(records), 'bloc')}{_left_out(found)}"
    return views.Shown(f"Blocs: {title}", records, columns, said, len(records))


def _left_out(found: Blocs) -> str:
    count = len(found.left_out)
    return f"; {views.counted(count, 'delegation')} left out for want of items" if count else ""


def shown_matrix(
    pairs: Sequence[Agreement], found: Blocs, title: str, width: int | None
) -> views.Shown:
    """Return all with all, in the order of the blocs; at a width, the first that have room."""
    order = [name for bloc in found.blocs for name in bloc.delegations] + list(found.left_out)
    room = len(order) if width is None else max((width - _BESIDE) // _CELL, _FEWEST)
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
    columns = (
        Column("no", lambda r: f"{r['number']:02}"),
        Column("delegation", lambda r: r["delegation"], most=12),
        Column(
            " ".join(f"{n:02}" for n in range(1, len(shown) + 1)),
            lambda r: " ".join(_cell(r, other) for other in shown),
            wide=True,
        ),
        Column("shared", _shared),
    )
    said = f"agreement in hundredths, {_ALL} for 100; {views.counted(len(shown), 'delegation')}"
    if len(shown) < len(order):
        said += f" of {len(order)}: choose with --among, or ask for another --format"
    return views.Shown(f"All with all: {title}", records, columns, said, len(pairs))


def _both(pair: Agreement) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.one, pair.other), (pair.other, pair.one)


def _cell(record: Record, other: str) -> str:
    if other == record["delegation"]:
        return _SELF
    agreed = record["agreement"].get(other)
    hundredths = None if agreed is None else round(agreed * 100)
    return _NONE if hundredths is None else f"{hundredths:02}".replace("100", _ALL)


def _shared(record: Record) -> str:
    """Return the fewest and the most items behind the figures of a line."""
    counts = record["shared"].values()
    return f"{min(counts)}-{max(counts)}" if counts else ""
