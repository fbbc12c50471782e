"""The grades of a stance: one row for each, with everything that anybody says or shows of it.

A stance is ordinal, from +2 (support) to -2 (block, a red line); ``none`` takes a stance back.
Whoever needs a table of stances derives it from these rows, so that a grade is added here.
"""

from typing import Literal, NamedTuple

PositionGrade = Literal["support", "accept", "reserve", "oppose", "block"]
"""The names of the grades; a test holds them against the rows."""

Grade = Literal[PositionGrade, "none"]
"""What an entry may say: a grade, or ``none``."""

Side = Literal["for", "between", "against"]
"""On which side of a question a stance or vote is: a reservation or abstention is between."""


class Stance(NamedTuple):
    """A grade of stance.

    ``grade`` orders it, ``code`` stands for it in the index (on disk: never changed), ``letter`` in
    a matrix. ``verb`` says it of one delegation, ``plural`` of several. ``tone`` is its colour
    (:mod:`negotrack.render.tones`). ``vote`` is the vote that somebody who stands there would cast;
    who ``objects`` stops a consensus.
    """

    name: PositionGrade
    grade: int
    code: int
    letter: str
    verb: str
    plural: str
    tone: Literal["for", "rather-for", "between", "against", "block"]
    vote: Literal["yes", "no", "abstain"]
    objects: bool = False

    @property
    def side(self) -> Side:
        """On which side of a question it is."""
        return side(self.grade)


STANCES: tuple[Stance, ...] = (
    Stance("support", 2, 5, "S", "supports", "support it", "for", "yes"),
    Stance("accept", 1, 4, "A", "accepts", "accept it", "rather-for", "yes"),
    Stance("reserve", 0, 3, "R", "reserves on", "reserve", "between", "abstain"),
    Stance("oppose", -1, 2, "O", "opposes", "oppose it", "against", "no"),
    Stance("block", -2, 1, "B", "blocks", "block it", "block", "no", objects=True),
)
"""Most in favour first."""

TAKEN_BACK: Grade = "none"
"""What takes a stance back: it leaves the delegation undeclared."""

TAKEN_BACK_CODE = 0

BY_NAME: dict[str, Stance] = {stance.name: stance for stance in STANCES}

GRADES: dict[str, int] = {stance.name: stance.grade for stance in STANCES}
"""The grades by name."""

CODES: dict[str, int] = {TAKEN_BACK: TAKEN_BACK_CODE}
CODES |= {stance.name: stance.code for stance in STANCES}
"""The codes on disk by name; :data:`NAMES` is their inverse."""

NAMES = {code: name for name, code in CODES.items()}

KEY = ", ".join(f"{stance.letter} {stance.name}" for stance in STANCES)
"""What the letters mean."""


def sign(grade: int) -> int:
    """Return 1 for a grade in favour, -1 for one against, 0 for what is between."""
    return (grade > 0) - (grade < 0)


def side(grade: int) -> Side:
    """Return on which side of a question a grade is."""
    return ("between", "for", "against")[sign(grade)]


def in_words(stance: str | None, option: str | None) -> str | None:
    """Return a stance with its option, as people say it."""
    return stance if option is None or stance is None else f"{stance} {option}"
