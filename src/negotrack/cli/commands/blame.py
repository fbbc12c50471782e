"""``negotrack blame``: whose words these are."""

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
from negotrack.views import answers
from negotrack.wording.words import counted, words

if TYPE_CHECKING:
    from negotrack.projections.texts.blame import Attribution, AuthorShare, Survival
    from negotrack.questions.texts import Texts


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam("provision"), required=False)
@click.option("--shares", is_flag=True, help="How many words each delegation brought in.")
@click.option(
    "--of", "offer", type=NameParam("amendment", "proposal"),
    help="Backwards: where the words of this amendment or proposal went.",
)  # fmt: skip
@of_texts
def command(
    target: str | None, offer: str | None, language: str, asked: Options, *, shares: bool
) -> None:
    """Whose words these are: who brought each of them in, when, and with what.

    \b
      negotrack blame title
      negotrack blame --shares
      negotrack blame --of ind-art-6-2

    Words in a draft that somebody had proposed before are credited to the proposal, and shared
    where several had proposed the same. Words that go away and come back stay with those who first
    brought them in; so do passages that move.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        if offer is not None:
            if target is not None or shares:
                raise Usage("--of follows one amendment", "leave out TARGET and --shares")
            nouns = ("amendment", "proposal")
            name = opened.resolve(offer, *nouns, negotiation=wanted.negotiation).name
            shown = _fates(opened.texts(wanted, language, name), name)
        else:
            if target is not None:
                wanted = wanted._replace(target=addressed(opened, target, wanted, "provision")[1])
            credits_ = opened.texts(wanted, language, wanted.target).credits(wanted.target)
            shown = (_shares if shares else _credits)(credits_, wanted.target)
        answered(opened, asked, wanted, "blame", shown)


def _who(record: Record) -> str:
    return ", ".join(record["by"]) or "unknown"


def _with_what(record: Record) -> str:
    return ", ".join(record["offers"]) or record["document"] or ""


_CREDITS = (
    Column("provision", lambda r: r["provision"], most=12),
    Column("by", _who, most=12),
    Column("on", lambda r: r["on"], most=12),
    Column("with", _with_what, most=14),
    Column("words", lambda r: r["words"], wide=True),
    Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
)


def _credits(found: list[Attribution], target: str | None) -> answers.Shown:
    records = [{**c._asdict(), "count": counted(words(c.words))} for c in found]
    total = sum(record["count"] for record in records)
    said = f"{answers.counted(total, 'word')} in {answers.counted(len(records), 'passage')}"
    title = f"Whose words {target} has" if target else "Whose words the text has"
    columns = _CREDITS[1:] if len({c.provision for c in found}) == 1 else _CREDITS
    return answers.Shown(title, records, columns, said, len({c.entry for c in found}))


def _shares(found: list[Attribution], target: str | None) -> answers.Shown:
    from negotrack.projections.texts.blame import shares

    rows = shares(found)
    columns = (
        Column("delegation", lambda r: r["delegation"] or "unknown"),
        Column("words", lambda r: f"{r['words']:,}"),
        Column("shared", lambda r: f"{r['shared']:,}" if r["shared"] else ""),
        Column("share", _share, wide=True),
    )
    of = rows[0].of if rows else 0
    title = f"Words in {target}" if target else "Words in the text"
    said = f"{answers.counted(of, 'word')} of {answers.counted(len(rows), 'delegation')}"
    return answers.Shown(title, [_share_record(row) for row in rows], columns, said, len(rows))


def _share_record(share: AuthorShare) -> Record:
    return share._asdict()


def _share(record: Record) -> str:
    return f"{record['words'] / record['of']:.1%}" if record["of"] else ""


def _fates(texts: Texts, name: str) -> answers.Shown:
    found: list[Survival] = texts.fates(name)
    columns = (
        Column("provision", lambda r: r["provision"]),
        Column("in the text", lambda r: "yes" if r["kept"] else "no"),
        Column("words", lambda r: r["words"], wide=True),
    )
    proposed = sum(counted(words(f.words)) for f in found)
    kept = sum(counted(words(f.words)) for f in found if f.kept)
    said = f"{kept:,} of {answers.counted(proposed, 'word')} of {name} in the text"
    if not proposed:
        said = f"The words of {name} are not known, or it brings none in"
    return answers.Shown(
        f"Where the words of {name} went", [f._asdict() for f in found], columns, said, len(found)
    )
