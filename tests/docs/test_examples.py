"""The Python of the documents runs, and says what the documents say."""

from __future__ import annotations

import doctest
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from docs.pages import PAGES, blocks

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name
)
def test_python_blocks_run(
    page: Path, treaty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocks of a document, run one after the other in a copy of the record, hold."""
    folder = tmp_path / "treaty"
    shutil.copytree(treaty, folder, ignore=shutil.ignore_patterns(".negotrack"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NEGOTRACK_RECORDER", "you")
    monkeypatch.setattr("negotrack.clock.now", lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    names: dict[str, Any] = {}
    failures: list[str] = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    for block in blocks(page, "python"):
        if ">>> " not in block.text:
            exec(compile(block.text, f"{page.name}:{block.line}", "exec"), names)  # noqa: S102 - the document is ours
            continue
        parsed = doctest.DocTestParser().get_doctest(
            block.text, names, page.name, str(page), block.line
        )
        runner.run(parsed, out=failures.append, clear_globs=False)
        names = parsed.globs
    assert "".join(failures) == ""
