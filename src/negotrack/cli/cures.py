"""Cures on the command line: how each action after a refusal is said as a command or an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.errors import Cure

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.errors import Action, Refusal

_NARROWS = {"delegation": " --by ", "session": " --session "}


def line(refusal: Refusal) -> str:
    """Return the sentence of a refusal and its cure, as the terminal says them."""
    cure = worded(refusal.cure)
    return f"{refusal.sentence}; {cure}" if cure else refusal.sentence


def worded(cure: str | Cure) -> str:
    """Return a cure in terms of the command line."""
    if not isinstance(cure, Cure):
        return cure
    return WORDINGS[cure.action](cure.words, dict(cure.details))


def _list_uses(words: str, details: dict[str, str]) -> str:
    noun, name = details["noun"], details["name"]
    narrowed = "" if noun == "negotiation" else f"{_NARROWS.get(noun, ' --target ')}{name}"
    return f"{words}: negotrack timeline{narrowed}"


def _rebuild_store(_words: str, details: dict[str, str]) -> str:
    command = "`negotrack rebuild --store`"
    if "does" in details:
        return f"{command} {details['does']}"
    return f"run {command}: {details['because']}" if "because" in details else f"run {command}"


WORDINGS: dict[Action, Callable[[str, dict[str, str]], str]] = {
    "amend-pending": lambda words, _: f"{words}: negotrack amendments lists it",
    "another-reason": lambda _words, _: "say it with another --reason",
    "bring-back": lambda _words, d: (
        "what your last retraction took out comes back with:"
        f" negotrack retract {d['entry']} --reason ..."
    ),
    "check": lambda words, _: f"{words}: negotrack check",
    "choose-language": lambda words, d: f"{words}: --language {d['language']}",
    "choose-negotiation": lambda _words, _: "choose one with --negotiation",
    "choose-occurrence": lambda words, d: f"{words}: --nth {d['nth']}",
    "correct": lambda words, d: f"{words}: negotrack correct {d['entry']} --set {d['field']}=...",
    "import-draft": lambda words, _: f"{words}: negotrack import DRAFT.md --as draft",
    "import-roll-calls": lambda words, _: f"{words}, with --as assembly-roll-calls",
    "keep-going": lambda _words, _: "nothing was imported: mend the lines, or use --keep-going",
    "later-moment": lambda _words, _: "ask for a --known-at that is later",
    "leave-out": lambda _words, d: f"leave --{d['option']} out",
    "list-brackets": lambda _words, _: "`negotrack open` lists them",
    "list-ids": lambda _words, _: "negotrack timeline lists ids",
    "list-names": lambda _words, _: "`negotrack names` lists the known ones",
    "list-uses": _list_uses,
    "log": lambda words, _: f"{words} with `negotrack log`",
    "make-workspace": lambda _words, _: (
        "make one with `negotrack init`, or name one with -C FOLDER"
    ),
    "name-kind": lambda _words, d: f"name the kind: --kind {d['kind']}",
    "name-target": lambda _words, d: f"name the target with --target {d['target']}",
    "open-first-negotiation": lambda _words, _: (
        "begin with `negotrack log negotiation SLUG --title ...`"
    ),
    "open-negotiation": lambda words, d: (
        f"{words}: negotrack log negotiation {d['negotiation']} --title ..."
    ),
    "rebuild-store": _rebuild_store,
    "register": lambda words, d: f"{words}: negotrack log delegation {d['code']}",
    "register-as": lambda _words, d: f"a {d['kind']} is registered with --kind {d['kind']}",
    "retract": lambda words, d: f"{words}: negotrack retract {d['entry']} --reason ...",
    "retract-others": lambda words, _: f"{words}: negotrack retract ID --reason ...",
}
"""How each action is said: by the plain words of the cure and its details."""
