"""Slices of the record: rows of the index, by all that can be asked of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.life import EVER, LIFE
from negotrack.domain.catalogue import KINDS, kind_of
from negotrack.domain.specification import Effective
from negotrack.facts.rows import row_of
from negotrack.workspace import Workspace
from shorthand import DEMO, delegation, issue, joined, opened, provision, query, takes
from strategies import kepts

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.catalogue import Kind

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)


def _summaries(workspace: Workspace, **narrower: Any) -> list[str]:
    question = query(DEMO, narrower.pop("as_of", EVER))._replace(**narrower)
    return [row.summary for row in workspace.storage.index.slices.rows(question)]


# -- rows -------------------------------------------------------------------------------------


@every_type
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_type_goes_through_the_index_and_back(
    tmp_path_factory: pytest.TempPathFactory, kind: Kind, data: st.DataObject
) -> None:
    """A row of the index is the row that the entry makes, through journal, store and index."""
    kept: StoredEntry = data.draw(kepts(kind))
    root = tmp_path_factory.mktemp("every")
    (root / "negotrack.toml").touch()
    (root / "events").mkdir()
    (root / "events" / "any.jsonl").write_bytes(kept.line + b"\n")
    with Workspace(root) as workspace:
        (row,) = workspace.storage.index.slices.rows(query(kept.entry.negotiation, EVER))
        assert row_of(1, Effective(kept.id, kept.entry)) == row
        assert [(1, kept.line)] == [(n, line) for n, _, line in workspace.storage.store.after(0)]
        assert [(kept.entry.negotiation, kind.type, 1)] == workspace.storage.index.coverage.counts()


def test_the_order_of_rows_is_the_order_of_the_design(living: Workspace) -> None:
    """Rows come by last day, time of day, order, recorded_at and id."""
    rows = list(living.storage.index.slices.rows(query(DEMO, EVER)))
    assert rows == sorted(rows, key=lambda row: row.sort_key)
    assert len(LIFE) == len(rows)


# -- filters ----------------------------------------------------------------------------------


def test_a_session_is_a_slice(living: Workspace) -> None:
    """Only what happened in the session is shown, its own scheduling included."""
    assert _summaries(living, session="s-2") == [
        "Second session: Vienna, 2023-02-06/2023-02-10",
        "block",
        "agreed",
    ]


@pytest.mark.parametrize(
    ("by", "summaries"),
    [
        ("KEN", ["tabled p-1: Proposal p-1", "support broad", "signed draft-1"]),
        ("EU", ["oppose broad"]),
        ("AUT", ["joined EU", "oppose broad", "moved a-1: Amendment a-1"]),
        ("XYZ", []),
    ],
)
def test_a_delegation_is_found_as_speaker_and_as_the_one_spoken_for(
    living: Workspace, by: str, summaries: list[str]
) -> None:
    """A speaker for a group is found under both names."""
    assert summaries == _summaries(living, by=by)


@pytest.mark.parametrize(
    ("target", "summaries"),
    [
        ("scope", ["issue scope: How broad?; options broad, limited", "tabled p-1: Proposal p-1",
                   "oppose broad", "support broad"]),
        ("art-6/2", ["provision art-6/2", "moved a-1: Amendment a-1", "block", "agreed"]),
        ("art", []),
        ("p-1", ["tabled p-1: Proposal p-1"]),
        ("draft-1", ["issued draft-1: First draft", "signed draft-1"]),
        ("a-1", ["moved a-1: Amendment a-1"]),
    ],
)  # fmt: skip
def test_a_target_is_a_slice(living: Workspace, target: str, summaries: list[str]) -> None:
    """What gave the name, and what was done about what has it."""
    assert summaries == _summaries(living, target=target)


def test_a_target_takes_in_what_lies_below_it(living: Workspace) -> None:
    """An article takes in its paragraphs, and no other article."""
    for number, address in enumerate(("art-6/2/a", "art-60", "art-6-bis", "art-5", "art-7")):
        living.log(provision(address))
        living.log(takes("KEN", "support", address, on=f"2023-03-0{number % 2 + 1}"))
    targets = [
        row.target
        for row in living.storage.index.slices.rows(query(DEMO, EVER, target="art-6"))
        if row.target
    ]
    assert {"art-6", "art-6/2", "art-6/2/a"} == set(targets)


def test_a_kind_is_a_slice(living: Workspace) -> None:
    """Only entries of one type are shown."""
    assert _summaries(living, type="group.joined") == ["joined EU"]


@pytest.mark.parametrize(
    ("source", "summaries"),
    [
        ("daily report", ["support broad"]),
        ("DAILY", ["oppose broad", "support broad"]),
        ("observer", ["support broad"]),
        ("example.org", ["oppose broad"]),
        ('"no"', ["oppose broad"]),
        ("élan", ["accept"]),
        ("%", []),
    ],
)
def test_a_source_is_found_by_its_words(
    living: Workspace, source: str, summaries: list[str]
) -> None:
    """Address, title and publisher are searched, letter case aside."""
    assert summaries == _summaries(living, source=source)


@pytest.mark.parametrize("source", ["title", "publisher", "address", "Kenya said", "{", '":"'])
def test_only_address_title_and_publisher_are_searched(living: Workspace, source: str) -> None:
    """Neither the quotes nor the way in which sources are kept are looked into."""
    assert _summaries(living, source=source) == []


def test_filters_narrow_each_other(living: Workspace) -> None:
    """All that is asked for must hold."""
    assert _summaries(
        living, session="s-1", by="EU", target="scope", type="stance.taken", source="example"
    ) == ["oppose broad"]
    assert _summaries(living, session="s-2", by="EU") == []


@pytest.fixture
def nested(living: Workspace) -> Workspace:
    """Return the workspace with groups in groups, two of them in each other."""
    for group in ("WEST", "WIDE", "EAST"):
        living.log(delegation(group, "group"))
    for member, group in (("EU", "WEST"), ("WEST", "WIDE"), ("WIDE", "WEST"), ("CHN", "EAST")):
        living.log(joined(member, group, on="2000-01-01"))
    return living


@pytest.mark.parametrize(
    ("groups", "members"),
    [
        (["EU"], ["AUT"]),
        (["WEST"], ["AUT", "EU", "WEST", "WIDE"]),
        (["EAST", "EU"], ["AUT", "CHN"]),
        (["AUT", "nobody"], []),
        ([], []),
    ],
)
def test_memberships_of_groups_take_in_what_leads_into_them(
    nested: Workspace, groups: list[str], members: list[str]
) -> None:
    """Of some groups, the memberships in them, and in the groups that are their members."""
    rows = nested.storage.index.slices.memberships(query(DEMO, EVER), groups)
    assert members == sorted(row.by or "" for row in rows)


@pytest.mark.parametrize(
    ("member", "groups"),
    [("AUT", ["EU", "WEST", "WIDE"]), ("WIDE", ["WEST"]), ("KEN", []), ("nobody", [])],
)
def test_the_groups_that_one_ever_belonged_to(
    nested: Workspace, member: str, groups: list[str]
) -> None:
    """A delegation belonged to its groups and to theirs, each once, whatever goes in circles."""
    assert groups == nested.storage.index.slices.groups_ever(DEMO, member)


def test_another_negotiation_is_another_record(living: Workspace) -> None:
    """Nothing of one negotiation is in the answers about another."""
    living.log(opened("other"))
    living.log(msgspec.structs.replace(issue(), negotiation="other"))
    assert living.storage.index.names.negotiations() == ["demo", "other"]
    assert {"other"} == {
        row.negotiation for row in living.storage.index.slices.rows(query("other", EVER))
    }
    assert sorted(name.name for name in living.storage.index.names.registered("other")) == [
        "other",
        "scope",
    ]
    assert len(LIFE) == len(_summaries(living))


def test_sources_are_kept_whole(living: Workspace) -> None:
    """A row has its sources as a JSON list, every field of them."""
    (row,) = living.storage.index.slices.rows(query(DEMO, EVER, by="KEN", type="stance.taken"))
    expected = [{"title": "Daily Report", "publisher": "The Observer", "quote": "Kenya said yes."}]
    assert expected == json.loads(row.sources)
    assert kind_of(LIFE[16]).type == row.type
