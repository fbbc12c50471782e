"""What hypothesis draws from: entries of every type, and small histories that could have been."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.canonical import StoredEntry, encode
from negotrack.domain.entries import (
    DecisionTaken,
    EntryCorrected,
    EntryRetracted,
    GroupJoined,
    StanceTaken,
    VoteCast,
)
from negotrack.domain.specification import effective
from negotrack.domain.values import Figures, Source
from shorthand import (
    THE_ROOM,
    amendment,
    bracketed,
    decided,
    delegation,
    document,
    joined,
    left,
    provision,
    retraction,
    says,
    takes,
    unbracketed,
    votes,
    worded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Entry

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Enough examples to find what is wrong on most days, and quick enough for every day."""

# -- single values ----------------------------------------------------------------------------

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_ODD = (
    "=1+1",
    "'quoted",
    "'=formula",
    "a; b",
    " padded ",
    '["a"]',
    "two\r\nlines",
    "a\rb",
    'say "yes", they said',
    '{"_type_":"os:system","_data_":"true"}',
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "\x1b[31mred\x1b[0m",
    "caf\u00e9 cafe\u0301",
    "\U0001f54a and \U00020bb7",
    "\ufeffmark",
    "\x85\u2028next",
    "\\u00e9 spelled out",
)


def texts(longest: int = 40) -> st.SearchStrategy[str]:
    """Any text that an entry can hold: odd unicode, no lone surrogate, no NUL."""
    return st.text(_CHARACTERS, min_size=1, max_size=longest) | st.sampled_from(_ODD)


codes = st.from_regex(r"[A-Z][A-Z0-9]{0,5}(-[A-Z0-9]{1,5}){0,2}", fullmatch=True)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}(/[a-z0-9]{1,3}){0,2}", fullmatch=True)
ids = st.text("0123456789abcdef", min_size=64, max_size=64)
counts = st.integers(0, 1_000_000)
clocks = st.times().map(lambda t: t.strftime("%H:%M"))
instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis takes bounds without a zone
    datetime(2100, 1, 1),  # noqa: DTZ001
).map(lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
_dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """A day, a month, a year or a span, with or without doubt."""
    first, last = sorted([draw(_dates), draw(_dates)])
    doubt = draw(st.sampled_from(["", "", "?", "~", "%"]))
    length = draw(st.sampled_from([4, 7, 10, 21]))
    if length > len("2023-01-16"):
        return f"{first}/{last}{doubt}"
    return first.isoformat()[:length] + doubt


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source with an address or a title."""
    fields: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {draw(st.sampled_from(["address", "title"])): texts()},
            optional={
                "publisher": texts(),
                "quote": texts(),
                "retrieved": _dates.map(str),
            },
        )
    )
    return Source(**fields)


@st.composite
def _figures(draw: st.DrawFn) -> Figures:
    return Figures(yes=draw(counts), no=draw(counts), abstain=draw(st.none() | counts))


_JSON = (
    st.booleans()
    | st.integers(-(2**63), 2**63)
    | texts()
    | st.none()
    | st.lists(texts() | st.dictionaries(texts(8), texts(8), max_size=2), max_size=2)
    | st.dictionaries(texts(8), counts, max_size=2)
)


def _many(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


_BY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "on": edtf(),
    "at": clocks,
    "order": counts,
    "by": codes,
    "for_": codes,
    "sources": _many(sources()),
    "confidence": st.sampled_from(["official", "observed", "reported", "inferred"]),
    "recorded_at": instants,
    "zone": st.sampled_from(["Europe/Vienna", "America/New_York", "UTC"]),
    "days": edtf(),
    "due": edtf(),
    "number": counts,
    "count": counts,
    "aliases": _many(texts()),
    "options": _many(slugs),
    "sponsors": _many(codes),
    "delegation": codes,
    "group": codes,
    "aligned_with": codes,
    "kind": st.sampled_from(["state", "group", "observer", "office"]),
    "action": st.sampled_from(["add", "delete", "replace", "move", "retain", "described"]),
    "stance": st.sampled_from(["support", "accept", "reserve", "oppose", "block", "none"]),
    "vote": st.sampled_from(["yes", "no", "abstain", "absent", "not-a-member"]),
    "requires": st.sampled_from(["consensus", "two-thirds", "component-majority"]),
    "question": st.sampled_from(["adoption", "deletion", "part", "division", "procedure"]),
    "matters": st.sampled_from(["all", "substance", "procedure"]),
    "share": st.sampled_from(["2/3", "1/2", "3/4"]),
    "quorum": st.sampled_from(["1/3", "1/2"]),
    "electorate": codes,
    "components": _many(codes),
    "outcome": st.sampled_from(["adopted", "rejected", "agreed-ad-referendum", "merged"]),
    "method": st.sampled_from(["consensus", "without-vote", "vote", "roll-call"]),
    "figures": _figures(),
    "draft": st.sampled_from(["whole", "parts"]),
    "language": st.sampled_from(["en", "fr", "zh", "pt-BR"]),
    "place": counts,
    "nth": counts,
    "entry": ids,
    "set": st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}", fullmatch=True), _JSON, min_size=1, max_size=3
    ),
} | dict.fromkeys(
    (
        "negotiation",
        "session",
        "target",
        "document",
        "issue",
        "provision",
        "proposal",
        "amendment",
        "option",
        "motion",
        "rule",
        "into",
        "formerly",
        "behind",
    ),
    slugs,
)
"""What a field can hold, where it is not free text."""


@st.composite
def entries(draw: st.DrawFn, kind: Kind) -> Entry:
    """A well-formed, stamped entry of one type; it need not fit any record."""
    fields = {}
    for field in msgspec.structs.fields(kind.cls):
        if field.required or field.name == "recorded_at" or draw(st.booleans()):
            fields[field.name] = draw(_BY_FIELD.get(field.name, texts()))
    return kind.cls(**fields)


def kepts(kind: Kind) -> st.SearchStrategy[StoredEntry]:
    """A sealed entry of one type."""
    return entries(kind).map(encode)


# -- histories --------------------------------------------------------------------------------

HOLDERS = ("KEN", "CHN", "AUT", "EU", "HRW")
TARGETS = ("scope", "art-6", "art-6/2")
DAYS = ("2023-01-09", "2023-01-16", "2023-01-17", "2023-01-20", "2023-02-10")
ASKED = ("2022-12-31", "2023-01-15", "2023-01-16", "2023-01-18", "2023-01-31", "9999-12-31")
"""Days worth asking about: before, between and after what happens in a history."""

RECORDING = datetime(2023, 3, 2, tzinfo=UTC)
_SPANS = ("2023-01", "2023", "2023-01-16/2023-01-18", "2023-01-17?")
_whens = st.sampled_from(DAYS + _SPANS)


@st.composite
def _stances(draw: st.DrawFn) -> StanceTaken:
    target = draw(st.sampled_from(TARGETS))
    by, for_ = draw(st.permutations(HOLDERS))[:2]
    return takes(
        by,
        draw(_BY_FIELD["stance"]),
        target,
        on=draw(_whens),
        option=draw(st.sampled_from([None, "broad", "limited"])) if target == "scope" else None,
        for_=draw(st.sampled_from([None, None, for_])),
        at=draw(st.sampled_from([None, None, "09:30", "15:00"])),
        order=draw(st.sampled_from([None, 1, 2])),
        session=draw(st.sampled_from([None, "s-1"])),
        confidence=draw(st.sampled_from(["reported", "reported", "official"])),
        sources=draw(st.sampled_from([(), (Source(address="a:b"),), (Source(title="A report"),)])),
    )


@st.composite
def _decisions(draw: st.DrawFn) -> DecisionTaken:
    return decided(
        draw(st.sampled_from(TARGETS)),
        draw(_BY_FIELD["outcome"].filter(lambda outcome: outcome != "merged")),
        on=draw(_whens),
    )


def _statements() -> st.SearchStrategy[Entry]:
    return st.builds(says, st.sampled_from(HOLDERS), st.sampled_from(_ODD), on=_whens)


def _memberships() -> st.SearchStrategy[Entry]:
    """A delegation, or a group, joins a group or leaves one; groups may go in a circle."""
    return st.builds(
        lambda deed, by, group, on: deed(by, group, on=on),
        st.sampled_from([joined, joined, left]),
        st.sampled_from(HOLDERS[:3]),
        st.sampled_from(["EU", "G77"]),
        _whens,
    ) | st.builds(joined, st.just("EU"), st.just("G77"), on=_whens)


def _votes() -> st.SearchStrategy[Entry]:
    return st.builds(
        votes, st.sampled_from(HOLDERS), _BY_FIELD["vote"], st.sampled_from(TARGETS), on=_whens
    )


def _deeds() -> st.SearchStrategy[Entry]:
    return _decisions() | _statements() | _memberships() | _votes()


_NEW_VALUES: dict[type[Entry], st.SearchStrategy[dict[str, Any]]] = {
    StanceTaken: st.fixed_dictionaries(
        {},
        optional={
            "stance": _BY_FIELD["stance"],
            "on": _whens,
            "by": st.sampled_from(HOLDERS[:4]),
            "for": st.just("HRW") | st.none(),
            "at": st.sampled_from([None, "10:00"]),
            "note": st.sampled_from([*_ODD, None]),
        },
    ),
    DecisionTaken: st.fixed_dictionaries(
        {}, optional={"outcome": st.sampled_from(["adopted", "rejected"]), "on": _whens}
    ),
    GroupJoined: st.fixed_dictionaries(
        {}, optional={"on": _whens, "group": st.sampled_from(["EU", "G77"])}
    ),
    VoteCast: st.fixed_dictionaries({}, optional={"vote": _BY_FIELD["vote"], "on": _whens}),
    EntryCorrected: st.fixed_dictionaries(
        {}, optional={"reason": st.sampled_from(_ODD), "on": _whens}
    ),
    EntryRetracted: st.fixed_dictionaries(
        {}, optional={"reason": st.sampled_from(_ODD), "on": _whens}
    ),
}


@st.composite
def _errata(draw: st.DrawFn, kept: list[StoredEntry]) -> Entry | None:
    """A correction or retraction of an entry that counts, or of an erratum; None for none left."""
    able = [live for live in effective(kept) if type(live.entry) in _NEW_VALUES]
    if not able:
        return None
    about = draw(st.sampled_from(able))
    if draw(st.booleans()):
        return retraction(about.id, on=draw(st.sampled_from(DAYS)))
    set_ = draw(_NEW_VALUES[type(about.entry)].filter(bool))
    return EntryCorrected(
        negotiation="demo",
        on=draw(st.sampled_from(DAYS)),
        entry=about.id,
        set=set_,
        reason="misheard",
    )


def at(second: int) -> str:
    """The instant so many seconds after histories begin to be recorded."""
    return (RECORDING + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> list[StoredEntry]:
    """A room, and what happened in it, in the order in which it was recorded.

    Every entry was valid when it was recorded. Some share their day, some the instant at which they
    were recorded, some have spans for dates; corrections and retractions are about stances,
    decisions and each other.
    """
    room = (*THE_ROOM, delegation("G77", "group"))
    kept = [stamped(draft, number) for number, draft in enumerate(room)]
    second = 0
    for _ in range(draw(st.integers(1, most))):
        second += draw(st.integers(0, 2))
        draft = draw(_stances() | _stances() | _deeds() | _errata(kept))
        if draft is None:
            continue
        one = stamped(msgspec.structs.replace(draft, recorded_at=at(second)))
        if all(one.id != other.id for other in kept):
            kept.append(one)
    return kept


def split(
    draw: Callable[..., Any], kept: list[StoredEntry]
) -> tuple[list[StoredEntry], list[StoredEntry]]:
    """Two records that together hold a history; some entries are in both."""
    sides = draw(
        st.lists(st.sampled_from(["left", "right", "both"]), min_size=len(kept), max_size=len(kept))
    )
    left = [k for k, side in zip(kept, sides, strict=True) if side != "right"]
    right = [k for k, side in zip(kept, sides, strict=True) if side != "left"]
    return left, right


# -- texts ------------------------------------------------------------------------------------

ADDRESSES = ("art-6", "art-6/2", "art-7")
_VOCABULARY = (
    "States",
    "shall",
    "may",
    "respect",
    "[rights]",
    "[duties]",
    "freely",
    "without delay",
)
_sayings = st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=6).map(" ".join)


@st.composite
def _drafts(draw: st.DrawFn, number: int) -> list[Entry]:
    """A document with wordings of some provisions, now and then renumbered or in French."""
    slug, on = f"d-{number}", draw(st.sampled_from(DAYS))
    kind = draw(st.sampled_from(["whole", "whole", "parts", None]))
    drawn: list[Entry] = [document(slug, on=on, draft=kind)]
    addresses = draw(st.lists(st.sampled_from(ADDRESSES), min_size=1, unique=True))
    language = draw(st.sampled_from(["en", "en", "fr"]))
    for place, address in enumerate(addresses, 1):
        former = draw(st.sampled_from([None, None, *(a for a in ADDRESSES if a != address)]))
        text = draw(_sayings)
        drawn.append(
            worded(address, text, slug, on, place=place, formerly=former, language=language)
        )
    return drawn


def _brackets() -> st.SearchStrategy[Entry]:
    return st.builds(
        lambda deed, target, words, by, on: deed(target, words, by, on=on),
        st.just(bracketed),
        st.sampled_from(ADDRESSES),
        st.sampled_from(["respect", "shall", "rights"]),
        st.sampled_from(HOLDERS),
        _whens,
    ) | st.builds(
        lambda target, words, on, text: unbracketed(target, words, on, text=text),
        st.sampled_from(ADDRESSES),
        st.sampled_from(["rights", "duties", "shall"]),
        _whens,
        st.sampled_from([None, "rights"]),
    )


@st.composite
def _amendments(draw: st.DrawFn, number: int) -> Entry:
    """An amendment of a provision, or of one of those moved before it."""
    targets = [*ADDRESSES, *(f"a-{n}" for n in range(number))]
    terms: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"action": "replace", "words": "shall", "text": "may"},
                {"action": "delete", "words": "freely"},
                {"action": "delete"},
                {"action": "replace", "words": "may", "text": "[shall] [must]"},
                {"action": "add", "text": "always"},
                {"action": "add", "after": "respect", "text": "fully"},
                {"action": "replace", "full": "States may respect"},
                {"action": "add", "provision": "art-8", "text": "A new one"},
                {"action": "move", "behind": "art-7"},
            ]
        )
    )
    target = draw(st.sampled_from([t for t in targets if t != terms.get("behind")]))
    by, on = draw(st.sampled_from(HOLDERS)), draw(_whens)
    return amendment(f"a-{number}", target, by, on=on, **terms)  # type: ignore[no-any-return]


@st.composite
def drafting_histories(draw: st.DrawFn) -> list[StoredEntry]:
    """A room, drafts of a text, and what was done about them, in the order of recording."""
    drafts: list[Entry] = [provision("art-7"), provision("art-8")]
    for number in range(draw(st.integers(1, 3))):
        drafts += draw(_drafts(number))
    moved = draw(st.integers(0, 4))
    drafts += [draw(_amendments(number)) for number in range(moved)]
    targets = [*ADDRESSES, "art-8", *(f"a-{n}" for n in range(moved))]
    outcomes = st.sampled_from(["adopted", "agreed", "rejected", "deferred"])
    for _ in range(draw(st.integers(0, 4))):
        drafts.append(
            draw(
                st.builds(decided, st.sampled_from(targets), outcomes, on=_whens)
                | st.builds(decided, st.just("scope"), outcomes, on=_whens, document=st.just("d-0"))
                | _brackets()
            )
        )
    kept = [stamped(one, number) for number, one in enumerate(THE_ROOM)]
    kept += [
        stamped(msgspec.structs.replace(one, recorded_at=at(second)))
        for second, one in enumerate(draw(st.permutations(drafts)))
    ]
    return list({one.id: one for one in kept}.values())
