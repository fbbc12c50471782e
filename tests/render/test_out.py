from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.errors import Failed
from negotrack.render.out import deliver, width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def failing() -> Iterator[str]:
    """Yield a piece, then fail as a full disk does."""
    yield "half"
    raise OSError(28, "No space left on device")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """The pieces of an answer make up the file, byte for byte."""
    deliver(iter(["a\n", "é\r\n"]), str(tmp_path / "answer"))
    assert "a\né\r\n".encode() == (tmp_path / "answer").read_bytes()


def test_a_failed_answer_leaves_the_old_file(tmp_path: Path) -> None:
    """Where writing fails, the old file stays as it was and nothing lies beside it."""
    old = tmp_path / "answer"
    old.write_text("old")
    with pytest.raises(Failed, match=r"cannot write .*answer: No space left on device"):
        deliver(failing(), str(old))
    assert old.read_text() == "old"
    assert [old] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """An output in a folder that does not exist is refused in a sentence."""
    with pytest.raises(Failed, match="No such file or directory; choose another file"):
        deliver(["x"], str(tmp_path / "nowhere" / "answer"))


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """The file ``-`` is standard output."""
    deliver(["a", "b\n"], "-")
    assert capsys.readouterr().out == "ab\n"


def test_the_width_is_that_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable COLUMNS says how wide a table may be."""
    monkeypatch.setenv("COLUMNS", "57")
    assert width() == 57


@pytest.mark.usefixtures("capfd")
def test_without_a_terminal_the_width_is_80(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a pipe or a file, tables are 80 columns wide."""
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width() == 80
