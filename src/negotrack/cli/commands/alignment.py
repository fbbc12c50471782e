"""``negotrack alignment``: who agrees with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.errors import Usage
from negotrack.render.answer import Column, Record
from negotrack.views import answers
from negotrack.views.blocs import NEAR, found_blocs, shown_blocs, shown_matrix

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.alignment import Agreement, Loyalty
    from negotrack.projections.positions.alignment import AnswerRecord as Answered
    from negotrack.workspace import Workspace


@click.command()
@click.argument("delegation", metavar="[DELEGATION]", type=NameParam("delegation"), required=False)
@click.option(
    "--of",
    type=click.Choice(["all", "votes", "stances"]),
    default="all",
    show_default=True,
    help="What to compare.",
)
@click.option(
    "--group", type=NameParam("delegation"), help="Only the members of this group on the day."
)
@click.option(
    "--loyalty",
    is_flag=True,
    help="With --group: how far each member agrees with most of the others.",
)
@click.option(
    "--min",
    "fewest",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Leave out pairs that share fewer items.",
)
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help="Only the closest N and the farthest N."
)
@click.option(
    "--blocs",
    is_flag=False,
    flag_value=NEAR,
    metavar="[N|SHARE]",
    help="Blocs: so many, or those whose members agree to a share, 0.75 if none is given.",
)
@click.option("--matrix", is_flag=True, help="All with all, in hundredths, ordered by bloc.")
@click.option(
    "--among",
    type=NameParam("delegation"),
    multiple=True,
    help="Only this delegation and the others named so; can be repeated.",
)
@click.option("--compare", metavar="PERIOD", help="Also the agreement in another span of days.")
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
    if (matrix or blocs is not None) and (delegation or asked.by):
        raise Usage("blocs and the matrix are of all", "choose some with --among or --group")
    if among and len(set(among)) == 1:
        raise Usage("one delegation is compared with nobody", "name others with --among, too")
    with workspace() as opened:
        wanted = asked.filter(opened)._replace(by=None)
        party = _party(opened, delegation or asked.by, asked)
        found = _answered(opened, wanted, of, group)
        if among:
            names = {_party(opened, name, asked) for name in among}
            found = [one for one in found if one.delegation in names]
        title = _title(wanted, party, group)
        if loyalty:
            shown = _loyal(opened.loyalties(found, fewest), title)
        elif blocs is not None:
            shown = shown_blocs(found_blocs(opened.agreements(found, None, fewest), blocs), title)
        elif matrix:
            pairs = opened.agreements(found, None, fewest)
            width = _width() if asked.form == "table" else None
            shown = shown_matrix(pairs, found_blocs(pairs, NEAR), title, width)
        elif compare is not None:
            pairs = opened.agreements(found, party, fewest)
            then = _then(opened, wanted, compare)
            others = opened.agreements(_answered(opened, then, of, group), party, fewest)
            shown = _compared(pairs, others, f"{title}, compared with {compare}", top)
        else:
            shown = _agreeing(opened.agreements(found, party, fewest), title, top)
        answered(opened, asked, wanted, "alignment", shown)


def _width() -> int:
    from negotrack.render.out import width

    return width()


def _then(opened: Workspace, wanted: Filter, compare: str) -> Filter:
    """Return the filter for the span to compare with."""
    from negotrack.cli.dates import period

    days = period(compare, opened, wanted.negotiation)
    return wanted._replace(since=days.first, as_of=days.last)


def _party(opened: Workspace, name: str | None, asked: Options) -> str | None:
    if name is None:
        return None
    return opened.resolve(name, "delegation", negotiation=asked.negotiation).name


def _answered(opened: Workspace, wanted: Filter, of: str, group: str | None) -> list[Answered]:
    found = opened.ballots_and_stances(wanted, votes=of != "stances", stances=of != "votes")
    if group is None:
        return found
    members = opened.parties(wanted, group)
    return [one for one in found if one.delegation in members]


def _title(wanted: Filter, party: str | None, group: str | None) -> str:
    of = f" of {party}" if party else ""
    return f"Alignment{of} in {group or wanted.negotiation}"


def _share(name: str) -> Column:
    def text(record: Record) -> str:
        return "" if record[name] is None else f"{record[name]:.2f}"

    return Column(name, text)


def _agreeing(pairs: list[Agreement], title: str, top: int | None) -> answers.Shown:
    from negotrack.projections.positions.alignment import cohesion

    columns = (
        Column("one", lambda r: r["one"], most=16),
        Column("other", lambda r: r["other"], wide=True),
        _share("agreement"),
        _share("kappa"),
        Column("shared", lambda r: f"{r['shared']:,}"),
    )
    mean = cohesion(pairs)
    said = answers.counted(len(pairs), "pair")
    if mean is not None:
        said += f" agree to {mean:.2f}, weighted by what they share"
    said += _slight(pairs)
    if top is not None and 2 * top < len(pairs):
        pairs = pairs[:top] + pairs[-top:]
        said += f"; the {top} closest and the {top} farthest are shown"
    return answers.Shown(title, (p._asdict() for p in pairs), columns, said, len(pairs))


def _slight(pairs: list[Agreement]) -> str:
    """Return how many pairs rest on one item alone, where others rest on more."""
    slight = sum(pair.shared == 1 for pair in pairs)
    if not slight or slight == len(pairs):
        return ""
    return f"; {slight:,} share a single item, and --min 2 leaves them out"


def _compared(
    pairs: list[Agreement], others: list[Agreement], title: str, top: int | None
) -> answers.Shown:
    """Return the pairs of both spans, those that came nearest first."""
    then = {frozenset((p.one, p.other)): p for p in others}
    records = [
        {
            **pair._asdict(),
            "compared": other.agreement,
            "compared_shared": other.shared,
            "change": pair.agreement - other.agreement,
        }
        for pair in pairs
        if (other := then.get(frozenset((pair.one, pair.other))))
    ]
    records.sort(key=lambda r: -r["change"])
    count = len(records)
    if top is not None and 2 * top < count:
        records = records[:top] + records[-top:]
    columns = (
        Column("one", lambda r: r["one"], most=16),
        Column("other", lambda r: r["other"], wide=True),
        Column("agreement", lambda r: f"{r['agreement']:.2f} on {r['shared']:,}"),
        Column("compared", lambda r: f"{r['compared']:.2f} on {r['compared_shared']:,}"),
        Column("change", lambda r: f"{r['change']:+.2f}"),
    )
    said = f"{answers.counted(count, 'pair')} of both spans, those that came nearest first"
    return answers.Shown(title, records, columns, said, len(records))


def _loyal(found: list[Loyalty], title: str) -> answers.Shown:
    columns = (
        Column("member", lambda r: r["member"], wide=True),
        _share("loyalty"),
        Column("shared", lambda r: f"{r['shared']:,}"),
    )
    said = answers.counted(len(found), "member")
    records = (one._asdict() for one in found)
    return answers.Shown(f"Loyalty: {title}", records, columns, said, len(found))
