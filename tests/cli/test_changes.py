from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from shorthand import DEMO, amendment, correction, joined, query, retraction, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

Run = Any


@pytest.fixture
def moved(workspace: Workspace, folder: Path, clock: Callable[[datetime], None]) -> Path:
    """Return a room in which something moved, and of which something was learned later."""
    first = workspace.log(takes("KEN", "reserve", "art-6/2", on="2023-01-16"))
    workspace.log(takes("KEN", "reserve", "art-6/2", on="2023-01-17", reason="Again"))
    workspace.log(takes("KEN", "support", "art-6/2", on="2023-01-18"))
    workspace.log(amendment("ken-1", "art-6/2", "KEN", on="2023-01-18"))
    workspace.log(joined("AUT", "EU", on="2023-01-19"))
    wrong = workspace.log(takes("CHN", "block", "scope", on="2023-01-19"))
    clock(datetime(2023, 3, 15, 12, tzinfo=UTC))
    workspace.log(takes("KEN", "oppose", "art-6/2", on="2023-01-17", order=2))
    workspace.log(correction(first.id, on="2023-03-15", stance="accept"))
    workspace.log(retraction(wrong.id, on="2023-03-15"))
    workspace.close()
    return folder


def _records(result: Result) -> list[dict[str, Any]]:
    assert result.code == 0, result.err
    return json.loads(result.out)["records"]  # type: ignore[no-any-return]


def test_what_moved_in_the_room(run: Run, moved: Path) -> None:
    """Between two days: stances with what they were before, amendments, memberships."""
    words = "changes --from 2023-01-16 --to 2023-01-19 --format json"
    changes = _records(run(*words.split(), at=moved))
    assert [(r["by"], r["type"], r["was"], r["now"]) for r in changes] == [
        ("KEN", "stance.taken", "accept", "reserve"),
        ("KEN", "stance.taken", "reserve", "oppose"),
        ("KEN", "stance.taken", "oppose", "support"),
        ("KEN", "amendment.moved", None, None),
        ("AUT", "group.joined", None, None),
    ]


def test_a_stance_that_repeats_what_was_held_is_no_change(run: Run, moved: Path) -> None:
    """As it was known before the correction, the second stance only repeated the first."""
    words = "changes --from 2023-01-16 --to 2023-01-17 --known-at 2023-03-02"
    result = run(*words.split(), at=moved)
    assert "0 changes (1 stance repeated what was held)" in " ".join(result.out.split())


def test_changes_of_a_session_a_delegation_and_a_target(run: Run, moved: Path) -> None:
    """Changes can be asked for a part of the record."""
    words = ("changes", "--since", "s-1", "--to", "s-1", "--format", "json")
    assert len(_records(run(*words, "--by", "AUT", at=moved))) == 1
    assert len(_records(run(*words, "--target", "art-6", at=moved))) == 5
    assert len(_records(run(*words, "--session", "s-1", at=moved))) == 1


def test_what_we_learned(run: Run, moved: Path) -> None:
    """Between two moments: what was logged late, corrected, retracted, and what it changed."""
    words = "changes --known-from 2023-03-02 --known-to 2023-03-16 --as-of 2023-03-31"
    result = run(*words.split(), "--format", "json", at=moved)
    lessons = {(r["lesson"], r["by"], r["on"]): r for r in _records(result)}
    assert set(lessons) == {
        ("corrected", "KEN", "2023-01-16"),
        ("learned", "KEN", "2023-01-17"),
        ("retracted", "CHN", "2023-01-19"),
    }
    (effect,) = lessons["corrected", "KEN", "2023-01-16"]["effects"]
    assert (effect["first"], effect["last"]) == ("2023-01-16", "2023-01-16")
    assert (effect["before"], effect["after"]) == ("reserve", "accept")
    assert lessons["corrected", "KEN", "2023-01-16"]["was"]["summary"] == "reserve"
    (late,) = lessons["learned", "KEN", "2023-01-17"]["effects"]
    assert (late["first"], late["last"], late["after"]) == ("2023-01-17", "2023-01-17", "oppose")
    (gone,) = lessons["retracted", "CHN", "2023-01-19"]["effects"]
    assert (gone["first"], gone["last"], gone["after"]) == ("2023-01-19", None, None)


def test_what_we_learned_reads_as_sentences(run: Run, moved: Path) -> None:
    """A table says what was learned, and which past answers it changed."""
    words = "changes --known-from 2023-03-02 --as-of 2023-03-31"
    shown = " ".join(run(*words.split(), at=moved, columns=200).out.split())
    assert "What demo learned after 2023-03-02T23:59:59.999999Z" in shown
    assert "corrected: accept (it said: reserve). So KEN on art-6/2 from 2023-01-16" in shown
    assert "3 entries learned, corrected or retracted, 3 past answers changed" in shown


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("", 2, "give --from DATE or --known-from MOMENT"),
        ("--from 2023-01-16 --known-from 2023-03-02", 2, "give one of them"),
        ("--from 2023-01-16 --since 2023-01-16", 2, "give one of them"),
        ("--from 2023-01-16 --to 2023-01-17 --as-of 2023-01-17", 2, "give one of them"),
        ("--known-from 2023-03-02 --known-to 2023-03-03 --known-at 2023-03-03", 2, "one of them"),
        ("--from 2023-02-01 --to 2023-01-17", 2, "put the earlier date first"),
        ("--since 2023-02-01 --to 2023-01-17", 2, "put the earlier date first"),
        ("--known-from 2023-03-10 --known-to 2023-03-02", 2, "put the earlier moment first"),
        ("--known-from 2023-03-02 --known-to 2020-01-01", 3, "nothing was known at"),
        ("--from fortnight", 3, "'fortnight' is not a date, a period or a session"),
        ("--known-from 24:00", 3, "24:00"),
    ],
)
def test_bad_spans_are_refused(run: Run, moved: Path, words: str, code: int, message: str) -> None:
    """Beginnings and ends in the wrong order, or none: one sentence and the cure."""
    result = run("changes", *words.split(), at=moved)
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_a_matrix_is_for_people_and_tools(run: Run, moved: Path) -> None:
    """Delegations by targets: letters for people, words for tools."""
    shown = run("positions", "--matrix", at=moved).out
    assert "KEN         S\n" in shown
    rows = _records(run("positions", "--matrix", "--format", "json", at=moved))
    assert rows == [{"delegation": "KEN", "art-6/2": "support"}]
    refused = run("positions", "--matrix", "--accounts", "all", at=moved)
    assert (refused.code, "room for one account" in refused.err) == (2, True)


def test_a_replay_by_steps_can_begin_later(run: Run, moved: Path) -> None:
    """The positions before the beginning are known without replaying them."""
    words = "replay --step day --since 2023-01-18 --to 2023-01-18 --format json"
    first, _ = _records(run(*words.split(), at=moved))
    assert (first["was"], first["now"]) == ("oppose", "support")


@pytest.mark.parametrize("more", ["--step day", "--format table", "--known-at 2023-03-02"])
def test_to_follow_is_to_print_lines(run: Run, moved: Path, more: str) -> None:
    """What arrives is printed as JSON Lines and in no other way."""
    result = run("replay", "--follow", *more.split(), at=moved)
    assert (result.code, result.out) == (2, "")
    assert "--follow prints entries as JSON Lines" in result.err


def test_what_arrives_is_followed(workspace: Workspace) -> None:
    """What arrives later comes in the order of arrival, a corrected entry as it counts then."""
    position = workspace.entries.position()
    of_kenya = query(workspace.names.negotiation()).narrowed(by="KEN")
    assert workspace.entries.since(position, of_kenya) == ([], position)
    stance = workspace.log(takes("KEN", "reserve", "scope"))
    workspace.log(takes("CHN", "reserve", "scope"))
    (arrived,), position = workspace.entries.since(position, of_kenya)
    assert arrived.id == stance.id
    workspace.log(correction(stance.id, stance="oppose"))
    (again,), position = workspace.entries.since(position, of_kenya)
    assert (again.id, getattr(again.entry, "stance", "")) == (stance.id, "oppose")
    workspace.log(retraction(stance.id))
    assert workspace.entries.since(position, of_kenya)[0] == []
    assert workspace.names.negotiation() == DEMO


def test_what_arrives_together_comes_in_the_order_of_arrival(workspace: Workspace) -> None:
    """Not in the order in which it happened: a reader sees what was logged as it was logged."""
    position = workspace.entries.position()
    late = workspace.log(takes("KEN", "oppose", "scope", on="2023-01-18"))
    early = workspace.log(takes("KEN", "reserve", "scope", on="2023-01-16"))
    again = workspace.log(correction(late.id, stance="block"))
    arrived, _ = workspace.entries.since(position, query(workspace.names.negotiation()))
    assert [one.id for one in arrived] == [early.id, again.id, late.id]
