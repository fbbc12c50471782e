"""Origins: every word has one, and whoever brought it first keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.changes import change
from negotrack.wording.origins import Survivor, TextVersion, origins, survived
from negotrack.wording.words import is_word, joined, words
from texts import pairs, tokens, variants

if TYPE_CHECKING:
    from collections.abc import Hashable

    from negotrack.wording.changes import Edits


def _credited(*versions: TextVersion) -> dict[str, str]:
    """Return the words of the last version by who is credited with them, blanks taken out."""
    rows: dict[str, list[str]] = {}
    for token, keys in zip(versions[-1].words, origins(versions), strict=True):
        if is_word(token):
            rows.setdefault("+".join(map(str, keys)), []).append(token)
    return {keys: " ".join(row) for keys, row in rows.items()}


def _version(key: str, text: str, before: str = "", **offers: str) -> TextVersion:
    base = words(before)
    offered: dict[Hashable, Edits] = {
        name: change(base, words(offer)) for name, offer in offers.items()
    }
    return TextVersion(key, words(text), offered)


@st.composite
def drafted(draw: st.DrawFn) -> list[TextVersion]:
    """Draw versions of a text, some with offers, of which the next one may be one."""
    versions = [TextVersion(0, draw(tokens))]
    for number in range(1, draw(st.integers(1, 5))):
        before = list(versions[-1].words)
        offered = [draw(variants(before)) for _ in range(draw(st.integers(0, 2)))]
        offers: dict[Hashable, Edits] = {}
        for n, text in enumerate(offered):
            offers[f"{number}.{n}"] = change(before, text)
        after = draw(st.one_of(variants(before), tokens, *map(st.just, offered)))
        versions.append(TextVersion(number, after, offers))
    return versions


@given(versions=drafted())
def test_origins_cover_every_word_once(versions: list[TextVersion]) -> None:
    """Each token has the keys of those who brought it, and they are versions or their offers."""
    credits_ = origins(versions)
    keys = {v.key for v in versions} | {key for v in versions for key in v.offers}
    assert len(versions[-1].words) == len(credits_)
    assert all(credits_)
    assert {key for row in credits_ for key in row} <= keys
    assert all(len(set(row)) == len(row) for row in credits_)


@given(versions=drafted())
def test_an_offer_is_told_word_by_word(versions: list[TextVersion]) -> None:
    """What survived and what did not are the words of the offer; what survived is in the text."""
    last = versions[-1].words
    for version in versions[1:]:
        for key, offer in version.offers.items():
            passages = survived(versions, key)
            assert "".join(joined(e.words) for e in offer) == "".join(s.words for s in passages)
            kept = [one for one in passages if one.kept]
            assert [one.words for one in kept] == [joined(last[s.start : s.end]) for s in kept]
            credited = [n for n, keys in enumerate(origins(versions)) if key in keys]
            assert credited == sorted(n for s in kept for n in range(s.start, s.end))


@given(texts=pairs())
def test_an_offer_that_becomes_the_text_has_the_credit(
    texts: tuple[list[str], list[str]],
) -> None:
    """If the version is what was offered, no new word is the version's own but what came back."""
    base, target = texts
    credits_ = origins(
        [TextVersion("a", base), TextVersion("b", target, {"x": change(base, target)})]
    )
    own = [t for t, keys in zip(target, credits_, strict=True) if "b" in keys and is_word(t)]
    assert own == []


@given(base=tokens, times=st.integers(1, 3))
def test_what_stays_keeps_its_origin(base: list[str], times: int) -> None:
    """A text that is issued again unchanged is still the first version's."""
    versions = [TextVersion(n, base) for n in range(times)]
    assert origins(versions) == [(0,)] * len(base)


def test_of_no_versions_there_is_nothing() -> None:
    """Without a text there is no word."""
    assert origins([]) == []
    assert survived([], "x") == []


ONE = "Each State Party shall take measures for the suppression of offences."
TWO = "Each State Party may take measures for the restriction of offences."


def test_a_new_word_is_credited_to_who_offered_it() -> None:
    """Who offered a word at its place has the credit, else the version."""
    india = "Each State Party shall take measures for the restriction of offences."
    assert _credited(_version("d1", ONE), _version("d2", TWO, ONE, IND=india)) == {
        "d1": "Each State Party take measures for the of offences",
        "d2": "may",
        "IND": "restriction",
    }


def test_equal_offers_share_the_credit() -> None:
    """Two delegations that offered the same word are both named."""
    offers = {"EGY": TWO, "IND": TWO}
    credits_ = _credited(_version("d1", ONE), _version("d2", TWO, ONE, **offers))
    assert credits_["EGY+IND"] == "may restriction"


def test_a_word_offered_elsewhere_is_not_credited() -> None:
    """The same word at another place of the text is another's."""
    offer = "Each State Party shall take restriction measures for the suppression of offences."
    credits_ = _credited(_version("d1", ONE), _version("d2", TWO, ONE, IND=offer))
    assert credits_["d2"] == "may restriction"


def test_words_that_come_back_are_the_first_ones() -> None:
    """A passage that was deleted and comes back is credited to who first brought it."""
    without = "Each State Party shall take measures."
    assert _credited(
        _version("d1", ONE), _version("d2", without), _version("d3", ONE, without, IND=ONE)
    ) == {"d1": ONE.strip(".")}


def test_a_passage_that_moves_keeps_its_origin() -> None:
    """A sentence that changes its place is not the version's."""
    a, b = "First come all the rules.", "Then each Party shall report to the Conference."
    assert _credited(_version("d1", f"{a} {b}"), _version("d2", f"{b} {a}")) == {
        "d1": "Then each Party shall report to the Conference First come all the rules"
    }


def test_a_formula_does_not_come_back() -> None:
    """Three words that stand elsewhere in the text all the time are nobody's return."""
    d1 = "Parties of the Convention meet. Organs of the Convention report."
    d2 = "Parties meet. Organs of the Convention report."
    d3 = "Parties meet. Organs of the Convention report. States of the Convention vote."
    credits_ = _credited(_version("d1", d1), _version("d2", d2), _version("d3", d3))
    assert credits_["d3"] == "States of the Convention vote"


def test_where_the_words_of_an_offer_went() -> None:
    """Each run of offered words is told as kept, with its place, or not."""
    offer = "Each State Party may, where possible, take measures for the suppression of offences."
    d2 = "Each State Party may take measures for the suppression of all offences."
    d3 = "Every Party may take measures for the suppression of all offences."
    versions = [_version("d1", ONE), _version("d2", d2, ONE, IND=offer), _version("d3", d3)]
    assert survived(versions, "IND") == [
        Survivor("may", kept=True, start=4, end=5),
        Survivor(", where possible,", kept=False),
    ]
    assert words(d3)[4] == "may"
    assert survived(versions, "nobody") == []


def test_an_offer_that_was_deleted_later_did_not_survive() -> None:
    """Words that were taken up and then taken out are not kept."""
    versions = [_version("d1", ONE), _version("d2", TWO, ONE, IND=TWO), _version("d3", ONE)]
    assert [one.kept for one in survived(versions, "IND")] == [False, False]


def test_a_word_that_was_offered_at_another_place_is_not_the_offers() -> None:
    """A comma and a blank further on is another place, also for the same word."""
    d1, d2 = "Parties, States meet.", "Organs, States meet."
    assert _credited(_version("d1", d1), _version("d2", d2, d1, IND="Parties, Organs meet.")) == {
        "d1": "States meet",
        "d2": "Organs",
    }


def test_of_an_offer_that_was_taken_up_twice_the_first_time_counts() -> None:
    """What a later version takes up of the rest is not told as if it were the whole offer."""
    d1, d2 = "States shall report.", "All States shall report."
    d3 = "All States shall report often."
    versions = [_version("d1", d1), _version("d2", d2, d1, IND=d3), _version("d3", d3, d2, IND=d3)]
    assert survived(versions, "IND") == [
        Survivor("All ", kept=True, start=0, end=2),
        Survivor(" often", kept=False),
    ]
