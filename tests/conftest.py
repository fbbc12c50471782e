"""What tests share: stories about entries, a clock that stands still, and the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import msgspec
import pytest

from negotrack.cli import main as cli_main
from negotrack.domain.canonical import StoredEntry, encode, typed
from negotrack.domain.register import Register
from negotrack.domain.rules import errata
from negotrack.domain.rules.decide import decide
from negotrack.domain.specification import answer
from negotrack.errors import Cure, Refusal
from negotrack.facts.rows import row_of
from negotrack.projections.positions.positions import positions
from negotrack.workspace import Workspace
from shorthand import DEMO, THE_ROOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from negotrack.domain.entries import Entry
    from negotrack.domain.rules.names import Uses

ROOT = Path(__file__).parent.parent
NOON = datetime(2023, 3, 1, 12, tzinfo=UTC)


def stamped(draft: Entry, number: int = 0) -> StoredEntry:
    """Seal a draft as if it had been logged on 1 March 2023, a second apart."""
    at = (NOON + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return encode(
        msgspec.structs.replace(
            draft, recorded_at=draft.recorded_at or at, recorded_by="tester", tool="negotrack test"
        )
    )


class Scenario:
    """A story: given these entries, when this is logged, then that holds. No file is touched."""

    def __init__(self) -> None:
        """Begin with an empty record."""
        self.kept: list[StoredEntry] = []
        self.refusal: Refusal | None = None

    def with_errata(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata, as the rules ask for it."""
        group = [k for k in self.kept if k.id == entry_id]
        for kept in self.kept:
            if getattr(kept.entry, "entry", None) == entry_id:
                group += self.with_errata(kept.id)
        return group

    def register(self, negotiation: str) -> Register:
        """Return the names of a negotiation, as the rules ask for them."""
        return Register(negotiation, self.kept)

    def uses(self, negotiation: str, apart: str) -> Uses:  # noqa: ARG002
        """Return what counts the entries that count, but for one, as the rules ask for it."""

        def count(text: str, rests: Callable[[Entry], bool]) -> int:
            needle = f'"{text}"'.encode()
            roots = {errata.root_of(k.id, self)[0] for k in self.kept if needle in k.line}
            groups = {root: self.with_errata(root) for root in roots - {apart}}
            entries = [errata.counting(root, group) for root, group in groups.items()]
            return sum(entry is not None and rests(entry) for entry in entries)

        return count

    def inapplicable(self, drafts: Sequence[StoredEntry]) -> Iterable[Refusal]:  # noqa: ARG002
        """Return what the texts do not admit: in a story they admit everything."""
        return ()

    def given(self, *drafts: Entry) -> Self:
        """Log entries that must be let in."""
        for draft in drafts:
            self.when(draft)
            if self.refusal is not None:
                raise self.refusal
        return self

    def when(self, draft: Entry) -> Self:
        """Log one more entry, which may be refused."""
        self.refusal = None
        try:
            kept = stamped(typed(draft), len(self.kept))
            decide((kept,), self)
        except Refusal as refusal:
            self.refusal = refusal
        else:
            self.kept.append(kept)
        return self

    def then_logged(self) -> Self:
        """The last entry was let in."""
        assert self.refusal is None
        return self

    def then_refused(self, *words: str, code: int = 3) -> Self:
        """The last entry was refused, in a sentence with these words and with this exit code."""
        assert self.refusal is not None, "it was let in"
        for word in words:
            assert word in str(self.refusal)
        assert code == self.refusal.exit_code
        return self

    def then_cure(self, action: str, **details: str) -> Self:
        """The cure of the refusal is this action, with these details."""
        assert self.refusal is not None, "it was let in"
        assert isinstance(self.refusal.cure, Cure)
        assert (action, details) == (self.refusal.cure.action, dict(self.refusal.cure.details))
        return self

    def then_position(
        self, delegation: str, target: str, stance: str | None, *, as_of: str, **more: Any
    ) -> Self:
        """By the specification, a delegation has this stance on a day; None for undeclared."""
        rows = [row_of(n, live) for n, live in enumerate(answer(self.kept, as_of))]
        standing = {(p.delegation, p.target): p for p in positions(rows)}
        position = standing.get((delegation, target))
        assert (None if position is None else position.stance) == stance
        for name, value in more.items():
            assert getattr(position, name) == value
        return self

    def id_of(self, number: int = -1) -> str:
        """Return the id of a logged entry, by default the last."""
        return self.kept[number].id


@pytest.fixture
def scenario() -> Scenario:
    """Return an empty story."""
    return Scenario()


@pytest.fixture
def room() -> Scenario:
    """Return a story in which the usual room is set up."""
    return Scenario().given(*THE_ROOM)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the clock stand at noon on 1 March 2023; the fixture sets it to another moment."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("negotrack.clock.now", lambda: moment)

    set_clock(NOON)
    return set_clock


@pytest.fixture
def folder(tmp_path: Path, clock: Callable[[datetime], None]) -> Path:  # noqa: ARG001
    """Return an empty workspace folder, with the clock standing still."""
    root = tmp_path / "workspace"
    (root / "events").mkdir(parents=True)
    (root / "negotrack.toml").write_text(f'negotiation = "{DEMO}"\n')
    return root


@pytest.fixture
def workspace(folder: Path) -> Workspace:
    """Return an open workspace in which the usual room is set up."""
    opened = Workspace(folder)
    opened.import_([(n, lambda d=draft: d) for n, draft in enumerate(THE_ROOM, 1)])  # type: ignore[misc]
    return opened


class Result(NamedTuple):
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str


def records(out: str) -> list[dict[str, Any]]:
    """Return the records of an answer in JSON, which says before them what it is about."""
    answered = json.loads(out)
    assert list(answered) == ["about", "records"]
    assert isinstance(answered["about"], dict)
    assert isinstance(answered["records"], list)
    return answered["records"]


def about(out: str) -> dict[str, Any]:
    """Return what an answer in JSON says that it is about."""
    fields = json.loads(out)["about"]
    assert isinstance(fields, dict)
    return fields


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Result]:
    """Return what runs a command in this process: ``run("timeline", "s-1", at=folder)``."""

    def runner(*words: str, at: Path | None = None, columns: int = 80) -> Result:
        monkeypatch.setenv("COLUMNS", str(columns))
        where = [] if at is None else ["-C", str(at)]
        monkeypatch.setattr(sys, "argv", ["negotrack", *where, *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli_main.main()
        out, err = capfd.readouterr()
        code = ended.value.code
        return Result(code if isinstance(code, int) else 0, out, err)

    return runner


@pytest.fixture
def program() -> Callable[..., Result]:
    """Return what runs the installed program in a process of its own."""

    def runner(
        *words: str, at: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> Result:
        where = [] if at is None else ["-C", str(at)]
        done = subprocess.run(
            [sys.executable, "-m", "negotrack", *where, *words],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            env={**os.environ, "COLUMNS": "80", **(env or {})},
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return runner


@pytest.fixture(scope="session")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the treaty record, a workspace that tests only read."""
    import shutil

    root = tmp_path_factory.mktemp("treaty")
    shutil.copytree(ROOT / "events", root / "events")
    shutil.copy(ROOT / "negotrack.toml", root)
    return root
