from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain import entries as e
from negotrack.domain.catalogue import KINDS, kind_of
from negotrack.domain.summary import summary
from negotrack.domain.values import Figures
from shorthand import (
    DEMO,
    amendment,
    bracketed,
    decided,
    delegation,
    document,
    issue,
    joined,
    motion,
    opened,
    proposal,
    provision,
    retraction,
    rule,
    says,
    session,
    takes,
    unbracketed,
    worded,
)
from strategies import entries, few

ID = "0123456789abcdef" * 4


def _entry(cls: type[e.Entry], **fields: Any) -> e.Entry:
    return cls(**{"negotiation": DEMO, "on": "2023-01-16"} | fields)


def _correction(**set_: Any) -> e.Entry:
    return _entry(e.EntryCorrected, entry=ID, set=set_, reason="misheard")


WORDS = [
    (opened(), "A demonstration: negotiation opened"),
    (session(), "First session: Vienna, 2023-01-16/2023-01-20"),
    (_entry(e.SessionRescheduled, session="s-1"), "session s-1 rescheduled"),
    (
        _entry(e.SessionRescheduled, session="s-1", days="2023-02", city="Bonn", reason="Strike"),
        "session s-1 rescheduled to 2023-02 in Bonn: Strike",
    ),
    (delegation("EU", "group", name="European Union"), "EU is European Union (group)"),
    (joined("AUT", "EU"), "joined EU"),
    (_entry(e.GroupLeft, by="GBR", group="EU"), "left EU"),
    (document(), "issued draft-1: First draft"),
    (document(symbol="A/1"), "issued A/1: First draft"),
    (worded("art-6/2", "Nothing permits it."), "worded in draft-1: “Nothing permits it.”"),
    (
        worded("art-6/2", "Rien.", title="Droits", formerly="art-5/2", language="fr"),
        "worded in fr in draft-1: Droits “Rien.”; formerly art-5/2",
    ),
    (worded("art-6", None, title="Rights"), "worded in draft-1: Rights"),
    (bracketed("art-6/2", "shall"), "bracketed [shall]"),
    (
        bracketed("art-6/2", "shall", text="may", reason="Too strong"),
        "bracketed [shall] beside [may]: Too strong",
    ),
    (unbracketed("art-6/2", "shall"), "lifted the brackets around [shall]"),
    (
        unbracketed("art-6/2", "shall", text="may"),
        "lifted the brackets around [shall], leaving “may”",
    ),
    (_entry(e.DocumentSigned, document="draft-1", by="KEN"), "signed draft-1"),
    (_entry(e.DocumentSigned, document="draft-1", count=0), "0 had signed draft-1"),
    (_entry(e.DocumentSigned, document="draft-1", count=72), "72 had signed draft-1"),
    (issue(), "issue scope: How broad?"),
    (issue("scope", "broad", "60"), "issue scope: How broad?; options broad, 60"),
    (provision(), "provision art-6/2"),
    (provision(title="Human rights"), "provision art-6/2: Human rights"),
    (proposal("p-1"), "tabled p-1: Proposal p-1"),
    (
        proposal("p-1", title="Delete it.", sponsors=("AUT", "KEN")),
        "tabled p-1: Delete it; with AUT, KEN",
    ),
    (_entry(e.ProposalCosponsored, target="p-1", by="KEN"), "became co-sponsor"),
    (_entry(e.ProposalCosponsored, target="p-1", count=3), "3 co-sponsors"),
    (_entry(e.ProposalRevised, target="p-1"), "revised"),
    (_entry(e.ProposalRevised, target="p-1", title="Less", reason="talks"), "revised: Less; talks"),
    (_entry(e.ProposalWithdrawn, target="p-1"), "withdrawn"),
    (_entry(e.ProposalWithdrawn, target="p-1", reason="no chance"), "withdrawn: no chance"),
    (amendment("a-1", "p-1"), "moved a-1: Amendment a-1"),
    (
        amendment("a-1", "p-1", action="replace", words="shall", text="may", sponsors=("KEN",)),
        "moved a-1: Amendment a-1; replace “shall” by “may”; with KEN",
    ),
    (amendment("a-1", "p-1", action="add", text="may"), "moved a-1: Amendment a-1; add “may”"),
    (
        amendment("a-1", "p-1", action="delete", words="shall"),
        "moved a-1: Amendment a-1; delete “shall”",
    ),
    (amendment("a-1", "p-1", action="retain"), "moved a-1: Amendment a-1; retain"),
    (_entry(e.AmendmentRevised, target="a-1"), "revised"),
    (
        _entry(e.AmendmentRevised, target="a-1", action="add", text="may", title="Softer"),
        "revised: Softer; add “may”",
    ),
    (_entry(e.AmendmentWithdrawn, target="a-1"), "withdrawn"),
    (_entry(e.AmendmentWithdrawn, target="a-1", reason="merged"), "withdrawn: merged"),
    (takes("KEN", "support", "scope"), "support"),
    (
        takes(
            "KEN", "accept", "scope", option="broad", condition="the list is closed.",
            reason="certainty", aligned_with="EU",
        ),
        "accept broad; if the list is closed; certainty; aligned with EU",
    ),
    (takes("KEN", "none", "scope"), "takes its stance back"),
    (says("KEN", "Time is short."), "Time is short."),
    (says("KEN", "Time is short.", aligned_with="EU"), "Time is short; aligned with EU"),
    (says("KEN", "Two\n lines\tand  spaces"), "Two lines and spaces"),
    (_entry(e.VoteCast, by="KEN", target="scope", vote="not-a-member"), "voted not a member"),
    (decided("scope"), "adopted"),
    (
        decided("scope", "agreed-ad-referendum", method="consensus"),
        "agreed ad referendum by consensus",
    ),
    (
        decided("scope", "merged", into="art-6", method="without-vote"),
        "merged into art-6 without a vote",
    ),
    (
        decided("scope", "rejected", method="vote", figures=Figures(yes=2, no=3), says="Not now."),
        "rejected by vote 2-3: Not now.",
    ),
    (
        decided("scope", method="vote", figures=Figures(yes=79, no=60, abstain=33)),
        "adopted by vote 79-60-33",
    ),
    (decided("scope", method="roll-call"), "adopted by roll call"),
    (
        rule("all", "two-thirds", matters="substance", quorum="1/3"),
        "rule all: two thirds, on substance, quorum 1/3",
    ),
    (
        rule("each", "component-majority", title="Both", components=("EU", "G77"), share="2/3"),
        "rule each: Both; component majority, 2/3 in favour, in each of EU, G77",
    ),
    (motion("m-1", "scope", title="Now?", words="all of it"), "motion m-1: Now?; “all of it”"),
    (
        _entry(e.VoteExplained, by="KEN", target="scope", says="Too soon."),
        "explained its vote: Too soon.",
    ),
    (
        _entry(e.VoteIntended, by="KEN", target="scope", vote="abstain"),
        "had intended to vote abstain",
    ),
    (_entry(e.DeadlineSet, due="2023-03-31", title="Comments"), "deadline 2023-03-31: Comments"),
    (_correction(on="2023", by="KEN"), "corrects 0123456789: by, on; misheard"),
    (retraction(ID), "retracts 0123456789; twice"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), WORDS, ids=[words for _, words in WORDS])
def test_what_an_entry_says(entry: e.Entry, words: str) -> None:
    """Every type of entry says in one line what happened."""
    assert words == summary(kind_of(entry).type, entry)


def test_every_type_is_in_the_table_above() -> None:
    """No type is without an expected summary."""
    assert {kind.cls for kind in KINDS} == {type(entry) for entry, _ in WORDS}


@few
@given(st.sampled_from(KINDS).flatmap(entries))
def test_a_summary_is_one_line(entry: e.Entry) -> None:
    """Whatever an entry says, its summary is one line without loose spaces."""
    words = summary(kind_of(entry).type, entry)
    assert words == " ".join(words.split())
    assert words
