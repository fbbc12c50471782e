"""States by their ISO 3166-1 alpha-3 codes, with the names that the United Nations uses.

The table holds the members of the United Nations, its two observer states and its former members;
it ships with the package as ``states.tsv``. Whether a code is a state is decided here and nowhere
else, and so is which state a code or a name meant on a day (`seat`).

A line of the table has, between tabs, ``code``, ``alpha2``, ``name``, ``aliases``, ``former``,
``since`` and ``until``; what is empty at its end is left out. Aliases and former names are set
apart by ``;``. A former name, or a former code, may be followed by the first and the last day of
its use: ``Khmer Republic [1970-12-28/1975-04-30]``. Where either is open, or there are no
brackets, the table sets no bound, which does not say that there was none: most of the days are
those of the historical information of the United Nations Treaty Collection and of the notes to
the list of members, and a day that was not found there is not given. ``since`` and ``until`` are
the first and the last day of a state's seat, and are given only where the seat of one state
became that of another or was given up; ``since`` is no day of admission.

Four seats need a word:

- China has been one seat from the beginning. The roll calls before 1971-10-25, the day of
  resolution 2758 (XXVI), list it under the code of Taiwan, and so does this table: TWN is who
  held the seat of China until that day, and CHN who has held it since. Of that day itself the name
  ``China`` means TWN, whose delegation was still seated when the voting began.
- Yugoslavia is YUG until 2000-10-31. The Federal Republic of Yugoslavia, admitted on 2000-11-01,
  was renamed Serbia and Montenegro, and Serbia continues its seat: all three are SRB.
- The Soviet Union is RUS, the Federal Republic of Germany DEU and the Yemen Arab Republic YEM,
  for these continue the seats; the other Germany is DDR, the other Yemen YMD.
- Zanzibar, a member for four months, had no code in ISO 3166-1, which is younger. ``EAZ`` is its
  sign on vehicles under the conventions on road traffic, which the standard gives to no other.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import END_OF_TIME
from negotrack.domain.names import key

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS = 7
_APOSTROPHE = "\u02bc"  # the one that counts as a letter


class State(NamedTuple):
    """A state: its codes, its name in the United Nations, other names in use, and its days.

    `until` is the last day of the seat of a state that has none today, and empty for the members
    and observer states of today; `since` is the first day of a seat that another state held
    before. `alpha2` is empty where there is none. `past` is the table's cell of former names.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    alpha2: str
    past: str
    since: str
    until: str

    @property
    def former(self) -> tuple[tuple[str, str, str], ...]:
        """Former names and codes, each with the first and the last day of its use, or ``""``."""
        return tuple(map(_former, _listed(self.past)))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _former(text: str) -> tuple[str, str, str]:
    name, _, days = text.partition(" [")
    since, _, until = days.removesuffix("]").partition("/")
    return name, since, until


def _state(line: str) -> State:
    cells = line.split("\t")
    cells += [""] * (_COLUMNS - len(cells))
    code, alpha2, name, aliases, past, since, until = cells
    return State(code, name, _listed(aliases), alpha2, past, since, until)


def _read() -> dict[str, State]:
    lines = Path(__file__).with_name("states.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {state.code: state for state in map(_state, lines)}


STATES: dict[str, State] = _read()

_Span = tuple[str, str, State]


def seat(word: str, day: str) -> State | None:
    """Return the state that a code or a name meant on a day (``YYYY-MM-DD``); None where none.

    The code is alpha-2 or alpha-3, the name that of today, an alias or a former one. Letter case,
    punctuation, ``&`` for ``and``, ``St.`` for ``Saint`` and the article do not matter. A name
    that was ever that of one state only is understood on every day of its seat, before and after
    the days of its use: lists of today use the names of today for all of the past, and others keep
    a name for a while.
    """
    for since, until, state in _meant(word):
        if since <= day <= until:
            return state
    return None


@lru_cache(maxsize=4096)
def _meant(word: str) -> tuple[_Span, ...]:
    words = _words()
    return words.get(key(word.strip())) or words.get(_plain(word), ())


@cache
def _words() -> dict[str, tuple[_Span, ...]]:
    """Return who was meant by each word, and when; built when it is first asked for."""
    spans_by_word: dict[str, list[_Span]] = {}
    for state in sorted(STATES.values(), key=lambda state: not state.until):
        for word, since, until in _called(state):
            spans_by_word.setdefault(word, []).append((since, until or END_OF_TIME, state))
    return {word: _settled(spans) for word, spans in spans_by_word.items()}


def _called(state: State) -> Iterator[tuple[str, str, str]]:
    """Yield each word for a state with its days; a code is never taken for a name."""
    for code in filter(None, (state.code, state.alpha2)):
        yield key(code), state.since, state.until
    for name in (state.name, *state.aliases):
        for word in {key(name), _plain(name)}:
            yield word, state.since, state.until
    for name, since, until in state.former:
        for word in {key(name), _plain(name)}:
            yield word, since or state.since, until or state.until


def _settled(spans: list[_Span]) -> tuple[_Span, ...]:
    state = spans[0][2]
    if all(other is state for _, _, other in spans):
        return ((state.since, state.until or END_OF_TIME, state),)
    return tuple(spans)


def _plain(name: str) -> str:
    words = re.findall(r"\w+", key(name).replace(_APOSTROPHE, " ").replace(" & ", " and "))
    return " ".join("saint" if word == "st" else word for word in words if word != "the")
