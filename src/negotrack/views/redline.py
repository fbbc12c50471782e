"""What changed between two texts, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views.pending import runs
from negotrack.views.shown import Shown, counted
from negotrack.wording.redlines import redline, redline_of_parts, two_layers
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.projections.texts.offer import Offer
    from negotrack.questions.texts import Side, SideText
    from negotrack.wording.redlines import Segment

    Addresses = dict[str, tuple[str | None, str | None]]
    """The addresses of provisions in the first text and in the second, None where it has none."""

_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: "".join(s["words"] for s in r["segments"]), wide=True),
)


def redline_of_offer(side: Side, offer: Offer) -> Shown:
    """Return what an offer would change: of the text, and of the offer that it amends."""
    ((key, (address, text)),) = side.parts.items()
    parent = offer.parent
    if parent is not None and parent.base is not None and parent.text is not None:
        segments = two_layers(words(parent.base), words(parent.text), words(text))
    else:
        segments = redline(words(offer.base or ""), words(text))
    return _shown(f"Redline of {side.name}", {key: segments}, {key: (None, address)})


def redline_of_two(one: Side, other: Side) -> Shown:
    """Return what the second text changes in the first.

    Where each has a single provision, these two are compared whatever they are known by. A side of
    parts is compared on its parts only.
    """
    before, after = dict(one.parts), dict(other.parts)
    if len(before) == len(after) == 1:
        before = dict(zip(after, before.values(), strict=True))
    for side, rest in ((one, after), (other, before)):
        for key in set(rest) - set(side.parts) if side.of_parts else ():
            rest.pop(key, None)
    segments = redline_of_parts(
        {key: words(part.text) for key, part in before.items()},
        {key: words(part.text) for key, part in after.items()},
    )
    addresses = {key: (_address(before.get(key)), _address(after.get(key))) for key in segments}
    return _shown(f"Redline of {one.name} and {other.name}", segments, addresses)


def _address(part: SideText | None) -> str | None:
    return None if part is None else part.address


def _shown(title: str, parts: dict[str, list[Segment]], addresses: Addresses) -> Shown:
    changed = {key: segments for key, segments in parts.items() if _is_changed(segments)}
    return Shown(
        title,
        list(_records(changed, addresses)),
        _COLUMNS,
        f"{counted(len(changed), 'provision')} changed of {len(parts):,}",
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
"""As many unchanged characters are shown on each side of a change."""


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
