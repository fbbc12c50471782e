"""What can become of a target: one row for each outcome of a decision."""

from typing import Literal, NamedTuple

Outcome = Literal[
    "adopted", "rejected", "agreed", "agreed-ad-referendum", "deferred", "lapsed", "merged"
]
"""The names of the outcomes, as entries have them; a test holds them against the rows."""


class OutcomeKind(NamedTuple):
    """An outcome.

    ``adopted`` is what a rule of decision says of it, None where it says nothing; ``agreed``
    whether the words of a provision are settled by it; ``into`` whether it names another target.
    """

    name: Outcome
    adopted: bool | None = None
    agreed: bool = False
    into: bool = False


OUTCOMES: tuple[OutcomeKind, ...] = (
    OutcomeKind("adopted", adopted=True, agreed=True),
    OutcomeKind("rejected", adopted=False),
    OutcomeKind("agreed", agreed=True),
    OutcomeKind("agreed-ad-referendum", agreed=True),
    OutcomeKind("deferred"),
    OutcomeKind("lapsed"),
    OutcomeKind("merged", into=True),
)

ADOPTED_BY_RULE: dict[str, bool] = {o.name: o.adopted for o in OUTCOMES if o.adopted is not None}
"""What a rule of decision must have given for an outcome."""

AGREED: tuple[str, ...] = tuple(o.name for o in OUTCOMES if o.agreed)
"""The outcomes by which the words of a provision are settled."""

INTO_ANOTHER: tuple[str, ...] = tuple(o.name for o in OUTCOMES if o.into)
"""The outcomes that name what the target became a part of."""
