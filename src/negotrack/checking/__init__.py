"""Checking the record: every line's identity, every hard rule, and what deserves a look.

The rules have names, which ``docs/checks.md`` explains; they are the keys of ``RULES``. Those about
votes, memberships and texts have files of their own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from negotrack.checking import memberships, texts, votes
from negotrack.checking.findings import RULES, Finding
from negotrack.domain import entries as e
from negotrack.domain.canonical import StoredEntry, decode_verified, encode, unstamped
from negotrack.domain.catalogue import BY_TAG, RETIRED, NotAnEntry, kind_of
from negotrack.domain.dates import span
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules import validate
from negotrack.domain.specification import Effective, effective, ordered, replaced
from negotrack.errors import Damaged, Refusal, trouble
from negotrack.journal.files import files
from negotrack.journal.reading import JournalFile
from negotrack.places import Places, find_root
from negotrack.render.harmless import hidden
from negotrack.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.record.store import Store

__all__ = ["RULES", "Finding", "check"]


def check(folder: str) -> tuple[list[Finding], list[str]]:
    """Return everything that is wrong with the workspace around a folder, and notices."""
    places = Places(find_root(Path(folder).resolve()))
    findings = list(_journal(places))
    if any(f.code > 1 for f in findings):
        return findings, []
    try:
        with Workspace(places.root) as workspace:
            findings += _store(workspace.store)
            if not any(f.code > 1 for f in findings):
                findings += _entries(workspace.store)
            notices = workspace.notices
    except Exception as error:
        refusal = error if isinstance(error, Refusal) else trouble(error)
        if refusal is None:
            raise
        findings.append(
            Finding("store", places.relative(places.store), str(refusal), refusal.exit_code)
        )
        notices = []
    if places.quarantine.is_dir():
        for path in sorted(places.quarantine.iterdir()):
            findings.append(Finding("quarantine", places.relative(path), RULES["quarantine"]))
    return findings, notices


def _journal(places: Places) -> Iterator[Finding]:
    for name, _ in files(str(places.events)):
        path = Path(name)
        file = JournalFile(places, path)
        try:
            for line in file.lines():
                file.unseal(line)
        except Refusal as refusal:
            yield Finding("journal", places.relative(path), str(refusal), refusal.exit_code)
        if file.torn is not None:
            yield Finding(
                "torn-line", f"{places.relative(path)} byte {file.torn.offset}", RULES["torn-line"]
            )


def _store(store: Store) -> Iterator[Finding]:
    cure = "`negotrack rebuild --store` heals it"
    for fault in store.faults():
        yield Finding("store", store.path.name, f"{fault}; {cure}", Damaged.exit_code)
    for seq, topic, line in store.after(0):
        wrong = _wrong_with(topic, line)
        if wrong:
            where = f"{store.path.name} number {seq}"
            yield Finding("store", where, f"{wrong}; {cure}", Damaged.exit_code)


def _wrong_with(topic: str, line: bytes) -> str:
    """Return what is wrong with a row of the store, empty for nothing."""
    if topic not in BY_TAG and topic not in RETIRED:
        return f"unknown topic {topic[:100]!r}"
    try:
        held = kind_of(decode_verified(line).entry).tag
    except NotAnEntry as error:
        return str(error)
    return "" if topic in (held, *RETIRED) else f"a {held} entry under the topic {topic}"


class _Archive:
    """The whole record at hand, as the rules ask for it."""

    def __init__(self, entries: list[StoredEntry]) -> None:
        self.held = {kept.id: kept for kept in entries}
        self._errata: dict[str, list[StoredEntry]] = {}
        for kept in entries:
            if isinstance(kept.entry, e.Erratum):
                self._errata.setdefault(kept.entry.entry, []).append(kept)

    def family(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata, and theirs."""
        family = [self.held[entry_id]] if entry_id in self.held else []
        for kept in family:
            family += self._errata.get(kept.id, [])
        return family


def _entries(store: Store) -> Iterator[Finding]:
    archive = _Archive([decode_verified(line) for _, _, line in store.after(0)])
    counting = ordered(effective(archive.held.values()))
    registers: dict[str, Register] = {}
    for live in counting:
        name = live.entry.negotiation
        if name not in registers:
            of_it = [k for k in archive.held.values() if k.entry.negotiation == name]
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
    where = live.id[:10]
    if isinstance(live.entry, e.Erratum):
        yield from _erratum(where, live.entry, archive)
        return
    own = register.without(live.id) if isinstance(live.entry, NAMING) else register
    try:
        validate(encode(live.entry), own, archive)
    except Refusal as refusal:
        yield Finding("hard-rule", where, str(refusal))


def _erratum(where: str, erratum: e.Erratum, archive: _Archive) -> Iterator[Finding]:
    about = archive.held.get(erratum.entry)
    if about is None:
        yield Finding("erratum", where, "it is about an entry that the record does not hold")
    elif isinstance(erratum, e.EntryCorrected):
        try:
            replaced(about.entry, erratum)
        except Refusal as refusal:
            yield Finding("erratum", where, str(refusal))


def _session_days(live: Effective, register: Register) -> Iterator[Finding]:
    session = live.entry.session
    days = register.days(session) if session is not None else None
    if days is None or isinstance(live.entry, NAMING):
        return
    sat, when = span(days), span(live.entry.on)
    if when.last < sat.first or when.first > sat.last:
        yield Finding(
            "outside-session", live.id[:10], f"{live.entry.on} is not among the days of {session}"
        )


def _text(archive: _Archive) -> Iterator[Finding]:
    for kept in archive.held.values():
        found = next(filter(None, map(hidden().search, _strings(json.loads(kept.line)))), None)
        if found is not None:
            character = f"U+{ord(found[0]):04X}"
            yield Finding("hidden-text", kept.id[:10], f"it contains the character {character}")


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
            yield Finding("said-twice", live.id[:10], f"{before[:10]} says the same")


def _withdrawn(counting: list[Effective]) -> Iterator[Finding]:
    gone: dict[tuple[str, str], str] = {}
    for live in counting:
        entry = live.entry
        target = entry.negotiation, entry.target or ""
        if isinstance(entry, e.ProposalWithdrawn | e.AmendmentWithdrawn):
            gone[target] = entry.on
        elif target in gone:
            yield Finding(
                "after-withdrawal", live.id[:10], f"{entry.target} was withdrawn on {gone[target]}"
            )
