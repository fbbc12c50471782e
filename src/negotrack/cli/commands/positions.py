"""``negotrack positions``: who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, reading, resolving
from negotrack.errors import Rejected, Usage
from negotrack.facts.rows import STANCE, merged, of_delegations
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.facts.rows import Matrix
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.positions import OwnWords
    from negotrack.workspace import Workspace


@click.command()
@click.option("--matrix", is_flag=True, help="All at once: delegations by targets, in letters.")
@click.option(
    "--unfold", is_flag=True, help="A line for everybody: also for those who stand alike."
)
@resolving
@click.option(
    "--group", type=NameParam("delegation"), help="Only this group and its members on the day."
)
@reading(kinds=False)
def command(
    asked: Options,
    *,
    matrix: bool,
    unfold: bool,
    own_only: bool,
    own_words: OwnWords,
    group: str | None,
) -> None:
    """Who stands where.

    \b
      negotrack positions --on scope --as-of 2023-09-01
      negotrack positions --by KEN --as-of ahc-6 --known-at 2026-11-24
      negotrack positions --since tuesday --format json
      negotrack positions --matrix --on scope,human-rights,art-6/2 --as-of ahc-6
      negotrack positions --on scope --group EU --as-of ahc-6 --unfold

    A delegation's own last words count, or its vote. Where it said nothing itself, it stands where
    the group stands that it belongs to on that day and that spoke last; the column "via" names the
    group. The column "why" ends with where we know it from. Members that stand somewhere through
    their group are named in its line, unless --unfold asks for a line for each. --on takes several
    targets, with commas between them.
    """
    with workspace() as opened:
        targets = _targets(opened, asked)
        wanted = (asked if targets is None else asked._replace(on=None)).filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by, type=STANCE)
        each = [wanted] if targets is None else [wanted._replace(target=name) for name in targets]
        title = f"Positions in {wanted.negotiation}"
        parties = None if group is None else opened.parties(wanted, group)
        if matrix:
            if asked.accounts == "all":
                raise Usage(
                    "a cell of the matrix has room for one account",
                    "choose --accounts official-first or latest, or leave --matrix out",
                )
            matrices = [
                opened.matrix(one, asked.accounts, own_only=own_only, own_words=own_words)
                for one in each
            ]
            found = merged(matrices) if targets else matrices[0]
            if parties is not None:
                found = of_delegations(found, parties)
            shown = _matrix(opened, asked, wanted, found, unfolded=unfold)
            answered(opened, asked, wanted, "matrix", shown)
            return
        held = [
            position
            for one in each
            for position in opened.positions(
                one, asked.accounts, own_only=own_only, own_words=own_words
            )
        ]
        if parties is not None:
            held = [position for position in held if position.delegation in parties]
        folded = not unfold and asked.form not in answers.FOR_TOOLS
        shown = answers.positions(held, title, folded=folded)
        answered(opened, asked, wanted, "positions", shown)


def _targets(opened: Workspace, asked: Options) -> list[str] | None:
    """Return the targets of a list with commas; None where there is none, or one title with one."""
    if asked.on is None or "," not in asked.on:
        return None
    try:
        opened.resolve(asked.on, *TARGETS, "document", negotiation=asked.negotiation)
    except Rejected:
        words = filter(None, (word.strip() for word in asked.on.split(",")))
        found = [opened.resolve(word, *TARGETS, negotiation=asked.negotiation) for word in words]
        names = {named.name for named in found}
        return sorted(name for name in names if not _parents(name) & names)  # those take it in
    return None


def _parents(target: str) -> set[str]:
    """Return what a target is a part of: ``art-6`` of ``art-6/2``."""
    parts = target.split("/")
    return {"/".join(parts[:length]) for length in range(1, len(parts))}


def _matrix(
    opened: Workspace, asked: Options, wanted: Filter, found: Matrix, *, unfolded: bool
) -> answers.Shown:
    """Return a matrix to be shown; people get a picture of it."""
    shown = answers.matrix(found, f"Positions in {wanted.negotiation}")
    if asked.form in answers.FOR_TOOLS:
        return shown
    from negotrack.projections.positions.memberships import current_memberships
    from negotrack.render.out import width
    from negotrack.views.matrix import drawn

    columns = width() if asked.form == "table" else None
    belongs = current_memberships(opened.index.memberships(wanted))
    picture = drawn(found, belongs, columns, unfolded=unfolded)
    return shown._replace(parts=(picture.grid,), said=shown.said + picture.left_out)
