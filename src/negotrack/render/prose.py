"""Running text for people: provisions with their headings, and what changed in them.

Marks are legible without colour: ``{-deleted-}`` and ``{+inserted+}``, ``{>1 …}`` for a passage
that went away and ``{<1 …}`` for the same one where it came to; doubled in the second layer.
Square brackets are left to the text, where they mean what is not agreed.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING

from negotrack.render import harmless
from negotrack.render.tones import painted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.render.answer import Answer
    from negotrack.render.runs import Passage, Run
    from negotrack.render.tones import Tone

_TONES: dict[str, Tone] = {"-": "against", "+": "for", ">": "between", "<": "between"}
_MARKS = {"deleted": ("-", "-"), "inserted": ("+", "+")}
_STYLE = (
    "article{margin:1.2rem 0}h2{font-size:1rem;margin:0}p{margin:.3rem 0;white-space:pre-line}"
    "del{background:#fdd;color:#900}ins{background:#dfd;color:#060}"
    "del.layer2{background:#fbb;text-decoration:line-through double}"
    "ins.layer2{background:#bfb;text-decoration:underline double}"
    ".moved-away,.moved-here{border-bottom:1px dotted #06c;color:#048}small{color:#555}"
)
_NARROWEST = 20
_BY_KIND = {
    "deleted": '<del class="layer{layer}">{words}</del>',
    "inserted": '<ins class="layer{layer}">{words}</ins>',
    "moved-away": '<del class="moved-away" title="move {move}">{words}</del>',
    "moved-here": '<ins class="moved-here" title="move {move}">{words}</ins>',
}
_IN_MARKDOWN = {
    "deleted": "~~{words}~~",
    "inserted": "**{words}**",
    "moved-away": "~~{words}~~ (moved, {move})",
    "moved-here": "**{words}** (moved here, {move})",
}


def rendered(answer: Answer, form: str, width: int, *, color: bool = False) -> Iterator[str]:
    """Yield an answer that is a text, as ``table`` (for a terminal), ``markdown`` or ``html``."""
    passages = answer.passages or ()
    if form == "html":
        return _page(answer, passages)
    return (
        _markdown(answer, passages)
        if form == "markdown"
        else _plain(answer, passages, width, color=color)
    )


# -- a terminal -------------------------------------------------------------------------------


def _plain(
    answer: Answer, passages: Iterable[Passage], width: int, *, color: bool
) -> Iterator[str]:
    width = max(width, _NARROWEST)
    if answer.about:
        yield f"{_wrapped(harmless.cell(answer.title), width)}\n"
    is_empty = True
    for passage in passages:
        is_empty = False
        yield f"\n{_wrapped(harmless.cell(passage.heading), width)}\n"
        for paragraph in "".join(map(marked, _by_line(passage.runs))).split("\n"):
            if paragraph.strip():
                lines = _wrapped(harmless.cell(paragraph), width, "  ", "  ")
                yield f"{_colored(lines) if color else lines}\n"
        for note in passage.notes:
            yield f"{_wrapped(harmless.cell(note), width, '  - ', '    ')}\n"
    nothing = "Nothing to show. " if is_empty else ""
    if answer.footer or is_empty:
        yield f"\n{_wrapped(nothing + answer.footer, width)}\n"


def _wrapped(paragraph: str, width: int, first: str = "", other: str = "") -> str:
    """Return a paragraph in lines: between words, and within those that are wider than a line."""
    if len(first) + len(paragraph) <= width:
        return first + paragraph
    words = paragraph.split(" ")
    if max(map(len, words)) > width - len(other):
        return textwrap.fill(
            paragraph, width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False
        )
    lines, line = [], first + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line += f" {word}"
        else:
            lines.append(line)
            line = other + word
    return "\n".join([*lines, line])


@cache
def _a_mark() -> re.Pattern[str]:
    return re.compile(r"\{([-+<>]).*?(?:\1|(?<![-+]))\}", re.DOTALL)


def _colored(lines: str) -> str:
    """Return wrapped text with its marks in colours."""
    return _a_mark().sub(lambda mark: painted(mark[0], _TONES[mark[1]], color=True), lines)


def _by_line(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs that end where a paragraph does; a break that came or went is marked as a sign."""
    for run in runs:
        if run.kind == "same":
            yield run
            continue
        for number, words in enumerate(run.words.split("\n")):
            if number:
                yield run._replace(words="¶")
                if run.kind in ("inserted", "moved-here"):
                    yield run._replace(kind="same", words="\n")
            if words:
                yield run._replace(words=words)


def marked(run: Run) -> str:
    """Return words with the marks of what happened to them; blanks at their ends stay outside."""
    words = run.words.strip()
    if run.kind == "same" or not words:
        return run.words if run.kind in ("same", "inserted", "moved-here") else ""
    front, end = _around(run.words, words)
    if run.kind in _MARKS:
        opened, closed = _MARKS[run.kind]
        inside = f"{opened * run.layer}{words}{closed * run.layer}"
    else:
        inside = f"{'>' if run.kind == 'moved-away' else '<'}{run.move} {words}"
    return f"{front}{{{inside}}}{end}"


def _around(words: str, inside: str) -> tuple[str, str]:
    begin = words.index(inside)
    return words[:begin], words[begin + len(inside) :]


# -- Markdown and HTML ------------------------------------------------------------------------


def _markdown(answer: Answer, passages: Iterable[Passage]) -> Iterator[str]:
    if answer.about:
        yield f"{harmless.markdown(answer.title)}\n"
    for passage in passages:
        yield f"\n## {harmless.markdown(passage.heading)}\n\n"
        paragraphs = "".join(map(_in_markdown, _by_line(passage.runs))).split("\n")
        yield "\n\n".join(paragraph.strip() for paragraph in paragraphs) + "\n"
        notes = "\n".join(f"- {harmless.markdown(note)}" for note in passage.notes)
        yield f"\n{notes}\n" if notes else ""
    if answer.footer:
        yield f"\n{harmless.markdown(answer.footer)}\n"


def _in_markdown(run: Run) -> str:
    words = run.words.strip()
    if not words:
        return run.words if run.kind in ("same", "inserted", "moved-here") else ""
    front, end = _around(run.words, words)
    safe = "\n".join(harmless.markdown(line) for line in words.split("\n"))
    form = _IN_MARKDOWN.get(run.kind, "{words}")
    return f"{front}{form.format(words=safe, move=run.move)}{end}"


def _page(answer: Answer, passages: Iterable[Passage]) -> Iterator[str]:
    from negotrack.render.html import head, safe

    yield head(answer.title, _STYLE)
    for passage in passages:
        yield f"<article>\n<h2>{safe(passage.heading)}</h2>\n<p>"
        yield "".join(map(_in_html, passage.runs))
        yield "</p>\n"
        notes = "".join(f"<li>{safe(note)}</li>" for note in passage.notes)
        yield f"<ul><small>{notes}</small></ul>\n" if notes else ""
        yield "</article>\n"
    yield f"<footer>{safe(answer.footer)}</footer>\n</body>\n</html>\n"


def _in_html(run: Run) -> str:
    from html import escape

    words = escape(harmless.visible(run.words), quote=True)
    form = _BY_KIND.get(run.kind, "{words}")
    return form.format(words=words, layer=run.layer, move=run.move)
