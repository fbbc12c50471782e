"""The names of the types, which stand apart from the catalogue: against the catalogue."""

from __future__ import annotations

import msgspec

from negotrack.domain import entry_types
from negotrack.domain.catalogue import KINDS
from negotrack.domain.entry_types import (
    ACTS_ON_WORDS,
    BOOKKEEPING,
    MEMBERSHIPS,
    OFFERS,
    SUBJECTS,
    TEXTS,
    type_of,
)

BY_TYPE = {kind.type: kind for kind in KINDS}
NAMES = {
    name: value
    for name, value in vars(entry_types).items()
    if name.isupper() and isinstance(value, str)
}


def test_every_name_is_a_type_of_the_catalogue() -> None:
    """A name is written as its type is, and the catalogue has the type."""
    assert {value.upper().replace(".", "_") for value in NAMES.values()} == set(NAMES)
    assert set(NAMES.values()) <= set(BY_TYPE)


def test_sets_are_of_types_of_the_catalogue() -> None:
    """No set of types has one that is not there."""
    every = {*ACTS_ON_WORDS, *TEXTS, *BOOKKEEPING, *MEMBERSHIPS, *OFFERS, *SUBJECTS}
    assert every <= set(BY_TYPE)


def test_what_brings_a_name_in_is_about_that_name() -> None:
    """The subject of a type that names something is the field that names it."""
    naming = {kind.type: kind.names for kind in KINDS if kind.names is not None}
    assert naming == {type_: SUBJECTS[type_] for type_ in naming}


def test_a_subject_is_a_field_of_its_type() -> None:
    """What a row has as the subject of an entry can be read from the entry."""
    for type_, field in SUBJECTS.items():
        assert field in {one.name for one in msgspec.structs.fields(BY_TYPE[type_].cls)}


def test_an_offer_has_the_name_of_its_kind() -> None:
    """What puts something on the table names it in the field that is called as people call it."""
    assert {type_: BY_TYPE[type_].noun for type_ in OFFERS} == OFFERS
    assert {type_: BY_TYPE[type_].names for type_ in OFFERS} == OFFERS


def test_acts_on_words_are_about_texts() -> None:
    """What is about words is about a text; what only withdraws or decides is not about words."""
    assert ACTS_ON_WORDS < TEXTS
    assert not TEXTS & BOOKKEEPING


def test_a_type_is_its_tag_without_the_version() -> None:
    """Whatever the version is, the type is the same."""
    assert [type_of(tag) for tag in ("stance.taken/1", "stance.taken/12", "stance.taken")] == [
        "stance.taken"
    ] * 3
    assert {kind.tag: type_of(kind.tag) for kind in KINDS} == {k.tag: k.type for k in KINDS}
