from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.dates import Day, Instant, span
from negotrack.domain.entries import StanceTaken, VoteCast
from negotrack.domain.specification import answer, effective, known, ordered, possible, versions
from negotrack.domain.values import Source
from negotrack.facts.query import POLICIES, Resolution, When
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.evidence import COUNTED, ROLES
from negotrack.projections.evidence.explain import explain_cell
from negotrack.projections.positions.positions import positions
from projections.evidence.stories import JANUARY, K, Story, days, families
from shorthand import joined, takes, votes
from strategies import HOLDERS, TARGETS, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry

PAPER, RADIO = Source(title="Paper"), Source(title="Radio")


def account(stance: str, source: Source, **more: Any) -> StanceTaken:
    """Return an account of what KEN took on art-6 on one day."""
    return takes("KEN", stance, "art-6", **{"sources": (source,)} | more)


# -- what decides -----------------------------------------------------------------------------


def test_nothing_explains_the_undeclared() -> None:
    """A delegation of which the record has nothing is undeclared, and there is no evidence."""
    explanation = Story(takes("CHN", "oppose", "art-6")).explain()
    assert (explanation.stance, explanation.option, explanation.evidence) == (None, None, ())


def test_the_last_stance_decides() -> None:
    """A later stance takes the place of an earlier; what decides comes first."""
    story = Story(takes("KEN", "oppose", "art-6"), takes("KEN", "reserve", "art-6", "2023-01-17"))
    explanation = story.explain()
    assert explanation.stance == "reserve"
    assert [(e.role, e.stance) for e in explanation.evidence] == [
        ("decides", "reserve"),
        ("overridden", "oppose"),
    ]
    assert (
        explanation.evidence[0].why == "it is the last stance that KEN took on art-6 by 2023-01-31"
    )
    assert explanation.evidence[1].why == f"it was followed by {story.id(1)} of 2023-01-17"


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
    explanation = story.explain()
    assert explanation.stance is None
    assert [e.role for e in explanation.evidence] == ["taken back", "overridden"]
    assert explanation.evidence[0].says == "took its stance back on 2023-01-17"
    assert explanation.evidence[0].why == (
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
    explanation = story.explain()
    assert (explanation.stance, explanation.via) == ("oppose", "vote")
    assert [(e.role, e.kind, e.stance) for e in explanation.evidence] == [
        ("decides", "vote", "oppose"),
        ("overridden", "stance", "support"),
    ]
    assert explanation.evidence[0].says == "voted no on 2023-01-17"
    assert explanation.evidence[0].why.endswith(
        "its last word by 2023-01-31; to vote no means oppose"
    )


def test_not_to_vote_says_nothing() -> None:
    """Who was absent stands where it stood before."""
    story = Story(
        takes("KEN", "support", "art-6"), votes("KEN", "absent", "art-6", on="2023-01-17")
    )
    assert story.explain().stance == "support"
    assert (story.one(1).role, story.one(1).stance) == ("says nothing", None)
    assert story.one(1).why == "it voted absent, which says nothing of where it stands"


# -- groups -----------------------------------------------------------------------------------


def test_silent_groups_are_in_order_of_their_names() -> None:
    """Groups that said nothing are named by the alphabet, in whatever order they were joined."""
    groups = ("LMG", "AG", "NAM", "EU", "CARICOM", "G77", "BRICS", "SIDS")
    explanation = Story(*(joined("KEN", group) for group in groups)).explain()
    assert explanation.silent == tuple(sorted(groups))


# -- the specification ------------------------------------------------------------------------


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
    """What decides is what the specified positions rest on; every entry has exactly one role."""
    k = data.draw(st.sampled_from([None, *(one.entry.recorded_at for one in kept)]))
    accounts = data.draw(st.sampled_from(POLICIES))
    counting = data.draw(st.booleans())
    counting_ = [*answer(kept, day, k), *(possible(kept, day, k) if counting else ())]
    rows = [row_of(0, live, day) for live in ordered(counting_)]
    resolution = Resolution(
        accounts, data.draw(st.booleans()), data.draw(st.sampled_from(("keep", "latest")))
    )
    standing = positions(rows, resolution)
    for holder in HOLDERS:
        for target in TARGETS:
            explanation = explain_cell(
                families(kept),
                holder,
                target,
                When(Day(day), None if k is None else Instant(k), counting),
                resolution,
            )
            here = [p for p in standing if (p.delegation, p.target) == (holder, target)]
            deciding = [e for e in explanation.evidence if e.role == "decides"]
            assert {p.entry for p in here} == {e.id for e in deciding}
            shown = here[0] if here else None
            outcome = shown and (shown.stance, shown.option, shown.via, shown.through)
            assert (outcome or (None,) * 4) == (
                explanation.stance,
                explanation.option,
                explanation.via,
                explanation.through,
            )
            conflicts = {e.id for e in explanation.evidence if e.role == "conflict"}
            assert set(shown.conflicts if shown else ()) == conflicts
            ids = [e.id for e in explanation.evidence]
            assert len(ids) == len(set(ids))
            assert ever(kept, holder, target) <= set(ids)
            counted = {e.id for e in explanation.evidence if e.role in COUNTED}
            here_now = {e.id for e in explanation.evidence if not e.role.startswith("corrected")}
            assert counted == {r.id for r in rows if r.id in here_now}
            own = {r.id for r in rows if (r.holder, r.target) == (holder, target)}
            words = {r.id for r in rows if r.stance or r.type == "vote.cast"}
            assert counted >= own & words


@few
@given(data=st.data(), kept=histories(), day=days)
def test_a_role_is_what_it_says(data: st.DataObject, kept: list[StoredEntry], day: str) -> None:
    """Each role fits what the specification says of its entry."""
    k = data.draw(st.sampled_from([one.entry.recorded_at for one in kept]))
    then = {live.id: live.entry for live in effective(known(kept, k))}
    for holder in HOLDERS:
        for target in TARGETS:
            evidence = explain_cell(
                families(kept), holder, target, When(Day(day), Instant(k))
            ).evidence
            for e in evidence:
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
            decided = [e for e in evidence if e.role in ("decides", "taken back")]
            assert evidence[: len(decided)] == tuple(decided)
            assert bool(decided) or not any(e.role in ("disputed", "conflict") for e in evidence)


def test_the_order_of_families_never_matters() -> None:
    """Families are explained alike in any order, and one given twice counts once."""
    story = Story(takes("KEN", "oppose", "art-6"), takes("KEN", "reserve", "art-6", "2023-01-17"))
    groups = families(story.kept)
    one, other = ([*f, *groups] for f in (groups, groups[::-1]))
    assert explain_cell(one, "KEN", "art-6", JANUARY) == explain_cell(
        other, "KEN", "art-6", JANUARY
    )
