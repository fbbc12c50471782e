"""The synthetic treaty is one: its files can be taken in, and everything in them has its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from negotrack.workspace import Workspace
from shorthand import query

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "treaty.py"
SMALL = ("--articles", "8", "--drafts", "7", "--amendments", "120")


def generated(folder: Path) -> Path:
    """Return the files of a small treaty."""
    subprocess.run([sys.executable, str(SCRIPT), str(folder), *SMALL], check=True, timeout=60)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of a small treaty, to be read."""
    return generated(tmp_path_factory.mktemp("treaty"))


def test_the_same_seed_gives_the_same_treaty(files: Path, tmp_path: Path) -> None:
    """To the last byte."""
    again = generated(tmp_path)
    names = sorted(str(path.relative_to(files)) for path in files.rglob("*.*"))
    assert len(names) == 2 + 2 * 7
    for name in names:
        assert (files / name).read_bytes() == (again / name).read_bytes()


def test_everything_in_it_has_its_place(
    files: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    """No amendment acts on words that are not there, and the drafts say what plain files say."""
    run("init", str(tmp_path))
    for path in (files / "names.jsonl", *sorted(files.glob("*.md")), files / "acts.jsonl"):
        form = ["--as", "draft"] if path.suffix == ".md" else []
        assert run("import", str(path), *form, at=tmp_path).code == 0
    plain = (files / "plain" / "draft-07.txt").read_text(encoding="utf-8")
    with Workspace(tmp_path) as opened:
        texts = opened.texts(query(opened.names.negotiation()))
        offers = texts.drafting.offers.values()
        assert (len(offers), texts.drafting.stray) == (120, [])
        assert [offer.slug for offer in offers if offer.trouble is not None] == []
        assert {offer.depth for offer in offers} == {1, 2}
        assert any(p.address != p.readings[0].address for p in texts.drafting.provisions)
        paragraphs = [
            f"{address} {worded.text}" for address, worded in texts.document("draft-07").items()
        ]
        assert [
            " ".join(paragraph.split("\n")).strip() for paragraph in plain.split("\n\n")
        ] == paragraphs
