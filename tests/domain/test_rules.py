from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Scenario, stamped
from negotrack.domain import entries as e
from negotrack.domain.canonical import LONGEST_LINE
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules import refuse_loss, validate
from negotrack.domain.specification import answer, effective
from negotrack.domain.values import Figures, Source
from negotrack.errors import Conflict, Refusal
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
    says,
    session,
    takes,
)
from strategies import few

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.domain.rules import Uses


def _made(cls: type[Entry], **fields: Any) -> Entry:
    return cls(**{"negotiation": DEMO, "on": "2023-01-16"} | fields)


def left(by: str, group: str) -> Entry:
    """A delegation left a group."""
    return _made(e.GroupLeft, by=by, group=group)


def signs(document: str, **more: Any) -> Entry:
    """A document was signed."""
    return _made(e.DocumentSigned, document=document, **more)


def cosponsors(target: str, **more: Any) -> Entry:
    """A proposal found co-sponsors."""
    return _made(e.ProposalCosponsored, target=target, **more)


def votes(by: str, target: str, vote: str = "yes") -> Entry:
    """A delegation voted."""
    return _made(e.VoteCast, by=by, target=target, vote=vote)


def due(day: str, **more: Any) -> Entry:
    """A deadline was set."""
    return _made(e.DeadlineSet, due=day, title="Comments", **more)


def moved(slug: str, **more: Any) -> Entry:
    """A session was moved."""
    return _made(e.SessionRescheduled, session=slug, **more)


def corrects(entry: str, /, **set_: Any) -> e.EntryCorrected:
    """A correction of any fields, ``on`` and ``reason`` of the corrected entry among them."""
    return msgspec.structs.replace(correction(entry), set=set_)  # type: ignore[no-any-return]


# -- opening and naming -----------------------------------------------------------------------


def test_a_negotiation_is_opened_before_anything_else(scenario: Scenario) -> None:
    """Nothing can be logged into a negotiation that was not opened."""
    scenario.when(delegation("KEN")).then_refused(
        "no negotiation demo", "negotrack log negotiation"
    )


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


def test_a_state_has_its_iso_code(room: Scenario) -> None:
    """A code that no state has is refused for a state, with the near ones."""
    room.when(delegation("FIM")).then_refused("not the ISO 3166 alpha-3 code", "FIN")


def test_a_code_far_from_every_state_needs_another_kind(room: Scenario) -> None:
    """Where no state's code is near, the cure is to name the kind."""
    room.when(delegation("ACCESS-NOW")).then_refused("not the ISO", "--kind observer")


def test_a_code_of_a_state_is_for_the_state(room: Scenario) -> None:
    """A group or observer cannot take the code of a state."""
    room.when(delegation("FIN", "observer")).then_refused("is the code of Finland", "--kind state")


def test_an_unregistered_state_is_named(room: Scenario) -> None:
    """A state that is not registered yet is called by its name, and the cure registers it."""
    room.when(takes("FIN", "support", "scope")).then_refused(
        "FIN (Finland) is not registered in demo", "negotrack log delegation FIN"
    )


def test_an_option_is_named_once(room: Scenario) -> None:
    """An issue does not have the same option twice."""
    room.when(issue("voting", "60", "30", "60")).then_refused("named twice")


# -- who acts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [{"by": "CHM"}, {"for_": "CHM"}, {"aligned_with": "CHM"}],
    ids=["by", "for", "aligned"],
)
def test_a_party_is_a_known_delegation(room: Scenario, fields: dict[str, str]) -> None:
    """Who acts, for whom, and whom they follow: all are registered."""
    stance = msgspec.structs.replace(takes("KEN", "support", "scope"), **fields)
    room.when(stance).then_refused("no delegation CHM", "did you mean", "CHN")


@pytest.mark.parametrize("slug", ["scope", "s-1", "demo"])
def test_a_group_is_no_slug(room: Scenario, slug: str) -> None:
    """What is no delegation cannot act."""
    stance = msgspec.structs.replace(takes("KEN", "support", "scope"), by=slug)
    room.when(stance).then_refused()


@pytest.mark.parametrize(
    "tabled",
    [proposal("p-1", sponsors=("KEN", "XYZ")), amendment("a-1", "art-6", sponsors=("XYZ",))],
)
def test_sponsors_are_known(room: Scenario, tabled: Entry) -> None:
    """Every further sponsor is registered."""
    room.when(tabled).then_refused("no delegation XYZ")


def test_known_sponsors_are_let_in(room: Scenario) -> None:
    """A proposal may have any number of known sponsors, and may be about a target."""
    room.when(proposal("p-1", "KEN", sponsors=("AUT", "HRW"), target="scope")).then_logged()


def test_nobody_acts_for_itself(room: Scenario) -> None:
    """To speak on behalf of oneself is just to speak."""
    room.given(takes("AUT", "support", "scope", for_="EU")).when(
        takes("EU", "support", "scope", for_="EU")
    ).then_refused("EU cannot act on behalf of itself", "leave `for` out")


# -- groups -----------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [joined, left])
def test_only_groups_have_members(room: Scenario, entry: Callable[..., Entry]) -> None:
    """A delegation joins and leaves groups, not states."""
    room.given(entry("AUT", "EU")).when(entry("AUT", "CHN")).then_refused(
        "CHN (China) is not a group"
    )


@pytest.mark.parametrize("entry", [joined, left])
def test_a_group_is_known(room: Scenario, entry: Callable[..., Entry]) -> None:
    """A group that was not registered has no members."""
    room.when(entry("AUT", "EFTA")).then_refused("no delegation EFTA")


@pytest.mark.parametrize("entry", [joined, left])
def test_a_group_is_not_its_own_member(room: Scenario, entry: Callable[..., Entry]) -> None:
    """No group joins or leaves itself."""
    room.when(entry("EU", "EU")).then_refused("EU cannot be a member of itself")


# -- sessions, days and times -----------------------------------------------------------------


def test_a_session_is_known(room: Scenario) -> None:
    """An entry lies in a session that was scheduled, or in none."""
    room.given(says("KEN", "Good morning.", session="s-1")).when(
        says("KEN", "Good night.", session="s-9")
    ).then_refused("no session s-9", "s-1")


def test_a_target_is_no_session(room: Scenario) -> None:
    """What has another kind of name is no session."""
    room.when(says("KEN", "Good night.", session="scope")).then_refused(
        "scope is an issue, not a session"
    )


def test_only_a_known_session_is_moved(room: Scenario) -> None:
    """A session is scheduled before it is rescheduled."""
    room.given(moved("s-1", days="2023-02")).when(moved("s-9", days="2023-02")).then_refused(
        "no session s-9"
    )


DST_NIGHT = "2022-03-27"


@pytest.fixture
def night(room: Scenario) -> Scenario:
    """A session in Vienna that sat through the night in which summer time began."""
    return room.given(session("s-2", "2022-03-21/2022-04-01"))


def test_a_time_that_the_clocks_skip_is_refused(night: Scenario) -> None:
    """No clock of the room showed half past two that night."""
    night.when(says("KEN", "Hello.", on=DST_NIGHT, at="02:30", session="s-2")).then_refused(
        "the clocks of Europe/Vienna skip 02:30 on 2022-03-27"
    )


@pytest.mark.parametrize(
    ("on", "at", "where"),
    [
        (DST_NIGHT, "03:30", "s-2"),
        (DST_NIGHT, "02:30", None),
        ("2022-03", "02:30", "s-2"),
        ("2022-10-30", "02:30", "s-2"),
    ],
    ids=["after", "no-session", "no-day", "twice"],
)
def test_other_times_are_let_in(night: Scenario, on: str, at: str, where: str | None) -> None:
    """A gap exists in one room on one night; an hour that comes twice is an hour."""
    night.when(says("KEN", "Hello.", on=on, at=at, session=where)).then_logged()


def test_the_clocks_are_those_of_the_room_after_a_move(night: Scenario) -> None:
    """A session that was moved to New York goes by the clocks there."""
    night.given(moved("s-2", on="2022-03-01", city="New York", zone="America/New_York")).when(
        says("KEN", "Hello.", on=DST_NIGHT, at="02:30", session="s-2")
    ).then_logged()


def test_a_deed_is_not_done_in_the_future(room: Scenario) -> None:
    """A deed dated after the day of its recording is refused; the room may be a day ahead."""
    room.given(says("KEN", "Tomorrow.", on="2023-03-02")).when(
        says("KEN", "The day after.", on="2023-03-03")
    ).then_refused("2023-03-03 lies in the future")


@pytest.mark.parametrize("on", ["2023", "2023-03", "2023-02-27/2023-03-10", "2023~"])
def test_a_span_that_has_begun_is_not_the_future(room: Scenario, on: str) -> None:
    """A deed of this year may be logged before the year is over."""
    room.when(says("KEN", "Some day.", on=on)).then_logged()


@pytest.mark.parametrize(
    "scheduled",
    [session("s-2", "2030-01-07/2030-01-18"), due("2030-01-07"), due("2030", on="2030-01-01")],
)
def test_what_is_scheduled_may_lie_ahead(room: Scenario, scheduled: Entry) -> None:
    """Sessions and deadlines can be in the future."""
    room.when(scheduled).then_logged()


@pytest.mark.parametrize(
    "deed",
    [
        correction("a" * 64, on="2030-01-01", note="x"),
        moved("s-1", on="2030"),
        issue("x", on="2024"),
    ],
)
def test_no_other_entry_may_lie_ahead(room: Scenario, deed: Entry) -> None:
    """A rescheduling is a deed of the day on which it was decided."""
    room.when(deed).then_refused("lies in the future")


def test_nothing_was_recorded_at_the_end_of_time(room: Scenario) -> None:
    """An instant after which nothing could be recorded is none of the record."""
    at = "9999-12-31T00:00:00.000000Z"
    room.when(says("KEN", "Bye.", recorded_at=at)).then_refused("not an instant")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": "2023-02-30"}, "no day"),
        ({"on": "now"}, "not a date"),
        ({"at": "24:00"}, "not a time of day"),
        ({"sources": (Source(publisher="UN"),)}, "neither an address nor a title"),
        ({"sources": (Source(title="Notes", retrieved="2023-02-30"),)}, "no day"),
    ],
)
def test_an_entry_is_well_formed(room: Scenario, fields: dict[str, Any], words: str) -> None:
    """Dates, times and sources mean something."""
    room.when(msgspec.structs.replace(says("KEN", "Hm."), **fields)).then_refused(words)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (session("s-2", zone="Mars/Base"), "not a time zone"),
        (session("s-2", "2023-01-20/2023-01-16"), "ends before it begins"),
        (moved("s-1", days="soon"), "not a date"),
        (moved("s-1", zone="Vienna"), "not a time zone"),
        (due("9/8/2024"), "not a date"),
    ],
)
def test_what_is_scheduled_is_well_formed(room: Scenario, entry: Entry, words: str) -> None:
    """Days, zones and due dates are checked as dates and zones are everywhere."""
    room.when(entry).then_refused(words)


# -- what an entry can hold -------------------------------------------------------------------


def test_an_entry_fits_on_a_line(room: Scenario) -> None:
    """An entry longer than a line may be is refused with both sizes."""
    long = ("\u00e9" * 60_000,) * 9
    room.when(issue("x", sources=tuple(Source(title="T", quote=text) for text in long)))
    room.then_refused("bytes long", f"{LONGEST_LINE:,}")


def test_a_nul_is_no_text(room: Scenario) -> None:
    """A NUL character is refused in any text."""
    room.when(says("KEN", "a\0b")).then_refused("NUL")


@pytest.mark.parametrize("text", [r"\u0000", r"C:\u0000\x", "\\\\u0000", "NUL"])
def test_a_nul_that_is_spelled_out_is_text(room: Scenario, text: str) -> None:
    """Somebody may write about the character."""
    room.when(says("KEN", text)).then_logged()


@pytest.mark.parametrize(
    "entry",
    [
        takes("KEN", "love", "scope"),
        takes("KEN", "support", "scope", confidence="certain"),
        takes("KEN", "support", "scope", order=-1),
        votes("KEN", "scope", "maybe"),
        says("KEN", ""),
        issue("Upper Case"),
        issue("line\n"),
        delegation("hrw", "observer"),
        delegation("X\n", "observer"),
        issue("x", title="t" * 501),
        decided("scope", figures={"yes": 1, "no": 2}, method="vote", says=7),
    ],
    ids=[
        "stance",
        "confidence",
        "order",
        "vote",
        "says",
        "capitals",
        "line-end",
        "small-letters",
        "code-line-end",
        "title",
        "figures",
    ],
)
def test_a_field_holds_what_its_type_says(room: Scenario, entry: Entry) -> None:
    """A tool cannot put a value into the record that the record could not read again."""
    room.when(entry).then_refused()


# -- targets ----------------------------------------------------------------------------------


def test_a_stance_is_on_a_known_target(room: Scenario) -> None:
    """A stance on a target that nothing names is refused, with the near miss."""
    room.when(takes("KEN", "support", "scpe")).then_refused("no target scpe", "scope")


@pytest.fixture
def table(room: Scenario) -> Scenario:
    """A room with a proposal, an amendment and a document on the table."""
    return room.given(
        proposal("p-1", "KEN"), proposal("p-2", "CHN"), amendment("a-1", "p-1", "AUT"), document()
    )


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
    "proposal-revision": (lambda t: _made(e.ProposalRevised, target=t, reason="talks"), {"p-1"}),
    "proposal-withdrawal": (lambda target: _made(e.ProposalWithdrawn, target=target), {"p-1"}),
    "amendment-revision": (lambda target: _made(e.AmendmentRevised, target=target), {"a-1"}),
    "amendment-withdrawal": (lambda target: _made(e.AmendmentWithdrawn, target=target), {"a-1"}),
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
    table.when(_made(e.ProposalWithdrawn, target="a-1")).then_refused(
        "a-1 is a", "amendment, not a proposal", "p-1"
    )


@pytest.mark.parametrize(
    "entry", [lambda **m: signs("draft-1", **m), lambda **m: cosponsors("p-1", **m)]
)
def test_one_is_named_or_many_are_counted(table: Scenario, entry: Callable[..., Entry]) -> None:
    """A source names a signatory or co-sponsor, or only counts them."""
    table.given(entry(by="KEN"), entry(count=72), entry(count=0))
    table.when(entry()).then_refused("how many", "give `by` or `count`")
    table.when(entry(by="KEN", count=1)).then_refused("how many")


def test_an_option_is_one_of_the_issue(room: Scenario) -> None:
    """A stance names one of the options of its issue, or none."""
    (
        room.given(takes("KEN", "support", "scope", option="broad"))
        .when(takes("KEN", "support", "scope", option="narrow"))
        .then_refused("no option narrow", "broad, limited")
    )


@pytest.mark.parametrize("target", ["art-6", "p-1", "a-1"])
def test_only_issues_have_options(table: Scenario, target: str) -> None:
    """A stance on anything else names no option."""
    table.when(takes("KEN", "support", target, option="broad")).then_refused("has no options")


def test_an_amendment_may_amend_an_amendment(room: Scenario) -> None:
    """A sub-amendment is an amendment whose target is one."""
    room.given(amendment("a-1", "art-6/2", "KEN")).when(amendment("a-2", "a-1")).then_logged()


# -- decisions --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["consensus", "without-vote", None])
def test_figures_need_a_vote(room: Scenario, method: str | None) -> None:
    """Only a decision by vote has figures."""
    figures = Figures(yes=2, no=1)
    room.given(decided("scope", figures=figures, method="vote"))
    room.given(decided("scope", method=method), decided("scope", method="vote"))
    room.when(decided("scope", figures=figures, method=method)).then_refused("only a decision by")


def test_a_merger_says_into_what(table: Scenario) -> None:
    """What the target was merged into is named exactly when it was merged."""
    table.given(decided("p-2", "merged", into="p-1"))
    table.when(decided("p-2", "merged")).then_refused("exactly when its outcome is merged")
    table.when(decided("p-2", "adopted", into="p-1")).then_refused("exactly when")
    table.when(decided("p-2", "merged", into="p-2")).then_refused("merged into itself")


# -- errata -----------------------------------------------------------------------------------


@pytest.fixture
def said(room: Scenario) -> Scenario:
    """A room in which Kenya supported the broad scope."""
    return room.given(takes("KEN", "support", "scope", option="broad"))


@pytest.mark.parametrize("erratum", [lambda i: correction(i, note="x"), retraction])
def test_an_erratum_is_about_a_known_entry(said: Scenario, erratum: Callable[[str], Entry]) -> None:
    """An entry that the record does not hold cannot be corrected or retracted."""
    said.when(erratum("0" * 64)).then_refused("no entry 0000000000 in the record")
    said.when(erratum(said.id_of())).then_logged()


@pytest.mark.parametrize("erratum", [lambda i: correction(i, note="x"), retraction])
def test_a_retracted_entry_is_gone(said: Scenario, erratum: Callable[[str], Entry]) -> None:
    """What was retracted can be neither corrected nor retracted again."""
    entry = said.id_of()
    said.given(retraction(entry, reason="never said"))
    said.when(erratum(entry)).then_refused(f"{entry[:10]} is retracted already", code=4)


@pytest.mark.parametrize(
    ("set_", "words"),
    [
        ({"mood": "good"}, "mood"),
        ({"options": ["x"]}, "options"),
        ({"stance": "love"}, "stance"),
        ({"stance": None}, "stance"),
        ({"by": 7}, "by"),
        ({"on": "2023-02-30"}, "no day"),
        ({"on": "2024-01-01"}, "future"),
        ({"at": "24:00"}, "time of day"),
        ({"target": "scpe"}, "no target scpe"),
        ({"target": "art-6"}, "has no options"),
        ({"option": "narrow"}, "no option narrow"),
        ({"by": "FIN"}, "FIN (Finland) is not registered"),
        ({"for": "KEN"}, "on behalf of itself"),
        ({"session": "s-9"}, "no session s-9"),
        ({"sources": [{"publisher": "UN"}]}, "neither"),
        ({"note": "a\0b"}, "NUL"),
    ],
    ids=str,
)
def test_a_correction_breaks_no_rule(said: Scenario, set_: dict[str, Any], words: str) -> None:
    """The entry as corrected satisfies every rule that it would have had to satisfy when new."""
    said.when(corrects(said.id_of(), **set_)).then_refused(words)


@pytest.mark.parametrize(
    "set_",
    [
        {"stance": "oppose"},
        {"option": None},
        {"target": "art-6", "option": None},
        {"on": "2023-01"},
        {"by": "CHN", "for": "EU"},
        {"sources": [{"title": "Report"}], "confidence": "official"},
        {"at": "10:00", "order": 3, "session": "s-1", "note": "seen"},
    ],
    ids=str,
)
def test_any_field_of_the_room_can_be_corrected(said: Scenario, set_: dict[str, Any]) -> None:
    """What happened, when, by whom and how we know it, can all be set right."""
    said.when(corrects(said.id_of(), **set_)).then_logged()
    (live,) = (x for x in effective(said.kept) if x.corrected_by)
    fields = msgspec.json.decode(msgspec.json.encode(live.entry))
    assert set_ == {name: fields.get(name) for name in set_}


@pytest.mark.parametrize(
    "field", ["id", "type", "negotiation", "entry", "recorded_at", "recorded_by", "tool"]
)
def test_what_an_entry_is_cannot_be_corrected(said: Scenario, field: str) -> None:
    """Its type, its negotiation and its stamp stay as they were."""
    said.when(corrects(said.id_of(), **{field: "x"})).then_refused(
        f"`{field}` cannot be corrected", "retract"
    )


NAMED = {
    "demo": "negotiation", "s-1": "session", "KEN": "delegation", "scope": "issue",
    "art-6": "provision", "p-1": "proposal", "a-1": "amendment", "draft-1": "document",
}  # fmt: skip


def _naming(story: Scenario, name: str) -> str:
    register = Register(DEMO, story.kept)
    return register.get(name, NAMED[name]).id


@pytest.mark.parametrize("name", NAMED)
def test_a_name_cannot_be_corrected(table: Scenario, name: str) -> None:
    """Other entries know a thing by its name: it is retracted and named anew."""
    new = "FIN" if name == "KEN" else "renamed"
    if name == "demo":
        table.when(corrects(_naming(table, name), negotiation=new)).then_refused("cannot be")
    else:
        table.when(corrects(_naming(table, name), **{NAMED[name]: new})).then_refused(
            f"`{NAMED[name]}` is the name", "log it again"
        )


@pytest.mark.parametrize("name", NAMED)
def test_everything_else_about_a_name_can_be_corrected(table: Scenario, name: str) -> None:
    """A naming entry does not stand in the way of its own correction."""
    field = "name" if name == "KEN" else "title"
    table.when(corrects(_naming(table, name), **{field: "Corrected"})).then_logged()
    found = Register(DEMO, table.kept).find(name)
    assert found is not None
    assert found.title == "Corrected"


def test_a_correction_does_not_take_a_state_for_a_group(room: Scenario) -> None:
    """The rules of naming hold for a corrected delegation too."""
    room.when(corrects(_naming(room, "KEN"), kind="group")).then_refused("code of Kenya")


def test_a_retraction_can_be_retracted(said: Scenario) -> None:
    """An entry whose retraction is retracted counts again, and can be retracted anew."""
    entry = said.id_of()
    said.given(retraction(entry)).then_position("KEN", "scope", None, as_of="2023-02-01")
    said.given(retraction(said.id_of(), reason="it was said"))
    said.then_position("KEN", "scope", "support", as_of="2023-02-01")
    said.when(retraction(entry, reason="no, it was not")).then_logged()
    said.then_position("KEN", "scope", None, as_of="2023-02-01")


def test_a_retraction_is_retracted_once(said: Scenario) -> None:
    """A retraction that was retracted is gone as any other entry is."""
    said.given(retraction(said.id_of()))
    first = said.id_of()
    said.given(retraction(first, reason="it was said"))
    said.when(retraction(first, reason="again")).then_refused("retracted already", code=4)


def test_a_correction_can_be_retracted(said: Scenario) -> None:
    """The old words come back."""
    said.given(corrects(said.id_of(), stance="oppose"))
    said.then_position("KEN", "scope", "oppose", as_of="2023-02-01")
    said.given(retraction(said.id_of()))
    said.then_position("KEN", "scope", "support", as_of="2023-02-01")


def test_the_last_correction_stands(said: Scenario) -> None:
    """Corrections of one entry act in the order in which they were recorded."""
    entry = said.id_of()
    said.given(corrects(entry, stance="oppose"), corrects(entry, stance="block"))
    said.then_position("KEN", "scope", "block", as_of="2023-02-01")


def test_a_correction_builds_on_those_before(said: Scenario) -> None:
    """A field that an earlier correction took away need not be taken away again."""
    entry = said.id_of()
    said.given(corrects(entry, option=None)).when(corrects(entry, target="art-6")).then_logged()
    said.then_position("KEN", "art-6", "support", as_of="2023-02-01")


@pytest.mark.parametrize(
    "set_",
    [{"reason": "the report was corrected"}, {"on": "2023-02-02"}, {"note": "seen"}],
    ids=str,
)
@pytest.mark.parametrize("erratum", [lambda i: corrects(i, stance="oppose"), retraction])
def test_an_erratum_can_be_corrected(
    said: Scenario, erratum: Callable[[str], Entry], set_: dict[str, str]
) -> None:
    """Why and when something was corrected or retracted can itself be set right."""
    said.given(erratum(said.id_of())).when(corrects(said.id_of(), **set_)).then_logged()


@pytest.mark.parametrize(
    "set_", [{"on": "2030-01-01"}, {"by": "XYZ"}, {"session": "s-9"}, {"target": "scpe"}], ids=str
)
@pytest.mark.parametrize("erratum", [lambda i: corrects(i, stance="oppose"), retraction])
def test_a_corrected_erratum_breaks_no_rule(
    said: Scenario, erratum: Callable[[str], Entry], set_: dict[str, str]
) -> None:
    """An erratum as corrected is dated in the past and names what is known, as any entry does."""
    said.given(erratum(said.id_of())).when(corrects(said.id_of(), **set_)).then_refused()


def test_a_retracted_correction_comes_back(said: Scenario) -> None:
    """A correction whose retraction is retracted acts again."""
    said.given(corrects(said.id_of(), stance="oppose"))
    said.given(retraction(said.id_of())).given(retraction(said.id_of(), reason="it was right"))
    said.then_position("KEN", "scope", "oppose", as_of="2023-02-01")


def test_what_a_correction_sets_is_corrected_by_another(said: Scenario) -> None:
    """A correction's own fields do not nest: a wrong one is retracted, and made again."""
    said.given(corrects(said.id_of(), stance="oppose"))
    said.when(corrects(said.id_of(), set={"order": 2})).then_refused(
        "`set` cannot be corrected", "retract that correction, and correct the entry anew"
    )


def test_what_a_retraction_is_about_is_not_corrected(said: Scenario) -> None:
    """A retraction of the wrong entry is retracted, and the other entry with it."""
    said.given(retraction(said.id_of()))
    said.when(corrects(said.id_of(), entry="0" * 64)).then_refused(
        "`entry` cannot be corrected", "retract that retraction, and retract the other entry"
    )


@pytest.mark.parametrize("erratum", [lambda i: corrects(i, note="x"), retraction])
def test_what_retracted_an_entry_is_named(said: Scenario, erratum: Callable[[str], Entry]) -> None:
    """Of several retractions the one that has effect is named, and how to take it back."""
    entry = said.id_of()
    said.given(retraction(entry))
    said.given(retraction(said.id_of(), reason="it was said"))
    said.given(retraction(entry, reason="no"))
    by = said.id_of()[:10]
    said.when(erratum(entry)).then_refused(
        f"is retracted already, by {by}", f"negotrack retract {by} --reason", code=4
    )


def test_an_erratum_stays_in_its_negotiation(said: Scenario) -> None:
    """An entry is corrected and retracted in the negotiation that it is part of."""
    said.given(opened("other"))
    for erratum in (correction(said.kept[-2].id, note="x"), retraction(said.kept[-2].id)):
        said.when(msgspec.structs.replace(erratum, negotiation="other")).then_refused("demo")


def test_a_name_that_was_given_away_does_not_come_back(room: Scenario) -> None:
    """A retraction that freed a name for another thing cannot be retracted."""
    room.given(retraction(_naming(room, "scope")))
    freed = room.id_of()
    room.given(issue("scope", title="Another")).when(retraction(freed)).then_refused(
        "taken", code=4
    )


def test_words_that_broke_a_rule_since_do_not_come_back(said: Scenario) -> None:
    """A correction is not retracted where the entry as it was would not be let in any more."""
    said.given(corrects(said.id_of(), target="art-6", option=None))
    moved_away = said.id_of()
    said.given(retraction(_naming(said, "scope")))
    said.when(retraction(moved_away)).then_refused("no target scope")


def test_a_name_does_not_come_back_by_detours(room: Scenario) -> None:
    """The rules hold for the entry at the root, however many retractions stand between."""
    room.given(retraction(_naming(room, "scope")))
    room.given(retraction(room.id_of(), reason="it is needed"))
    room.given(retraction(room.id_of(), reason="it is not"))
    last = room.id_of()
    room.given(issue("scope", title="Another")).when(retraction(last)).then_refused("taken", code=4)


# -- what others rest on ----------------------------------------------------------------------


def uses_of(story: Scenario, but: Entry) -> Uses:
    """Return what counts the entries of a story of which something is true."""

    def uses(text: str, rests: Callable[[Entry], bool]) -> int:
        found = [kept for kept in story.kept if rests(kept.entry) and kept.entry is not but]
        assert all(f'"{text}"'.encode() in kept.line for kept in found)
        return len(found)

    return uses


def loses(story: Scenario, name: str, /, **changed: Any) -> None:
    """Take a naming entry out of a story, or change it there, if nothing rests on that."""
    found = Register(DEMO, story.kept).find(name)
    assert found is not None
    after = msgspec.structs.replace(found.entry, **changed) if changed else None
    refuse_loss(found.entry, after, uses_of(story, found.entry))


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


@pytest.mark.parametrize(("count", "said"), [(2, "2 entries"), (1000, "1,000 or more entries")])
def test_so_many_are_named(count: int, said: str) -> None:
    """The refusal says how many entries use the name, up to a thousand."""

    def uses(text: str, rests: Callable[[Entry], bool]) -> int:
        return count if rests(takes(text, "support", "scope")) else 0

    with pytest.raises(Conflict, match=f"delegation KEN is in use: {said} name it"):
        refuse_loss(delegation("KEN"), None, uses)


def test_a_deed_brings_no_name(room: Scenario) -> None:
    """What names nothing can always be retracted."""
    refuse_loss(says("KEN", "Hello."), None, uses_of(room, opened()))


def test_a_correction_that_does_not_fit_changes_nothing(said: Scenario) -> None:
    """A correction that came from elsewhere and cannot be applied leaves the entry as it was."""
    odd = stamped(corrects(said.id_of(), stance="love"), 99)
    assert [x.entry for x in answer(said.kept, "2023-01-31")] == [
        x.entry for x in answer([*said.kept, odd], "2023-01-31")
    ]


# -- the register -----------------------------------------------------------------------------


def test_the_register_knows_the_names(room: Scenario) -> None:
    """Names are listed by their kinds, and everything with a name can be walked through."""
    register = Register(DEMO, room.kept)
    assert {"s-1", "scope"} == set(register.names("session", "issue"))
    assert sorted(register.names()) == sorted(found.name for found in register)
    assert register.find("nothing") is None
    assert not Register("other").is_open


def test_the_register_knows_aliases_and_options(room: Scenario) -> None:
    """What is named brings its title, its aliases and its options."""
    register = Register(DEMO, room.kept)
    assert register.get("EU", "delegation").aliases == ("the Union",)
    assert register.get("scope", "issue").options == ("broad", "limited")
    assert register.get("HRW", "delegation").title == "Human Rights Watch"


@pytest.mark.parametrize("on", ["2022-12-01", "2023-01-16", "2023-01-20"])
def test_a_moved_session_has_its_new_days(room: Scenario, on: str) -> None:
    """A session sits on the days it was moved to, mostly before the day it would have begun."""
    room.given(moved("s-1", on=on, days="2023-02-06/2023-02-10", zone="America/New_York"))
    register = Register(DEMO, room.kept)
    assert register.days("s-1") == "2023-02-06/2023-02-10"
    assert register.zone("s-1") == "America/New_York"
    assert register.days("scope") is None


def test_the_register_without_an_entry_has_not_its_name(room: Scenario) -> None:
    """A naming entry can be thought away."""
    register = Register(DEMO, room.kept)
    assert register.without(_naming(room, "scope")).find("scope") is None
    assert register.find("scope") is not None


REGISTER = [
    *THE_ROOM,
    moved("s-1", on="2023-01-10", days="2023-02-06/2023-02-10"),
    moved("s-1", on="2023-01-05", days="2023-03-06/2023-03-10", zone="America/New_York"),
]


def _errata() -> list[Entry]:
    sealed = [stamped(draft, number) for number, draft in enumerate(REGISTER)]
    return [corrects(sealed[7].id, title="Corrected"), retraction(sealed[8].id)]


@few
@given(st.permutations([*REGISTER, *_errata()]))
def test_names_may_be_added_in_any_order(drafts: list[Entry]) -> None:
    """A register to which entries are added one by one is the register of all of them."""
    numbers = {id(draft): number for number, draft in enumerate(REGISTER)}
    kept = [stamped(draft, numbers.get(id(draft), 50)) for draft in drafts]
    grown = Register(DEMO)
    for one in kept:
        grown.add(one)
    folded = Register(DEMO, kept)
    assert {found.name: found for found in folded} == {found.name: found for found in grown}
    assert folded.days("s-1") == grown.days("s-1")
    assert folded.zone("s-1") == grown.zone("s-1")


# -- names that were let in before ------------------------------------------------------------

_SCOPE = [stamped(issue("scope", *options), 60) for options in (("broad",), ("broad", "limited"))]
_CHANGES = [
    *(one.entry for one in _SCOPE),
    *(retraction(one.id) for one in _SCOPE),
    corrects(_SCOPE[0].id, options=["limited"]),
    delegation("CHN", name="China"),
    session("s-1", zone="Europe/Vienna"),
]
_DEEDS = [
    takes("KEN", "support", "scope"),
    takes("KEN", "oppose", "scope", option="broad"),
    takes("CHN", "support", "scope", option="limited", session="s-1"),
    takes("KEN", "support", "scope", for_="CHN"),
    takes("KEN", "support", "scope", for_="KEN"),
    takes("KEN", "support", "scope", on="2023-13"),
    takes("KEN", "support", "scope", on="2033"),
    takes("KEN", "support", "scope", aligned_with="CHN"),
    takes("ken", "support", "scope"),
    says("KEN", "Hello.", session="s-1"),
    says("KEN", "Hello.", session="s-1", on="2023-03-26", at="02:30"),
    says("KEN", "Hello.", session="s-1", on="2022-03-26", at="02:30"),
    says("KEN", "Hello.", sources=(Source(),)),
    _made(e.VoteCast, by="KEN", vote="yes", target="scope"),
    _made(e.VoteCast, by="CHN", vote="yes", target="KEN"),
]


@few
@given(st.permutations(_CHANGES))
def test_what_was_let_in_before_is_judged_as_if_it_were_the_first(changes: list[Entry]) -> None:
    """A register that remembers combinations of names lets in and refuses what a new one does."""
    room = Scenario().given(opened(), delegation("KEN", name="Kenya"))
    register = Register(DEMO, room.kept)
    for draft in [one for change in changes for one in (change, *_DEEDS)]:
        kept, said = stamped(draft, 60), None
        try:
            validate(kept, register, room)
        except Refusal as refusal:
            said = str(refusal)
        room.when(kept.entry)  # with a register of its own
        assert said == (str(room.refusal) if room.refusal else None)
        if said is None and isinstance(draft, (*NAMING, e.Erratum)):
            register.add(kept)


# -- positions --------------------------------------------------------------------------------


def test_a_later_stance_replaces_an_earlier_one(room: Scenario) -> None:
    """A position is the last stance by the day that is asked about."""
    (
        room.given(
            takes("KEN", "reserve", "art-6", on="2023-01-16"),
            takes("KEN", "support", "art-6", on="2023-01-18"),
        )
        .then_position("KEN", "art-6", None, as_of="2023-01-15")
        .then_position("KEN", "art-6", "reserve", as_of="2023-01-17")
        .then_position("KEN", "art-6", "support", as_of="2023-01-19")
    )


def test_a_late_entry_changes_the_past(room: Scenario) -> None:
    """What is logged last but happened first does not stand over what happened later."""
    (
        room.given(
            takes("KEN", "support", "art-6", on="2023-01-18"),
            takes("KEN", "reserve", "art-6", on="2023-01-16"),
        )
        .then_position("KEN", "art-6", "reserve", as_of="2023-01-17")
        .then_position("KEN", "art-6", "support", as_of="2023-01-19")
    )


def test_a_speaker_holds_no_position_for_those_it_speaks_for(room: Scenario) -> None:
    """A stance taken on behalf of a group is the group's."""
    (
        room.given(takes("AUT", "oppose", "art-6", for_="EU"))
        .then_position("EU", "art-6", "oppose", as_of="2023-01-16", by="AUT", via="own")
        .then_position("AUT", "art-6", None, as_of="2023-01-16")
    )


def test_a_stance_of_a_month_counts_from_its_last_day(room: Scenario) -> None:
    """An imprecise date counts once it is surely over."""
    (
        room.given(takes("KEN", "support", "art-6", on="2023-01"))
        .then_position("KEN", "art-6", None, as_of="2023-01-30")
        .then_position("KEN", "art-6", "support", as_of="2023-01-31", since="2023-01")
    )
