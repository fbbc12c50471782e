"""``negotrack consolidate``: the text with amendments in it, and where they collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.addresses import addressed
from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.errors import Usage
from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views import answers
from negotrack.views.pending import with_edits
from negotrack.wording.changes import least
from negotrack.wording.words import words

if TYPE_CHECKING:
    from negotrack.projections.texts.consolidate import Consolidated, Stale
    from negotrack.questions.texts import Texts
    from negotrack.wording.collisions import Collision
    from negotrack.workspace import Workspace


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam("provision"), required=False)
@click.option(
    "--accept", multiple=True, type=NameParam("amendment", "proposal"),
    help="An amendment to put in; can be given several times.",
)  # fmt: skip
@click.option("--pending", is_flag=True, help="Put in every amendment that is on the table.")
@click.option(
    "--by", type=NameParam("delegation"), help="Of those on the table, this delegation's."
)
@click.option("--all", "whole", is_flag=True, help="Also the provisions that stay as they are.")
@of_texts
def command(
    target: str | None,
    accept: tuple[str, ...],
    language: str,
    asked: Options,
    by: str | None,
    *,
    pending: bool,
    whole: bool,
) -> None:
    """The text with amendments in it, and where they collide.

    \b
      negotrack consolidate --accept ind-art-6-2 --as-of 2024-08-05
      negotrack consolidate art-6/2 --pending --as-of 2024-08-05
      negotrack consolidate --by IND --as-of 2024-08-05 --format html -o india.html

    Amendments are taken in the order in which they are put to the vote: an amendment of an
    amendment first, then the one furthest from the text. Where two touch the same words, the first
    one stands and both are named. One whose words were changed since it was moved is not put in by
    guess: it is named, with the text that it was made on.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        if target is not None:
            wanted = wanted._replace(target=addressed(opened, target, wanted, "provision")[1])
        texts = opened.texts(wanted, language)
        texts.provisions(wanted.target)
        chosen = _chosen(opened, texts, accept, by, wanted.target, pending=pending)
        found = texts.consolidated(chosen, wanted.target)
        kept = found if whole else [c for c in found if _says_something(c)]
        shown = _shown(kept, len(chosen), wanted.target)
        answered(opened, asked, wanted, "consolidation", shown)


def _chosen(
    opened: Workspace,
    texts: Texts,
    accept: tuple[str, ...],
    by: str | None,
    target: str | None,
    *,
    pending: bool,
) -> list[str]:
    if accept and (pending or by):
        raise Usage("--accept names the amendments", "leave out --pending and --by")
    if not (accept or pending or by):
        raise Usage(
            "consolidated with which amendments?",
            "give --accept NAME, --pending, or --by DELEGATION",
        )
    if accept:
        nouns = ("amendment", "proposal")
        return list(dict.fromkeys(opened.resolve(name, *nouns).name for name in accept))
    offers = texts.offers(target)
    if by is not None:
        code = opened.resolve(by, "delegation").name
        offers = [offer for offer in offers if code in offer.parties]
    return [offer.slug for offer in offers if offer.provision is not None]


def _says_something(found: Consolidated) -> bool:
    return bool(found.taken or found.collisions or found.stale or found.unplaced)


def _shown(found: list[Consolidated], chosen: int, target: str | None) -> answers.Shown:
    taken = sum(len(c.taken) for c in found)
    collisions = sum(len(c.collisions) for c in found)
    stale = sum(len(c.stale) for c in found)
    unplaced = sum(len(c.unplaced) for c in found)
    said = f"{taken:,} of {answers.counted(chosen, 'amendment')} put in"
    said += f"; {answers.counted(collisions, 'collision')}" * bool(collisions)
    said += f"; {stale:,} stale" * bool(stale)
    said += f"; {unplaced:,} whose words are not known" * bool(unplaced)
    return answers.Shown(
        f"Text of {target} as amended" if target else "Text as amended",
        [_record(c) for c in found],
        _COLUMNS,
        said,
        taken,
        passages=[_passage(c) for c in found],
    )


def _where(collision: Collision) -> str:
    words = collision.words.strip()
    if not words:
        return "inserts at the beginning"
    verb = "inserts after" if collision.start == collision.end else "changes"
    return f"{verb} ‘{words}’"


def _of_stale(stale: Stale) -> str:
    if not stale.then:
        return f"{stale.name} is stale: what it adds has the address of another provision now"
    since = "words that it touches were changed since"
    return f"{stale.name} is stale: {since}. It was made on ‘{stale.then}’"


_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: r["after"] or "", wide=True),
    Column("amendments", lambda r: ", ".join(r["taken"])),
)


def _record(found: Consolidated) -> Record:
    return {
        "provision": found.provision,
        "before": found.before,
        "after": found.after,
        "taken": list(found.taken),
        "collisions": [
            {"first": c.first, "second": c.second, "words": c.words} for c in found.collisions
        ],
        "stale": [s._asdict() for s in found.stale],
        "unplaced": list(found.unplaced),
        "behind": found.behind,
        "left_out_with_theirs": list(found.with_theirs),
    }


def _passage(found: Consolidated) -> Passage:
    notes = [f"with {', '.join(found.taken)}"] if found.taken else []
    notes += [f"moved behind {found.behind}"] if found.behind else []
    notes += [f"{c.second} is left out: {c.first} {_where(c)}, too" for c in found.collisions]
    notes += [_of_stale(stale) for stale in found.stale]
    notes += [f"{name} is left out: its words are not known" for name in found.unplaced]
    notes += [f"{name} is left out with what it amends" for name in found.with_theirs]
    if found.before == found.after:
        marked: tuple[Run, ...] = (Run("same", found.before or ""),)
    else:
        base = words(found.before or "")
        marked = with_edits(base, least(base, words(found.after or "")))
    heading = f"{found.provision}  (new)" if found.before is None else found.provision
    return Passage(heading, marked, tuple(notes))
