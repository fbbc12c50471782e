"""When an answer has colors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from negotrack.render.tones import painted, use_color

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what sets the terminal and the environment."""

    def set_up(*, is_terminal: bool = True, **variables: str) -> None:
        for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)

    return set_up


def test_a_terminal_has_colors(terminal: Callable[..., None]) -> None:
    """On a terminal there are colors, in a pipe and in a file there are none."""
    terminal(TERM="xterm")
    assert use_color()
    assert use_color("-")
    assert not use_color("answer.txt")
    terminal(is_terminal=False)
    assert not use_color()


def test_a_dumb_terminal_has_none(terminal: Callable[..., None]) -> None:
    """A terminal that says it is dumb gets no escape sequence."""
    terminal(TERM="dumb")
    assert not use_color()


def test_no_color_means_none(terminal: Callable[..., None]) -> None:
    """``NO_COLOR`` goes before everything, unless it is empty."""
    terminal(NO_COLOR="1", FORCE_COLOR="1")
    assert not use_color()
    terminal(NO_COLOR="")
    assert use_color()


def test_colors_can_be_forced(terminal: Callable[..., None]) -> None:
    """``FORCE_COLOR`` gives colors to a pipe, and none where it is 0."""
    terminal(is_terminal=False, FORCE_COLOR="1")
    assert use_color()
    assert not use_color("answer.txt")
    terminal(FORCE_COLOR="0")
    assert not use_color()


def test_what_is_plain_stays_plain() -> None:
    """A tone without a color, and blanks, get no escape sequence."""
    assert painted("S", "plain", color=True) == "S"
    assert painted("  ", "for", color=True) == "  "
    assert painted("S", "for", color=False) == "S"
