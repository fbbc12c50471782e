"""The commands about texts, on a small negotiation over one article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import records
from shorthand import (
    amendment,
    bracketed,
    decided,
    delegation,
    document,
    provision,
    takes,
    worded,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]

DUTY = "States Parties shall ensure respect for human rights."
LIST = ", including the freedoms of expression and belief"
FIRST = f"Nothing permits suppression of [human rights or] freedoms{LIST}."
SECOND = "Nothing permits restriction of human rights or freedoms, including expression and belief."

ACTS: tuple[Entry, ...] = (
    delegation("IND", name="India"),
    delegation("EGY", name="Egypt"),
    delegation("CHAIR", "office", name="The Chair"),
    provision("art-6/1"),
    provision("art-6/3"),
    document("d-1", on="2023-01-10", by="CHAIR", draft="whole"),
    worded("art-6", None, "d-1", on="2023-01-10", place=1, title="Respect for rights"),
    worded("art-6/1", DUTY, "d-1", on="2023-01-10", place=2),
    worded("art-6/2", FIRST, "d-1", on="2023-01-10", place=3),
    worded("art-6/2", "Rien n’autorise.", "d-1", on="2023-01-10", place=3, language="fr"),
    amendment("ind-1", "art-6/2", "IND", on="2023-01-16", action="replace",
              words="suppression", text="restriction"),
    amendment("egy-1", "art-6/2", "EGY", on="2023-01-16", action="delete", words=LIST),
    amendment("egy-2", "art-6/2", "EGY", on="2023-01-17", action="replace",
              words="permits suppression", text="allows denial"),
    amendment("ken-1", "ind-1", "KEN", on="2023-01-17", action="replace",
              words="restriction", text="undue restriction"),
    amendment("ken-2", "art-6/2", "KEN", on="2023-01-18", action="add",
              provision="art-6/3", text="Nothing affects article 5."),
    bracketed("art-6/1", "human rights", "EGY", on="2023-01-18"),
    takes("CHN", "oppose", "ind-1", on="2023-01-18"),
    decided("art-6/1", "agreed-ad-referendum", on="2023-01-19"),
    document("d-2", on="2023-02-10", by="CHAIR", draft="whole"),
    worded("art-6", None, "d-2", on="2023-02-10", place=1, title="Respect for rights"),
    worded("art-6/1", DUTY.replace("human rights", "[human rights]"), "d-2", on="2023-02-10",
           place=2),
    worded("art-6/2", SECOND, "d-2", on="2023-02-10", place=3),
)  # fmt: skip


@pytest.fixture
def office(workspace: Workspace) -> Path:
    """Return the folder of a workspace in which an article is negotiated."""
    workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(ACTS, 1)])  # type: ignore[misc]
    return workspace.storage.places.root


@pytest.fixture
def ask(run: Run, office: Path) -> Run:
    """Return what asks a command in that workspace."""

    def asking(*words: str, **more: Any) -> Result:
        return run(*words, at=office, **more)

    return asking


def flat(result: Result) -> str:
    """Return what a command told people, as one line without its footer."""
    assert (result.code, result.err) == (0, "")
    return " ".join(result.out.partition("; the record has")[0].split())


# -- text -------------------------------------------------------------------------------------


def test_the_text_of_a_day_is_that_of_the_last_draft_by_then(ask: Run) -> None:
    """Before the second draft the first one counts, with the brackets placed since."""
    texts = records(ask("text", "--as-of", "2023-02-09", "--format", "json").out)
    assert {r["provision"]: r["text"] for r in texts} == {
        "art-6": "",
        "art-6/1": DUTY.replace("human rights", "[human rights]"),
        "art-6/2": FIRST,
    }
    texts = records(ask("text", "art-6/2", "--format", "json").out)
    assert [(r["text"], r["document"], r["since"], r["by"]) for r in texts] == [
        (SECOND, "d-2", "2023-02-10", ["CHAIR"])
    ]


def test_a_clean_text_leaves_out_what_is_in_brackets(ask: Run) -> None:
    """What somebody bracketed is marked as left out."""
    shown = flat(ask("text", "art-6", "--view", "clean", "--as-of", "2023-01-20"))
    assert "respect for […]." in shown
    assert "suppression of […] freedoms" in shown


def test_a_text_with_what_is_offered_names_each_offer(ask: Run) -> None:
    """The changes that do not collide are in the text, and all are named in words."""
    shown = flat(ask("text", "art-6/2", "--view", "pending", "--as-of", "2023-01-20"))
    assert "{-suppression-}{+restriction+}" in shown
    assert "egy-2 (EGY, 2023-01-17): in line 1, delete ‘permits suppression’ and" in shown
    assert "ken-1 (KEN, 2023-01-17): in ind-1, in line 1, after ‘permits’, insert ‘undue’" in shown


def test_a_text_in_another_language_is_asked_for_by_its_tag(ask: Run) -> None:
    """No language is shown in place of another; the refusal names those that there are."""
    day = ("--as-of", "2023-01-20")
    assert "Rien n’autorise." in flat(ask("text", "art-6/2", "--language", "fr", *day))
    refused = ask("text", "art-6/2", "--language", "ru", *day)
    assert refused.code == 3
    assert "no text of art-6/2 in ru" in refused.err
    assert "en, fr: --language en" in refused.err


def test_the_text_of_an_offer_is_what_it_asks_for(ask: Run) -> None:
    """An amendment has the full text that it would make."""
    (record,) = records(ask("text", "ken-1", "--format", "json").out)
    assert record["text"] == FIRST.replace("suppression", "undue restriction")


def test_a_document_says_what_it_said(ask: Run) -> None:
    """What came after it does not change what is in it."""
    provisions = records(ask("text", "--document", "d-1", "--format", "json").out)
    assert [r["text"] for r in provisions] == ["", DUTY, FIRST]
    assert ask("text", "art-6", "--document", "d-1").code == 2


@pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "jsonl", "json"])
def test_every_format_has_the_words(ask: Run, form: str) -> None:
    """A text is printed in every format."""
    result = ask("text", "art-6/2", "--format", form)
    assert (result.code, result.err) == (0, "")
    assert "restriction of human rights" in " ".join(result.out.split())


# -- redline ----------------------------------------------------------------------------------


def test_an_amendment_is_compared_with_what_it_changes(ask: Run) -> None:
    """Alone, it is compared with the text that it was moved on."""
    shown = flat(ask("redline", "ind-1"))
    assert "Nothing permits {-suppression-}{+restriction+} of [human rights or]" in shown


def test_an_amendment_of_an_amendment_is_a_second_layer(ask: Run) -> None:
    """What it does to the first is marked apart from what the first does to the text."""
    shown = flat(ask("redline", "ken-1"))
    assert "{++undue++}" in shown
    assert "{-suppression-}{+restriction+}" in shown


def test_two_documents_are_compared_by_their_provisions(ask: Run) -> None:
    """Only what changed is shown, and how many did."""
    redlines = records(ask("redline", "d-1", "d-2", "--format", "json").out)
    assert [r["provision"] for r in redlines] == ["art-6/1", "art-6/2"]
    for record, before, after in zip(
        redlines,
        (DUTY, FIRST),
        (DUTY.replace("human rights", "[human rights]"), SECOND),
        strict=True,
    ):
        kept = {"same", "deleted", "moved-away"}
        assert "".join(s["words"] for s in record["segments"] if s["kind"] in kept) == before
        kept = {"same", "inserted", "moved-here"}
        assert "".join(s["words"] for s in record["segments"] if s["kind"] in kept) == after


def test_two_days_are_compared(ask: Run) -> None:
    """A name with a day is its text on that day; a day alone is the whole text."""
    one = ask("redline", "art-6/2@2023-01-20", "art-6/2@2023-02-10", "--format", "json")
    whole = ask("redline", "@2023-01-20", "@2023-02-10", "--format", "json")
    assert records(one.out) == records(whole.out)


def test_a_redline_needs_two_texts(ask: Run) -> None:
    """A provision alone is compared with nothing; words that are not known cannot be."""
    result = ask("redline", "art-6/2")
    assert result.code == 2
    assert "compared with what" in result.err


# -- amendments, consolidate --------------------------------------------------------------------


def test_amendments_are_read_out_in_the_order_of_the_text(ask: Run) -> None:
    """Each with what it asks for in words, and how it fits the text as it is now."""
    amendments = records(ask("amendments", "--format", "json").out)
    assert [(r["name"], r["state"]) for r in amendments] == [
        ("egy-1", "stale"),
        ("ind-1", "taken up"),
        ("egy-2", "stale"),
        ("ken-1", "pending"),
        ("ken-2", "pending"),
    ]
    assert amendments[1]["phrase"] == "in line 1, delete ‘suppression’ and insert ‘restriction’"


def test_what_is_put_in_first_is_furthest_from_the_text(ask: Run) -> None:
    """Where two touch the same words the first stands, and both are named."""
    provisions = records(
        ask("consolidate", "--pending", "--as-of", "2023-01-20", "--format", "json").out
    )
    (text, new) = provisions
    assert text["after"] == "Nothing allows denial of [human rights or] freedoms."
    assert text["taken"] == ["egy-1", "egy-2"]
    assert text["collisions"] == [{"first": "egy-2", "second": "ind-1", "words": "suppression"}]
    assert text["left_out_with_theirs"] == ["ken-1"]
    assert (new["provision"], new["before"], new["taken"]) == ("art-6/3", None, ["ken-2"])


def test_amendments_of_amendments_are_in_what_they_amend(ask: Run) -> None:
    """Both chosen, the text is that of the amendment as amended."""
    day = ("--as-of", "2023-01-20", "--format", "json")
    (text,) = records(ask("consolidate", "--accept", "ken-1", "--accept", "ind-1", *day).out)
    assert text["after"] == FIRST.replace("suppression", "undue restriction")
    assert text["taken"] == ["ken-1", "ind-1"]


def test_a_stale_amendment_is_left_out_by_name(ask: Run) -> None:
    """It is never put in by guess: the text that it was made on is shown."""
    shown = flat(ask("consolidate", "--accept", "egy-2"))
    assert "egy-2 is stale" in shown
    assert "It was made on ‘Nothing permits suppression" in shown


def test_consolidate_asks_with_which(ask: Run) -> None:
    """Without amendments, and with two ways of choosing them, it is refused."""
    assert ask("consolidate").code == 2
    assert ask("consolidate", "--pending", "--accept", "ind-1").code == 2


# -- blame, open, show --------------------------------------------------------------------------


def test_each_word_has_who_brought_it_in(ask: Run) -> None:
    """A word that a draft took from an amendment is its mover's; the rest is the draft's."""
    passages = records(ask("blame", "art-6/2", "--format", "json").out)
    assert "".join(r["words"] for r in passages) == SECOND
    (word,) = [r for r in passages if r["offers"]]
    assert (word["words"].strip(), word["by"], word["offers"]) == (
        "restriction",
        ["IND"],
        ["ind-1"],
    )


def test_shares_count_the_words_of_each_delegation(ask: Run) -> None:
    """The words of all add up to those of the text, where none are shared."""
    shares = records(ask("blame", "--shares", "--format", "json").out)
    assert {r["delegation"]: r["words"] for r in shares} == {"CHAIR": 19, "IND": 1}
    assert {r["of"] for r in shares} == {20}


def test_backwards_it_tells_where_words_went(ask: Run) -> None:
    """The words of an amendment are in the text or not."""
    (credit,) = records(ask("blame", "--of", "ind-1", "--format", "json").out)
    assert (credit["words"], credit["kept"]) == ("restriction", True)
    (credit,) = records(ask("blame", "--of", "egy-2", "--format", "json").out)
    assert credit["kept"] is False


def test_open_lists_what_is_not_settled(ask: Run) -> None:
    """Brackets with their holders, offers, and articles that are not agreed."""
    loose_ends = records(ask("open", "--as-of", "2023-01-20", "--format", "json").out)
    assert [(r["kind"], r["provision"], r["name"] or r["what"]) for r in loose_ends] == [
        ("provision", "art-6", "art-6"),
        ("bracket", "art-6/1", "human rights"),
        ("bracket", "art-6/2", "human rights or"),
        ("amendment", "art-6/2", "egy-1"),
        ("amendment", "art-6/2", "ind-1"),
        ("amendment", "art-6/2", "egy-2"),
        ("amendment", "art-6/2", "ken-1"),
        ("amendment", "art-6/2", "ken-2"),
    ]
    assert (loose_ends[1]["holders"], loose_ends[1]["days"], loose_ends[0]["state"]) == (
        ["EGY"],
        2,
        "partly agreed",
    )


def test_open_counts_by_session(ask: Run) -> None:
    """The trend has a line for each session that had a text on the table."""
    (counts,) = records(ask("open", "--trend", "--format", "json").out)
    assert counts == {
        "day": "2023-01-20",
        "name": "s-1",
        "brackets": 2,
        "amendments": 5,
        "proposals": 0,
        "articles": 1,
        "open": 1,
        "ad_referendum": 0,
        "agreed": 0,
    }
    assert ask("open", "art-6", "--trend").code == 2


def test_show_has_the_text_and_what_is_offered(ask: Run) -> None:
    """A provision is shown with its words, its brackets, its amendments and who stands where."""
    result = ask("show", "art-6/2", "--as-of", "2023-01-20", "--format", "json")
    facts = {r["field"]: r["value"] for r in records(result.out)}
    assert facts["text"].startswith("Nothing permits suppression")
    assert facts["brackets"] == "[human rights or] since 2023-01-10"
    assert facts["amendment ind-1"].endswith("insert ‘restriction’; oppose: CHN")


# -- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("amendment", "x-1", "--target", "art-6/2", "--action", "delete", "--words", "supression",
          "--title", "No", "--by", "KEN", "--on", "2023-02-20"), "are not in the text"),
        (("amendment", "x-1", "--target", "art-6/1", "--action", "delete", "--words", "human right",
          "--title", "No", "--by", "KEN", "--on", "2023-02-20"), "nearest"),
        (("bracket", "--target", "art-6/2", "--words", "liberty", "--on", "2023-02-20"), "liberty"),
        (("bracket-lifting", "--target", "art-6/2", "--words", "rights", "--on", "2023-02-20"),
         "no brackets around"),
        (("amendment", "x-1", "--target", "art-99", "--action", "delete", "--title", "No",
          "--by", "KEN", "--on", "2023-02-20"), "no target art-99"),
        (("wording", "--document", "d-2", "--target", "art-6/2", "--text", "Other.", "--on",
          "2023-02-10"), "twice"),
        (("wording", "--document", "d-2", "--target", "art-6/3", "--text", "[Other.", "--on",
          "2023-02-10"), "bracket"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_text_is_refused(
    ask: Run, words: tuple[str, ...], message: str
) -> None:
    """One sentence, and nothing is logged."""
    before = json.loads(ask("names", "--format", "json").out)
    result = ask("log", *words)
    assert result.code == 3
    assert message in result.err
    assert len([line for line in result.err.splitlines() if not line.startswith("note: ")]) == 1
    assert before == json.loads(ask("names", "--format", "json").out)


def test_what_is_said_again_adds_nothing(ask: Run) -> None:
    """A bracket is lifted once; to log the same again is no refusal and no second entry."""
    words = ("--target", "art-6/1", "--words", "human rights", "--on", "2023-02-20")
    first = ask("log", "bracket-lifting", *words).out.split()[0]
    again = ask("log", "bracket-lifting", *words)
    assert (again.code, first in again.out) == (0, True)


def test_a_correction_cannot_take_the_words_away(ask: Run) -> None:
    """What log would refuse is refused as a correction, and the entry stays as it was."""
    (amendment,) = [
        r for r in records(ask("amendments", "--format", "json").out) if r["name"] == "ind-1"
    ]
    refused = ask("correct", amendment["entry"][:10], "--set", "words=supression", "--reason", "x")
    assert (refused.code, "are not in the text" in refused.err) == (3, True)
    done = ask("correct", amendment["entry"][:10], "--set", "title=Fewer", "--reason", "x")
    assert done.code == 0


def test_a_withdrawn_amendment_cannot_be_amended(ask: Run) -> None:
    """What is off the table has no amendments."""
    ask("log", "amendment-withdrawal", "--target", "egy-2", "--by", "EGY", "--on", "2023-02-15")
    result = ask(
        "log", "amendment", "x-1", "--target", "egy-2", "--action", "replace", "--words", "denial",
        "--text", "refusal", "--title", "No", "--by", "KEN", "--on", "2023-02-20",
    )  # fmt: skip
    assert (result.code, "egy-2 was withdrawn on 2023-02-15" in result.err) == (3, True)


# -- renumbering ----------------------------------------------------------------------------------


@pytest.fixture
def renumbered(workspace: Workspace) -> Path:
    """Return a workspace in which article 6 became article 7, behind a new article 6."""
    acts = (
        *ACTS[:15],
        *(provision(address) for address in ("art-7", "art-7/1", "art-7/2", "art-7/3")),
        document("d-2", on="2023-02-10", by="CHAIR", draft="whole"),
        worded("art-6", "A new article.", "d-2", on="2023-02-10", place=1),
        worded("art-7/1", DUTY, "d-2", on="2023-02-10", place=2, formerly="art-6/1"),
        worded("art-7/2", SECOND, "d-2", on="2023-02-10", place=3, formerly="art-6/2"),
        worded("art-7/3", "Nothing affects article 5.", "d-2", on="2023-02-10", place=4),
    )
    workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(acts, 1)])  # type: ignore[misc]
    return workspace.storage.places.root


def test_a_redline_follows_a_provision_to_its_new_address(run: Run, renumbered: Path) -> None:
    """Documents are compared by what their provisions are, not by what they are called."""
    result = run("redline", "d-1", "d-2", "--format", "json", at=renumbered)
    addresses = {r["provision"]: r["formerly"] for r in records(result.out)}
    assert addresses == {"art-6": None, "art-7/2": "art-6/2", "art-7/3": None}


def test_an_added_provision_goes_with_the_one_it_was_put_behind(run: Run, renumbered: Path) -> None:
    """Its address is as addresses are now; a draft that has its words has taken it up."""
    result = run("amendments", "--format", "json", at=renumbered)
    amendments = {r["name"]: (r["phrase"], r["state"]) for r in records(result.out)}
    phrase = "add a new provision art-7/3 after art-7/2: ‘Nothing affects article 5.’"
    assert amendments["ken-2"] == (phrase, "taken up")
    (credit,) = records(run("blame", "art-7/3", "--format", "json", at=renumbered).out)
    assert (credit["by"], credit["offers"]) == (["KEN"], ["ken-2"])


def test_english_is_a_language_whether_it_is_said_or_not(run: Run, office: Path) -> None:
    """A fact that names English is the same fact without, and is kept once."""
    words = ("--target", "art-6/1", "--words", "respect", "--by", "KEN", "--on", "2023-02-20")
    first = run("log", "bracket", *words, at=office).out.split()[0]
    again = run("log", "bracket", *words, "--language", "en", at=office)
    assert (again.code, first in again.out) == (0, True)
