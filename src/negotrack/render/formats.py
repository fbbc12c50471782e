"""The formats of answers: their names, who reads them, and the endings of their files."""

from typing import NamedTuple


class Format(NamedTuple):
    """A format: its name, the endings of its files, and whether it has every record whole.

    Tools get all that a record says; people get tables, pictures and running text.
    """

    name: str
    endings: tuple[str, ...] = ()
    for_tools: bool = False


ALL: tuple[Format, ...] = (
    Format("table", (".txt",)),
    Format("json", (".json",), for_tools=True),
    Format("jsonl", (".jsonl", ".ndjson"), for_tools=True),
    Format("csv", (".csv",), for_tools=True),
    Format("markdown", (".md", ".markdown")),
    Format("html", (".html", ".htm")),
)

FORMATS = tuple(one.name for one in ALL)
FOR_TOOLS = tuple(one.name for one in ALL if one.for_tools)
_BY_ENDING = {ending: one.name for one in ALL for ending in one.endings}


def form_of(path: str | None) -> str | None:
    """Return the format that the ending of a file's name says; None where it says none."""
    if path is None:
        return None
    _, dot, ending = path.rpartition(".")
    return _BY_ENDING.get(f"{dot}{ending}".lower()) if dot else None
