from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Scenario, stamped
from negotrack.domain.dates import span
from negotrack.domain.entries import Erratum, StanceTaken, VoteCast
from negotrack.domain.specification import answer, effective, known, ordered, possible, versions
from negotrack.domain.values import Source
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.evidence import COUNTED, ROLES, FieldChange
from negotrack.projections.evidence.explain import explain_cell
from negotrack.projections.evidence.timeline_inclusion import explain_entry
from negotrack.projections.positions.accounts import POLICIES
from negotrack.projections.positions.positions import OWN_WORDS, positions
from negotrack.projections.positions.timeline import timeline
from shorthand import correction, joined, left, provision, retraction, takes, votes
from strategies import ASKED, HOLDERS, TARGETS, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.projections.evidence.evidence import Evidence
    from negotrack.projections.evidence.explain import Explanation

K = "2023-03-01T12:00:{:02}.000000Z"
"""The moment at which the entry of so many seconds after noon was recorded."""

PAPER, RADIO = Source(title="Paper"), Source(title="Radio")


class Story:
    """Entries, recorded one a second, and the explanation of what KEN says on art-6."""

    def __init__(self, *drafts: Entry) -> None:
        """Record drafts."""
        self.kept: list[StoredEntry] = []
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


def families(kept: list[StoredEntry]) -> list[list[StoredEntry]]:
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


# -- votes ------------------------------------------------------------------------------------


def test_a_vote_decides_as_a_stance() -> None:
    """A vote after a stance takes its place, and the sentence says what it means."""
    story = Story(takes("KEN", "support", "art-6"), votes("KEN", "no", "art-6", on="2023-01-17"))
    found = story.explain()
    assert (found.stance, found.via) == ("oppose", "vote")
    assert [(e.role, e.kind, e.stance) for e in found.evidence] == [
        ("decides", "vote", "oppose"),
        ("overridden", "stance", "support"),
    ]
    assert found.evidence[0].says == "voted no on 2023-01-17"
    assert found.evidence[0].why.endswith("its last word by 2023-01-31; to vote no means oppose")


def test_not_to_vote_says_nothing() -> None:
    """Who was absent stands where it stood before."""
    story = Story(
        takes("KEN", "support", "art-6"), votes("KEN", "absent", "art-6", on="2023-01-17")
    )
    assert story.explain().stance == "support"
    assert (story.one(1).role, story.one(1).stance) == ("says nothing", None)
    assert story.one(1).why == "it voted absent, which says nothing of where it stands"


# -- groups -----------------------------------------------------------------------------------

IN_EU = joined("KEN", "EU", on="1995-01-01")
EU_OPPOSES = takes("EU", "oppose", "art-6")


def roles(found: Explanation) -> list[tuple[str, str]]:
    """Return the role and the kind of each entry."""
    return [(e.role, e.kind) for e in found.evidence]


def test_a_group_speaks_for_a_silent_member() -> None:
    """Where the delegation said nothing, its group's words decide, by its membership."""
    story = Story(IN_EU, EU_OPPOSES)
    found = story.explain()
    assert (found.stance, found.via, found.through) == ("oppose", "group", "EU")
    assert roles(found) == [("decides", "stance"), ("membership", "joining")]
    assert found.evidence[0].says == "EU: oppose since 2023-01-16"
    assert found.evidence[0].why == (
        "KEN said nothing on art-6 itself by 2023-01-31, and it belonged to EU"
    )
    assert found.evidence[1].says == "KEN joined EU on 1995-01-01"
    assert found.evidence[1].why == "by it KEN was a member on 2023-01-31"


def test_a_member_speaks_for_itself() -> None:
    """A member's own words decide, whatever its group says later."""
    story = Story(IN_EU, takes("KEN", "support", "art-6", on="2023-01-10"), EU_OPPOSES)
    assert (story.explain().stance, story.explain().via) == ("support", "own")
    assert story.one(1).role == "decides"
    assert (story.one(2).role, story.one(2).why) == (
        "own words stand",
        "KEN spoke itself, and its own words stand",
    )


def test_later_words_of_a_group_decide_where_they_were_asked_for() -> None:
    """By the policy ``latest``, own words give way to words of the group on a later day."""
    story = Story(IN_EU, takes("KEN", "support", "art-6", on="2023-01-10"), EU_OPPOSES)
    found = story.explain(own_words="latest")
    assert (found.stance, found.via) == ("oppose", "group")
    assert story.one(2, own_words="latest").why == (
        "it is later than what KEN said itself, and it belonged to EU"
    )
    assert (story.one(1, own_words="latest").role, story.one(1, own_words="latest").why) == (
        "overridden",
        "EU spoke later, on 2023-01-16, and own words were to give way to those of a group",
    )


def test_earlier_words_of_a_group_do_not_decide_either_way() -> None:
    """By the policy ``latest``, own words of the same day or later stand."""
    story = Story(IN_EU, EU_OPPOSES, takes("KEN", "support", "art-6"))
    assert story.explain(own_words="latest").stance == "support"
    assert story.one(1, own_words="latest").role == "own words stand"


def test_a_group_that_spoke_before_own_words_is_no_conflict() -> None:
    """By the policy ``latest``, of two groups only the one that spoke later than oneself counts."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES, takes("KEN", "support", "art-6"),
        takes("G77", "accept", "art-6", on="2023-01-20"),
    )  # fmt: skip
    assert story.explain(own_words="latest").through == "G77"
    assert story.one(2, own_words="latest").why == "it is no later than the words of KEN itself"


def test_own_words_taken_back_let_the_group_speak() -> None:
    """Who took its own stance back stands where its group does."""
    story = Story(IN_EU, EU_OPPOSES, takes("KEN", "none", "art-6", on="2023-01-20"))
    found = story.explain()
    assert (found.stance, found.through) == ("oppose", "EU")
    assert [e.role for e in found.evidence] == ["decides", "taken back", "membership"]
    assert "had taken its own stance on art-6 back" in found.evidence[0].why


def test_groups_may_conflict() -> None:
    """Of two groups that stand elsewhere, the one that spoke last decides; the other is named."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES,
        takes("G77", "support", "art-6", on="2023-01-17"),
    )  # fmt: skip
    assert (story.explain().stance, story.explain().through) == ("support", "G77")
    assert story.one(2).role == "conflict"
    assert story.one(2).why == "KEN belonged to EU too, but G77 spoke later"


def test_groups_may_agree() -> None:
    """Another group that says the same is no conflict."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES,
        takes("G77", "oppose", "art-6", on="2023-01-17"),
    )  # fmt: skip
    assert (story.one(2).role, story.one(3).role) == ("agrees", "decides")
    assert story.one(2).why == "KEN belonged to EU too; G77 said the same later"


def test_a_membership_that_ended_does_not_count() -> None:
    """A group that the delegation had left does not speak for it, and the leaving is named."""
    story = Story(IN_EU, left("KEN", "EU", on="2023-01-12"), EU_OPPOSES)
    assert story.explain().stance is None
    assert [story.one(n).role for n in range(3)] == ["overridden", "left", "not a member"]
    assert story.one(2).why == f"KEN left EU on 2023-01-12 ({story.id(1)})"
    assert story.one(1).why == "by it KEN was no member on 2023-01-31"


def test_a_membership_still_to_come_does_not_count() -> None:
    """A group that the delegation joins after the day does not speak for it yet."""
    story = Story(joined("KEN", "EU", on="2023-03-01"), EU_OPPOSES)
    assert [story.one(n).role for n in range(2)] == ["later", "not a member"]
    assert story.one(1).why == f"KEN joined EU on 2023-03-01, after 2023-01-31 ({story.id(0)})"


def test_a_membership_may_be_possible() -> None:
    """A membership of an uncertain date counts only where that is asked for."""
    story = Story(joined("KEN", "EU", on="2023"), EU_OPPOSES)
    assert story.one(1).role == "not a member"
    assert "which is perhaps later than 2023-01-31" in story.one(1).why
    assert story.one(1, possible=True).role == "decides"
    assert story.one(1, possible=True).why.endswith("but such entries were counted")


def test_a_retracted_membership_is_told() -> None:
    """Where a joining was retracted, the delegation does not belong to the group."""
    story = Story(IN_EU, EU_OPPOSES)
    story.then(retraction(story.kept[0].id))
    assert (story.one(0).role, story.one(1).role) == ("retracted", "not a member")
    assert story.one(1).why == "KEN did not belong to EU on 2023-01-31"


def test_a_membership_corrected_to_another_group_is_told() -> None:
    """A joining that a correction made one of another group is corrected away."""
    story = Story(joined("KEN", "EU"), EU_OPPOSES)
    moved = story.then(correction(story.kept[0].id, group="G77"))
    assert story.one(0).role == "corrected away"
    assert story.one(0).why == (
        f"correction {moved[:8]} of 2023-03-01 made it a membership of KEN in G77"
    )


def test_a_group_within_a_group_speaks() -> None:
    """Where a group belongs to another, that speaks for its members too."""
    story = Story(IN_EU, joined("EU", "G77"), takes("G77", "oppose", "art-6"))
    assert story.explain().through == "G77"
    assert story.one(2).why.endswith("and it belonged to G77 through EU")
    assert [story.one(n).role for n in range(2)] == ["membership", "membership"]


def test_who_joins_twice_or_leaves_unjoined_says_nothing() -> None:
    """What changes no membership is told as that."""
    story = Story(left("KEN", "EU", on="1990"), IN_EU, joined("KEN", "EU"), EU_OPPOSES)
    assert [story.one(n).role for n in range(3)] == ["says nothing", "membership", "says nothing"]
    assert story.one(0).why == "KEN was no member of EU"
    assert story.one(2).why == "KEN was a member already of EU"


def test_a_group_that_took_its_stance_back_says_nothing() -> None:
    """A group without a stance leaves its member undeclared."""
    story = Story(IN_EU, EU_OPPOSES, takes("EU", "none", "art-6", on="2023-01-20"))
    assert (story.explain().stance, story.one(2).role) == (None, "says nothing")


def test_silent_groups_are_named() -> None:
    """A group that said nothing on the target is no evidence, and is named."""
    found = Story(IN_EU, takes("EU", "oppose", "scope")).explain()
    assert (found.silent, found.evidence) == (("EU",), ())


def test_groups_can_be_left_out() -> None:
    """Asked for its own words only, a delegation is explained without its groups."""
    found = Story(IN_EU, EU_OPPOSES).explain(own_only=True)
    assert (found.stance, found.evidence, found.silent) == (None, (), ())


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
        FieldChange("confidence", "reported", "official"),
        FieldChange("stance", "oppose", "reserve"),
    )
    assert second.changes == (
        FieldChange("note", None, "seen"),
        FieldChange("stance", "reserve", "accept"),
    )
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


def ever(kept: list[StoredEntry], holder: str, target: str) -> set[str]:
    """Return the ids of the entries that ever were a stance or a vote in a cell."""
    return {
        v.id
        for family in families(kept)
        for v in versions(family)
        if isinstance(v.live.entry, StanceTaken | VoteCast)
        if (v.live.entry.for_ or v.live.entry.by, v.live.entry.target) == (holder, target)
    }


@few
@given(data=st.data(), kept=histories(), day=days)
def test_an_explanation_is_lawful(data: st.DataObject, kept: list[StoredEntry], day: str) -> None:
    """What decides is what the law's positions rest on, and every entry has exactly one role."""
    k = data.draw(st.sampled_from([None, *(one.entry.recorded_at for one in kept)]))
    accounts = data.draw(st.sampled_from(POLICIES))
    counting = data.draw(st.booleans())
    law = [*answer(kept, day, k), *(possible(kept, day, k) if counting else ())]
    rows = [row_of(0, live, day) for live in ordered(law)]
    policy: dict[str, Any] = {
        "own_only": data.draw(st.booleans()),
        "own_words": data.draw(st.sampled_from(OWN_WORDS)),
    }
    held = positions(rows, accounts, **policy)
    for holder in HOLDERS:
        for target in TARGETS:
            found = explain_cell(
                families(kept),
                holder,
                target,
                day,
                k,
                possible=counting,
                accounts=accounts,
                **policy,
            )
            here = [p for p in held if (p.delegation, p.target) == (holder, target)]
            deciding = [e for e in found.evidence if e.role == "decides"]
            assert {p.entry for p in here} == {e.id for e in deciding}
            shown = here[0] if here else None
            outcome = shown and (shown.stance, shown.option, shown.via, shown.through)
            assert (outcome or (None,) * 4) == (
                found.stance,
                found.option,
                found.via,
                found.through,
            )
            conflicts = {e.id for e in found.evidence if e.role == "conflict"}
            assert set(shown.conflicts if shown else ()) == conflicts
            ids = [e.id for e in found.evidence]
            assert len(ids) == len(set(ids))
            assert ever(kept, holder, target) <= set(ids)
            counted = {e.id for e in found.evidence if e.role in COUNTED}
            here_now = {e.id for e in found.evidence if not e.role.startswith("corrected")}
            assert counted == {r.id for r in rows if r.id in here_now}
            own = {r.id for r in rows if (r.holder, r.target) == (holder, target)}
            words = {r.id for r in rows if r.stance or r.type == "vote.cast"}
            assert counted >= own & words


@few
@given(data=st.data(), kept=histories(), day=days)
def test_a_role_is_what_it_says(data: st.DataObject, kept: list[StoredEntry], day: str) -> None:
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
            assert bool(decided) or not any(e.role in ("disputed", "conflict") for e in found)


# -- the timeline -----------------------------------------------------------------------------


@few
@given(data=st.data(), kept=histories(), day=days)
def test_what_is_explained_is_in_the_timeline(
    data: st.DataObject, kept: list[StoredEntry], day: str
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
