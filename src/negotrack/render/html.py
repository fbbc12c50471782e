"""One HTML page that makes no request and runs nothing, whatever the record contains."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from negotrack.render import harmless
from negotrack.render.answer import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.render.answer import Answer

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}"
    "th{border-bottom:2px solid #555}footer{margin-top:1rem;color:#555}"
)


def safe(value: str) -> str:
    """Return text on one line in which nothing is markup."""
    return escape(harmless.cell(value), quote=True)


def head(title: str, style: str = "") -> str:
    """Return a page down to its heading; ``style`` is added to that of all pages."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n"
        f"<h1>{safe(title)}</h1>\n"
    )


def page(answer: Answer) -> Iterator[str]:
    """Yield the page in pieces."""
    yield head(answer.title)
    for part in answer.for_people():
        yield from _table(part if isinstance(part, Part) else part.part())
    yield f"<footer>{safe(answer.footer)}</footer>\n</body>\n</html>\n"


def _table(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"<h2>{safe(part.heading)}</h2>\n"
    yield "<table>\n<thead><tr>"
    yield "".join(f"<th>{safe(column.heading)}</th>" for column in part.columns)
    yield "</tr></thead>\n<tbody>\n"
    for record in part.rows:
        cells = "".join(f"<td>{safe(column.text(record))}</td>" for column in part.columns)
        yield f"<tr>{cells}</tr>\n"
    yield "</tbody>\n</table>\n"
