from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from negotrack.domain.names import CODE, follows, key
from negotrack.domain.states import STATES, State, seat

if TYPE_CHECKING:
    from collections.abc import Iterator

ASSEMBLY = Path(__file__).parents[2].parent / "shared" / "data" / "unga"
ONE_IN = 25
"""One roll call of so many is looked at as a whole."""

PAST = {"CSK", "DDR", "EAZ", "TWN", "YMD", "YUG"}
"""The states that have a seat no longer."""

NO_ISO_CODE = {"EAZ"}
"""Zanzibar, which was gone before the standard came."""


class Calls(NamedTuple):
    """The roll calls of the Assembly: the days of each row's name and code, and some whole."""

    days: dict[tuple[str, str], tuple[str, str]]
    whole: dict[tuple[str, str], list[tuple[str, str]]]


def code_on(word: str, day: str) -> str | None:
    """Return the code of the state that a word meant on a day."""
    state = seat(word, day)
    return state and state.code


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the Assembly."""
    with gzip.open(ASSEMBLY / name, "rt", encoding="utf-8") as table:
        yield from csv.DictReader(table)


@pytest.fixture(scope="module")
def calls() -> Calls:
    """Read every vote of the Assembly once."""
    if not (ASSEMBLY / "un_votes.csv.gz").exists():
        pytest.skip("the votes of the General Assembly are not here")
    dates = {row["rcid"]: row["date"] for row in rows("un_roll_calls.csv.gz")}
    read = Calls({}, defaultdict(list))
    for row in rows("un_votes.csv.gz"):
        who, day = (row["country"], row["country_code"]), dates[row["rcid"]]
        first, last = read.days.get(who, (day, day))
        read.days[who] = (min(first, day), max(last, day))
        if int(row["rcid"]) % ONE_IN == 0:
            read.whole[row["rcid"], day].append(who)
    return read


def present() -> list[State]:
    """Return the states that have a seat today."""
    return [state for state in STATES.values() if not state.until]


def test_there_are_193_members_and_two_observer_states() -> None:
    """The table is that of the United Nations."""
    assert len(present()) == 193 + 2
    assert {"PSE", "VAT"} < {state.code for state in present()}


def test_six_seats_are_past() -> None:
    """Czechoslovakia, Yugoslavia, two of a divided country, Zanzibar, and China's seat to 1971."""
    assert {code for code, state in STATES.items() if state.until} == PAST


@pytest.mark.parametrize("code", ["EU", "UNK", "XKX", "HKG", "GBA", "SUN", "SCG", "ZAR"])
def test_what_is_no_member_is_no_state(code: str) -> None:
    """Groups, territories, codes of private use and old codes of states are no states."""
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


def test_no_two_letters_mean_two_states() -> None:
    """Every state but Zanzibar has its own alpha-2 code."""
    codes = [state.alpha2 for state in STATES.values() if state.code not in NO_ISO_CODE]
    assert all(len(code) == 2 and follows(CODE, code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert STATES["EAZ"].alpha2 == ""


def test_names_have_no_loose_ends() -> None:
    """No name, alias or former name is empty, padded or given twice; no bracket is left open."""
    for state in STATES.values():
        former = [name for name, _, _ in state.former]
        words = [state.name, *state.aliases, *former]
        assert all(word and word == word.strip() for word in words)
        assert not any(set("[]") & set(word) for word in words)
        assert len(set(former)) == len(former)


def test_days_are_days() -> None:
    """The days of a seat and of a former name are days of the calendar, or empty, in order."""
    for state in STATES.values():
        for since, until in [(state.since, state.until), *(days for _, *days in state.former)]:
            bounds = [day for day in (since, until) if day]
            assert bounds == sorted(date.fromisoformat(day).isoformat() for day in bounds)


def test_every_line_is_well_formed() -> None:
    """The lines go by code, with seven columns at most, and say again what was read from them."""
    table = files("negotrack.domain").joinpath("states.tsv").read_text(encoding="utf-8")
    head, *lines = table.splitlines()
    assert head.split("\t") == ["code", "alpha2", "name", "aliases", "former", "since", "until"]
    assert all(a < b for a, b in pairwise(line.split("\t")[0] for line in lines))
    assert lines == [
        "\t".join(
            (s.code, s.alpha2, s.name, ";".join(s.aliases), written(s), s.since, s.until)
        ).rstrip("\t")
        for s in STATES.values()
    ]


def written(state: State) -> str:
    """Return the former names of a state as the table writes them."""
    return ";".join(
        f"{name} [{since}/{until}]" if since or until else name
        for name, since, until in state.former
    )


def test_the_names_of_the_time_are_those_of_the_united_nations() -> None:
    """Türkiye, Viet Nam and Czechia are called as they ask to be."""
    assert [STATES[c].name for c in ("TUR", "VNM", "CZE")] == ["Türkiye", "Viet Nam", "Czechia"]


@pytest.mark.parametrize("word", ["KEN", "ke", "Kenya", "KENYA", " kenya "])
def test_a_state_is_found_by_its_codes_and_its_name(word: str) -> None:
    """Either code and the name do, in whatever case."""
    assert code_on(word, "1990-01-01") == "KEN"


@pytest.mark.parametrize(
    ("word", "code"),
    [("Côte d\u2019Ivoire", "CIV"), ("Côte d'Ivoire", "CIV"), ("CÔTE D\u02bcIVOIRE", "CIV"),
     ("St. Kitts & Nevis", "KNA"), ("St Lucia", "LCA"), ("St. Vincent & Grenadines", "VCT"),
     ("Congo - Kinshasa", "COD"), ("Congo - Brazzaville", "COG"), ("Myanmar (Burma)", "MMR"),
     ("Gambia", "GMB"), ("the gambia", "GMB"), ("U.S.", "USA")],
)  # fmt: skip
def test_spelling_does_not_matter(word: str, code: str) -> None:
    """Apostrophes, ampersands, saints, articles and punctuation may be as they are."""
    assert code_on(word, "1990-01-01") == code


@pytest.mark.parametrize("word", ["", " ", "&", "the", "Saint", "Atlantis", "EU", "XK"])
def test_what_names_no_state_means_none(word: str) -> None:
    """What only looks like a code or a name once spelled out is none."""
    assert seat(word, "1990-01-01") is None


def test_na_is_namibia() -> None:
    """The two letters that many tools take for a missing value are a state."""
    assert code_on("NA", "1990-11-03") == "NAM"


@pytest.mark.parametrize(
    ("word", "day", "code"),
    [("YU", "1946-01-01", "YUG"), ("YU", "1995-06-01", "YUG"), ("YU", "2000-10-31", "YUG"),
     ("YU", "2000-11-01", "SRB"), ("Yugoslavia", "2020-01-14", "SRB"),
     ("Serbia and Montenegro", "2005-01-01", "SRB"), ("RS", "1999-12-31", None),
     ("CS", "1992-12-31", "CSK"), ("CS", "1993-01-01", None), ("CS", "2005-01-01", "SRB"),
     ("Czechoslovakia", "1993-01-01", None),
     ("China", "1971-10-25", "TWN"), ("China", "1971-10-26", "CHN"), ("CN", "1971-10-25", "CHN"),
     ("CN", "1971-10-24", None), ("TW", "1971-10-25", "TWN"), ("Taiwan", "1971-10-26", None),
     ("DD", "1990-10-02", "DDR"), ("DD", "1990-10-03", None),
     ("Germany", "1950-01-01", "DEU"), ("Federal Republic of Germany", "1973-10-01", "DEU"),
     ("USSR", "1960-01-01", "RUS"), ("SU", "1960-01-01", "RUS"),
     ("Yemen", "1980-01-01", "YEM"), ("Yemen Arab Republic", "1980-01-01", "YEM"),
     ("Yemen People's Republic", "1980-01-01", "YMD"), ("YD", "1990-05-22", None)],
)  # fmt: skip
def test_a_word_means_the_state_of_its_day(word: str, day: str, code: str | None) -> None:
    """What one state left another took up, or nobody."""
    assert code_on(word, day) == code


@pytest.mark.parametrize("day", ["1960-12-01", "1980-01-01", "2020-01-01"])
@pytest.mark.parametrize("word", ["Zaire", "Congo (Leopoldville)", "ZR", "Congo-Kinshasa"])
def test_a_name_that_only_one_state_had_outlives_its_days(word: str, day: str) -> None:
    """Where nobody else can be meant, a name need not be that of the day."""
    assert code_on(word, day) == "COD"


def test_every_name_leads_back_to_its_state() -> None:
    """On a day of its seat, a state is found by every name and code it then had."""
    for state in STATES.values():
        day = state.until or "2026-01-01"
        for word in filter(None, (state.code, state.alpha2, state.name, *state.aliases)):
            assert seat(word, day) is state, word
        for word, since, until in state.former:
            assert seat(word, until or since or day) is state, word


def test_whoever_voted_in_the_assembly_is_a_state(calls: Calls) -> None:
    """Each name and each code is the same state on the first and the last day of its votes."""
    assert len(calls.days) == 200
    for (name, code), days in calls.days.items():
        for day in days:
            state = seat(name, day)
            assert state is not None, (name, day)
            assert seat(code or name, day) is state, (code, day)


def test_nobody_voted_twice(calls: Calls) -> None:
    """No two rows of a roll call are of one state; one roll call in twenty-five is looked at."""
    assert len(calls.whole) > 200
    for (_, day), voters in calls.whole.items():
        states = [code_on(code or name, day) for name, code in voters]
        assert len(set(states)) == len(states)


def test_the_codes_are_those_of_iso_3166() -> None:
    """Both codes of a state are those of the standard or once were, as pycountry has them."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    both = [*pycountry.historic_countries, *pycountry.countries]
    standard = {(country.alpha_3, country.alpha_2) for country in both}
    ours = {(s.code, s.alpha2) for s in STATES.values() if s.code not in NO_ISO_CODE}
    assert set() == ours - standard
    assert not NO_ISO_CODE & {code for code, _ in standard}


def test_the_codes_of_today_are_those_of_the_standard() -> None:
    """A state with a seat has codes in force; of the past ones only the code of Taiwan is."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    standard = {(country.alpha_3, country.alpha_2) for country in pycountry.countries}
    assert {(state.code, state.alpha2) for state in present()} <= standard
    assert PAST & {three for three, _ in standard} == {"TWN"}


def test_a_code_was_withdrawn_after_its_seat() -> None:
    """The standard withdrew the code of a former member in the three years after, not before."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    for code in PAST - {"TWN"} - NO_ISO_CODE:
        withdrawn = pycountry.historic_countries.get(alpha_3=code).withdrawal_date
        assert STATES[code].until < withdrawn
        assert int(withdrawn[:4]) - int(STATES[code].until[:4]) <= 3


def test_old_codes_come_in_pairs_of_the_standard() -> None:
    """Each old code of a state that has a seat is one that the standard withdrew."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    gone = {c for old in pycountry.historic_countries for c in (old.alpha_2, old.alpha_3)}
    old = {
        name
        for state in present()
        for name, _, _ in state.former
        if len(name) <= 3 and name.isupper()
    }
    assert len(old) > 15
    assert old <= gone


def test_the_names_belong_to_their_codes() -> None:
    """Where the standard has a state under the same name, it has it under the same code."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    by_name = {key(country.name): country.alpha_3 for country in pycountry.countries}
    both = [state for state in STATES.values() if key(state.name) in by_name]
    assert len(both) > 120
    assert [s.code for s in both] == [by_name[key(s.name)] for s in both]
