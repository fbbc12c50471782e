"""Rules of decision: what a count of votes decides, under each kind of rule.

Only votes for and against decide: who abstains is present and not voting. An absolute majority is
of all who may vote. For the majorities of the General Assembly see Article 18 of the Charter.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.outcomes import ADOPTED_BY_RULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from negotrack.domain.values import RuleKind

TWO_THIRDS = Fraction(2, 3)


class Rule(NamedTuple):
    """A rule of decision.

    ``share`` is the share of those voting that must be in favour and ``fewest`` how many, where the
    rule is a qualified majority; ``quorum`` the share of ``electorate`` (a group; None: every state
    of the record) that must be there; ``components`` the groups of which each must have a majority.
    ``matters`` says which it decides: ``all``, those of ``substance`` or those of ``procedure``.
    """

    name: str
    requires: RuleKind
    share: Fraction | None = None
    fewest: int | None = None
    quorum: Fraction | None = None
    electorate: str | None = None
    components: tuple[str, ...] = ()
    matters: str = "all"
    title: str | None = None

    def decides_as(self, other: Rule) -> bool:
        """Whether another rule decides alike, whatever it is called and on which matters."""
        return self[1:-2] == other[1:-2]


class Poll(NamedTuple):
    """How many are for, against and abstain, of how many that may vote, and of each component.

    ``members`` is None where nobody knows how many may vote. ``objections`` are formal ones, which
    a consensus does not survive; None where there are as many as votes against, as in a vote. Where
    they are counted apart, others against may object or let it pass.
    """

    yes: int
    no: int
    abstain: int = 0
    members: int | None = None
    components: Mapping[str, Poll] | None = None
    objections: int | None = None

    @property
    def voting(self) -> int:
        """Those who vote for or against: present and voting."""
        return self.yes + self.no

    @property
    def present(self) -> int:
        """Those who vote at all."""
        return self.voting + self.abstain


class Verdict(NamedTuple):
    """What a rule decides: ``adopted`` True or False, None where it cannot be told; and why."""

    adopted: bool | None
    why: str


CONSENSUS = Rule("consensus", "consensus")
SIMPLE = Rule("simple-majority", "simple-majority")
STANDARD: tuple[Rule, ...] = (
    CONSENSUS,
    SIMPLE,
    Rule("two-thirds", "two-thirds"),
    Rule("absolute-majority", "absolute-majority"),
)
"""The rules that need nothing but a count."""


def rule_of(fields: Mapping[str, Any]) -> Rule:
    """Return the rule that an entry lays down, from its fields."""
    share, quorum = fields.get("share"), fields.get("quorum")
    return Rule(
        fields["rule"],
        fields["requires"],
        share=None if share is None else Fraction(share),
        fewest=fields.get("count"),
        quorum=None if quorum is None else Fraction(quorum),
        electorate=fields.get("electorate"),
        components=tuple(fields.get("components") or ()),
        matters=fields.get("matters") or "all",
        title=fields.get("title"),
    )


def applicable(
    rules: Iterable[Rule], named: str | None = None, question: str | None = None
) -> list[Rule]:
    """Return the rules by which something may have been decided.

    The one that is ``named``, or those for what a motion asks (None: it was no motion); where there
    are none, that more are for it than against.
    """
    candidates = list(rules)
    if named is not None:
        return [rule for rule in candidates if rule.name == named]
    matter = "procedure" if question == "procedure" else "substance"
    return [rule for rule in candidates if rule.matters in ("all", matter)] or [SIMPLE]


def contradicts(outcome: str, ruling: Verdict) -> bool:
    """Whether an outcome is the opposite of what a rule decides."""
    return (
        ruling.adopted is not None
        and ADOPTED_BY_RULE.get(outcome, ruling.adopted) != ruling.adopted
    )


def verdict(rule: Rule, poll: Poll) -> Verdict:
    """Return what a rule decides on a poll."""
    if rule.requires == "consensus":
        return _consensus(poll)
    if lacking(rule, poll):
        needed = poll.present + lacking(rule, poll)
        return Verdict(False, f"no quorum: {poll.present} of the {needed} needed")  # noqa: FBT003
    if rule.requires == "absolute-majority":
        return _absolute(poll)
    if rule.requires == "component-majority":
        return _components(rule, poll)
    return _of_those_voting(rule, poll)


def lacking(rule: Rule, poll: Poll) -> int:
    """Return how many more would have to be there for a quorum; 0 where nobody knows how many."""
    if rule.quorum is None or poll.members is None:
        return 0
    return max(_at_least(rule.quorum, poll.members) - poll.present, 0)


def _consensus(poll: Poll) -> Verdict:
    objections = poll.no if poll.objections is None else poll.objections
    if objections:
        return Verdict(False, f"{objections} object{'s' * (objections == 1)}")  # noqa: FBT003
    if poll.no:
        return Verdict(None, f"nobody blocks, but {poll.no} oppose it and may object")
    return Verdict(True, "nobody objects")  # noqa: FBT003


def _absolute(poll: Poll) -> Verdict:
    if poll.members is None:
        return Verdict(None, "how many may vote is not known")
    needed = poll.members // 2 + 1
    return Verdict(poll.yes >= needed, f"{poll.yes} of the {needed} needed, of {poll.members}")


def _of_those_voting(rule: Rule, poll: Poll) -> Verdict:
    if not poll.voting:
        return Verdict(False, "nobody is for it or against it")  # noqa: FBT003
    needed = needed_of(rule, poll.voting)
    return Verdict(
        poll.yes >= needed,
        f"{poll.yes} of the {needed} needed, of {poll.voting} voting",
    )


def _components(rule: Rule, poll: Poll) -> Verdict:
    if poll.components is None:
        return Verdict(None, "how each component voted is not known")
    parts = poll.components
    failed = [name for name in rule.components if not _has_majority(parts.get(name))]
    if failed:
        return Verdict(False, f"no majority in {', '.join(failed)}")  # noqa: FBT003
    return Verdict(True, f"a majority in each of {', '.join(rule.components)}")  # noqa: FBT003


def _has_majority(poll: Poll | None) -> bool:
    return poll is not None and poll.yes > poll.no


def needed_of(rule: Rule, voting: int) -> int:
    """Return how many of those voting must be in favour."""
    if rule.requires == "simple-majority":
        return voting // 2 + 1
    if rule.requires == "two-thirds":
        return _at_least(TWO_THIRDS, voting)
    of_share = 0 if rule.share is None else _at_least(rule.share, voting)
    return max(of_share, rule.fewest or 0)


def _at_least(share: Fraction, number: int) -> int:
    """Return the fewest that are that share of a number."""
    return -(-share.numerator * number // share.denominator)
