"""The votes that a delegation can cast: one row for each, with everything that is made of it."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.domain.stances import Side, side

if TYPE_CHECKING:
    from collections.abc import Iterable

Vote = Literal["yes", "no", "abstain", "absent", "not-participating", "not-a-member"]
"""The names of the votes, as entries have them; a test holds them against the rows."""

Answer = Literal["yes", "no", "abstain", "absent"]
"""What one does in a vote; who is absent is not there at all."""

UNDECLARED: tuple[Answer, ...] = ("abstain", "absent", "yes", "no")
"""What may be assumed about who is undeclared; the first is, where nothing is said."""


class VoteKind(NamedTuple):
    """A vote.

    ``code`` stands for it in the index (on disk: never changed). ``grade`` says where the voter
    stands, None where a vote only says why it did not vote; ``stance`` is that as a stance.
    """

    name: Vote
    code: int
    grade: int | None = None
    stance: str | None = None

    @property
    def side(self) -> Side | None:
        """On which side of the question it is."""
        return None if self.grade is None else side(self.grade)


VOTES: tuple[VoteKind, ...] = (
    VoteKind("yes", 0, 1, "support"),
    VoteKind("no", 1, -1, "oppose"),
    VoteKind("abstain", 2, 0, "reserve"),
    VoteKind("absent", 3),
    VoteKind("not-participating", 4),
    VoteKind("not-a-member", 5),
)

COUNTED: tuple[str, ...] = tuple(vote.name for vote in VOTES if vote.grade is not None)
"""The votes of which figures are given, in the order in which they are read out."""

CODES: dict[str, int] = {vote.name: vote.code for vote in VOTES}
"""The codes on disk by name; :data:`NAMES` is their inverse."""

NAMES: dict[int, str] = {vote.code: vote.name for vote in VOTES}

STANCE_OF_VOTE: dict[str, str] = {
    vote.name: vote.stance for vote in VOTES if vote.stance is not None
}
"""A vote in favour is support, one against opposition, an abstention a reservation."""

GRADES_OF_VOTES: dict[str, int] = {
    name: grade
    for grade, name in sorted(
        ((v.grade, v.name) for v in VOTES if v.grade is not None), reverse=True
    )
}
"""The votes that say where a voter stands; the others say why it did not vote."""

VOTE_OF_STANCE: dict[str, str] = {stance: vote for vote, stance in STANCE_OF_VOTE.items()}


def in_reading_order(words: "Iterable[str]") -> list[str]:
    """Return votes in the order in which they are read out: the counted ones first."""
    places: dict[str, int] = {name: place for place, name in enumerate(COUNTED)}
    return sorted(words, key=lambda word: (places.get(word, len(COUNTED)), word))
