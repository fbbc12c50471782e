"""Rolls: who answered what, counted from numbers, as it would be counted from entries."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.entry_types import STANCE_TAKEN, VOTE_CAST
from negotrack.domain.specification import answer
from negotrack.facts.query import POLICIES
from negotrack.facts.rolls import Roll, RollQuery
from negotrack.facts.rows import row_of
from negotrack.projections.positions.accounts import chosen_last
from negotrack.workspace import Workspace
from shorthand import DEMO, query, takes, votes
from strategies import ASKED, few, histories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.facts.query import Accounts
    from negotrack.facts.rolls import Rolls

Answers = dict[tuple[bool, str, str | None], dict[str, set[str]]]


def _by_name(rolls: Rolls) -> Answers:
    """Return for each roll the delegations behind each answer."""
    return {
        (roll.is_vote, roll.target, roll.option): {
            word: {name for n, name in enumerate(rolls.holders) if bits >> n & 1}
            for word, bits in roll.answers.items()
        }
        for roll in rolls.rolls
    }


def _plain(kept: list[StoredEntry], day: str, accounts: Accounts = "official-first") -> Answers:
    """Return the same from the specification: the last answer of everybody on everything."""
    last: dict[tuple[bool, str, str], tuple[str | None, str]] = {}
    for row in chosen_last((row_of(0, live, day) for live in answer(kept, day)), accounts):
        if row.type in (STANCE_TAKEN, VOTE_CAST) and row.holder and row.target:
            word = row.stance if row.type == STANCE_TAKEN else row.verdict
            last[row.type == VOTE_CAST, row.target, row.holder] = row.option, word or ""
    answers: Answers = {}
    for (is_vote, target, holder), (option, word) in last.items():
        if word != "none":
            roll = answers.setdefault((is_vote, target, option), {})
            roll.setdefault(word, set()).add(holder)
    return answers


@contextmanager
def _opened(kept: list[StoredEntry]) -> Iterator[Workspace]:
    """Hand out a workspace whose journal has these entries."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "negotrack.toml").touch()
        (root / "events" / DEMO).mkdir(parents=True)
        lines = b"".join(one.line + b"\n" for one in kept)
        (root / "events" / DEMO / "all.jsonl").write_bytes(lines)
        with Workspace(root) as opened:
            yield opened


@settings(few, max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(kept=histories(), day=st.sampled_from(ASKED))
def test_rolls_are_what_the_law_counts(kept: list[StoredEntry], day: str) -> None:
    """Of every vote and stance, exactly the delegations of the specification are in the rolls."""
    with _opened(kept) as opened:
        assert _plain(kept, day) == _by_name(opened.storage.index.slices.rolls(query(DEMO, day)))


def test_a_roll_has_its_days(workspace: Workspace) -> None:
    """A roll says on which days its first and its last answer were given."""
    workspace.log(votes("KEN", "yes", "scope", on="2023-01-16"))
    workspace.log(votes("CHN", "no", "scope", on="2023-01-18"))
    (roll,) = workspace.storage.index.slices.rolls(query(DEMO, "2023-02-01")).rolls
    assert Roll("scope", None, True, "2023-01-16", "2023-01-18", {"yes": 1, "no": 2}) == roll  # noqa: FBT003


def test_a_roll_of_stances_has_its_days(workspace: Workspace) -> None:
    """Choice: the days of a roll of stances are those of the first and the last that stand."""
    workspace.log(takes("AUT", "oppose", "art-6", on="2023-01-12"))
    workspace.log(takes("KEN", "support", "art-6", on="2023-01-16"))
    workspace.log(takes("CHN", "oppose", "art-6", on="2023-01-17"))
    workspace.log(takes("AUT", "support", "art-6", on="2023-01-18"))
    (roll,) = workspace.storage.index.slices.rolls(query(DEMO, "2023-02-01")).rolls
    assert (roll.first, roll.last) == ("2023-01-16", "2023-01-18")


def test_votes_or_stances_can_be_left_out(workspace: Workspace) -> None:
    """Who counts votes need not read stances, nor the other way round."""
    workspace.log(votes("KEN", "yes", "scope"))
    workspace.log(takes("CHN", "support", "scope", option="broad"))
    question = query(DEMO, "2023-02-01")
    assert [
        r.is_vote
        for r in workspace.storage.index.slices.rolls(question, RollQuery(stances=False)).rolls
    ] == [True]
    assert [
        r.option
        for r in workspace.storage.index.slices.rolls(question, RollQuery(votes=False)).rolls
    ] == ["broad"]


CAST = st.tuples(
    st.sampled_from(["KEN", "CHN", "AUT"]),
    st.sampled_from(["scope", "title"]),
    st.sampled_from(["yes", "no", "abstain", "absent"]),
    st.sampled_from(["2023-01-16", "2023-01-17", "2023-01"]),
    st.sampled_from(["official", "reported"]),
)
"""A vote: few who vote, on few things, so that nearly all vote several times."""


@settings(few, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(cast=st.lists(CAST, min_size=1, max_size=8), accounts=st.sampled_from(POLICIES[:2]))
def test_of_several_votes_the_last_counts(cast: list[tuple[str, ...]], accounts: Accounts) -> None:
    """Who votes twice, or by two accounts, counts as the specification says."""
    kept = [
        stamped(votes(by, vote, target, on=on, confidence=confidence, note=str(n)), number=n)
        for n, (by, target, vote, on, confidence) in enumerate(cast)
    ]
    with _opened(kept) as opened:
        question, asked = query(DEMO, "2023-02-01"), RollQuery(latest=accounts == "latest")
        rolls = opened.storage.index.slices.rolls(question, asked)
    assert _plain(kept, "2023-02-01", accounts) == _by_name(rolls)
