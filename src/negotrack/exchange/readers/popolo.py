"""Vote events and memberships in Popolo, the JSON of open government data.

The specification is at https://www.popoloproject.com/specs/. What is mapped is in docs/formats.md.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from negotrack.domain.canonical import typed
from negotrack.domain.dates import span
from negotrack.domain.entries import (
    DecisionTaken,
    Entry,
    GroupJoined,
    GroupLeft,
    MotionPut,
    VoteCast,
)
from negotrack.domain.names import LONGEST
from negotrack.domain.values import Figures
from negotrack.domain.votes import COUNTED
from negotrack.errors import Refusal, Rejected
from negotrack.exchange.readers.drafts import each, no_such, one_line
from negotrack.exchange.readers.jsonlists import elements
from negotrack.exchange.readers.membership_tables import MembershipNames, MembershipPeriod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.exchange.readers.drafts import Item, Names
    from negotrack.exchange.readers.jsonlines import Pieces
    from negotrack.exchange.readers.jsonlists import Element

LISTS = ("vote_events", "memberships", "persons", "organizations", "posts", "areas", "events",
         "motions", "speeches")  # fmt: skip
"""The lists with which an object of Popolo begins; those after the first two are passed over."""

OPTIONS = {
    **{word: word for word in COUNTED},
    "absent": "absent",
    "not voting": "not-participating",
    "paired": "not-participating",
}
"""The options of a vote, by the words of the specification."""

_RESULTS = {"pass": "adopted", "fail": "rejected"}
_DAY = len("2023-01-16")
_Object = dict[str, Any]


def drafts(
    file: Pieces, negotiation: str, names: Names, recorded: Iterable[MembershipPeriod]
) -> Iterator[Item]:
    """Yield what the elements of an input say.

    Refused are votes that contradict their counts, and memberships that cannot be beside the
    others, of the input or ``recorded``.
    """
    popolo = _Popolo(negotiation, names, recorded)
    return each(((e.line, e) for e in elements(file, LISTS)), popolo.drafts)


class _Popolo:
    def __init__(
        self, negotiation: str, names: Names, recorded: Iterable[MembershipPeriod]
    ) -> None:
        self._negotiation = negotiation
        self._names = names
        self._known = MembershipNames(recorded)

    def drafts(self, element: Element) -> Iterator[Entry | Refusal]:
        """Yield what an element of a list says; a list without a name holds either."""
        of, value = element.of, element.value
        if of not in ("", *LISTS[:2]):
            return
        if not isinstance(value, dict):
            raise Rejected("an element is no object", "a vote event and a membership are objects")
        if of == "vote_events" or (not of and not _VOTE.isdisjoint(value)):
            yield from self._vote_event(value)
        elif of or not _MEMBER.isdisjoint(value):
            yield from self._membership(value, element.line)
        else:
            raise Rejected("neither a vote event nor a membership", "leave it out")

    def _vote_event(self, event: _Object) -> Iterator[Entry | Refusal]:
        motion = _slug(_text(event, "id") or _text(event, "identifier"))
        on = _date(event, "start_date") or _date(event, "date")
        if not on:
            raise Rejected(f"the vote event {motion} has no start_date", "give its day")
        yield self._motion(event, motion, on)
        decision = self._decision(event, motion, on)
        cast = list(self._votes(event, motion, on))
        if decision is not None:
            yield _beside_the_votes(decision, cast) or decision
        yield from cast

    def _votes(self, event: _Object, motion: str, on: str) -> Iterator[Entry | Refusal]:
        voted = set[str]()
        for vote in _objects(event, "votes"):
            try:
                yield self._vote(vote, motion, on, voted)
            except Refusal as refusal:
                yield refusal

    def _motion(self, event: _Object, motion: str, on: str) -> Entry:
        about = _object(event, "motion")
        title = _text(about, "text") or _text(event, "identifier") or motion
        return typed(
            MotionPut(
                negotiation=self._negotiation,
                on=on,
                motion=motion,
                title=one_line(title),
                question="adoption",
            )
        )

    def _decision(self, event: _Object, motion: str, on: str) -> DecisionTaken | None:
        result = _text(event, "result") or _text(_object(event, "motion"), "result")
        if not result:
            return None
        if result not in _RESULTS:
            raise no_such("result", result, _RESULTS)
        entry = DecisionTaken(
            negotiation=self._negotiation,
            on=on,
            target=motion,
            outcome=_RESULTS[result],  # type: ignore[arg-type]
            method="vote",
            figures=_figures(event),
        )
        typed(entry)
        return entry

    def _vote(self, vote: _Object, motion: str, on: str, voted: set[str]) -> Entry:
        by = self._delegation(vote, ("voter",), on)
        option = _text(vote, "option")
        if option not in OPTIONS:
            raise no_such("option", option, OPTIONS)
        if by in voted:
            raise Rejected(f"{by} votes twice in {motion}", "keep one of the votes")
        voted.add(by)
        return VoteCast(
            negotiation=self._negotiation,
            on=on,
            by=by,
            target=motion,
            vote=OPTIONS[option],  # type: ignore[arg-type]
            note="paired" if option == "paired" else None,
        )

    def _membership(self, membership: _Object, line: int) -> Iterator[Entry]:
        since, until = _date(membership, "start_date"), _date(membership, "end_date")
        if not since:
            raise Rejected("a membership has no start_date", "give the day it began")
        if until and span(until).last < span(since).first:
            raise Rejected(f"a membership ends on {until}, before it began on {since}")
        member = self._delegation(membership, ("member", "person"), since)
        group = self._delegation(membership, ("organization",), since)
        self._known.add(MembershipPeriod(member, group, since, until or None, f"line {line}"))
        yield GroupJoined(negotiation=self._negotiation, on=since, by=member, group=group)
        if until:
            yield GroupLeft(negotiation=self._negotiation, on=until, by=member, group=group)

    def _delegation(self, element: _Object, roles: tuple[str, ...], on: str) -> str:
        """Return the delegation that plays one of the roles, by its identifier or else its name."""
        refusal = Rejected(f"there is no {roles[0]}_id", "name the delegation")
        for role in roles:
            other = _object(element, role)
            for word in (_text(element, f"{role}_id"), _text(other, "id"), _text(other, "name")):
                try:
                    if word:
                        return self._names.delegation(word, span(on).last)
                except Rejected as unknown:
                    refusal = unknown
        raise refusal


def _beside_the_votes(decision: DecisionTaken, cast: list[Entry | Refusal]) -> Refusal | None:
    """Return what is wrong where there are more votes of a kind than the counts have."""
    figures = decision.figures
    if figures is None:
        return None
    votes: Counter[str] = Counter(vote.vote for vote in cast if isinstance(vote, VoteCast))
    for word in COUNTED:
        number = getattr(figures, word)
        if number is not None and votes[word] > number:
            return Rejected(
                f"{decision.target} has {number} {word} by its counts,"
                f" and {votes[word]} by its votes",
                "mend the counts or the votes",
            )
    return None


_MEMBER = frozenset({"member_id", "member", "person_id", "person"})
_VOTE = frozenset({"votes", "counts", "result", "motion", "motion_id"})


def _text(element: _Object, key: str) -> str:
    value = element.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(f"{key} is no text")
    return value.strip()


def _object(element: _Object, key: str) -> _Object:
    value = element.get(key)
    if not isinstance(value, dict | None):
        raise Rejected(f"{key} is no object")
    return value or {}


def _objects(element: _Object, key: str) -> list[_Object]:
    values = element.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise Rejected(f"{key} is no list of objects")
    return values


def _date(element: _Object, key: str) -> str:
    """Return a date, which may be a month or a year; of a moment, the day that it names."""
    text = _text(element, key)
    if text:
        text = text[:_DAY] if text[_DAY : _DAY + 1] in ("T", " ") else text
        span(text)
    return text


def _slug(identifier: str) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", identifier.lower(), re.ASCII))
    if not slug or len(slug) > LONGEST:
        raise Rejected(
            f"the identifier {identifier[:LONGEST]!r} of a vote event makes no name of a motion",
            f"give an `id` of letters and digits, {LONGEST} at most",
        )
    return slug


def _figures(event: _Object) -> Figures | None:
    """Return the count of a vote, where it has one of all that voted, with yes and no."""
    counts: dict[str, int] = {}
    for count in _objects(event, "counts"):
        value = count.get("value")
        if type(value) is not int:
            raise Rejected("the value of a count is no whole number")
        if not count.get("group_id") and not count.get("group"):
            counts[_text(count, "option")] = value
    if "yes" not in counts or "no" not in counts:
        return None
    return Figures(yes=counts["yes"], no=counts["no"], abstain=counts.get("abstain"))
