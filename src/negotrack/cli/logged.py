"""Corrections and retractions on their way out: what was logged, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.cli.options import say

if TYPE_CHECKING:
    from negotrack.use_cases.errata import LoggedErratum


def say_erratum(logged: LoggedErratum, *, dry_run: bool, json: bool) -> None:
    """Print what a correction or a retraction did."""
    from negotrack.views.entries import erratum_lines, erratum_record

    lines = erratum_lines(logged, dry_run=dry_run)
    say(erratum_record(logged, dry_run=dry_run), lines, json=json)
