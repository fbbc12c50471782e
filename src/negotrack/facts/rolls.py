"""Rolls: who answered what on each thing, as sets of bits, to count and compare thousands."""

from __future__ import annotations

from typing import NamedTuple


class Roll(NamedTuple):
    """The answers on one thing: for each answer the delegations that gave it, as bits.

    ``answers`` has the words of votes (``yes``) or of stances (``support``); bit ``n`` stands for
    the delegation ``holders[n]`` of the :class:`Rolls`. Each delegation is in one answer at most:
    its last. ``first`` and ``last`` are the days (``YYYY-MM-DD``) of the first and the last answer.
    """

    target: str
    option: str | None
    is_vote: bool
    first: str
    last: str
    answers: dict[str, int]


class Rolls(NamedTuple):
    """Rolls by target and option, votes before stances; and the delegations of the bits."""

    holders: tuple[str, ...]
    rolls: tuple[Roll, ...]


class RollQuery(NamedTuple):
    """Which rolls: of votes, of stances; and of several accounts the ``latest``, or an official."""

    votes: bool = True
    stances: bool = True
    latest: bool = False
