from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.canonical import encode, unstamped
from negotrack.domain.catalogue import KINDS, kind_of
from negotrack.domain.entries import DocumentSigned, SessionRescheduled
from negotrack.domain.specification import Effective
from negotrack.domain.values import Source
from negotrack.facts.rows import row_of
from negotrack.index import catchup
from negotrack.index.reading import Filter, Index, remove
from negotrack.index.schema import LAYOUT
from negotrack.use_cases.intake import id_of_same_content
from negotrack.workspace import Workspace
from shorthand import (
    DEMO,
    THE_ROOM,
    amendment,
    correction,
    decided,
    delegation,
    document,
    issue,
    joined,
    opened,
    proposal,
    provision,
    retraction,
    session,
    takes,
)
from shorthand import says as says_so
from strategies import kepts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Entry

EVER = "9999-12-31"
every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)

LIFE: tuple[Entry, ...] = (
    *THE_ROOM,
    session("s-2", "2023-02-06/2023-02-10", title="Second session"),
    proposal("p-1", "KEN", session="s-1", target="scope"),
    amendment("a-1", "art-6/2", "AUT", on="2023-01-17", session="s-1"),
    document(on="2023-01-12"),
    DocumentSigned(negotiation=DEMO, on="2023-01-20", document="draft-1", by="KEN"),
    joined("AUT", "EU", on="1995-01-01"),
    takes("KEN", "support", "scope", option="broad", session="s-1", at="10:00",
          sources=(
              Source(title="Daily Report", publisher="The Observer", quote="Kenya said yes."),
          )),
    takes("AUT", "oppose", "scope", for_="EU", option="broad", session="s-1",
          sources=(Source(address="https://example.org/daily"), Source(title='Say "no"'))),
    takes("CHN", "reserve", "art-6", on="2023-01"),
    takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2"),
    takes("HRW", "accept", "art-6", on="2023", sources=(Source(title="Élan"),)),
    decided("art-6/2", "agreed", on="2023-02-08", session="s-2"),
    says_so("CHN", "Hm.", on="2023-01-18"),
)  # fmt: skip


@pytest.fixture
def living(folder: Path) -> Iterator[Workspace]:
    """Return a workspace in which a little of everything happened."""
    with Workspace(folder) as made:
        made.import_([(n, lambda d=draft: d) for n, draft in enumerate(LIFE, 1)])  # type: ignore[misc]
        yield made


def _summaries(made: Workspace, **narrower: Any) -> list[str]:
    wanted = Filter(DEMO, narrower.pop("as_of", EVER))._replace(**narrower)
    return [row.summary for row in made.index.rows(wanted)]


def _everything(made: Workspace) -> dict[str, Any]:
    """Return all that the index can be asked, apart from the numbers in the store."""
    index = made.index
    answers: dict[str, Any] = {
        day: [row._replace(seq=0) for row in index.rows(Filter(DEMO, day))]
        for day in ("2023-01-16", "2023-01-31", EVER)
    }
    answers["possible"] = [index.possible(Filter(DEMO, d)) for d in ("2023-01-16", "2023-06-01")]
    answers["names"] = index.names(DEMO)
    answers["named"] = index.named(DEMO, "the union", ("delegation",))
    answers["counts"] = index.counts()
    return answers


# -- rebuilding -------------------------------------------------------------------------------


@pytest.fixture
def corrected(living: Workspace) -> Workspace:
    """Return the same workspace after some corrections and retractions."""
    by_type = {row.type: row.id for row in living.index.rows(Filter(DEMO, EVER))}
    living.log(correction(by_type["decision.taken"], outcome="adopted"))
    first = living.log(retraction(by_type["proposal.tabled"]))
    living.log(retraction(first.id, reason="it was tabled"))
    living.log(retraction(by_type["statement.made"]))
    living.log(correction(by_type["document.issued"], title="Zero draft"))
    return living


def test_an_index_made_anew_gives_the_same_answers(corrected: Workspace) -> None:
    """The index can be thrown away at any time."""
    before = _everything(corrected)
    corrected.close()
    remove(corrected.places.index)
    with Workspace(corrected.places.root) as again:
        assert before == _everything(again)


def test_a_store_made_anew_gives_the_same_answers(corrected: Workspace) -> None:
    """Store and index can both be thrown away: the journal has everything."""
    before = _everything(corrected)
    corrected.close()
    for path in corrected.places.state.iterdir():
        path.unlink()
    with Workspace(corrected.places.root) as again:
        assert before == _everything(again)


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_batches_do_not_matter(
    corrected: Workspace, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """However many entries are taken at a time, the index is the same."""
    before = _everything(corrected)
    corrected.close()
    remove(corrected.places.index)
    monkeypatch.setattr(catchup, "_BATCH", batch)
    with Workspace(corrected.places.root) as again:
        assert before == _everything(again)


def test_a_killed_catch_up_goes_on_where_it_stopped(
    corrected: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch and the position reached are one transaction, so nothing is lost or taken twice."""
    before = _everything(corrected)
    store, path = corrected.store, corrected.places.index
    remove(path)
    monkeypatch.setattr(catchup, "_BATCH", 5)

    def die(count: int) -> None:
        raise KeyboardInterrupt(count)

    reached: list[int] = []
    while not reached or reached[-1] < store.last():
        index = Index(path, store)
        with pytest.raises(KeyboardInterrupt):
            catchup.catch_up(index.db, store, die)
        reached.append(index.position())
        (rows,) = index.db.execute("SELECT count(*) FROM entry WHERE row > 0").fetchone()
        assert reached[-1] == rows
        index.close()
    assert [*range(5, store.last(), 5), store.last()] == sorted({*reached})
    corrected.close()
    with Workspace(corrected.places.root) as again:
        assert before == _everything(again)


@pytest.mark.parametrize("batch", [1, 2, 3, 20_000])
def test_an_erratum_may_be_batches_before_its_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """What corrects an entry may be taken in long before the entry itself."""
    monkeypatch.setattr(catchup, "_BATCH", batch)
    stance = stamped(takes("KEN", "support", "scope"), 20)
    erratum = stamped(correction(stance.id, stance="oppose"), 21)
    room = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]
    lines = [kept.line + b"\n" for kept in (erratum, *room, stance)]
    (folder / "events" / "all.jsonl").write_bytes(b"".join(lines))
    with Workspace(folder) as made:
        assert [p.stance for p in made.positions(made.filter())] == ["oppose"]


def test_catching_up_says_how_far_it_is(living: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is told after each batch, and the whole is returned."""
    monkeypatch.setattr(catchup, "_BATCH", 10)
    remove(living.places.index)
    index = Index(living.places.index, living.store)
    told: list[int] = []
    assert len(LIFE) == catchup.catch_up(index.db, living.store, told.append)
    assert [10, 20, len(LIFE)] == told
    assert catchup.catch_up(index.db, living.store, told.append) == 0
    index.close()


@pytest.mark.parametrize(
    "harm",
    [
        f"PRAGMA user_version = {LAYOUT - 1}",
        f"PRAGMA user_version = {LAYOUT + 1}",
        "PRAGMA application_id = 1",
        "UPDATE tracking SET store = 'another'",
        "DROP TABLE tracking",
        "DELETE FROM tracking",
    ],
)
def test_an_index_that_does_not_fit_is_made_anew(living: Workspace, harm: str) -> None:
    """Another layout, another program's file, another store's index: all are replaced."""
    before = _everything(living)
    living.close()
    db = sqlite3.connect(living.places.index)
    db.execute(harm)
    db.commit()
    db.close()
    with Workspace(living.places.root) as again:
        assert before == _everything(again)


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(5000)])
def test_what_is_no_index_is_made_anew(living: Workspace, content: bytes) -> None:
    """Whatever lies in the place of the index, it holds nothing that is not elsewhere."""
    before = _everything(living)
    living.close()
    remove(living.places.index)
    living.places.index.write_bytes(content)
    with Workspace(living.places.root) as again:
        assert before == _everything(again)


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
    with Workspace(root) as made:
        (found,) = made.index.rows(Filter(kept.entry.negotiation, EVER))
        assert row_of(1, Effective(kept.id, kept.entry)) == found
        assert [(1, kept.line)] == [(n, line) for n, _, line in made.store.after(0)]
        assert [(kept.entry.negotiation, kind.type, 1)] == made.index.counts()


@pytest.mark.parametrize(
    ("entry", "subject"),
    [
        (issue(), "scope"),
        (delegation("KEN"), "KEN"),
        (joined("AUT", "EU"), "EU"),
        (DocumentSigned(negotiation=DEMO, on="2023", document="draft-1", count=3), "draft-1"),
        (SessionRescheduled(negotiation=DEMO, on="2023", session="s-1"), "s-1"),
        (takes("KEN", "support", "scope"), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_row_says_what_its_entry_is_about(entry: Entry, subject: str | None) -> None:
    """Names that an entry gives or is about, apart from its target, are in one column."""
    kept = stamped(entry)
    assert subject == row_of(1, Effective(kept.id, kept.entry)).names


def test_the_order_of_rows_is_the_order_of_the_design(living: Workspace) -> None:
    """Rows come by last day, time of day, order, recorded_at and id."""
    rows = list(living.index.rows(Filter(DEMO, EVER)))
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
    ("by", "said"),
    [
        ("KEN", ["tabled p-1: Proposal p-1", "support broad", "signed draft-1"]),
        ("EU", ["oppose broad"]),
        ("AUT", ["joined EU", "oppose broad", "moved a-1: Amendment a-1"]),
        ("XYZ", []),
    ],
)
def test_a_delegation_is_found_as_speaker_and_as_the_one_spoken_for(
    living: Workspace, by: str, said: list[str]
) -> None:
    """A speaker for a group is found under both names."""
    assert said == _summaries(living, by=by)


@pytest.mark.parametrize(
    ("target", "said"),
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
def test_a_target_is_a_slice(living: Workspace, target: str, said: list[str]) -> None:
    """What gave the name, and what was done about what has it."""
    assert said == _summaries(living, target=target)


def test_a_target_takes_in_what_lies_below_it(living: Workspace) -> None:
    """An article takes in its paragraphs, and no other article."""
    for number, address in enumerate(("art-6/2/a", "art-60", "art-6-bis", "art-5", "art-7")):
        living.log(provision(address))
        living.log(takes("KEN", "support", address, on=f"2023-03-0{number % 2 + 1}"))
    found = [
        row.target for row in living.index.rows(Filter(DEMO, EVER, target="art-6")) if row.target
    ]
    assert {"art-6", "art-6/2", "art-6/2/a"} == set(found)


def test_a_kind_is_a_slice(living: Workspace) -> None:
    """Only entries of one type are shown."""
    assert _summaries(living, type="group.joined") == ["joined EU"]


@pytest.mark.parametrize(
    ("source", "said"),
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
def test_a_source_is_found_by_its_words(living: Workspace, source: str, said: list[str]) -> None:
    """Address, title and publisher are searched, letter case aside."""
    assert said == _summaries(living, source=source)


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
    found = nested.index.memberships(Filter(DEMO, EVER), groups)
    assert members == sorted(row.by or "" for row in found)


@pytest.mark.parametrize(
    ("member", "groups"),
    [("AUT", ["EU", "WEST", "WIDE"]), ("WIDE", ["WEST"]), ("KEN", []), ("nobody", [])],
)
def test_the_groups_that_one_ever_belonged_to(
    nested: Workspace, member: str, groups: list[str]
) -> None:
    """A delegation belonged to its groups and to theirs, each once, whatever goes in circles."""
    assert groups == nested.index.groups_ever(DEMO, member)


def test_another_negotiation_is_another_record(living: Workspace) -> None:
    """Nothing of one negotiation is in the answers about another."""
    living.log(opened("other"))
    living.log(msgspec.structs.replace(issue(), negotiation="other"))
    assert living.index.negotiations() == ["demo", "other"]
    assert {"other"} == {row.negotiation for row in living.index.rows(Filter("other", EVER))}
    assert sorted(name.name for name in living.index.names("other")) == ["other", "scope"]
    assert len(LIFE) == len(_summaries(living))


# -- what may have happened -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2022-12-31", 0),
        ("2023-01-01", 2),
        ("2023-01-30", 2),
        ("2023-01-31", 1),
        ("2023-12-30", 1),
        ("2023-12-31", 0),
    ],
)
def test_what_may_have_happened_is_counted(living: Workspace, day: str, count: int) -> None:
    """An entry of a month may have happened until the month is over."""
    assert count == living.index.possible(Filter(DEMO, day))


def test_what_may_have_happened_is_counted_within_a_slice(living: Workspace) -> None:
    """The count is about what was asked, not about the whole record."""
    assert [
        living.index.possible(Filter(DEMO, "2023-01-10", by=by)) for by in ("CHN", "HRW", "KEN")
    ] == [1, 1, 0]


def test_a_retracted_entry_may_not_have_happened(living: Workspace) -> None:
    """What was retracted is neither counted nor possible."""
    (row,) = living.index.rows(Filter(DEMO, EVER, by="CHN", type="stance.taken"))
    living.log(retraction(row.id))
    assert living.index.possible(Filter(DEMO, "2023-01-10", by="CHN")) == 0


# -- what is said already ---------------------------------------------------------------------


def test_what_an_entry_says_does_not_depend_on_its_stamp() -> None:
    """Who recorded it, when and with what, is no part of what is said."""
    draft = takes("KEN", "support", "scope")
    assert draft == unstamped(stamped(draft).entry) == unstamped(stamped(draft, 9).entry)


@pytest.mark.parametrize("draft", LIFE, ids=lambda draft: type(draft).__name__)
def test_what_was_said_is_known(living: Workspace, draft: Entry) -> None:
    """The index finds the entry that says the same, whatever its type."""
    found = id_of_same_content(living.index, living.store, draft)
    assert found is not None
    assert draft == unstamped(living.entry(found)[1].entry)


@pytest.mark.parametrize(
    "other",
    [
        takes("HRW", "block", "art-6/2", on="2023-02-07"),
        takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2", note="x"),
        takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2", at="10:00"),
        takes("HRW", "oppose", "art-6/2", on="2023-02-07", session="s-2"),
        takes("KEN", "block", "art-6/2", on="2023-02-07", session="s-2"),
        takes("HRW", "block", "art-6/2", on="2023-02", session="s-2"),
        takes("AUT", "block", "art-6/2", on="2023-02-07", session="s-2", for_="HRW"),
        says_so("HRW", "block", on="2023-02-07", session="s-2", target="art-6/2"),
    ],
)
def test_what_differs_is_not_known(living: Workspace, other: Entry) -> None:
    """Any difference in what is said is a difference."""
    assert id_of_same_content(living.index, living.store, other) is None


def test_what_was_retracted_can_be_said_again(living: Workspace) -> None:
    """Only entries that count are known."""
    said = says_so("CHN", "Hm.", on="2023-01-18")
    found = id_of_same_content(living.index, living.store, said)
    assert found is not None
    living.log(retraction(found))
    assert id_of_same_content(living.index, living.store, said) is None
    assert living.log(said).new


@pytest.mark.parametrize("set_", [{"outcome": "adopted"}, {"on": "2023-02"}, {"target": "art-6"}])
def test_what_was_corrected_is_known_as_it_was_logged(
    living: Workspace, set_: dict[str, str]
) -> None:
    """To import a file again adds nothing, though an entry of it was corrected since."""
    (row,) = living.index.rows(Filter(DEMO, EVER, type="decision.taken"))
    living.log(msgspec.structs.replace(correction(row.id, note="-"), set=set_))
    assert row.id == id_of_same_content(living.index, living.store, LIFE[21], as_logged=True)
    assert id_of_same_content(living.index, living.store, LIFE[21]) is None


# -- names ------------------------------------------------------------------------------------


def test_names_are_looked_up_without_letter_case(living: Workspace) -> None:
    """Codes, titles and aliases lead to the same name."""
    keys = ("eu", "european union", "the union")
    assert [
        [found.name for found in living.index.named(DEMO, key, ("delegation",))] for key in keys
    ] == [["EU"]] * 3
    assert living.index.named(DEMO, "eu", ("issue",)) == []


def test_names_say_what_they_are(living: Workspace) -> None:
    """A session has its days, a delegation its kind, an issue its options."""
    found = {name.name: name for name in living.index.names(DEMO)}
    assert (found["s-2"].first, found["s-2"].last) == ("2023-02-06", "2023-02-10")
    assert (found["EU"].detail, found["scope"].detail) == ("group", "broad, limited")
    assert [name.name for name in living.index.names(DEMO, "session")] == ["s-1", "s-2"]


def test_a_moved_session_is_known_by_its_new_days(living: Workspace) -> None:
    """A session that was moved before it began sits on its new days."""
    living.log(
        SessionRescheduled(
            negotiation=DEMO, on="2023-01-20", session="s-2", days="2023-02-20/2023-02-24"
        )
    )
    (found,) = living.index.named(DEMO, "s-2", ("session",))
    assert (found.first, found.last) == ("2023-02-20", "2023-02-24")


def test_corrected_and_retracted_names_are_looked_up_as_they_are_now(living: Workspace) -> None:
    """A corrected alias is found, a retracted name is not, and comes back with its entry."""
    ids = {name.name: name.id for name in living.index.names(DEMO)}
    living.log(correction(ids["EU"], aliases=["the Twenty-seven"]))
    assert living.index.named(DEMO, "the twenty-seven", ("delegation",))
    assert not living.index.named(DEMO, "the union", ("delegation",))
    first = living.log(retraction(ids["p-1"]))
    assert not living.index.named(DEMO, "p-1", ("proposal",))
    living.log(retraction(first.id, reason="no"))
    assert living.index.named(DEMO, "p-1", ("proposal",))


def test_the_index_knows_the_newest_instant(living: Workspace) -> None:
    """The latest recorded_at of the record is known, and empty for an empty record."""
    newest = max(row.recorded_at for row in living.index.rows(Filter(DEMO, EVER)))
    assert newest == living.index.newest()


def test_entries_are_listed_as_they_were_recorded(corrected: Workspace) -> None:
    """Retracted entries and errata are part of the record too."""
    kept = list(corrected.entries(DEMO))
    assert len(LIFE) + 5 == len(kept)
    assert kept == sorted(kept, key=lambda one: (one.entry.recorded_at, one.id))
    assert kept == [encode(one.entry) for one in kept]


def test_sources_are_kept_whole(living: Workspace) -> None:
    """A row has its sources as a JSON list, every field of them."""
    (row,) = living.index.rows(Filter(DEMO, EVER, by="KEN", type="stance.taken"))
    expected = [{"title": "Daily Report", "publisher": "The Observer", "quote": "Kenya said yes."}]
    assert expected == json.loads(row.sources)
    assert kind_of(LIFE[16]).type == row.type
