"""Findings about entries: hard rules, errata, sessions, hidden text, repetition, withdrawals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from negotrack.checking import memberships, texts, votes
from negotrack.checking.findings import Finding
from negotrack.domain import entries as e
from negotrack.domain.canonical import StoredEntry, decode_verified, encode, unstamped
from negotrack.domain.dates import span
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules.decide import judge
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective, effective, ordered, replaced
from negotrack.errors import Refusal
from negotrack.render.harmless import hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.record.stores.protocol import Store


class _Archive:
    """All entries of the record by id, and the errata of each."""

    def __init__(self, entries: list[StoredEntry]) -> None:
        self.entries = {kept.id: kept for kept in entries}
        self._errata: dict[str, list[StoredEntry]] = {}
        for kept in entries:
            if isinstance(kept.entry, e.Erratum):
                self._errata.setdefault(kept.entry.entry, []).append(kept)

    def family(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata, and theirs."""
        family = [self.entries[entry_id]] if entry_id in self.entries else []
        for kept in family:
            family += self._errata.get(kept.id, [])
        return family


def findings(store: Store) -> Iterator[Finding]:
    """Yield what is wrong with the entries of a store, each alone and against the others."""
    archive = _Archive([decode_verified(line) for _, _, line in store.after(0)])
    counting = ordered(effective(archive.entries.values()))
    registers: dict[str, Register] = {}
    for live in counting:
        name = live.entry.negotiation
        if name not in registers:
            of_it = [k for k in archive.entries.values() if k.entry.negotiation == name]
            registers[name] = Register(name, of_it)
    for live in counting:
        register = registers[live.entry.negotiation]
        yield from _rules(live, register, archive)
        yield from _session_days(live, register)
    yield from _text(archive)
    yield from _withdrawn(counting)
    yield from _twice(counting)
    yield from texts.findings(counting)
    yield from memberships.findings(counting)
    yield from votes.findings(counting, registers)


def _rules(live: Effective, register: Register, archive: _Archive) -> Iterator[Finding]:
    where = in_sentence(live.id)
    if isinstance(live.entry, e.Erratum):
        yield from _erratum(where, live.entry, archive)
        return
    own = register.without(live.id) if isinstance(live.entry, NAMING) else register
    try:
        judge(encode(live.entry), own)
    except Refusal as refusal:
        yield Finding.refused("hard-rule", where, refusal)


def _erratum(where: str, erratum: e.Erratum, archive: _Archive) -> Iterator[Finding]:
    about = archive.entries.get(erratum.entry)
    if about is None:
        yield Finding("erratum", where, "it is about an entry that the record does not hold")
    elif isinstance(erratum, e.EntryCorrected):
        try:
            replaced(about.entry, erratum)
        except Refusal as refusal:
            yield Finding.refused("erratum", where, refusal)


def _session_days(live: Effective, register: Register) -> Iterator[Finding]:
    session = live.entry.session
    days = register.days(session) if session is not None else None
    if days is None or isinstance(live.entry, NAMING):
        return
    sat, when = span(days), span(live.entry.on)
    if when.last < sat.first or when.first > sat.last:
        yield Finding(
            "outside-session",
            in_sentence(live.id),
            f"{live.entry.on} is not among the days of {session}",
        )


def _text(archive: _Archive) -> Iterator[Finding]:
    for kept in archive.entries.values():
        match = next(filter(None, map(hidden().search, _strings(json.loads(kept.line)))), None)
        if match is not None:
            character = f"U+{ord(match[0]):04X}"
            yield Finding(
                "hidden-text", in_sentence(kept.id), f"it contains the character {character}"
            )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _twice(counting: list[Effective]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for live in counting:
        before = first.setdefault(encode(unstamped(live.entry)).id, live.id)
        if before != live.id:
            yield Finding(
                "said-twice", in_sentence(live.id), f"{in_sentence(before)} says the same"
            )


def _withdrawn(counting: list[Effective]) -> Iterator[Finding]:
    gone: dict[tuple[str, str], str] = {}
    for live in counting:
        entry = live.entry
        target = entry.negotiation, entry.target or ""
        if isinstance(entry, e.ProposalWithdrawn | e.AmendmentWithdrawn):
            gone[target] = entry.on
        elif target in gone:
            yield Finding(
                "after-withdrawal",
                in_sentence(live.id),
                f"{entry.target} was withdrawn on {gone[target]}",
            )
