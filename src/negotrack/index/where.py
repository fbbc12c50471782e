"""From a query to SQL: the conditions on rows of entries, and the values bound in them."""

from typing import TYPE_CHECKING, Any

from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.facts.query import several
from negotrack.index.schema import EVER, KNOWN, day, moment

if TYPE_CHECKING:
    from negotrack.domain.dates import Day
    from negotrack.facts.query import Query, When
    from negotrack.index.file import IndexFile

BELOW = (
    "(SELECT n FROM word WHERE word = :target OR word >= :target || '/' AND word < :target || '0')"
)
"""The words of a target and of what lies below it."""

LEARNED = (
    "(known_from > :learned AND known_from <= :known"
    f" OR known_until > :learned AND known_until <= :known AND known_until < {EVER})"
)
"""The condition for a version that began or ended between two moments of knowing."""

_OF_CELL_OR_ITSELF = (
    "cell IN (SELECT n FROM cell WHERE negotiation = :negotiation AND {0}) OR cell IS NULL AND {0}"
)
"""A condition on holder or target: stances are found by their cell, all else by itself."""

_CONDITIONS = {
    "session": "session = :session",
    "by": f"({_OF_CELL_OR_ITSELF.format('holder = :by')} OR by_ = :by AND by_ <> holder)",
    "delegation": f"({_OF_CELL_OR_ITSELF.format('holder = :delegation')})",
    "target": f"({_OF_CELL_OR_ITSELF.format(f'target IN {BELOW}')} OR names IN {BELOW})",
    "type": "type = :type",
}
"""What each name in a query asks of a row, beside its day and its moment."""

_BY_TEXT = frozenset({"target"})
"""The fields that are compared by their text, since what lies below a name counts, too."""


def conditions(file: "IndexFile", query: "Query", known: str = KNOWN) -> tuple[str, dict[str, Any]]:
    """Return the conditions of a query but for its day, and the values of all of them."""
    parts = ["entry.negotiation = :negotiation", known]
    values: dict[str, Any] = {
        "negotiation": file.word(query.negotiation),
        "as_of": day(query.when.as_of),
        "known": known_at(query.when),
    }
    if query.since is not None:
        parts.append("last >= :since")
        values["since"] = day(query.since)
    if query.type == STANCE_TAKEN and query.delegation is not None and query.target is not None:
        # one range of one index; the planner would go through all that one holds
        cells, _ = cell_conditions(file, query)
        parts.append(f"cell IN (SELECT n FROM cell WHERE {cells})")
    for field, condition in _CONDITIONS.items():
        any_of, bound = _any_of(file, query, field, condition)
        parts += any_of
        values |= bound
    return " AND ".join(parts), values


def _any_of(
    file: "IndexFile", query: "Query", field: str, condition: str
) -> tuple[list[str], dict[str, Any]]:
    """Return the condition that one of the names of a field fits, as a list; empty for no names."""
    names = several(getattr(query, field))
    if not names:
        return [], {}
    bound = {
        f"{field}{place or ''}": name if field in _BY_TEXT else file.word(name)
        for place, name in enumerate(names)
    }
    fits = [condition.replace(f":{field}", f":{one}") for one in bound]
    return [fits[0] if len(fits) == 1 else f"({' OR '.join(fits)})"], bound


def cell_conditions(file: "IndexFile", query: "Query") -> tuple[str, dict[str, Any]]:
    """Return the condition for the cells of a query, and its values."""
    parts = ["cell.negotiation = :negotiation"]
    values: dict[str, Any] = {"negotiation": file.word(query.negotiation)}
    for field, condition in (
        ("delegation", "cell.holder = :delegation"),
        ("target", f"cell.target IN {BELOW}"),
    ):
        any_of, bound = _any_of(file, query, field, condition)
        parts += any_of
        values |= bound
    return " AND ".join(parts), values


def counting(when: "When", table: str = "") -> str:
    """Return the condition for what counts by the day, or for what may have happened by it."""
    return f"{table}{'first' if when.possible else 'last'} <= :as_of"


def known_at(when: "When") -> int:
    """Return the moment of a question as the index counts moments."""
    return EVER - 1 if when.known_at is None else moment(when.known_at)


def since(first: "Day | None") -> int:
    """Return the day that an answer begins with as the index counts days; 0 for the first."""
    return 0 if first is None else day(first)
