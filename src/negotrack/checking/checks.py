"""Checking the record: every line's identity, every hard rule, and what deserves a look.

The rules have names, which ``docs/checks.md`` explains; they are the keys of ``RULES``. Here are
those about the journal, the store and the quarantine; those about entries have files of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from negotrack.checking import entries
from negotrack.checking.findings import RULES, Finding
from negotrack.domain.canonical import decode_verified
from negotrack.domain.catalogue import BY_TAG, RETIRED, NotAnEntry, kind_of
from negotrack.errors import Cure, Damaged, Refusal, trouble
from negotrack.journal.files import files
from negotrack.journal.reading import JournalFile
from negotrack.places import Places, find_root
from negotrack.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.record.stores.protocol import Store


def check(folder: str) -> tuple[list[Finding], list[str]]:
    """Return everything that is wrong with the workspace around a folder, and notices."""
    places = Places(find_root(Path(folder).resolve()))
    findings = list(_journal(places))
    if any(f.code > 1 for f in findings):
        return findings, []
    try:
        with Workspace(places.root) as workspace:
            findings += _store(workspace.storage.store)
            if not any(f.code > 1 for f in findings):
                findings += entries.findings(workspace.storage.store)
            notices = workspace.notices
    except Exception as error:
        refusal = error if isinstance(error, Refusal) else trouble(error)
        if refusal is None:
            raise
        findings.append(
            Finding.refused("store", places.relative(places.store), refusal, refusal.exit_code)
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
            yield Finding.refused("journal", places.relative(path), refusal, refusal.exit_code)
        if file.torn is not None:
            yield Finding(
                "torn-line", f"{places.relative(path)} byte {file.torn.offset}", RULES["torn-line"]
            )


def _store(store: Store) -> Iterator[Finding]:
    cure = Cure.by("rebuild-store", "a store made anew has it whole", does="heals it")
    for fault in store.faults():
        yield Finding("store", store.name, fault, Damaged.exit_code, cure)
    for seq, topic, line in store.after(0):
        wrong = _wrong_with(topic, line)
        if wrong:
            where = f"{store.name} number {seq}"
            yield Finding("store", where, wrong, Damaged.exit_code, cure)


def _wrong_with(topic: str, line: bytes) -> str:
    """Return what is wrong with a row of the store, empty for nothing."""
    if topic not in BY_TAG and topic not in RETIRED:
        return f"unknown topic {topic[:100]!r}"
    try:
        tag = kind_of(decode_verified(line).entry).tag
    except NotAnEntry as error:
        return str(error)
    return "" if topic in (tag, *RETIRED) else f"a {tag} entry under the topic {topic}"
