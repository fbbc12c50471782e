"""A question is asked as a person would guess, and what means nothing is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pendulum
import pytest

from negotrack.errors import Rejected, Usage
from negotrack.facts.query import Resolution
from shorthand import DAY, document, says, takes, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace

ACTS: tuple[Entry, ...] = (
    takes("KEN", "support", "scope", option="broad"),
    takes("CHN", "oppose", "art-6/2", on="2023-01-17"),
    takes("EU", "reserve", "scope", on="2023-01-18", session="s-1"),
    says("AUT", "Not yet.", on="2023-01-19"),
    document(on="2023-01-16", draft="whole"),
    worded("art-6", "Safeguards shall be there.", on="2023-01-16"),
    worded("art-6/2", "Nothing shall be suppressed.", on="2023-01-16"),
)


@pytest.fixture
def room(workspace: Workspace) -> Workspace:
    """Return a room in which something was said and a draft was issued."""
    workspace.import_(ACTS)
    return workspace


def targets(workspace: Workspace, **asked: Any) -> list[str]:
    """Return who stands on what."""
    return sorted(f"{p.delegation} {p.target}" for p in workspace.positions(**asked))


# -- dates ------------------------------------------------------------------------------------

SAME_DAY = (
    "2023-01-17",
    date(2023, 1, 17),
    datetime(2023, 1, 17, 23, 59),  # noqa: DTZ001 - without a zone, on purpose
    datetime(2023, 1, 17, 12, tzinfo=UTC),
    pendulum.date(2023, 1, 17),
    pendulum.datetime(2023, 1, 17, 12),
)


@pytest.mark.parametrize("day", SAME_DAY, ids=repr)
def test_a_day_is_a_text_or_a_date(room: Workspace, day: Any) -> None:
    """Dates of the standard library and of pendulum are days as texts are; of a time, its date."""
    assert targets(room, as_of=day) == ["CHN art-6/2", "KEN scope"]
    assert targets(room, since=day) == ["CHN art-6/2", "EU scope"]


@pytest.mark.parametrize(
    "moment",
    [
        "2023-03-01T12:00:00Z",
        datetime(2023, 3, 1, 12),  # noqa: DTZ001 - without a zone it is in UTC
        datetime(2023, 3, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        pendulum.datetime(2023, 3, 1, 13, tz="Europe/Vienna"),
    ],
    ids=repr,
)
def test_a_moment_is_a_text_or_a_time(room: Workspace, moment: Any) -> None:
    """A moment of recording is in UTC unless it names a zone."""
    assert room.query(known_at=moment).when.known_at == "2023-03-01T12:00:00.000000Z"


def test_a_moment_that_is_a_date_is_its_end(room: Workspace) -> None:
    """A date is known at its end, as a text or as a date."""
    end = room.query(known_at="2023-03-01").when.known_at
    assert room.query(known_at=date(2023, 3, 1)).when.known_at == end


@pytest.mark.parametrize("keyword", ["as_of", "since", "known_at"])
def test_what_is_no_date_is_refused(room: Workspace, keyword: str) -> None:
    """A number is no date."""
    asked: dict[str, Any] = {keyword: 2023}
    with pytest.raises(Rejected, match="2023 is not a date"):
        room.positions(**asked)


def test_lessons_begin_at_a_date_or_a_text(room: Workspace) -> None:
    """What was learned after a moment takes the moment as any question does."""
    for begin in ("2023-02-01", date(2023, 2, 1), pendulum.datetime(2023, 2, 1)):
        lessons = room.positions.retroactive_changes(known_from=begin, target="art-6/2")
        assert [lesson.happening.by for lesson in lessons if lesson.happening.by] == ["CHN"]


# -- names ------------------------------------------------------------------------------------


def test_several_names_are_any_of_them(room: Workspace) -> None:
    """A list, a tuple, a set or a generator means what is about any of its names."""
    both = ["CHN art-6/2", "EU scope", "KEN scope"]
    assert targets(room, target=["scope", "art-6/2"]) == both
    assert targets(room, target=("scope", "art-6/2")) == both
    assert targets(room, target={"scope", "art-6/2"}) == both
    assert targets(room, delegation=(name for name in ("Kenya", "the Union"))) == both[1:]
    assert [h.by for h in room.timeline(by=["Kenya", "China"])] == ["KEN", "CHN"]
    assert [h.by for h in room.timeline(kind=["stance", "statement"], since="2023-01-18")] == [
        "EU",
        "AUT",
    ]
    assert [h.by for h in room.timeline(session=["s-1"], kind="stance")] == ["EU"]


def test_a_kind_is_a_noun_or_a_type(room: Workspace) -> None:
    """A kind of entry is asked for by its noun or by its type."""
    assert room.timeline(kind="stance") == room.timeline(kind="stance.taken")
    assert len(room.timeline(kind="stance")) == 3


@pytest.mark.parametrize(
    ("keyword", "word", "suggestion"),
    [
        ("by", "Kenia", "KEN"),
        ("delegation", "Chian", "CHN"),
        ("target", "scpoe", "scope"),
        ("session", "s-11", "s-1"),
        ("kind", "stanc", "stance"),
        ("negotiation", "demmo", "demo"),
    ],
)
@pytest.mark.parametrize("as_list", [False, True])
def test_an_unknown_name_is_refused_with_suggestions(
    room: Workspace, keyword: str, word: str, suggestion: str, *, as_list: bool
) -> None:
    """No keyword answers a misspelt name with nothing."""
    is_one = keyword == "negotiation"
    asked: dict[str, Any] = {keyword: [word] if as_list and not is_one else word}
    with pytest.raises((Rejected, Usage)) as refused:
        room.timeline(**asked)
    assert suggestion in str(refused.value.cure)


@pytest.mark.parametrize("value", [3, ["scope", 3]], ids=repr)
def test_what_is_no_name_is_refused(room: Workspace, value: Any) -> None:
    """A number is no name."""
    with pytest.raises(Rejected, match="3 is no"):
        room.timeline(target=value)


def test_an_empty_list_is_refused(room: Workspace) -> None:
    """A list of nothing asks about nothing: it does not mean everything."""
    with pytest.raises(Usage, match="target is an empty list"):
        room.timeline(target=[])


# -- keywords ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "keyword"),
    [
        (lambda room, **asked: room.positions(**asked), "holder"),
        (lambda room, **asked: room.positions(**asked), "kind"),
        (lambda room, **asked: room.timeline(**asked), "own_only"),
        (lambda room, **asked: room.query(**asked), "accounts"),
        (lambda room, **asked: room.tally(target="scope", **asked), "session"),
        (lambda room, **asked: room.trend(target="scope", **asked), "by"),
        (lambda room, **asked: room.explain(target="scope", **asked), "since"),
        (lambda room, **asked: room.text(**asked), "by"),
        (lambda room, **asked: room.votes(**asked), "on"),
    ],
)
def test_a_keyword_that_is_not_taken_is_refused(
    room: Workspace, ask: Callable[..., Any], keyword: str
) -> None:
    """A keyword is never passed over: the answer would be about everything."""
    with pytest.raises(Usage, match=f"takes no keyword {keyword}"):
        ask(room, **{keyword: "KEN"})


def test_a_misspelt_keyword_gets_a_suggestion(room: Workspace) -> None:
    """The refusal names the keyword that was meant."""
    asked: dict[str, Any] = {"as_off": DAY}
    with pytest.raises(Usage) as refused:
        room.positions(**asked)
    assert str(refused.value.cure).startswith("did you mean as_of?")


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda room: room.positions(accounts="first"), "'first' is no policy on accounts"),
        (lambda room: room.positions(own_words="mine"), "'mine' is no way with own words"),
        (lambda room: room.history(accounts="first"), "'first' is no policy on accounts"),
        (lambda room: room.changes(accounts="first"), "'first' is no policy on accounts"),
        (lambda room: room.votes.voters(accounts="first"), "'first' is no policy on accounts"),
        (lambda room: room.trend(target="scope", step="week"), "'week' is no step"),
        (lambda room: list(room.positions.steps(step="week")), "'week' is no step"),
        (lambda room: room.tally(target="scope", undeclared="maybe"), "'maybe' is no answer"),
    ],
)
def test_a_word_that_is_none_of_the_list_is_refused(
    room: Workspace, ask: Callable[[Workspace], Any], sentence: str
) -> None:
    """Words of closed lists are checked, as names are."""
    with pytest.raises(Usage, match=sentence):
        ask(room)


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda room: room.tally(), "target"),
        (lambda room: room.tally(target=["scope", "art-6"]), "target"),
        (lambda room: room.trend(), "target"),
        (lambda room: room.explain(target="scope"), "delegation"),
        (lambda room: room.explain(delegation="KEN"), "target"),
        (lambda room: room.explain(delegation=["KEN", "EU"], target="scope"), "delegation"),
    ],
)
def test_a_question_about_one_thing_needs_it(
    room: Workspace, ask: Callable[[Workspace], Any], field: str
) -> None:
    """None and several are refused where the answer is about one."""
    with pytest.raises(Usage, match=f"about one {field}"):
        ask(room)


# -- queries ----------------------------------------------------------------------------------


def test_keywords_narrow_a_query(room: Workspace) -> None:
    """Keywords beside a query replace what it asks, checked; the rest stays."""
    on_scope = room.query(target="scope", as_of="2023-01-20")
    assert room.positions(on_scope) == room.positions(target="scope", as_of="2023-01-20")
    (kenya,) = room.positions(on_scope, delegation="Kenya")
    assert (kenya.delegation, kenya.target) == ("KEN", "scope")
    assert [p.delegation for p in room.positions(on_scope, as_of="2023-01-16")] == ["KEN"]
    assert room.query(on_scope, by="Kenya") == on_scope.narrowed(by="KEN")
    assert room.query(on_scope, as_of="2023-01-16") == on_scope.at(as_of="2023-01-16")
    with pytest.raises(Rejected, match="no delegation Kenia"):
        room.positions(on_scope, delegation="Kenia")


def test_keywords_replace_parts_of_a_resolution(room: Workspace) -> None:
    """Keywords beside a resolution replace what it says; the rest stays."""
    room.log("joining", by="AUT", group="EU", on="2022-01-02")
    own = Resolution(own_only=True)
    assert "AUT scope" in targets(room)
    assert "AUT scope" not in targets(room, resolution=own, accounts="latest")
    assert "AUT scope" in targets(room, resolution=own, own_only=False)


def test_a_query_is_of_one_negotiation(room: Workspace) -> None:
    """The names of a query are those of a negotiation, so another one is refused."""
    query = room.query(target="scope")
    assert room.query(query, negotiation="demo") == query
    with pytest.raises(Usage, match="about demo, not other"):
        room.positions(query, negotiation="other")


def test_what_is_no_query_is_refused(room: Workspace) -> None:
    """A date in the place of a query gets a hint."""
    day: Any = "2023-01-17"
    with pytest.raises(Usage, match="'2023-01-17' is no query"):
        room.positions(day)


def test_a_query_cannot_end_before_it_begins(room: Workspace) -> None:
    """Narrowing is checked as asking is."""
    later = room.query(since="2023-01-18")
    with pytest.raises(Rejected, match="2023-01-18 lies after 2023-01-17"):
        room.query(later, as_of="2023-01-17")


# -- single questions -------------------------------------------------------------------------


def test_a_tally_takes_what_is_asked_as_keywords(room: Workspace) -> None:
    """What is supposed is a mapping or pairs; names are resolved; it is as a question made once."""
    supposing = {"China": "support"}
    tally = room.tally(target="scope", option="Broad", supposing=supposing, undeclared="absent")
    question = room.votes.question(
        target="scope", option="broad", supposing=[("CHN", "support")], undeclared="absent"
    )
    assert tally == room.tally(target="scope", question=question)
    assert tally.option == "broad"
    assert tally.before is not None
    with pytest.raises(Rejected, match="no option braod"):
        room.tally(target="scope", option="braod")
    with pytest.raises(Rejected, match="no rule halves"):
        room.tally(target="scope", rule="halves")
    with pytest.raises(Rejected, match="no delegation Chian"):
        room.tally(target="scope", supposing={"Chian": "support"})
    with pytest.raises(Usage, match="supprt is no stance"):
        room.tally(target="scope", supposing={"CHN": "supprt"})


def test_one_group_may_be_a_text(room: Workspace) -> None:
    """Groups are several; one need not be a list."""
    tally = room.tally(target="scope", groups="the Union")
    assert tally == room.tally(target="scope", groups=["EU"])


def test_a_trend_resolves_names(room: Workspace) -> None:
    """The option and the group of a trend are checked, as in a tally."""
    assert room.trend(target="scope", group="the Union") == room.trend(target="scope", group="EU")
    with pytest.raises(Rejected, match="no option braod"):
        room.trend(target="scope", option="braod")
    with pytest.raises(Rejected, match="is not a group"):
        room.trend(target="scope", group="Kenya")


def test_alignment_resolves_the_party(room: Workspace) -> None:
    """One with all others, by any of its names."""
    assert room.alignment(party="Kenya") == room.alignment(party="KEN")
    with pytest.raises(Rejected, match="no delegation Kenia"):
        room.alignment(party="Kenia")


def test_a_text_takes_several_targets(room: Workspace) -> None:
    """Provisions are given once each, in the order in which they are asked for."""
    both = room.text(target=["art-6/2", "art-6"])
    assert [provision.provision for provision in both] == ["art-6/2", "art-6"]
    assert [p.provision for p in room.text(target="art-6")] == ["art-6", "art-6/2"]
    query = room.query(target=["art-6/2"])
    assert room.text(query) == room.text(target="art-6/2") == both[:1]
    with pytest.raises(Rejected, match="no provision art-7"):
        room.text(target=["art-6", "art-7"])
