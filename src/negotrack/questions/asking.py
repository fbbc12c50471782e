"""From what people ask to a query: dates, periods and names checked once, here.

Days are given as dates of :mod:`datetime` or pendulum, as texts of the record's grammar, or as the
words that :mod:`~negotrack.questions.periods` understands; names by their codes, aliases or titles.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypedDict, cast, get_args

from negotrack.domain.dates import plain_day
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.errors import Rejected, Usage
from negotrack.facts.query import OFFICIAL_FIRST, POLICIES, OwnWords, Query, Resolution, When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from negotrack.domain.dates import Day, Instant
    from negotrack.facts.query import Accounts, Names
    from negotrack.questions.names import NameBook

    Words = str | Iterable[str] | None
    """One name or several: what is about any of them."""


class AskedOfDay(TypedDict, total=False):
    """What every question takes: the negotiation, the day, and the moment of what was known.

    ``as_of`` takes the last day of a period, ``known_at`` is a moment of recording, ``possible``
    counts what may have happened by the day. What is left out means the only negotiation, today,
    now, and only what is certain.
    """

    negotiation: str | None
    as_of: str | date | None
    known_at: str | date | None
    possible: bool


class _Resolved(TypedDict, total=False):
    accounts: "Accounts"
    own_only: bool
    own_words: OwnWords


class AskedOfTarget(AskedOfDay, total=False):
    """What may be asked of the words of a target."""

    target: "Words"


class AskedTally(AskedOfTarget, _Resolved, total=False):
    """What may be asked of the room, which is counted whole: one target, on a day."""


class AskedTrend(AskedTally, total=False):
    """What may be asked of the room over time."""

    since: str | date | None


class AskedCell(AskedTally, total=False):
    """What may be asked of one position: one delegation, one target, on a day."""

    delegation: "Words"


class _Narrowed(AskedOfTarget, total=False):
    since: str | date | None
    session: "Words"
    by: "Words"
    delegation: "Words"
    source: "Words"


class AskedPositions(_Narrowed, _Resolved, total=False):
    """What may be asked of positions: also how they are resolved."""


class Asked(_Narrowed, total=False):
    """What may be asked of entries; what is left out means any, the whole of time, or now.

    ``since`` takes the first day of a period. ``by`` is who acted, ``delegation`` whose it is,
    ``kind`` a kind of entry by its noun or type, ``source`` a text in the address, title or
    publisher of a source. Of a list, any.
    """

    kind: "Words"


_NOUNS: dict[str, tuple[str, ...]] = {
    "session": ("session",),
    "by": ("delegation",),
    "delegation": ("delegation",),
    "target": (*TARGET_NOUNS, "document"),
}
"""Which names of the record each keyword takes."""

_EARLIER = "put the earlier date first"


class Asker:
    """Makes queries of what is asked, by the names of a record."""

    def __init__(self, book: "NameBook") -> None:
        """Check names against a record."""
        self._book = book

    def query(
        self,
        query: Query | None,
        asked: "Mapping[str, object]",
        takes: frozenset[str] = Asked.__optional_keys__,
    ) -> Query:
        """Return the query that keywords ask for; of a query given, the one that they narrow.

        :class:`~negotrack.errors.Usage` for a keyword that the question does not take.
        """
        if isinstance(query, Query) and not asked:
            return query
        refuse_unknown_keywords(asked, takes)
        if query is not None and not isinstance(query, Query):
            raise Usage(
                f"{query!r} is no query", "ask by keywords, such as target and as_of, or by a query"
            )
        return query_of(self._book, asked, query)

    def resolved(
        self,
        query: Query | None,
        resolution: Resolution | None,
        asked: "Mapping[str, object]",
        takes: frozenset[str] = AskedPositions.__optional_keys__,
    ) -> tuple[Query, Resolution]:
        """Return the query and the resolution that are given, or asked for by keywords."""
        refuse_unknown_keywords(asked, takes)
        about = {name: value for name, value in asked.items() if name not in Resolution._fields}
        how = {name: value for name, value in asked.items() if name in Resolution._fields}
        return self.query(query, about), resolution_of(how, resolution)

    def moment(self, moment: str | date, query: Query) -> "Instant":
        """Return a moment of recording, however early it is."""
        return known_moment(moment, self._book, query.negotiation)


def refuse_unknown_keywords(asked: "Mapping[str, object]", takes: frozenset[str]) -> None:
    """Refuse a keyword that a question does not take: left alone it would ask for everything."""
    for name in asked:
        if name not in takes:
            from negotrack.domain.names import near  # only a refusal pays for it

            close = near(name, sorted(takes))
            hint = f"did you mean {', '.join(close)}? " if close else ""
            known = ", ".join(sorted(takes))
            raise Usage(f"the question takes no keyword {name}", f"{hint}it takes {known}")


def one_of(query: Query, field: str) -> None:
    """Refuse a query about none or several, where the question is about one."""
    if not isinstance(getattr(query, field), str):
        raise Usage(f"this is asked about one {field}", f"name one {field}")


def refuse_other(name: str, value: object, known: "Sequence[str]") -> None:
    """Refuse a value that is none of a closed list."""
    if value not in known:
        raise Usage(f"{value!r} is no {name}", f"it is one of {', '.join(known)}")


def refuse_accounts(accounts: str) -> None:
    """Refuse a policy on several accounts of one act that is none."""
    refuse_other("policy on accounts", accounts, POLICIES)


def query_of(book: "NameBook", asked: "Mapping[str, object]", query: Query | None = None) -> Query:
    """Return the query, every name and every date in it checked and resolved.

    With a query given, what is not asked stays as it is there. :class:`~negotrack.errors.Rejected`
    for a date that is none, a name that nothing has, and a day that lies before ``since``.
    """
    fields = cast("Asked", dict(asked))
    where = _negotiation(fields.get("negotiation"), book, query)
    if query is None:
        query = Query(where, When(_last(fields.pop("as_of", None), book, where)))
    if "as_of" in fields:
        query = query.at(as_of=_last(fields["as_of"], book, where))
    if "known_at" in fields:
        query = query.at(known_at=_moment(fields["known_at"], book, where))
    if "possible" in fields:
        query = query.at(possible=bool(fields["possible"]))
    since = fields.get("since")
    first = None if since is None else _first(since, book, where)
    if "since" in fields:
        query = query.narrowed(since=first)
    if query.since is not None and query.since > query.when.as_of:
        raise Rejected(f"{since or query.since} lies after {query.when.as_of}", _EARLIER)
    return query.narrowed(**_names_asked(fields, book, where))


def _names_asked(fields: Asked, book: "NameBook", negotiation: str) -> "dict[str, Names]":
    names: dict[str, Names] = {}
    for keyword, nouns in _NOUNS.items():
        if keyword in fields:
            words = cast("Words", fields[keyword])  # type: ignore[literal-required]
            names[keyword] = _names(words, book, negotiation, keyword, *nouns)
    if "kind" in fields:
        names["type"] = each(fields["kind"], "kind", _type)
    if "source" in fields:
        names["source"] = each(fields["source"], "source", str)
    return names


def _negotiation(slug: str | None, book: "NameBook", query: Query | None) -> str:
    if query is None:
        return book.negotiation(slug)
    if slug not in (None, query.negotiation):
        raise Usage(f"the query is about {query.negotiation}, not {slug}", "make another query")
    return query.negotiation


def resolution_of(
    asked: "Mapping[str, object]", resolution: Resolution | None = None
) -> Resolution:
    """Return how positions are to be resolved."""
    resolution = (resolution or OFFICIAL_FIRST)._replace(**cast("Any", asked))
    refuse_accounts(resolution.accounts)
    refuse_other("way with own words", resolution.own_words, get_args(OwnWords))
    return resolution


def _type(kind: str) -> str:
    from negotrack.domain.catalogue import type_of_noun  # the codec, which few questions need

    return type_of_noun(kind)


def each(words: "Words", keyword: str, meaning: "Callable[[str], str]") -> "Names":
    """Return what a word means, or what each of several does; of none, None."""
    if words is None:
        return None
    if isinstance(words, str):
        return meaning(words)
    if not isinstance(words, Iterable):
        raise Rejected(f"{words!r} is no {keyword}", "give a text, or a list of texts")
    values = tuple(dict.fromkeys(meaning(word) for word in words))
    if not values:
        raise Usage(f"{keyword} is an empty list", "leave it out to ask about any")
    return values[0] if len(values) == 1 else values


def _names(
    words: "Words", book: "NameBook", negotiation: str, keyword: str, *nouns: str
) -> "Names":
    return each(
        words, keyword, lambda word: book.resolve(word, *nouns, negotiation=negotiation).name
    )


def _last(day: str | date | None, book: "NameBook", negotiation: str) -> "Day":
    plain = plain_day(day) if isinstance(day, str) else None
    if plain is not None:
        return plain
    from negotrack.questions.periods import last_day, written  # a plain day is not a period

    return last_day(written("today" if day is None else day), book, negotiation)


def _first(day: str | date, book: "NameBook", negotiation: str) -> "Day":
    from negotrack.questions.periods import first_day, written

    return first_day(written(day), book, negotiation)


def _moment(moment: str | date | None, book: "NameBook", negotiation: str) -> "Instant | None":
    """Return a moment of recording; refuse one from before the record began."""
    if moment is None:
        return None
    instant_ = known_moment(moment, book, negotiation)
    oldest = book.oldest()
    if instant_ < oldest:
        raise Rejected(
            f"nothing was known at {instant_}: the first entry was recorded at {oldest}",
            "ask for a later moment",
        )
    return instant_


def known_moment(moment: str | date, book: "NameBook", negotiation: str | None) -> "Instant":
    """Return a moment of recording, however early it is.

    A :class:`~datetime.datetime` without a zone is in UTC.
    """
    from negotrack.questions.periods import instant, written

    if isinstance(moment, datetime):
        utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        return instant(
            utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z", book, negotiation
        )
    return instant(written(moment), book, negotiation)
