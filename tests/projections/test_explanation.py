from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Scenario, stamped
from negotrack.domain.dates import span
from negotrack.domain.entries import Erratum, StanceTaken
from negotrack.domain.replay import answer, effective, known, ordered, possible, versions
from negotrack.domain.values import Source
from negotrack.index.rows import row_of
from negotrack.projections.accounts import POLICIES
from negotrack.projections.explanation import (
    COUNTED,
    ROLES,
    Change,
    explain_cell,
    explain_entry,
)
from negotrack.projections.positions import positions
from negotrack.projections.timeline import timeline
from shorthand import correction, provision, retraction, takes
from strategies import ASKED, HOLDERS, TARGETS, few, histories

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.domain.lines import Kept
    from negotrack.projections.explanation import Evidence, Explanation

K = "2023-03-01T12:00:{:02}.000000Z"
"""The moment at which the entry of so many seconds after noon was recorded."""

PAPER, RADIO = Source(title="Paper"), Source(title="Radio")


class Story:
    """Entries, recorded one a second, and the explanation of what KEN says on art-6."""

    def __init__(self, *drafts: Entry) -> None:
        """Record drafts."""
        self.kept: list[Kept] = []
        for draft in drafts:
            self.then(draft)

    def then(self, draft: Entry) -> str:
        """Record one more and return its id."""
        self.kept.append(stamped(draft, len(self.kept)))
        return self.kept[-1].id

    def id(self, number: int) -> str:
        """Return the short id of an entry."""
        return self.kept[number].id[:8]

    def explain(self, day: str = "2023-01-31", k: str | None = None, **more: Any) -> Explanation:
        """Explain the cell of KEN on art-6."""
        return explain_cell(families(self.kept), "KEN", "art-6", day, k, **more)

    def one(self, number: int = 0, *asked: Any, **more: Any) -> Evidence:
        """Return what one entry is to the cell."""
        found = {e.id: e for e in self.explain(*asked, **more).evidence}
        return found[self.kept[number].id]


def families(kept: list[Kept]) -> list[list[Kept]]:
    """Return the family of every entry that is no erratum."""
    scenario = Scenario()
    scenario.kept = kept
    return [scenario.family(k.id) for k in kept if not isinstance(k.entry, Erratum)]


def account(stance: str, source: Source, **more: Any) -> StanceTaken:
    """Return an account of what KEN took on art-6 on one day."""
    return takes("KEN", stance, "art-6", **{"sources": (source,)} | more)


# -- what decides -----------------------------------------------------------------------------


def test_nothing_explains_the_undeclared() -> None:
    """A delegation of which the record has nothing is undeclared, and there is no evidence."""
    found = Story(takes("CHN", "oppose", "art-6")).explain()
    assert (found.stance, found.option, found.evidence) == (None, None, ())


def test_the_last_stance_decides() -> None:
    """A later stance takes the place of an earlier; what decides comes first."""
    story = Story(takes("KEN", "oppose", "art-6"), takes("KEN", "reserve", "art-6", "2023-01-17"))
    found = story.explain()
    assert found.stance == "reserve"
    assert [(e.role, e.stance) for e in found.evidence] == [
        ("decides", "reserve"),
        ("overridden", "oppose"),
    ]
    assert found.evidence[0].why == "it is the last stance that KEN took on art-6 by 2023-01-31"
    assert found.evidence[1].why == f"it was followed by {story.id(1)} of 2023-01-17"


def test_a_stance_is_said_in_a_sentence() -> None:
    """The sentence has the stance, its date, its condition, who spoke and why."""
    story = Story(
        takes(
            "AUT", "reserve", "art-6", for_="KEN", aligned_with="EU",
            condition="the list is closed.", reason="Certainty.",
        )
    )  # fmt: skip
    assert story.one().says == (
        "reserve since 2023-01-16, if the list is closed, spoken by AUT, aligned with EU: Certainty"
    )
    assert (story.one().by, story.one().for_) == ("AUT", "KEN")


def test_a_stance_taken_back_leaves_none() -> None:
    """What takes a stance back decides that there is none."""
    story = Story(takes("KEN", "oppose", "art-6"), takes("KEN", "none", "art-6", "2023-01-17"))
    found = story.explain()
    assert found.stance is None
    assert [e.role for e in found.evidence] == ["taken back", "overridden"]
    assert found.evidence[0].says == "took its stance back on 2023-01-17"
    assert found.evidence[0].why == (
        "with it KEN took its stance on art-6 back, and it took none after that"
    )


# -- accounts ---------------------------------------------------------------------------------


def test_another_account_is_disputed() -> None:
    """Of two sources that tell one act, one decides, and both say so."""
    story = Story(account("support", PAPER, confidence="official"), account("oppose", RADIO))
    paper, radio = story.one(0), story.one(1)
    assert (paper.role, radio.role) == ("decides", "disputed")
    assert f"; {story.id(1)} tells it differently, but it is official" in paper.why
    assert radio.why == (f"it tells the same act from another source; {story.id(0)} is official")


def test_the_policy_on_accounts_decides() -> None:
    """The latest account, or all of them, can be asked for."""
    story = Story(account("support", PAPER, confidence="official"), account("oppose", RADIO))
    latest, every = story.explain(accounts="latest"), story.explain(accounts="all")
    assert [e.role for e in latest.evidence] == ["decides", "disputed"]
    assert latest.stance == "oppose"
    assert latest.evidence[1].why.endswith(f"{story.id(1)} was recorded later")
    assert [e.role for e in every.evidence] == ["decides", "decides"]
    assert every.evidence[1].why == (
        f"it tells the same act as {story.id(0)}, and all accounts were asked"
    )


def test_the_same_source_twice_is_no_dispute() -> None:
    """Of two entries from one source about one act, the later overrides the earlier."""
    story = Story(account("support", PAPER), account("oppose", PAPER))
    assert story.one(0).role == "overridden"
    assert story.one(0).why == f"it tells the same act; {story.id(1)} was recorded later"


def test_the_id_decides_where_nothing_else_does() -> None:
    """Two accounts recorded at one instant are ordered by their ids."""
    at = K.format(0)
    story = Story(*(account(s, PAPER, recorded_at=at) for s in ("support", "oppose")))
    (_, other) = story.explain().evidence
    assert other.why.endswith("comes later by its id")


# -- what does not count ----------------------------------------------------------------------


def test_what_happened_later_does_not_count() -> None:
    """An entry about a day after the one asked about is there, as later."""
    story = Story(takes("KEN", "oppose", "art-6"))
    assert story.explain("2023-01-15").stance is None
    assert story.one(0, "2023-01-15")[1] == "later"
    assert story.one(0, "2023-01-15").why == "it happened on 2023-01-16, after 2023-01-15"


def test_an_uncertain_date_is_possible() -> None:
    """What may have happened by the day counts only where that is asked for."""
    story = Story(takes("KEN", "oppose", "art-6", on="2023-01"))
    without, with_ = story.one(0, "2023-01-20"), story.one(0, "2023-01-20", possible=True)
    assert (without.role, without.possible) == ("possible", False)
    assert without.why.startswith("its date 2023-01 is uncertain")
    assert (with_.role, with_.possible) == ("decides", True)
    assert with_.why.endswith("such entries were counted")


def test_what_was_not_yet_recorded_does_not_count() -> None:
    """An entry recorded after the moment asked about is there, as recorded later."""
    story = Story(provision("art-6"), takes("KEN", "oppose", "art-6"))
    found = story.one(1, "2023-01-31", K.format(0))
    assert found.role == "recorded later"
    assert found.why == f"it was recorded at {K.format(1)}, after {K.format(0)}"


def test_a_retracted_entry_says_why() -> None:
    """A retraction is named with its reason; before it, the entry counts."""
    story = Story(takes("KEN", "oppose", "art-6"))
    gone = story.then(retraction(story.kept[0].id, reason="Twice."))
    assert story.one(0, "2023-01-31", K.format(0)).role == "decides"
    assert story.one().role == "retracted"
    assert story.one().why == f"retraction {gone[:8]} of 2023-03-01 took it out: Twice"


def test_an_entry_is_corrected_away() -> None:
    """An entry that a correction puts into another cell is still told of in this one."""
    story = Story(takes("KEN", "oppose", "art-6"))
    moved = story.then(correction(story.kept[0].id, by="CHN"))
    found = story.one()
    assert (found.role, found.by) == ("corrected away", "KEN")
    assert found.why == (f"correction {moved[:8]} of 2023-03-01 made it a stance of CHN on art-6")


def test_a_date_is_corrected_away() -> None:
    """An entry that a correction moves past the day says from where and to where."""
    story = Story(takes("KEN", "oppose", "art-6"))
    later = correction(story.kept[0].id, note="-")
    moved = story.then(msgspec.structs.replace(later, set={"on": "2023-02-02"}))
    assert story.one().role == "corrected away"
    assert story.one().why == (
        f"correction {moved[:8]} of 2023-03-01 moved its date from 2023-01-16 to 2023-02-02,"
        " after 2023-01-31"
    )
    assert story.one(0, "2023-02-28").role == "decides"


def test_a_correction_undone_moves_an_entry_back() -> None:
    """Where a correction that brought an entry in is retracted, the retraction is named."""
    story = Story(takes("CHN", "oppose", "art-6"))
    brought = story.then(correction(story.kept[0].id, by="KEN"))
    undone = story.then(retraction(brought))
    assert story.one(0, "2023-01-31", K.format(1)).role == "decides"
    assert story.one().why == (
        f"retraction {undone[:8]} of 2023-03-01 undid a correction, which made it"
        " a stance of CHN on art-6"
    )


def test_a_date_moved_by_way_of_another_cell_is_corrected_away() -> None:
    """An entry that left the cell and came back with a later date does not count either."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, by="CHN"))
    back = msgspec.structs.replace(
        correction(story.kept[0].id, note="-"), set={"by": "KEN", "on": "2023-02-02"}
    )
    story.then(back)
    assert story.one().role == "corrected away"
    assert story.one().why == (
        "what was recorded on 2023-03-01 moved its date from 2023-01-16 to 2023-02-02,"
        " after 2023-01-31"
    )


def test_an_entry_may_be_corrected_later() -> None:
    """An entry that is brought in by a correction recorded after the moment does not count yet."""
    story = Story(takes("CHN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, by="KEN"))
    found = story.one(0, "2023-01-31", K.format(0))
    assert found.role == "corrected later"
    assert found.why == (
        f"it was a stance of CHN on art-6 as known at {K.format(0)};"
        " a correction of 2023-03-01 brought it here"
    )


# -- errata -----------------------------------------------------------------------------------


def test_a_correction_says_what_it_changed() -> None:
    """Each field is given as it was when the correction was made, and as it was set."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, stance="reserve", confidence="official"))
    story.then(correction(story.kept[0].id, stance="accept", note="seen"))
    first, second = story.one().errata
    assert first.changes == (
        Change("confidence", "reported", "official"),
        Change("stance", "oppose", "reserve"),
    )
    assert second.changes == (Change("note", None, "seen"), Change("stance", "reserve", "accept"))
    assert (
        first.kind, first.reason, first.recorded_by, first.counted,
    ) == ("correction", "misheard", "tester", "counted")  # fmt: skip


def test_errata_say_whether_they_counted() -> None:
    """An erratum counted, was recorded later, or was undone."""
    story = Story(takes("KEN", "oppose", "art-6"))
    correct = story.then(correction(story.kept[0].id, stance="reserve"))
    undo = story.then(retraction(correct))
    assert [(e.kind, e.about, e.counted) for e in story.one().errata] == [
        ("correction", story.kept[0].id, "undone"),
        ("retraction", correct, "counted"),
    ]
    then = story.one(0, "2023-01-31", K.format(1)).errata
    assert [(e.id, e.counted) for e in then] == [(correct, "counted"), (undo, "recorded later")]


# -- the law ----------------------------------------------------------------------------------

days = st.sampled_from(ASKED)


def ever(kept: list[Kept], holder: str, target: str) -> set[str]:
    """Return the ids of the entries that ever were a stance in a cell."""
    return {
        v.id
        for family in families(kept)
        for v in versions(family)
        if isinstance(v.live.entry, StanceTaken)
        if (v.live.entry.for_ or v.live.entry.by, v.live.entry.target) == (holder, target)
    }


@few
@given(data=st.data(), kept=histories(), day=days)
def test_an_explanation_is_lawful(data: st.DataObject, kept: list[Kept], day: str) -> None:
    """What decides is what the law's positions rest on, and every entry has exactly one role."""
    k = data.draw(st.sampled_from([None, *(one.entry.recorded_at for one in kept)]))
    accounts = data.draw(st.sampled_from(POLICIES))
    counting = data.draw(st.booleans())
    law = [*answer(kept, day, k), *(possible(kept, day, k) if counting else ())]
    rows = [row_of(0, live, day) for live in ordered(law)]
    held = positions([r for r in rows if r.stance], accounts, own_only=True)
    for holder in HOLDERS:
        for target in TARGETS:
            found = explain_cell(
                families(kept), holder, target, day, k, possible=counting, accounts=accounts
            )
            here = [p for p in held if (p.delegation, p.target) == (holder, target)]
            deciding = [e for e in found.evidence if e.role == "decides"]
            assert {p.entry for p in here} == {e.id for e in deciding}
            assert (here[0].stance if here else None) == found.stance
            ids = [e.id for e in found.evidence]
            assert len(ids) == len(set(ids))
            assert ever(kept, holder, target) == set(ids)
            counted = {r.id for r in rows if (r.holder, r.target) == (holder, target) and r.stance}
            assert counted == {e.id for e in found.evidence if e.role in COUNTED}


@few
@given(data=st.data(), kept=histories(), day=days)
def test_a_role_is_what_it_says(data: st.DataObject, kept: list[Kept], day: str) -> None:
    """Each role fits what the law says of its entry."""
    k = data.draw(st.sampled_from([one.entry.recorded_at for one in kept]))
    then = {live.id: live.entry for live in effective(known(kept, k))}
    for holder in HOLDERS:
        for target in TARGETS:
            found = explain_cell(families(kept), holder, target, day, k).evidence
            for e in found:
                assert e.role in ROLES
                assert e.why
                assert (e.recorded_at > k) == (e.role == "recorded later")
                assert (e.id not in then) == (e.role in ("recorded later", "retracted"))
                if e.role == "later":
                    assert span(e.on).first > day
                elif e.role == "possible":
                    assert span(e.on).first <= day < span(e.on).last
                elif e.role == "taken back":
                    assert e.stance == "none"
                elif e.role in ("corrected away", "corrected later"):
                    assert e.errata
            decided = [e for e in found if e.role in ("decides", "taken back")]
            assert found[: len(decided)] == tuple(decided)
            assert any(e.role in COUNTED for e in found) == bool(decided)


# -- the timeline -----------------------------------------------------------------------------


@few
@given(data=st.data(), kept=histories(), day=days)
def test_what_is_explained_is_in_the_timeline(
    data: st.DataObject, kept: list[Kept], day: str
) -> None:
    """An entry counts exactly where the timeline of the law has it, and as the same line."""
    k = data.draw(st.sampled_from([None, *(one.entry.recorded_at for one in kept)]))
    counting = data.draw(st.booleans())
    law = [*answer(kept, day, k), *(possible(kept, day, k) if counting else ())]
    rows = [row_of(0, live, day) for live in ordered(law)]
    shown = {h.entry: h._replace(disputed=()) for h in timeline(rows)}
    books = {h.entry for h in timeline(rows, bookkeeping=True)} - shown.keys()
    for family in families(kept):
        found = explain_entry(family, day, k, possible=counting)
        assert (found.role == "counts") == (found.id in shown)
        assert (found.role == "bookkeeping") == (found.id in books)
        assert shown.get(found.id, found.counting) == found.counting


@pytest.mark.parametrize(
    ("day", "k", "role", "why"),
    [
        ("2023-01-31", K.format(1), "counts", "its date 2023-01 is over by 2023-01-31"),
        ("2022-12-31", K.format(1), "later", "it is dated 2023-01, after 2022-12-31"),
        ("2023-01-20", K.format(1), "possible", "its date 2023-01 is uncertain"),
        ("2023-01-31", K.format(0), "recorded later", f"it was recorded at {K.format(1)}, after"),
        ("2023-01-31", None, "retracted", "took it out: twice"),
    ],
)
def test_the_timeline_leaves_out_for_a_reason(day: str, k: str | None, role: str, why: str) -> None:
    """Each reason to leave an entry out is said in words."""
    story = Story(provision("art-6"), takes("KEN", "oppose", "art-6", on="2023-01"))
    story.then(retraction(story.kept[1].id))
    found = explain_entry(story.kept[1:], day, k)
    assert found.role == role
    assert why in found.why


def test_the_timeline_counts_what_is_possible_on_demand() -> None:
    """An uncertain date counts where what is possible was asked for."""
    story = Story(takes("KEN", "oppose", "art-6", on="2023-01"))
    found = explain_entry(story.kept, "2023-01-20", possible=True)
    assert found.role == "counts"
    assert found.counting is not None
    assert found.counting.possible


def test_books_are_kept_out_of_a_timeline() -> None:
    """A registration counts, and is shown on demand."""
    (family,) = families(Story(provision("art-6")).kept)
    assert explain_entry(family, "2023-01-31").role == "bookkeeping"
    assert explain_entry(family, "2023-01-31", bookkeeping=True).role == "counts"


def test_an_entry_tells_all_that_it_ever_said() -> None:
    """Each version is there from the moment it was known until the next."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, stance="accept"))
    found = explain_entry(story.kept, "2023-01-31", K.format(0))
    assert [(t.known_from, t.known_until, t.happening.summary) for t in found.tellings] == [
        (K.format(0), K.format(1), "oppose"),
        (K.format(1), None, "accept"),
    ]
    assert found.counting is not None
    assert found.counting.summary == "oppose"
    assert found.errata[0].counted == "recorded later"


def test_the_order_of_families_never_matters() -> None:
    """Families are explained alike in any order, and one given twice counts once."""
    story = Story(takes("KEN", "oppose", "art-6"), takes("KEN", "reserve", "art-6", "2023-01-17"))
    found = families(story.kept)
    one, other = ([*f, *found] for f in (found, found[::-1]))
    assert explain_cell(one, "KEN", "art-6", "2023-01-31") == explain_cell(
        other, "KEN", "art-6", "2023-01-31"
    )


def test_a_correction_of_an_erratum_is_told() -> None:
    """The reason of a corrected correction is the corrected one."""
    story = Story(takes("KEN", "oppose", "art-6"))
    moved = story.then(correction(story.kept[0].id, stance="accept"))
    story.then(msgspec.structs.replace(correction(moved, note="-"), set={"reason": "reread"}))
    assert [e.reason for e in story.one().errata] == ["reread", "misheard"]
