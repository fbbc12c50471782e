"""Questions about the text of a treaty, beside what git takes for the same drafts."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from benching.processes import BARE, answer, medians, taken_in_turn, work
from benching.report import Goal
from benching.yardsticks import CLICK_APP

if TYPE_CHECKING:
    from benching.report import Report
    from benching.treaties import Treaty

ACCEPTED = 500
_WITHIN = Goal(1)
_APPS = 2
_OF_BLAME = Goal(3)
_A_SECOND = Goal(1000, absolute=True)
_DIFF = "2 click apps + git diff --word-diff"


def texts(report: Report, treaty: Treaty, rounds: int) -> None:
    """Measure commands about the whole text, each as a process of its own, in turn."""
    before, after = (draft.stem for draft in treaty.plain[-2:])
    took = taken_in_turn(
        {
            "click": [*BARE, CLICK_APP],
            "git diff": _diff(treaty),
            "git blame": treaty.git("--no-pager", "blame", "treaty.txt"),
            "text": treaty.command("text"),
            f"redline {before} {after}": treaty.command("redline", before, after),
            "open": treaty.command("open"),
            "blame": treaty.command("blame"),
        },
        rounds,
    )
    allowed = _APPS * took["click"] + took["git diff"]
    for name in ("text", f"redline {before} {after}", "open"):
        report.add(f"{name}, whole treaty", took[name] * 1000, "ms", _DIFF, allowed * 1000, _WITHIN)
    report.add(
        "blame, whole treaty", took["blame"] * 1000, "ms", "git blame, by lines",
        took["git blame"] * 1000, _OF_BLAME,
    )  # fmt: skip
    _consolidate(report, treaty, rounds, took["git diff"])


def _consolidate(report: Report, treaty: Treaty, rounds: int, diff: float) -> None:
    command = work("consolidating", treaty.root, ACCEPTED)
    figures = medians(answer(command) for _ in range(rounds))
    report.add(
        f"consolidate {ACCEPTED}", figures["seconds"] * 1000, "ms", "git diff --word-diff",
        diff * 1000, _A_SECOND,
    )  # fmt: skip


def _diff(treaty: Treaty) -> list[str]:
    """Return the command that compares two drafts; git ends with 1 where they differ."""
    drafts = " ".join(shlex.quote(str(draft)) for draft in treaty.plain[-2:])
    return ["sh", "-c", f"git --no-pager diff --no-index --word-diff {drafts}; test $? -le 1"]
