"""The hard rules about texts: what a wording, a bracket, a proposal or an amendment must satisfy.

Whether the words that an act is on are there is no hard rule: the text may be logged later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.errors import Rejected
from negotrack.wording.brackets import brackets
from negotrack.wording.words import words

if TYPE_CHECKING:
    from negotrack.domain import entries as e
    from negotrack.domain.register import Register


def words_a_provision(entry: e.ProvisionWorded, register: Register) -> None:
    """Refuse a wording of nothing, without words, or that cannot be a text."""
    register.get(entry.document, "document")
    if entry.text is None and entry.title is None:
        raise Rejected(f"{entry.target} gets no words", "give its text, its heading or both")
    if entry.formerly is not None:
        register.get(entry.formerly, "provision")
        if entry.formerly == entry.target:
            raise Rejected(f"{entry.target} cannot come from itself", "leave `formerly` out")
    _reads_alike_everywhere(entry.text)
    brackets(words(entry.text or ""))


def brackets_words(entry: e.BracketPlaced | e.BracketLifted, _: Register) -> None:
    """Refuse brackets with words that cannot be a text."""
    for text in (entry.words, entry.text):
        _reads_alike_everywhere(text)
        brackets(words(text or ""))


def _reads_alike_everywhere(text: str | None) -> None:
    if text and "\r" in text:
        raise Rejected("the text has CR in its ends of lines", "write ends of lines as LF alone")


def amends_a_text(entry: e.AmendmentMoved, register: Register) -> None:
    """Refuse an amendment that says less or more than its action."""
    changes_words(entry, register)
    for place in (entry.provision, entry.behind):
        if place is not None:
            register.get(place, "provision")
            if place == entry.target:
                raise Rejected(f"{place} cannot stand after itself", "name another provision")
    if entry.provision is not None and entry.action != "add":
        raise Rejected("only an addition has a new `provision`", "set `action` to add")
    if entry.behind is not None and entry.action != "move":
        raise Rejected("only a move puts its target `behind` another", "set `action` to move")
    if entry.action == "move" and entry.behind is None and None in (entry.words, entry.after):
        raise Rejected(
            "a move says what goes where",
            "give `behind` for a provision, or `words` and `after` for a passage",
        )


_SAYS_NOTHING = (
    ("delete", "text"),
    ("delete", "after"),
    ("replace", "after"),
    ("retain", "text"),
    ("retain", "after"),
    ("move", "text"),
)
"""Fields that would be of no use beside an action."""


def changes_words(entry: e.AmendmentMoved | e.AmendmentRevised, _: Register) -> None:
    """Refuse words that cannot be a text, and two ways of saying what becomes of it."""
    for text in (entry.text, entry.full):
        brackets(words(text or ""))
    if entry.full is not None and entry.words is not None:
        raise Rejected(
            "an amendment gives the words that it changes, or the full text",
            "leave out `words` or `full`",
        )
    for action, field in _SAYS_NOTHING:
        if entry.action == action and getattr(entry, field) is not None:
            raise Rejected(f"to {action} has no `{field}`", f"leave out `{field}`, or `action`")


def proposes_a_text(entry: e.ProposalTabled | e.ProposalRevised, _: Register) -> None:
    """Refuse a proposal of which the brackets do not balance."""
    brackets(words(entry.text or ""))
