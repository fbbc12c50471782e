"""An answer on its way out: in the format that was asked for, to where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.views.basis import Basis

if TYPE_CHECKING:
    from negotrack.cli.options import Options
    from negotrack.facts.query import Query
    from negotrack.render.answer import Answer
    from negotrack.render.arranging import Arrangement
    from negotrack.views.shown import Shown
    from negotrack.workspace import Workspace


def answered(
    opened: Workspace,
    asked: Options,
    query: Query,
    kind: str,
    shown: Shown,
) -> None:
    """Print an answer with its heading, what it rests on, and what the record does not cover."""
    report = opened.entries.report(query, shown.entries)
    basis = Basis(query, report, asked.accounts, asked.typed)
    put(
        basis.answer(kind, shown),
        asked.form,
        asked.output,
        raw=asked.raw,
        arrangement=asked.arrangement,
    )


def put(
    answer: Answer,
    form: str,
    output: str | None,
    *,
    raw: bool = False,
    arrangement: Arrangement | None = None,
) -> None:
    """Print an answer in a format, arranged as asked: to a file, a pager or standard output."""
    from negotrack.render.formats import FOR_TOOLS
    from negotrack.render.out import deliver, rendered

    if arrangement is not None:
        from negotrack.render.arranging import arranged

        answer = arranged(answer, arrangement, for_tools=form in FOR_TOOLS)
    is_drawn = bool(answer.parts) or answer.passages is not None
    color = False
    if is_drawn:
        from negotrack.render.tones import use_color  # records have no colours

        color = use_color(output)
    pieces = rendered(answer, form, raw=raw, color=color)
    if form not in FOR_TOOLS:
        from negotrack.cli.pager import page, pages  # tools have no use for it

        if pages(output):
            page(pieces)
            return
    deliver(pieces, output)
