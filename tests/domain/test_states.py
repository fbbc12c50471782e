from __future__ import annotations

import pytest

from negotrack.domain.names import CODE, follows, key
from negotrack.domain.states import STATES


def test_there_are_193_members_and_two_observer_states() -> None:
    """The table is that of the United Nations."""
    assert len(STATES) == 193 + 2
    assert {"PSE", "VAT"} < set(STATES)


@pytest.mark.parametrize("code", ["EU", "UNK", "XKX", "TWN", "HKG", "GBA"])
def test_what_is_no_member_is_no_state(code: str) -> None:
    """Groups, territories and codes of private use are no states."""
    assert code not in STATES


def test_every_code_is_one_of_three_letters() -> None:
    """A code is a code of the record, and as long as ISO 3166-1 alpha-3 has it."""
    for code, state in STATES.items():
        assert code == state.code
        assert len(code) == 3
        assert follows(CODE, code)


def test_no_name_means_two_states() -> None:
    """Names and aliases, compared without letter case, each lead to one state."""
    words = [
        (key(word), state.code)
        for state in STATES.values()
        for word in {key(w) for w in (state.code, state.name, *state.aliases)}
    ]
    assert len({word for word, _ in words}) == len(words)


def test_names_have_no_loose_ends() -> None:
    """No name or alias is empty or padded."""
    for state in STATES.values():
        assert all(word and word == word.strip() for word in (state.name, *state.aliases))


def test_the_names_of_the_time_are_those_of_the_united_nations() -> None:
    """Türkiye, Viet Nam and Czechia are called as they ask to be."""
    assert [STATES[c].name for c in ("TUR", "VNM", "CZE")] == ["Türkiye", "Viet Nam", "Czechia"]


def test_the_codes_are_those_of_iso_3166() -> None:
    """Every code of the table is an alpha-3 code of the standard, as pycountry has it."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    standard = {country.alpha_3 for country in pycountry.countries}
    assert set() == set(STATES) - standard


def test_the_names_belong_to_their_codes() -> None:
    """Where the standard has a state under the same name, it has it under the same code."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    by_name = {key(country.name): country.alpha_3 for country in pycountry.countries}
    both = [state for state in STATES.values() if key(state.name) in by_name]
    assert len(both) > 120
    assert [s.code for s in both] == [by_name[key(s.name)] for s in both]
