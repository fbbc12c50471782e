"""The kinds of value that entries are made of: names, words from closed lists, sources."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from negotrack.domain.names import CODE, LONGEST, SLUG


def _name(pattern: str, noun: str | None = None) -> Meta:
    """Annotate a name: its grammar, and which names of the record it is one of.

    The command line completes, resolves and suggests by the noun. The grammar is checked by
    :func:`~negotrack.domain.canonical.well_formed`, which remembers the names it has seen: a record
    repeats a few hundred of them, and a regular expression on each would be most of the decoding.
    """
    return Meta(
        max_length=LONGEST,
        extra_json_schema={"pattern": pattern},
        extra={"pattern": pattern, "noun": noun},
    )


Delegation = Annotated[str, _name(CODE, "delegation")]
Target = Annotated[str, _name(SLUG, "target")]
Session = Annotated[str, _name(SLUG, "session")]
Document = Annotated[str, _name(SLUG, "document")]
Option = Annotated[str, _name(SLUG, "option")]
RuleName = Annotated[str, _name(SLUG, "rule")]
Slug = Annotated[str, _name(SLUG)]
Code = Annotated[str, _name(CODE)]
EntryId = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", extra={"noun": "entry"})]

Date = Annotated[str, Meta(max_length=32, extra={"noun": "date"})]
Text = Annotated[str, Meta(min_length=1, max_length=100_000)]
Line = Annotated[str, Meta(min_length=1, max_length=500)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]

Confidence = Literal["official", "observed", "reported", "inferred"]
DelegationKind = Literal["state", "group", "observer", "office"]
Action = Literal["add", "delete", "replace", "move", "retain", "described"]
Draft = Literal["whole", "parts"]
"""Of which text a document is a draft: the whole, or some provisions of it."""

Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=32)]
"""A language tag (BCP 47); the United Nations has ``ar``, ``zh``, ``en``, ``fr``, ``ru``, ``es``.
"""

Method = Literal["consensus", "without-vote", "vote", "recorded-vote", "roll-call", "show-of-hands"]
"""How something was decided; ``vote`` where nothing tells what kind of vote it was."""

BY_VOTE = frozenset({"vote", "recorded-vote", "roll-call", "show-of-hands"})
"""The methods by which votes are counted."""

Question = Literal["adoption", "deletion", "part", "division", "procedure"]
"""What a motion asks: to adopt its target, to delete it, to adopt a part of it that is put to the
vote by itself; to divide it in this way; or something about procedure."""

RuleKind = Literal[
    "consensus",
    "simple-majority",
    "two-thirds",
    "absolute-majority",
    "qualified-majority",
    "component-majority",
]
Matters = Literal["all", "substance", "procedure"]
Share = Annotated[str, Meta(pattern=r"^[1-9]\d{0,3}/[1-9]\d{0,3}$")]
"""A share as a fraction, such as ``2/3``."""

Field = Annotated[str, Meta(pattern="^[a-z_]+$", max_length=LONGEST)]
Json = bool | int | str | list[str | dict[str, str]] | dict[str, int] | None
"""What a correction may set a field to: every value that a field of an entry can have."""


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where an entry comes from; it has an address or a title.

    ``quote`` is a passage of the source word for word, ``retrieved`` the day it was read.
    """

    address: Line | None = None
    title: Line | None = None
    publisher: Line | None = None
    quote: Text | None = None
    retrieved: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None


class Figures(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The count of a vote."""

    yes: Count
    no: Count
    abstain: Count | None = None
