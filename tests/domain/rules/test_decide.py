from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Scenario, stamped
from domain.rules.deeds import corrects, due, entry, moved, votes
from negotrack.domain import entries as e
from negotrack.domain.canonical import LONGEST_LINE
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules.decide import decide
from negotrack.domain.values import Source
from negotrack.errors import Refusal
from shorthand import (
    DEMO,
    correction,
    decided,
    delegation,
    issue,
    opened,
    retraction,
    says,
    session,
    takes,
)
from strategies import few

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry


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
    entry(e.VoteCast, by="KEN", vote="yes", target="scope"),
    entry(e.VoteCast, by="CHN", vote="yes", target="KEN"),
]


class Remembering(Scenario):
    """A story with one register, which remembers the combinations of names that were let in."""

    def __init__(self, story: Scenario) -> None:
        """Go on from a story."""
        super().__init__()
        self.kept = story.kept
        self.names = Register(DEMO, story.kept)

    def register(self, negotiation: str) -> Register:  # noqa: ARG002
        """Return the register that remembers."""
        return self.names


@few
@given(st.permutations(_CHANGES))
def test_what_was_let_in_before_is_judged_as_if_it_were_the_first(changes: list[Entry]) -> None:
    """A register that remembers combinations of names lets in and refuses what a new one does."""
    room = Scenario().given(opened(), delegation("KEN", name="Kenya"))
    remembering = Remembering(room)
    for draft in [one for change in changes for one in (change, *_DEEDS)]:
        kept, message = stamped(draft, 60), None
        try:
            decide((kept,), remembering)
        except Refusal as refusal:
            message = str(refusal)
        room.when(kept.entry)  # with a register of its own
        assert message == (str(room.refusal) if room.refusal else None)
        if message is None and isinstance(draft, (*NAMING, e.Erratum)):
            remembering.names.add(kept)


def _batch(*drafts: Entry) -> list[StoredEntry]:
    return [stamped(draft, 70 + number) for number, draft in enumerate(drafts)]


def test_drafts_are_judged_together(room: Scenario) -> None:
    """What brings a name may come after what uses it, and an erratum after its entry."""
    stance = stamped(takes("FIN", "support", "scope"), 69)
    decide([stance, *_batch(retraction(stance.id), delegation("FIN", name="Finland"))], room)


def test_a_batch_brings_a_name_once(room: Scenario) -> None:
    """Two drafts of a batch cannot bring one name."""
    with pytest.raises(Refusal, match="the name FIN is taken"):
        decide(_batch(*(delegation("FIN", name=name) for name in ("Finland", "Suomi"))), room)


def test_a_name_that_a_batch_uses_is_not_lost(room: Scenario) -> None:
    """What a draft of a batch takes away may not be used by another."""
    named = room.register("demo").get("HRW", "delegation")
    with pytest.raises(Refusal, match="HRW is in use: 1 entry names it"):
        decide(_batch(says("HRW", "Hello."), retraction(named.id)), room)


@pytest.mark.parametrize(
    "draft",
    [
        takes("KEN", "support", "scope"),
        says("KEN", "Hello."),
        votes("KEN", "scope"),
        entry(e.VoteExplained, by="KEN", target="scope", says="It is broad."),
        entry(e.VoteIntended, by="KEN", target="scope", vote="yes"),
    ],
    ids=lambda draft: type(draft).__name__,
)
def test_who_spoke_about_what_is_looked_at_once(room: Scenario, draft: Entry) -> None:
    """What a record repeats thousands of times is remembered by the names in it."""
    remembering = Remembering(room)
    decide((stamped(draft, 60),), remembering)
    assert len(remembering.names.let_in) == 1
