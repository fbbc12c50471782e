"""``negotrack tally``: how the room stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, one_target, reading, resolving
from negotrack.cli.options import option as one_option
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.votes import UNDECLARED
from negotrack.errors import Usage
from negotrack.views.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import OwnWords


@click.command()
@click.argument("target", metavar="TARGET", type=NameParam(*TARGET_NOUNS))
@one_option("--option", metavar="OPTION", help="The answer to an issue that is asked about.")
@one_option(
    "--undeclared",
    type=click.Choice(UNDECLARED),
    default=UNDECLARED[0],
    show_default=True,
    help="What those without a position are taken to do.",
)
@one_option(
    "--if",
    "supposing",
    metavar="NAME=STANCE,...",
    multiple=True,
    help="Suppose that they take these stances; a group takes its members along.",
)
@one_option("--rule", type=NameParam("rule"), help="Only this rule, and those that vote under it.")
@one_option(
    "--group",
    "groups",
    type=NameParam("delegation"),
    multiple=True,
    help="Count only members of this group apart, not of every group; can be repeated.",
)
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    target: str,
    option: str | None,
    undeclared: Any,
    supposing: tuple[str, ...],
    rule: str | None,
    groups: tuple[str, ...],
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """How the room stands, what each rule would give, and who could turn it.

    \b
      negotrack tally convention --as-of 2024-08-08
      negotrack tally scope --option limited --as-of ahc-6
      negotrack tally convention --as-of ahc-7 --undeclared yes --rule ahc-two-thirds
      negotrack tally convention --as-of ahc-7 --if IND=oppose,CARICOM=support

    Everybody is taken to vote as it stands: support and acceptance for yes, a reservation for an
    abstention, opposition for no; a red line ("block") objects to a consensus. "Turned by" is the
    fewest that would have to change for the opposite; a delegation is pivotal if its change alone
    would turn the verdict. Whoever --if names takes that stance on the day, after all others;
    members of a group that it names go along unless they spoke or voted themselves.
    """
    asked = one_target(asked, target, "a tally is of all that may vote, on a day")
    with workspace() as opened:
        query = asked.query(opened)
        question = opened.votes.question(
            query,
            option=option,
            undeclared=undeclared,
            supposing=list(_suppositions(supposing)),
            groups=groups,
            rule=rule,
        )
        room = opened.tally(
            query, question, asked.resolution(own_only=own_only, own_words=own_words)
        )
        shown = tally(room, query.negotiation, undeclared, "--undeclared")
        answered(opened, asked, query, "tally", shown)


def _suppositions(typed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the names and the stances of ``NAME=STANCE,...``."""
    for part in (part.strip() for text in typed for part in text.split(",")):
        name, equals, stance = (word.strip() for word in part.partition("="))
        if not (name and equals and stance):
            raise Usage(f"--if {part!r} says nobody's stance", "write it as KEN=support,EU=oppose")
        yield name, stance
