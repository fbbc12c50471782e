"""``negotrack alignment``: who agrees with whom."""

from __future__ import annotations

from typing import Any

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, only_one, option, reading
from negotrack.errors import Usage
from negotrack.questions.alignment import Compared
from negotrack.questions.periods import period
from negotrack.render.out import width
from negotrack.views.alignment import agreements, comparison, loyalties, title
from negotrack.views.blocs import all_with_all
from negotrack.views.blocs import blocs as blocs_view

NEAR = "0.75"
"""How far the members of a bloc agree with each other's, where nothing else is asked."""
_HINT = "--min 2 leaves them out"
_CHOOSE = "choose with --among, or ask for another --format"
_CURE = "write a number of blocs such as 4, or an agreement between 0 and 1 such as 0.75"


@click.command()
@click.argument("delegation", metavar="[DELEGATION]", type=NameParam("delegation"), required=False)
@option(
    "--of",
    type=click.Choice(["all", "votes", "stances"]),
    default="all",
    show_default=True,
    help="What to compare.",
)
@option("--group", type=NameParam("delegation"), help="Only the members of this group on the day.")
@option(
    "--loyalty",
    is_flag=True,
    help="With --group: how far each member agrees with most of the others.",
)
@option(
    "--min",
    "fewest",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Leave out pairs that share fewer items.",
)
@option("--top", type=click.IntRange(1), metavar="N", help="Only the closest N and the farthest N.")
@option(
    "--blocs",
    is_flag=False,
    flag_value=NEAR,
    metavar="[N|SHARE]",
    help="Blocs: so many, or those whose members agree to a share, 0.75 if none is given.",
)
@option("--matrix", is_flag=True, help="All with all, in hundredths, ordered by bloc.")
@option(
    "--among",
    type=NameParam("delegation"),
    multiple=True,
    help="Only this delegation and the others named so; can be repeated.",
)
@option("--compare", metavar="PERIOD", help="Also the agreement in another span of days.")
@reading(kinds=False)
def command(
    asked: Options,
    *,
    blocs: str | None,
    matrix: bool,
    among: tuple[str, ...],
    compare: str | None,
    delegation: str | None,
    of: str,
    group: str | None,
    loyalty: bool,
    fewest: int,
    top: int | None,
) -> None:
    """Who agrees with whom, from what delegations said themselves and how they voted.

    \b
      negotrack alignment --since 2019 --as-of 2019-12-31 --top 5
      negotrack alignment KEN --of votes
      negotrack alignment --group EU --loyalty --min 2
      negotrack alignment --since 2019 --blocs 4 --min 5
      negotrack alignment --matrix --among KEN --among AUT --among CHN
      negotrack alignment --since 2019 --compare 2014..2018 --top 5

    Agreement is 1 where two always answer alike and 0 where they always stand against each other;
    an abstention, or a reservation, is half a disagreement. Kappa corrects it for chance. "Shared"
    is on how many things both answered. Stances that come from a group do not count: members stand
    with their group by definition.
    """  # fmt: skip
    if loyalty and group is None:
        raise Usage("--loyalty is to a group", "name it with --group")
    if sum((loyalty, blocs is not None, matrix)) + (compare is not None) > 1:
        raise Usage(
            "--loyalty, --blocs, --matrix and --compare are answers of their own",
            "give one of them",
        )
    if (matrix or blocs is not None) and (delegation or asked.delegation):
        raise Usage("blocs and the matrix are of all", "choose some with --among or --group")
    if delegation is not None and asked.delegation:
        raise Usage("DELEGATION and --delegation name two delegations", "give one of them")
    if among and len(set(among)) == 1:
        raise Usage("one delegation is compared with nobody", "name others with --among, too")
    one = delegation or only_one(asked.delegation, "--delegation")
    with workspace() as opened:
        query = asked._replace(delegation=()).query(opened)
        party = one and opened.names.resolve(one, "delegation", negotiation=query.negotiation).name
        scope = Compared(of != "stances", of != "votes", group, among, fewest)
        heading = title(query.negotiation, party, group)
        if loyalty:
            answered(
                opened, asked, query, "alignment",
                loyalties(opened.alignment.loyalties(query, scope), heading),
            )  # fmt: skip
            return
        pairs = opened.alignment(query, scope, party)
        if blocs is not None:
            shown = blocs_view(opened.alignment.blocs(pairs, **_limits(blocs)), heading)
        elif matrix:
            columns = width() if asked.form == "table" else None
            clusters = opened.alignment.blocs(pairs, **_limits(NEAR))
            shown = all_with_all(pairs, clusters, heading, columns, _CHOOSE)
        elif compare is not None:
            days = period(compare, opened.names, query.negotiation)
            then = query.narrowed(since=days.first).at(as_of=days.last)
            others = opened.alignment(then, scope, party)
            shown = comparison(pairs, others, f"{heading}, compared with {compare}", top)
        else:
            shown = agreements(pairs, heading, top, _HINT)
        answered(opened, asked, query, "alignment", shown)


def _limits(typed: str) -> dict[str, Any]:
    """Return what bounds the blocs: how many, or how far their members agree."""
    if typed.isascii() and typed.isdigit() and int(typed):
        return {"count": int(typed)}
    try:
        share = float(typed)
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise Usage(f"--blocs {typed} is neither a number nor a share", _CURE)
    return {"agreement": share}
