"""negotrack: an event-sourced record of multilateral negotiations, asked for any past day.

``__all__`` is the promise of the Python API, described in docs/api.md; everything else is private.
"""

from __future__ import annotations

__version__ = "0.3.0.dev0"

_HOMES = {
    "Workspace": "workspace",
    "Query": "facts.query",
    "Resolution": "facts.query",
    "When": "facts.query",
    "Source": "domain.values",
    "entries": "domain",
    "AnswerRecord": "projections.positions.alignment",
    "Ballot": "projections.votes.votes",
    "Explanation": "projections.evidence.explain",
    "Happening": "projections.positions.timeline",
    "Imported": "use_cases.intake",
    "JudgedDecision": "projections.votes.decisions",
    "Logged": "use_cases.log",
    "LoggedErratum": "use_cases.errata",
    "Matrix": "facts.rows",
    "Position": "projections.positions.positions",
    "ProvisionText": "questions.texts",
    "RegisteredName": "index.registered_names",
    "Report": "questions.entries",
    "RetroactiveChange": "projections.evidence.retroactive",
    "RoomChange": "projections.positions.changes",
    "StanceChange": "projections.evidence.history",
    "Tally": "projections.votes.tally",
    "TallyQuery": "projections.votes.tally",
    "TrendPoint": "projections.votes.trend",
    "Voter": "projections.votes.votes",
    "Busy": "errors",
    "Conflict": "errors",
    "Cure": "errors",
    "Damaged": "errors",
    "NoWorkspace": "errors",
    "Refusal": "errors",
    "Rejected": "errors",
    "RejectedLines": "errors",
    "Usage": "errors",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - names, every one of them


def __getattr__(name: str) -> object:
    """Import a part of the API when it is first used, so that ``--version`` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        home = import_module(f"negotrack.{_HOMES[name]}")
        return (
            import_module("negotrack.domain.entries") if name == "entries" else getattr(home, name)
        )
    raise AttributeError(f"module 'negotrack' has no attribute {name!r}")
