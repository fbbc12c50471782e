from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conftest import Scenario, stamped
from domain.rules.deeds import corrects
from negotrack.domain.catalogue import UNCORRECTABLE
from negotrack.domain.register import Register
from negotrack.domain.specification import answer, effective
from shorthand import DEMO, correction, issue, opened, retraction

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry


@pytest.mark.parametrize("erratum", [lambda i: correction(i, note="x"), retraction])
def test_an_erratum_is_about_a_known_entry(
    spoken: Scenario, erratum: Callable[[str], Entry]
) -> None:
    """An entry that the record does not hold cannot be corrected or retracted."""
    spoken.when(erratum("0" * 64)).then_refused("no entry 0000000000 in the record")
    spoken.when(erratum(spoken.id_of())).then_logged()


@pytest.mark.parametrize("erratum", [lambda i: correction(i, note="x"), retraction])
def test_a_retracted_entry_is_gone(spoken: Scenario, erratum: Callable[[str], Entry]) -> None:
    """What was retracted can be neither corrected nor retracted again."""
    entry = spoken.id_of()
    spoken.given(retraction(entry, reason="never said"))
    spoken.when(erratum(entry)).then_refused(f"{entry[:10]} is retracted already", code=4)


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
def test_a_correction_breaks_no_rule(spoken: Scenario, set_: dict[str, Any], words: str) -> None:
    """The entry as corrected satisfies every rule that it would have had to satisfy when new."""
    spoken.when(corrects(spoken.id_of(), **set_)).then_refused(words)


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
def test_any_field_of_the_room_can_be_corrected(spoken: Scenario, set_: dict[str, Any]) -> None:
    """What happened, when, by whom and how we know it, can all be set right."""
    spoken.when(corrects(spoken.id_of(), **set_)).then_logged()
    (live,) = (x for x in effective(spoken.kept) if x.corrected_by)
    fields = msgspec.json.decode(msgspec.json.encode(live.entry))
    assert set_ == {name: fields.get(name) for name in set_}


@pytest.mark.parametrize(
    "field", ["id", "type", "negotiation", "entry", "recorded_at", "recorded_by", "tool"]
)
def test_what_an_entry_is_cannot_be_corrected(spoken: Scenario, field: str) -> None:
    """Its type, its negotiation and its stamp stay as they were."""
    spoken.when(corrects(spoken.id_of(), **{field: "x"})).then_refused(
        f"`{field}` cannot be corrected", "retract"
    )


def test_of_what_cannot_be_corrected_the_first_is_named(spoken: Scenario) -> None:
    """Of several fields that stay as they were, the refusal names the first by the alphabet."""
    for one, other in itertools.combinations(sorted(UNCORRECTABLE), 2):
        spoken.when(corrects(spoken.id_of(), **{one: "x", other: "x"})).then_refused(
            f"`{one}` cannot be corrected"
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
    """Other entries know a thing by its name: where none does, it is retracted and named anew."""
    new = "FIN" if name == "KEN" else "renamed"
    if name == "demo":
        table.when(corrects(_naming(table, name), negotiation=new)).then_refused("cannot be")
        return
    table.when(corrects(_naming(table, name), **{NAMED[name]: new}))
    if name in ("KEN", "p-1"):
        table.then_refused(f"{name} is in use", code=4)
    else:
        table.then_refused(f"`{NAMED[name]}` is the name", "log it again")


@pytest.mark.parametrize("name", NAMED)
def test_everything_else_about_a_name_can_be_corrected(table: Scenario, name: str) -> None:
    """A naming entry does not stand in the way of its own correction."""
    field = "name" if name == "KEN" else "title"
    table.when(corrects(_naming(table, name), **{field: "Corrected"})).then_logged()
    named = Register(DEMO, table.kept).find(name)
    assert named is not None
    assert named.title == "Corrected"


def test_a_correction_does_not_take_a_state_for_a_group(room: Scenario) -> None:
    """The rules of naming hold for a corrected delegation too."""
    room.when(corrects(_naming(room, "KEN"), kind="group")).then_refused("code of Kenya")


def test_a_retraction_can_be_retracted(spoken: Scenario) -> None:
    """An entry whose retraction is retracted counts again, and can be retracted anew."""
    entry = spoken.id_of()
    spoken.given(retraction(entry)).then_position("KEN", "scope", None, as_of="2023-02-01")
    spoken.given(retraction(spoken.id_of(), reason="it was said"))
    spoken.then_position("KEN", "scope", "support", as_of="2023-02-01")
    spoken.when(retraction(entry, reason="no, it was not")).then_logged()
    spoken.then_position("KEN", "scope", None, as_of="2023-02-01")


def test_a_retraction_is_retracted_once(spoken: Scenario) -> None:
    """A retraction that was retracted is gone as any other entry is."""
    spoken.given(retraction(spoken.id_of()))
    first = spoken.id_of()
    spoken.given(retraction(first, reason="it was said"))
    spoken.when(retraction(first, reason="again")).then_refused("retracted already", code=4)


def test_a_correction_can_be_retracted(spoken: Scenario) -> None:
    """The old words come back."""
    spoken.given(corrects(spoken.id_of(), stance="oppose"))
    spoken.then_position("KEN", "scope", "oppose", as_of="2023-02-01")
    spoken.given(retraction(spoken.id_of()))
    spoken.then_position("KEN", "scope", "support", as_of="2023-02-01")


def test_the_last_correction_stands(spoken: Scenario) -> None:
    """Corrections of one entry act in the order in which they were recorded."""
    entry = spoken.id_of()
    spoken.given(corrects(entry, stance="oppose"), corrects(entry, stance="block"))
    spoken.then_position("KEN", "scope", "block", as_of="2023-02-01")


def test_a_correction_builds_on_those_before(spoken: Scenario) -> None:
    """A field that an earlier correction took away need not be taken away again."""
    entry = spoken.id_of()
    spoken.given(corrects(entry, option=None)).when(corrects(entry, target="art-6")).then_logged()
    spoken.then_position("KEN", "art-6", "support", as_of="2023-02-01")


@pytest.mark.parametrize(
    "set_",
    [{"reason": "the report was corrected"}, {"on": "2023-02-02"}, {"note": "seen"}],
    ids=str,
)
@pytest.mark.parametrize("erratum", [lambda i: corrects(i, stance="oppose"), retraction])
def test_an_erratum_can_be_corrected(
    spoken: Scenario, erratum: Callable[[str], Entry], set_: dict[str, str]
) -> None:
    """Why and when something was corrected or retracted can itself be set right."""
    spoken.given(erratum(spoken.id_of())).when(corrects(spoken.id_of(), **set_)).then_logged()


@pytest.mark.parametrize(
    "set_", [{"on": "2030-01-01"}, {"by": "XYZ"}, {"session": "s-9"}, {"target": "scpe"}], ids=str
)
@pytest.mark.parametrize("erratum", [lambda i: corrects(i, stance="oppose"), retraction])
def test_a_corrected_erratum_breaks_no_rule(
    spoken: Scenario, erratum: Callable[[str], Entry], set_: dict[str, str]
) -> None:
    """An erratum as corrected is dated in the past and names what is known, as any entry does."""
    spoken.given(erratum(spoken.id_of())).when(corrects(spoken.id_of(), **set_)).then_refused()


def test_a_retracted_correction_comes_back(spoken: Scenario) -> None:
    """A correction whose retraction is retracted acts again."""
    spoken.given(corrects(spoken.id_of(), stance="oppose"))
    spoken.given(retraction(spoken.id_of())).given(
        retraction(spoken.id_of(), reason="it was right")
    )
    spoken.then_position("KEN", "scope", "oppose", as_of="2023-02-01")


def test_what_a_correction_sets_is_corrected_by_another(spoken: Scenario) -> None:
    """A correction's own fields do not nest: a wrong one is retracted, and made again."""
    spoken.given(corrects(spoken.id_of(), stance="oppose"))
    spoken.when(corrects(spoken.id_of(), set={"order": 2})).then_refused(
        "`set` cannot be corrected", "retract that correction, and correct the entry anew"
    )


def test_what_a_retraction_is_about_is_not_corrected(spoken: Scenario) -> None:
    """A retraction of the wrong entry is retracted, and the other entry with it."""
    spoken.given(retraction(spoken.id_of()))
    spoken.when(corrects(spoken.id_of(), entry="0" * 64)).then_refused(
        "`entry` cannot be corrected", "retract that retraction, and retract the other entry"
    )


@pytest.mark.parametrize("erratum", [lambda i: corrects(i, note="x"), retraction])
def test_what_retracted_an_entry_is_named(
    spoken: Scenario, erratum: Callable[[str], Entry]
) -> None:
    """Of several retractions the one that has effect is named, and how to take it back."""
    entry = spoken.id_of()
    spoken.given(retraction(entry))
    spoken.given(retraction(spoken.id_of(), reason="it was said"))
    spoken.given(retraction(entry, reason="no"))
    by = spoken.id_of()[:10]
    spoken.when(erratum(entry)).then_refused(f"is retracted already, by {by}", code=4)
    spoken.then_cure("retract", entry=by)


def test_an_erratum_stays_in_its_negotiation(spoken: Scenario) -> None:
    """An entry is corrected and retracted in the negotiation that it is part of."""
    spoken.given(opened("other"))
    for erratum in (correction(spoken.kept[-2].id, note="x"), retraction(spoken.kept[-2].id)):
        spoken.when(msgspec.structs.replace(erratum, negotiation="other")).then_refused("demo")


def test_a_name_that_was_given_away_does_not_come_back(room: Scenario) -> None:
    """A retraction that freed a name for another thing cannot be retracted."""
    room.given(retraction(_naming(room, "scope")))
    freed = room.id_of()
    room.given(issue("scope", title="Another")).when(retraction(freed)).then_refused(
        "taken", code=4
    )


def test_words_that_broke_a_rule_since_do_not_come_back(spoken: Scenario) -> None:
    """A correction is not retracted where the entry as it was would not be let in any more."""
    spoken.given(corrects(spoken.id_of(), target="art-6", option=None))
    moved_away = spoken.id_of()
    spoken.given(retraction(_naming(spoken, "scope")))
    spoken.when(retraction(moved_away)).then_refused("no target scope")


def test_a_name_does_not_come_back_by_detours(room: Scenario) -> None:
    """The rules hold for the entry at the root, however many retractions stand between."""
    room.given(retraction(_naming(room, "scope")))
    room.given(retraction(room.id_of(), reason="it is needed"))
    room.given(retraction(room.id_of(), reason="it is not"))
    last = room.id_of()
    room.given(issue("scope", title="Another")).when(retraction(last)).then_refused("taken", code=4)


def test_a_correction_that_does_not_fit_changes_nothing(spoken: Scenario) -> None:
    """A correction that came from elsewhere and cannot be applied leaves the entry as it was."""
    odd = stamped(corrects(spoken.id_of(), stance="love"), 99)
    assert [x.entry for x in answer(spoken.kept, "2023-01-31")] == [
        x.entry for x in answer([*spoken.kept, odd], "2023-01-31")
    ]
