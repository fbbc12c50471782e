"""The laws of the record, for all histories: what no order, merge or correction may change."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.dates import span
from negotrack.domain.entries import Erratum, StanceTaken
from negotrack.domain.specification import answer, effective, known, ordered, possible, versions
from negotrack.facts.query import POLICIES, Query, Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.history import stance_changes
from negotrack.projections.positions.positions import matrix_of, positions
from negotrack.projections.positions.timeline import timeline
from negotrack.workspace import Workspace
from shorthand import DEMO, correction, query, retraction
from strategies import ASKED, at, few, histories, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.specification import Effective
    from negotrack.facts.rows import Row

laws = few
workspaces = settings(
    few, max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # each example makes a workspace: too slow to shrink
days = st.sampled_from(ASKED)


def _later(kept: list[StoredEntry], draft: Entry) -> list[StoredEntry]:
    """Return a history with one more entry, recorded a day after the last."""
    return [*kept, stamped(msgspec.structs.replace(draft, recorded_at=at(100_000)))]


def by_id(counting: Iterable[Effective]) -> list[Effective]:
    """Return effective entries in the order of their ids."""
    return sorted(counting, key=lambda live: live.id)


def _without(counting: Iterable[Effective], *ids: str) -> list[Effective]:
    return [live for live in counting if live.id not in ids]


def _stances(kept: list[StoredEntry]) -> list[Effective]:
    return [live for live in effective(kept) if isinstance(live.entry, StanceTaken)]


@laws
@given(data=st.data(), kept=histories(), day=days)
def test_to_look_back_is_to_have_looked_then(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """What was known at a moment is unchanged by everything recorded after it."""
    moment = data.draw(st.sampled_from(kept)).entry.recorded_at
    then = known(kept, moment)
    assert list(answer(then, day)) == list(answer(kept, day, moment))
    assert list(possible(then, day)) == list(possible(kept, day, moment))


@laws
@given(data=st.data(), kept=histories(), day=days)
def test_the_order_of_arrival_never_matters(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """Every order in which entries arrive gives the same answer."""
    arrived = data.draw(st.permutations(kept))
    assert list(answer(kept, day)) == list(answer(arrived, day))


@laws
@given(data=st.data(), kept=histories(), day=days)
def test_a_union_answers_as_one_record(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """Two records, merged either way round, answer as if all had been logged together."""
    left, right = split(data.draw, kept)
    assert list(answer(kept, day)) == list(answer(left + right, day))
    assert list(answer(kept, day)) == list(answer(right + left, day))


@laws
@given(kept=histories(), day=days)
def test_a_replica_of_a_record_adds_nothing(kept: list[StoredEntry], day: str) -> None:
    """The same entries twice are the same entries once."""
    assert list(answer(kept, day)) == list(answer(kept + kept, day))


@laws
@given(data=st.data(), kept=histories(), day=days)
def test_a_retraction_undoes_exactly_its_entry(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """After a retraction everything else answers as before, and the entry is gone."""
    facts = [live for live in effective(kept) if not isinstance(live.entry, Erratum)]
    about = data.draw(st.sampled_from(facts))
    after = _later(kept, retraction(about.id))
    assert _without(answer(kept, day), about.id) == _without(answer(after, day), after[-1].id)


@laws
@given(data=st.data(), kept=histories(), day=days)
def test_a_retracted_erratum_was_never_made(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """To retract a retraction restores its entry; to retract a correction, the old words."""
    about = data.draw(st.sampled_from(effective(kept)))
    erratum = data.draw(st.sampled_from([retraction(about.id), correction(about.id, note="new")]))
    once = _later(kept, erratum)
    twice = _later(once, retraction(once[-1].id))
    assert list(answer(kept, day)) == _without(answer(twice, day), once[-1].id, twice[-1].id)


@laws
@given(data=st.data(), kept=histories().filter(_stances), day=days)
def test_correcting_a_date_moves_the_effect(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """An entry whose date is corrected counts from its new date, and no longer from the old."""
    about = data.draw(st.sampled_from(_stances(kept)))
    new = data.draw(st.sampled_from(["2023-01-14", "2023-01-18", "2023-02"]))
    moved = msgspec.structs.replace(correction(about.id, note="-"), set={"on": new})
    counting = {live.id for live in answer(_later(kept, moved), day)}
    assert (span(new).last <= day) == (about.id in counting)


@laws
@given(kept=histories(), day=days)
def test_possible_and_certain_never_overlap(kept: list[StoredEntry], day: str) -> None:
    """An entry counts, or may have happened, or lies ahead: one of the three."""
    certain = {live.id for live in answer(kept, day)}
    maybe = {live.id for live in possible(kept, day)}
    ahead = {live.id for live in effective(kept) if span(live.entry.on).first > day}
    everything = [live.id for live in effective(kept)]
    assert sorted(everything) == sorted([*certain, *maybe, *ahead])


@laws
@given(kept=histories(), day=days)
def test_what_is_possible_takes_in_what_is_certain(kept: list[StoredEntry], day: str) -> None:
    """Counting what may have happened leaves out nothing that did, and keeps its order."""
    certain = [live.id for live in answer(kept, day)]
    counted = ordered([*answer(kept, day), *possible(kept, day)])
    assert certain == [live.id for live in counted if span(live.entry.on).last <= day]
    assert len(certain) <= len(counted)


@laws
@given(data=st.data(), kept=histories())
def test_versions_are_what_was_known(data: st.DataObject, kept: list[StoredEntry]) -> None:
    """For every moment, the versions that hold are exactly what counted of what was known."""
    moment = data.draw(st.sampled_from(kept)).entry.recorded_at
    expected = [
        version.live
        for version in versions(kept)
        if version.known_from <= moment
        and (version.known_until is None or moment < version.known_until)
    ]
    assert by_id(effective(known(kept, moment))) == by_id(expected)


@laws
@given(kept=histories(), days=st.tuples(days, days).map(sorted))
def test_what_counts_once_counts_for_ever(kept: list[StoredEntry], days: list[str]) -> None:
    """What counts on a day counts on every later day, in the same order."""
    early, late = (list(answer(kept, day)) for day in days)
    assert early == late[: len(early)]


# -- the index against the specification ------------------------------------------------------


def _rows(counting: Iterable[Effective], day: str) -> list[Row]:
    return [row_of(0, live, day) for live in counting]


def _unnumbered(rows: Iterable[Row]) -> list[Row]:
    return [row._replace(seq=0) for row in rows]


def arrive(root: Path, name: str, kept: list[StoredEntry]) -> None:
    """Put entries into a journal file, as a merge from another clone would."""
    folder = root / "events" / DEMO
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jsonl").write_bytes(b"".join(k.line + b"\n" for k in kept))


def empty(batch: int = 20_000, every: int = 1) -> Iterator[Path]:
    """Give an empty workspace whose index takes in so many entries at a time.

    ``every`` is how many stances there are between two checkpoints of the matrix.
    """
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("negotrack.index.catchup._BATCH", batch)
        patch.setattr("negotrack.index.checkpoints.keeping.EVERY", every)
        (Path(folder) / "negotrack.toml").touch()
        yield Path(folder)


def _assert_the_index_is_lawful(opened: Workspace, kept: list[StoredEntry]) -> None:
    moments = [None, *sorted({k.entry.recorded_at for k in kept})[-6:]]
    for day, moment in product(ASKED, moments):
        question = query(DEMO, day, moment)
        certain, maybe = list(answer(kept, day, moment)), list(possible(kept, day, moment))
        assert len(maybe) == opened.storage.index.coverage.possible(question)
        _assert_lawful(opened, question, certain)
        _assert_lawful(opened, question.at(possible=True), ordered([*certain, *maybe]))


def _assert_lawful(opened: Workspace, question: Query, counting: list[Effective]) -> None:
    """Every projection answers what the specification gives, however the index finds it."""
    expected = _rows(counting, question.when.as_of)
    assert expected == _unnumbered(opened.storage.index.slices.rows(question))
    for accounts in POLICIES:
        for resolution in (
            Resolution(accounts),
            Resolution(accounts, own_only=True),
            Resolution(accounts, own_words="latest"),
        ):
            assert positions(expected, resolution) == opened.positions(question, resolution)
        assert list(stance_changes(expected, accounts)) == opened.history(question, accounts)
    for one in POLICIES[:2]:
        for resolution in (Resolution(one), Resolution(one, own_only=True)):
            assert matrix_of(positions(expected, resolution)) == opened.matrix(question, resolution)
    for party in ("AUT", "EU"):
        own = [p for p in positions(expected) if p.delegation == party]
        assert own == opened.positions(question.narrowed(delegation=party))
    assert list(timeline(expected)) == opened.timeline(question)
    assert counting == list(opened.replay(question))


@workspaces
@given(data=st.data(), kept=histories())
def test_the_index_answers_by_the_law(data: st.DataObject, kept: list[StoredEntry]) -> None:
    """Two records, merged as files in any order, give the specification's answer on every day."""
    left, right = split(data.draw, data.draw(st.permutations(kept)))
    batch = data.draw(st.sampled_from([1, 5, 20_000]))
    for root in empty(batch, data.draw(st.sampled_from([1, 2, 20_000]))):
        arrive(root, "left", left)
        arrive(root, "right", right)
        with Workspace(root) as opened:
            _assert_the_index_is_lawful(opened, kept)


@workspaces
@given(data=st.data(), kept=histories())
def test_the_index_stays_lawful_as_entries_arrive(
    data: st.DataObject, kept: list[StoredEntry]
) -> None:
    """Corrections and retractions that arrive before their entry act as soon as it is there."""
    arrived = data.draw(st.permutations(kept))
    cut = data.draw(st.integers(1, len(arrived)))
    for root in empty():
        with Workspace(root) as opened:
            arrive(root, "first", arrived[:cut])
            _assert_the_index_is_lawful(opened, arrived[:cut])
            arrive(root, "second", arrived[cut:])
            _assert_the_index_is_lawful(opened, arrived)
