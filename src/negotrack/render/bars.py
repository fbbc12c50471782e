"""Bars: for each row some figures and a bar of letters, as long as the figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.render import harmless
from negotrack.render.answer import Column, Part
from negotrack.render.tones import Tone, painted

if TYPE_CHECKING:
    from negotrack.render.answer import Record

_GAP = 2
_SHORTEST = 8


class BarSegment(NamedTuple):
    """A part of a bar: its letter, its tone, and how many it stands for."""

    letter: str
    tone: Tone
    number: int


class Bar(NamedTuple):
    """A row: its label, its segments, and what else there is to say about it."""

    label: str
    segments: tuple[BarSegment, ...]
    figures: tuple[str, ...]


class Bars(NamedTuple):
    """Bars under each other, on one scale; ``headings`` are of the labels and of the figures."""

    headings: tuple[str, ...]
    bars: tuple[Bar, ...]

    def drawn(self, width: int, *, color: bool) -> str:
        """Return the drawing and its scale; empty without bars."""
        if not self.bars:
            return ""
        rows = [(harmless.cell(bar.label), *bar.figures) for bar in self.bars]
        widths = [max(map(len, column)) for column in zip(self.headings, *rows, strict=True)]
        room = max(width - sum(widths) - _GAP * len(widths), _SHORTEST)
        most = max(sum(s.number for s in bar.segments) for bar in self.bars)
        lines = [_beside(self.headings, widths), "  ".join("-" * n for n in widths)]
        for bar, row in zip(self.bars, rows, strict=True):
            drawn = _bar(bar.segments, most, room, color=color)
            lines.append(f"{_beside(row, widths)}  {drawn}".rstrip())
        return "\n".join(lines) + f"\n\n{_scale(most, room)}"

    def part(self) -> Part:
        """Return the figures as a table."""
        rows: list[Record] = [{"cells": (bar.label, *bar.figures)} for bar in self.bars]
        columns = tuple(
            Column(heading, lambda r, at=at: r["cells"][at], wide=at == 0)  # type: ignore[misc]
            for at, heading in enumerate(self.headings)
        )
        return Part("", rows, columns)


def _beside(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([f"{first[0]:{first[1]}}", *(f"{cell:>{n}}" for cell, n in others)])


def _bar(segments: tuple[BarSegment, ...], most: int, room: int, *, color: bool) -> str:
    lengths = _lengths([s.number for s in segments], most, room)
    drawn = zip(segments, lengths, strict=True)
    return "".join(painted(s.letter * n, s.tone, color=color) for s, n in drawn)


def _lengths(counts: list[int], most: int, room: int) -> list[int]:
    """Return how long segments are: in proportion, and nobody who is there is left out.

    Where all fit, a letter is one delegation.
    """
    if most <= room:
        return counts
    ends, sofar = [0], 0
    for count in counts:
        sofar += count
        ends.append(round(sofar * room / most))
    lengths = [max(end - start, min(count, 1)) for start, end, count in _steps(ends, counts)]
    while sum(lengths) > room:  # what was lifted to one letter is taken from the longest
        lengths[lengths.index(max(lengths))] -= 1
    return lengths


def _steps(ends: list[int], counts: list[int]) -> list[tuple[int, int, int]]:
    return list(zip(ends[:-1], ends[1:], counts, strict=True))


def _scale(most: int, room: int) -> str:
    if most <= room:
        return "Each letter of a bar is one delegation."
    return f"The longest bar stands for {most} delegations: a letter for {most / room:.1f}."
