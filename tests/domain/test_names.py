from __future__ import annotations

import pytest
from hypothesis import given

from negotrack.domain.names import CODE, LONGEST, SLUG, follows, is_id_prefix, key, near, unknown
from negotrack.errors import Cure
from strategies import codes, few, ids, slugs, texts

NAMES = ["CHN", "CHE", "CHL", "KEN", "HRW", "scope", "art-6/2"]


@few
@given(slugs)
def test_words_joined_by_hyphens_and_slashes_are_slugs(slug: str) -> None:
    """Lower-case words and digits, in levels, are a slug."""
    assert follows(SLUG, slug)


@pytest.mark.parametrize(
    "text",
    ["", "Scope", "art_6", "art 6", "-art", "art-", "art--6",
     "/art", "art/", "art//6", "é", "art-\uff16", "art-6\n", "../x"],
)  # fmt: skip
def test_anything_else_is_no_slug(text: str) -> None:
    """Capitals, spaces, empty levels and other alphabets make no slug, nor does a line end."""
    assert not follows(SLUG, text)


@few
@given(codes)
def test_capitals_and_digits_are_a_code(code: str) -> None:
    """A code begins with a capital and goes on with capitals and digits."""
    assert follows(CODE, code)


@pytest.mark.parametrize(
    "text", ["", "ken", "Ken", "6G", "A_B", "A--B", "-A", "A-", "\u0421HN", "KEN\n"]
)
def test_anything_else_is_no_code(text: str) -> None:
    """Small letters, look-alikes and line ends make no code."""
    assert not follows(CODE, text)


def test_letter_case_does_not_matter_in_names() -> None:
    """Names are compared without letter case, and nothing else is folded away."""
    assert key("European Union") == key("EUROPEAN union")
    assert key("Côte") != key("Cote")


@few
@given(ids)
def test_four_digits_of_an_id_are_a_prefix(identity: str) -> None:
    """Four to 64 hexadecimal digits could begin an id; three or an odd letter could not."""
    assert is_id_prefix(identity)
    assert is_id_prefix(identity[:4])
    assert not is_id_prefix(identity[:3])
    assert not is_id_prefix(identity + "0")
    assert not is_id_prefix(identity[:4] + "g")


def test_near_misses_are_suggested() -> None:
    """Somebody who types CHI may have meant one of three states."""
    assert {"CHN", "CHE", "CHL"} == set(near("CHI", NAMES))


@pytest.mark.parametrize(
    "typed",
    ["\u0421HN", "C\u0397\u039d", "\uff23\uff28\uff2e", "chn", "ĈHN", "CH\u200bN"],
    ids=ascii,
)
def test_look_alikes_are_seen_through(typed: str) -> None:
    """Cyrillic, Greek, full-width and accented letters lead to the Latin name."""
    assert "CHN" in near(typed, NAMES)


def test_a_strange_word_is_near_to_nothing() -> None:
    """There is no suggestion where nothing is close."""
    assert near("zzzzzz", NAMES) == []


@few
@given(texts())
def test_whatever_is_typed_no_more_than_three_names_are_suggested(typed: str) -> None:
    """Suggestions are few, and are names of the record."""
    suggested = near(typed, NAMES)
    assert len(suggested) <= 3
    assert set(suggested) <= set(NAMES)


def test_an_unknown_name_is_shown_with_its_code_points() -> None:
    """A look-alike letter is named, since nobody could see it."""
    sentence, cure = unknown("delegation", "\u0421HN", NAMES)
    assert sentence == "no delegation \u0421HN (it contains U+0421)"
    assert str(cure).startswith("did you mean CHN")


def test_an_unknown_name_without_a_near_one_leads_to_the_list() -> None:
    """Where nothing is close, the cure is to list the names."""
    cure = unknown("target", "zzzzzz", NAMES)[1]
    assert isinstance(cure, Cure)
    assert cure.action == "list-names"


def test_names_have_a_length_that_fits_a_column() -> None:
    """A name has at most 64 characters."""
    assert LONGEST == 64
