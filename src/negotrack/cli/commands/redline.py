"""``negotrack redline``: what changed between two texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.errors import Usage
from negotrack.views.redline import redline_of_offer, redline_of_two

if TYPE_CHECKING:
    from negotrack.facts.query import Query
    from negotrack.questions.texts import Side
    from negotrack.workspace import Workspace

_NOUNS = ("provision", "amendment", "proposal", "document")


@click.command()
@click.argument("first", metavar="A", type=NameParam(*_NOUNS))
@click.argument("second", metavar="[B]", type=NameParam(*_NOUNS), required=False)
@of_texts
def command(first: str, second: str | None, language: str, asked: Options) -> None:
    """What changed between two texts, word by word.

    \b
      negotrack redline ind-art-6-2
      negotrack redline a-ac-291-l-15 convention-text
      negotrack redline title@2024-08-09 title
      negotrack redline @2024-08-06 @2024-12-31 --format html -o changes.html

    A and B are documents, provisions, amendments or proposals; a name with @DATE is the text that
    had that name on that day, @DATE alone the whole text. Provisions are compared through all
    renumbering; a document that words parts of the text only, on those parts. An amendment alone is
    compared with the text that it would change; an amendment of an amendment, with both, in two
    layers.

    {-deleted-} and {+inserted+} mark the words; {>1 words} is a passage that went away and
    {<1 words} where it came to; {--words--} and {++words++} are the second layer.
    """
    with workspace() as opened:
        query = asked.query(opened)
        documents = _documents(opened, query, first, second)
        comparison = _Comparison(opened, asked, query, language, documents)
        one = _side(comparison, first)
        if second is not None:
            shown = redline_of_two(one, _side(comparison, second))
        elif one.offer is not None:
            shown = redline_of_offer(one, one.offer)
        else:
            raise Usage(f"{one.name} is compared with what?", "name a second text, or an amendment")
        answered(opened, asked, query, "redline", shown)


class _Comparison(NamedTuple):
    """What both texts are read for: the day, the language, and documents where both are ones."""

    opened: Workspace
    asked: Options
    query: Query
    language: str
    documents: tuple[str, ...]


def _documents(opened: Workspace, query: Query, *specs: str | None) -> tuple[str, ...]:
    """Return the names of both texts where both are documents: then nothing else has to be read."""
    known = {d.name for d in opened.names.registered("document", negotiation=query.negotiation)}
    return tuple(spec for spec in specs if spec) if known.issuperset(specs) else ()


def _side(comparison: _Comparison, spec: str) -> Side:
    """Return the text that is meant by a name, a name with @DATE, or @DATE alone."""
    from negotrack.questions.periods import last_day

    opened, asked, query, language, documents = comparison
    name, at, day = spec.partition("@")
    if at:
        query = query.at(as_of=last_day(day, opened.names, asked.negotiation))
    if not name:
        return opened.texts(query, language).side(spec)
    noun, name = opened.names.addressed(name, *_NOUNS, negotiation=query.negotiation)
    about = None if noun == "document" else name
    texts = opened.texts(query, language, about, documents=documents)
    return texts.side(f"{name}{at}{day}", noun, name)
