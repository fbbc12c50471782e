"""Collisions: found exactly where the plain reference finds them; the rest commutes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from negotrack.wording.changes import applied, change
from negotrack.wording.collisions import Collision, collisions, combined
from negotrack.wording.words import joined, words
from texts import amended, pairs

if TYPE_CHECKING:
    from negotrack.wording.changes import Edit, Edits

Amended = tuple[list[str], list["Edits"]]


def _named(changes: list[Edits]) -> dict[str, Edits]:
    return {f"c{n}": edits for n, edits in enumerate(changes)}


def _touches(edit: Edit) -> set[float]:
    """Return what an edit touches: words by their places, gaps between words by the halves.

    An edit that replaces words touches the gaps between them; an insertion touches its own gap.
    """
    if edit.start == edit.end:
        return {edit.start - 0.5}
    return {half / 2 for half in range(2 * edit.start, 2 * edit.end - 1)}


def _reference(changes: dict[str, Edits]) -> set[tuple[str, str]]:
    """Compare every edit with every other: the plain reference."""
    return {
        (first, second)
        for (first, one), (second, other) in combinations(changes.items(), 2)
        if any(_touches(a) & _touches(b) for a in one for b in other)
    }


def _merged(base: list[str], changes: list[Edits]) -> list[str]:
    """Merge changes that do not collide word by word: the plain reference."""
    tokens: list[str] = []
    for place in range(len(base) + 1):
        edits = [edit for one in changes for edit in one]
        tokens += [t for e in edits if e.start == e.end == place for t in e.words]
        tokens += [t for e in edits if e.start == place < e.end for t in e.words]
        if place < len(base) and not any(e.start <= place < e.end for e in edits):
            tokens.append(base[place])
    return tokens


@given(case=amended(3))
def test_collisions_are_those_of_the_plain_reference(case: Amended) -> None:
    """Two changes collide exactly when they touch the same words or insert at the same place."""
    base, changes = case
    pairs = {(one.first, one.second) for one in collisions(base, _named(changes))}
    assert _reference(_named(changes)) == pairs


@given(case=amended(3))
def test_every_pair_of_edits_is_named_once(case: Amended) -> None:
    """There is one collision for each two edits that meet."""
    base, changes = case
    pairs_met = sum(
        bool(_touches(a) & _touches(b))
        for one, other in combinations(changes, 2)
        for a in one
        for b in other
    )
    assert pairs_met == len(collisions(base, _named(changes)))


@given(case=amended(3), order=st.permutations(range(3)))
def test_changes_that_do_not_collide_commute(case: Amended, order: list[int]) -> None:
    """In whatever order they are taken, they make the same text, that of the plain reference."""
    base, changes = case
    assume(not _reference(_named(changes)))
    both = combined(base, list(_named(changes).items()))
    turned = combined(base, [(f"c{n}", changes[n]) for n in order])
    assert both.words == turned.words == _merged(base, changes)
    assert both.refused == []


@given(case=amended(4))
def test_who_comes_first_is_taken(case: Amended) -> None:
    """A change is refused exactly when it collides with one that was taken before it."""
    base, changes = case
    named = _named(changes)
    met = _reference(named)
    taken: list[str] = []
    for name in named:
        if not any((before, name) in met for before in taken):
            taken.append(name)
    merge = combined(base, list(named.items()))
    assert taken == merge.taken
    assert {pair for pair in met if pair[0] in taken and pair[1] not in taken} == {
        (one.first, one.second) for one in merge.refused
    }
    assert merge.words == _merged(base, [named[name] for name in taken])


@given(texts=pairs())
def test_nothing_is_the_base_and_one_its_target(texts: tuple[list[str], list[str]]) -> None:
    """Nothing combined is the base, one change combined is its target."""
    base, target = texts
    assert base == combined(base, []).words
    assert target == combined(base, [("one", change(base, target))]).words


@given(texts=pairs(), data=st.data())
def test_an_amendment_of_an_amendment_is_the_direct_one(
    texts: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    """Accepted, it gives what an amendment with the same full text gives."""
    base, first = texts
    _, second = data.draw(pairs())
    through = applied(applied(base, change(base, first)), change(first, second))
    assert through == applied(base, change(base, second))


BASE = words("Each State Party shall take measures for the suppression of offences.")


def _change(target: str) -> Edits:
    return change(BASE, words(target))


def _collisions(one: str, other: str) -> list[Collision]:
    return collisions(BASE, {"AUS": _change(one), "BRA": _change(other)})


def test_a_collision_names_the_words_that_both_touch() -> None:
    """Two delegations that replace overlapping words are named with the words in dispute."""
    one = "Each State Party may take measures for the suppression of offences."
    other = "Each State Party should adopt measures for the suppression of offences."
    assert _collisions(one, other) == [Collision("AUS", "BRA", "shall", 6, 7)]


def test_two_insertions_at_one_place_name_the_words_before_it() -> None:
    """Where both insert, the place is named by the words that stand before it."""
    one = "Each State Party shall take legal measures for the suppression of offences."
    other = "Each State Party shall take such measures for the suppression of offences."
    assert _collisions(one, other) == [Collision("AUS", "BRA", "State Party shall take", 9, 9)]


def test_an_insertion_between_deleted_words_collides_with_the_deletion() -> None:
    """The words that the one takes out are named, because the other needs them."""
    one = "Each State Party shall take measures for the effective suppression of offences."
    other = "Each State Party shall take measures."
    collided = _collisions(one, other)
    assert [c.words for c in collided] == ["for the suppression of offences"]


def test_a_deletion_around_an_insertion_collides_with_it() -> None:
    """Choice: whichever was first, what names the collision is all that is taken out."""
    deletes = "Each State Party shall take measures."
    inserts = "Each State Party shall take measures for the effective suppression of offences."
    assert [one.words for one in _collisions(deletes, inserts)] == [
        "for the suppression of offences"
    ]


def test_beside_each_other_is_no_collision() -> None:
    """An insertion at the border of replaced words stays on its side of what they become."""
    one = "Each State Party shall, now, take measures for the suppression of offences."
    other = "Each State Party may take measures for the suppression of offences."
    assert _collisions(one, other) == []
    both = combined(BASE, [("AUS", _change(one)), ("BRA", _change(other))])
    assert joined(both.words).startswith("Each State Party may, now, take measures")


def test_equal_edits_are_called_the_same() -> None:
    """Two delegations that want the same words do collide, and the collision says that."""
    one = "Each State Party may take measures for the suppression of offences."
    assert [c.same for c in _collisions(one, one)] == [True]
