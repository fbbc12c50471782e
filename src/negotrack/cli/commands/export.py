"""``negotrack export``: the whole record, for other tools; or a document as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import put
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import negotiation, option, output
from negotrack.cli.progress import showing
from negotrack.domain.names import ENGLISH
from negotrack.errors import Rejected, Usage
from negotrack.render.answer import Answer
from negotrack.render.formats import FOR_TOOLS
from negotrack.render.out import deliver
from negotrack.views.export import entry_record, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.render.answer import Record
    from negotrack.workspace import Workspace


@click.command()
@option("--document", type=NameParam("document"), help="Only this, as a draft in Markdown.")
@option("--language", metavar="TAG", help="Of the document; English where none is given.")
@negotiation
@output(default="jsonl", forms=FOR_TOOLS, tables=False)
def command(
    document: str | None,
    language: str | None,
    negotiation: str | None,
    form: str,
    output: str | None,
    *,
    raw: bool,
) -> None:
    """The whole record, every entry as it was logged, corrections and retractions among them.

    \b
      negotrack export -o record.jsonl
      negotrack export --format csv -o record.csv
      negotrack export --document rev-2 -o rev-2.md

    JSON Lines are the journal's own lines, and CSV has every field in a column; `negotrack import`
    takes both back without loss. For a selection of entries use timeline or replay. A document with
    the words of its provisions is written in the form that `negotrack import --as draft` reads.
    """
    if document is None and language is not None:
        raise Usage("--language is the language of a document", "name it: --document SLUG")
    if document is not None and (_is_given("form") or _is_given("json") or raw):
        raise Usage("a document has one form", "leave out --format and --raw")
    with workspace() as opened, showing(opened):
        where = opened.names.negotiation(negotiation)
        if document is not None:
            deliver(_draft(opened, where, document, language or ENGLISH), output)
            return
        entries = opened.entries.recorded(where)
        if form == "jsonl":
            deliver((stored.line.decode() + "\n" for stored in entries), output)
            return
        shown = record(where, map(_flat() if form == "csv" else entry_record, entries))
        answer = Answer(shown.title, shown.records, shown.columns)
        put(answer, form, output, raw=raw)


def _is_given(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is not click.core.ParameterSource.DEFAULT


def _draft(opened: Workspace, where: str, word: str, language: str) -> Iterator[str]:
    from negotrack.exchange.markdown import written
    from negotrack.exchange.writers.drafted import drafted
    from negotrack.use_cases.documents import Documents

    slug = opened.names.resolve(word, "document", negotiation=where).name
    documents = Documents(opened.storage.index, where)
    issued, wordings = documents.document(slug), documents.wordings(slug)
    chosen = {act.target: act.fields for act in reversed(wordings) if act.language == language}
    if issued is None or not chosen:
        others = ", ".join(sorted({act.language for act in wordings}))
        raise Rejected(
            f"the record has no words of {slug} in {language}",
            f"it has them in {others}" if others else "import them: --as draft",
        )
    in_order = sorted(chosen.values(), key=lambda fields: fields.get("place", 0))
    is_original = documents.first_language(slug) == language
    return written(*drafted(issued.fields, in_order, is_original=is_original))


def _flat() -> Callable[[StoredEntry], Record]:
    """Return what makes a row of an entry; only CSV pays for it."""
    from negotrack.exchange.flat import flat

    return flat
