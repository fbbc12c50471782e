"""What a measurement is, what it should reach, and the table of them all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

FULL_SIZE = 1_000_000
"""The size for which goals of scale are set; smaller histories are shown beside it."""


class Goal(NamedTuple):
    """A bound on the ratio, or on the figure itself where ``absolute``."""

    bound: float
    least: bool = False
    absolute: bool = False

    def words(self, unit: str) -> str:
        """Return the goal as the table shows it."""
        sign = ">=" if self.least else "<="
        return f"{sign} {self.bound:g}{f' {unit}' if self.absolute else ''}"

    def verdict(self, figure: float) -> str:
        """Return whether a figure reaches the goal, and by which factor it does not."""
        short = self.bound / figure if self.least else figure / self.bound
        return "met" if short <= 1 else f"missed by {short:.2f} x"


@dataclass(frozen=True)
class Row:
    """One measurement: what, how much of what unit, beside which yardstick, and the goal."""

    work: str
    measured: float
    unit: str
    yardstick: str
    beside: float
    goal: Goal | None = None

    @property
    def ratio(self) -> float:
        """How many times the yardstick it is."""
        return self.measured / self.beside

    @property
    def verdict(self) -> str:
        """Whether the goal is met; empty where none is set."""
        if self.goal is None:
            return ""
        return self.goal.verdict(self.measured if self.goal.absolute else self.ratio)

    def record(self) -> dict[str, Any]:
        """Return the measurement for a JSON file."""
        goal = self.goal.words(self.unit) if self.goal else None
        return asdict(self) | {"goal": goal, "ratio": self.ratio, "verdict": self.verdict}

    def cells(self) -> list[str]:
        """Return the measurement as a line of the table."""
        goal = self.goal.words(self.unit) if self.goal else ""
        shown = f"{self.measured:,.{_places(self.measured)}f} {self.unit}"
        beside = f"{self.beside:,.{_places(self.beside)}f} {self.unit}"
        return [self.work, shown, self.yardstick, beside, f"{self.ratio:.2f}", goal, self.verdict]


def _places(figure: float) -> int:
    return 1 if abs(figure) < 100 else 0


@dataclass
class Report:
    """All measurements of a run, and what was left out and why."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *row: Any) -> None:
        """Add a measurement: the fields of a :class:`Row`."""
        self.rows.append(Row(*row))

    def note(self, text: str) -> None:
        """Say, once, what was left out and why."""
        if text not in self.notes:
            self.notes.append(text)

    def table(self) -> str:
        """Return the measurements as a table, and the notes below it."""
        from tabulate import tabulate

        headings = ["work", "measured", "yardstick", "beside", "ratio", "goal", ""]
        cells = [row.cells() for row in self.rows]
        align = ["left", "right", "left", "right", "right", "left", "left"]
        shown = tabulate(cells, headings, tablefmt="github", disable_numparse=True, colalign=align)
        return "\n".join([str(shown), *(f"\nNote: {note}." for note in self.notes)])


def at_full_size(size: int, goal: Goal) -> Goal | None:
    """Return a goal that is set for a million entries and more; None for a smaller history."""
    return goal if size >= FULL_SIZE else None
