"""``negotrack redline``: what changed between two texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from negotrack.cli.addresses import addressed
from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.errors import Usage
from negotrack.projections.texts.open_ import where
from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views import answers
from negotrack.views.pending import runs
from negotrack.wording.redlines import redline, redline_of_parts, two_layers
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.index.reading import Filter
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.wording.redlines import Segment
    from negotrack.workspace import Workspace

_NOUNS = ("provision", "amendment", "proposal", "document")


class SideText(NamedTuple):
    """A provision on one side: its address there, and its text."""

    address: str
    text: str


class Side(NamedTuple):
    """One of two texts: what it is called, and its provisions, by what they are known by.

    ``of_parts`` says that it has no more than it words: what it has not is not deleted in it.
    """

    name: str
    parts: dict[str, SideText]
    offer: Offer | None = None
    of_parts: bool = False


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
        wanted = asked.filter(opened)
        documents = _documents(opened, wanted, first, second)
        question = _Question(opened, wanted, language, asked, documents)
        one = _side(question, first)
        shown = _of_offer(one) if second is None else _of_two(one, _side(question, second))
        answered(opened, asked, wanted, "redline", shown)


def _documents(opened: Workspace, wanted: Filter, *specs: str | None) -> tuple[str, ...]:
    """Return the names of both texts where both are documents: then nothing else has to be read."""
    known = {found.name for found in opened.names("document", negotiation=wanted.negotiation)}
    return tuple(spec for spec in specs if spec) if known.issuperset(specs) else ()


class _Question(NamedTuple):
    """What both texts are read for: the day, the language, and documents where both are ones."""

    opened: Workspace
    wanted: Filter
    language: str
    asked: Options
    documents: tuple[str, ...]


def _side(question: _Question, spec: str) -> Side:
    from negotrack.cli.dates import last_day

    opened, wanted, language, asked, documents = question
    name, at, when = spec.partition("@")
    if at:
        wanted = wanted._replace(as_of=last_day(when, opened, asked.negotiation))
    if not name:
        whole = opened.texts(wanted, language).provisions()
        return Side(spec, _on_the_table(whole))
    noun, name = addressed(opened, name, wanted, *_NOUNS)
    is_document = noun == "document"
    about = None if is_document else name
    texts = opened.texts(wanted, language, about, documents=documents)
    label = f"{name}{at}{when}"
    if is_document:
        worded = texts.document(name) or texts.provisions(name)
        assert isinstance(worded, dict)
        known = texts.identities(name)
        parts = {
            known.get(a, a): SideText(a, _with_title(one.title, one.text))
            for a, one in worded.items()
        }
        return Side(label, parts, None, name in texts.drafts_of_parts)
    if noun == "provision":
        return Side(label, _on_the_table(texts.provisions(name)))
    offer = texts.offer(name)
    address = offer.new or where(offer) or offer.target or offer.slug
    if offer.wanted is None:
        raise Usage(
            f"{offer.slug} has no words to compare: {offer.trouble or 'they are not known'}",
            "compare provisions or documents",
        )
    key = address if offer.provision is None or offer.adds else offer.provision.identity
    return Side(label, {key: SideText(address, offer.wanted)}, offer, of_parts=True)


def _on_the_table(provisions: list[Provision]) -> dict[str, SideText]:
    return {p.identity: SideText(str(p.address), _with_title(p.title, p.text)) for p in provisions}


def _with_title(title: str | None, text: str) -> str:
    """Return a text with its heading in a line of its own, so that a new heading is seen, too."""
    return "\n".join(part for part in (title, text) if part)


def _of_offer(one: Side) -> answers.Shown:
    """Return what an offer would change: of the text, or of the offer that it amends as well."""
    offer = one.offer
    if offer is None:
        raise Usage(f"{one.name} is compared with what?", "name a second text, or an amendment")
    ((key, (address, text)),) = one.parts.items()
    base = words(offer.base or "")
    parent = offer.parent
    if parent is not None and parent.base is not None and parent.wanted is not None:
        segments = two_layers(words(parent.base), words(parent.wanted), words(text))
    else:
        segments = redline(base, words(text))
    return _shown(f"Redline of {one.name}", {key: segments}, {key: (None, address)})


def _of_two(one: Side, other: Side) -> answers.Shown:
    before, after = dict(one.parts), dict(other.parts)
    if len(before) == len(after) == 1:
        before = dict(
            zip(after, before.values(), strict=True)
        )  # one thing is compared with another
    for side, mine in ((one, after), (other, before)):
        for key in set(mine) - set(side.parts) if side.of_parts else ():
            mine.pop(key, None)
    parts = redline_of_parts(
        {key: words(worded.text) for key, worded in before.items()},
        {key: words(worded.text) for key, worded in after.items()},
    )
    addresses = {
        key: (
            before[key].address if key in before else None,
            after[key].address if key in after else None,
        )
        for key in parts
    }
    return _shown(f"Redline of {one.name} and {other.name}", parts, addresses)


Addresses = dict[str, tuple[str | None, str | None]]
"""The addresses of provisions in the first text and in the second, where they are there."""

_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: "".join(s["words"] for s in r["segments"]), wide=True),
)


def _shown(title: str, parts: dict[str, list[Segment]], addresses: Addresses) -> answers.Shown:
    changed = {key: segments for key, segments in parts.items() if _is_changed(segments)}
    said = f"{answers.counted(len(changed), 'provision')} changed of {len(parts):,}"
    return answers.Shown(
        title,
        list(_records(changed, addresses)),
        _COLUMNS,
        said,
        len(changed),
        passages=[
            Passage(_heading(*addresses[key]), _short(runs(segments)))
            for key, segments in changed.items()
        ],
    )


def _heading(before: str | None, after: str | None) -> str:
    if before is None or after is None or before == after:
        return str(after or before)
    return f"{after} (formerly {before})"


def _is_changed(segments: list[Segment]) -> bool:
    return any(segment.kind != "same" for segment in segments)


def _records(parts: dict[str, list[Segment]], addresses: Addresses) -> Iterator[Record]:
    for key, segments in parts.items():
        before, after = addresses[key]
        former = before if after is not None and before != after else None
        yield {
            "provision": after or before,
            "formerly": former,
            "segments": [s._asdict() for s in segments],
        }


_CONTEXT = 240


def _short(marked: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs with long unchanged passages cut: a reader needs what is near a change."""
    return tuple(
        run
        if run.kind != "same"
        else Run("same", _cut(run.words, first=n == 0, last=n == len(marked) - 1))
        for n, run in enumerate(marked)
    )


def _cut(text: str, *, first: bool, last: bool) -> str:
    most = _CONTEXT if first or last else 2 * _CONTEXT
    if len(text) <= most:
        return text
    front = "" if first else text[:_CONTEXT].rpartition(" ")[0] or text[:_CONTEXT]
    end = "" if last else text[-_CONTEXT:].partition(" ")[2] or text[-_CONTEXT:]
    return f"{front} … {end}" if front and end else f"{front} …" if front else f"… {end}"
