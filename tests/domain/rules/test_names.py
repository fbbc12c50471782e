from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conftest import Scenario, stamped
from domain.rules.deeds import cosponsors, due, entry, moved, signs, votes
from negotrack.domain import entries as e
from negotrack.domain.register import Register
from negotrack.domain.rules.names import refuse_loss
from negotrack.errors import Conflict
from shorthand import (
    DEMO,
    amendment,
    decided,
    delegation,
    document,
    issue,
    joined,
    opened,
    proposal,
    provision,
    retraction,
    says,
    session,
    takes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.domain.rules.names import Uses


def test_a_negotiation_is_opened_before_anything_else(scenario: Scenario) -> None:
    """Nothing can be logged into a negotiation that was not opened."""
    scenario.when(delegation("KEN")).then_refused("no negotiation demo", "open it first")
    scenario.then_cure("open-negotiation", negotiation="demo")


def test_a_negotiation_is_opened_once(scenario: Scenario) -> None:
    """The name of a negotiation is taken once it is opened."""
    scenario.given(opened()).when(opened(title="Another")).then_refused("taken", code=4)


@pytest.mark.parametrize(
    "second",
    [
        issue("art-6"), provision("scope"), proposal("scope"), amendment("scope", "art-6"),
        document("scope"), session("scope"), delegation("KEN", name="Another"), issue("demo"),
        session("s-1", title="Another"), provision("s-1"),
    ],
    ids=lambda entry: type(entry).__name__,
)  # fmt: skip
def test_a_slug_names_one_thing(room: Scenario, second: Entry) -> None:
    """No naming entry can take a name that something has, whatever it is the name of."""
    room.when(second).then_refused("is taken", "choose another", code=4)


@pytest.mark.parametrize(
    "first",
    [
        issue("voting", "60", "30"), provision("preamble/3"), proposal("p-1", "KEN"),
        amendment("a-1", "art-6"), document("draft-1", by="KEN"), session("s-2"),
        delegation("FIN"), delegation("CARICOM", "group"), delegation("CHAIR", "office"),
    ],
    ids=lambda entry: type(entry).__name__,
)  # fmt: skip
def test_a_free_name_can_be_given(room: Scenario, first: Entry) -> None:
    """Every kind of thing can be named once."""
    room.when(first).then_logged()


def test_the_name_of_a_retracted_entry_is_free(room: Scenario) -> None:
    """What was retracted had never a name."""
    room.given(issue("voting"), retraction(room.kept[7].id)).when(issue("scope")).then_logged()


def test_a_stance_is_on_a_known_target(room: Scenario) -> None:
    """A stance on a target that nothing names is refused, with the near miss."""
    room.when(takes("KEN", "support", "scpe")).then_refused("no target scpe", "scope")


TARGETS = ("scope", "art-6", "art-6/2", "p-1", "a-1")


OTHERS = ("s-1", "draft-1", "demo")


ABOUT_ANY: dict[str, Callable[[str], Entry]] = {
    "stance": lambda target: takes("KEN", "support", target),
    "vote": lambda target: votes("KEN", target),
    "decision": decided,
    "merged": lambda target: decided("p-2", "merged", into=target),
    "statement": lambda target: says("KEN", "Hm.", target=target),
    "deadline": lambda target: due("2023-02", target=target),
    "proposal": lambda target: proposal("p-9", target=target),
    "issue": lambda target: issue("x", target=target),
    "document": lambda target: document("d-9", target=target),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", ABOUT_ANY)
def test_issues_provisions_proposals_and_amendments_are_targets(
    table: Scenario, kind: str, target: str
) -> None:
    """Whatever may be about a target may be about any of the four kinds."""
    table.when(ABOUT_ANY[kind](target)).then_logged()


@pytest.mark.parametrize("target", [*OTHERS, "nothing"])
@pytest.mark.parametrize("kind", ABOUT_ANY)
def test_nothing_else_is_a_target(table: Scenario, kind: str, target: str) -> None:
    """Sessions, documents, the negotiation and unknown names are no targets."""
    table.when(ABOUT_ANY[kind](target)).then_refused("target")


ABOUT_ONE: dict[str, tuple[Callable[[str], Entry], set[str]]] = {
    "cosponsorship": (lambda target: cosponsors(target, by="AUT"), {"p-1"}),
    "proposal-revision": (lambda t: entry(e.ProposalRevised, target=t, reason="talks"), {"p-1"}),
    "proposal-withdrawal": (lambda target: entry(e.ProposalWithdrawn, target=target), {"p-1"}),
    "amendment-revision": (lambda target: entry(e.AmendmentRevised, target=target), {"a-1"}),
    "amendment-withdrawal": (lambda target: entry(e.AmendmentWithdrawn, target=target), {"a-1"}),
    "amendment": (lambda target: amendment("a-9", target), {"art-6", "art-6/2", "p-1", "a-1"}),
    "signature": (lambda target: signs(target, by="KEN"), {"draft-1"}),
}


@pytest.mark.parametrize("target", [*TARGETS, *OTHERS, "nothing"])
@pytest.mark.parametrize("kind", ABOUT_ONE)
def test_a_deed_is_about_its_own_kind_of_thing(table: Scenario, kind: str, target: str) -> None:
    """Proposals are revised, amendments withdrawn, documents signed: each deed has its kind."""
    entry, able = ABOUT_ONE[kind]
    table.when(entry(target))
    if target in able:
        table.then_logged()
    else:
        table.then_refused(target)


def test_the_wrong_kind_of_thing_is_named(table: Scenario) -> None:
    """A refusal says what the name is the name of, and offers one of the right kind."""
    table.when(entry(e.ProposalWithdrawn, target="a-1")).then_refused(
        "a-1 is a", "amendment, not a proposal", "p-1"
    )


def uses_of(story: Scenario, but: Entry) -> Uses:
    """Return what counts the entries of a story of which something is true."""

    def uses(text: str, rests: Callable[[Entry], bool]) -> int:
        users = [kept for kept in story.kept if rests(kept.entry) and kept.entry is not but]
        assert all(f'"{text}"'.encode() in kept.line for kept in users)
        return len(users)

    return uses


def loses(story: Scenario, name: str, /, **changed: Any) -> None:
    """Take a naming entry out of a story, or change it there, if nothing rests on that."""
    named = Register(DEMO, story.kept).find(name)
    assert named is not None
    after = msgspec.structs.replace(named.entry, **changed) if changed else None
    refuse_loss(named.entry, after, uses_of(story, named.entry))


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("KEN", takes("KEN", "support", "art-6")),
        ("HRW", takes("KEN", "support", "art-6", for_="HRW")),
        ("CHN", takes("KEN", "support", "art-6", aligned_with="CHN")),
        ("CHN", proposal("p-2", "KEN", sponsors=("AUT", "CHN"))),
        ("EU", joined("AUT", "EU")),
        ("scope", takes("KEN", "support", "scope")),
        ("art-6", decided("scope", "merged", into="art-6")),
        ("s-1", says("KEN", "Hello.", session="s-1")),
        ("s-1", moved("s-1", days="2023-02")),
        ("demo", says("KEN", "Hello.")),
    ],
    ids=str,
)
def test_a_name_in_use_is_not_lost(room: Scenario, name: str, use: Entry) -> None:
    """What brought a name stays while any entry names it, in whatever field."""
    if name != "demo":
        loses(room, name)
    room.given(use)
    with pytest.raises(Conflict, match=f"{name} is in use: .* it; retract or correct those first"):
        loses(room, name)


@pytest.mark.parametrize(
    "entry",
    [issue("broad"), provision("art-7"), takes("KEN", "support", "art-6"), says("KEN", "scope")],
    ids=str,
)
def test_a_namesake_is_no_use(room: Scenario, entry: Entry) -> None:
    """An option, a text or a part of something that is called the same does not use the name."""
    room.given(entry, issue("art-7/1", "broad"))
    for name in ("broad", "art-7"):
        if Register(DEMO, room.kept).find(name):
            loses(room, name)
    loses(room, "scope")


def test_a_name_that_two_entries_brought_is_not_lost(room: Scenario) -> None:
    """Where two clones registered the same, one of the entries can be retracted."""
    room.given(takes("KEN", "support", "art-6"))
    room.kept.append(stamped(delegation("KEN", name="Kenya"), 99))
    loses(room, "KEN")


def test_a_change_that_keeps_the_name_loses_nothing(room: Scenario) -> None:
    """Titles and aliases are nothing that others rest on."""
    room.given(takes("KEN", "support", "scope", option="broad"), joined("AUT", "EU"))
    loses(room, "scope", title="Another", options=("broad",))
    loses(room, "EU", name="Another")
    with pytest.raises(Conflict, match="option broad of scope is in use: 1 entry names it"):
        loses(room, "scope", options=("limited",))
    with pytest.raises(Conflict, match="EU is in use as a group: 1 entry"):
        loses(room, "EU", kind="office")
    with pytest.raises(Conflict, match="issue scope is in use: 1 entry"):
        loses(room, "scope", issue="breadth")


@pytest.mark.parametrize(("count", "words"), [(2, "2 entries"), (1000, "1,000 or more entries")])
def test_so_many_are_named(count: int, words: str) -> None:
    """The refusal says how many entries use the name, up to a thousand."""

    def uses(text: str, rests: Callable[[Entry], bool]) -> int:
        return count if rests(takes(text, "support", "scope")) else 0

    with pytest.raises(Conflict, match=f"delegation KEN is in use: {words} name it"):
        refuse_loss(delegation("KEN"), None, uses)


def test_a_deed_brings_no_name(room: Scenario) -> None:
    """What names nothing can always be retracted."""
    refuse_loss(says("KEN", "Hello."), None, uses_of(room, opened()))
