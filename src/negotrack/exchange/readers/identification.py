"""What the metadata of Akoma Ntoso say of a document: the facts of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.names import LONGEST
from negotrack.errors import Refusal, Rejected
from negotrack.exchange.readers.drafts import LONGEST_TITLE, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = {"ara": "ar", "chi": "zh", "eng": "en", "fra": "fr", "fre": "fr", "rus": "ru",
             "spa": "es", "zho": "zh"}  # fmt: skip
"""The languages of the United Nations by the codes of ISO 639-2; others keep theirs."""

_LEVELS = ("FRBRWork", "FRBRExpression")
_ATTRIBUTES = {
    "FRBRnumber": "value",
    "FRBRname": "value",
    "FRBRalias": "value",
    "FRBRdate": "date",
    "FRBRlanguage": "language",
}
_DAY = len("2023-01-16")


class Identification:
    """What is said of a document while it is read; that of its components is theirs."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._said: dict[tuple[str, str], str] = {}
        self._level = ""
        self._is_over = False
        self._title: list[str] = []
        self._title_depth = 0
        self._has_title = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name in _LEVELS:
            self._level = name
        if name in _ATTRIBUTES and self._level and not self._is_over:
            value = attributes.get(_ATTRIBUTES[name], "").strip()
            if value:
                self._said.setdefault((self._level, name), value)
        if self._title_depth:
            self._title_depth += 1
        elif name == "docTitle" and not self._has_title:
            self._title_depth = 1

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name in _LEVELS:
            self._level = ""
        self._is_over |= name == "meta"
        if self._title_depth:
            self._title_depth -= 1
            self._has_title = self._title_depth == 0

    def words(self, data: str) -> None:
        """Take in words: those of the title count, as many as a title can have."""
        if self._title_depth and len(self._title) < LONGEST_TITLE:
            self._title.append(data[: 2 * LONGEST_TITLE])

    def _of(self, name: str) -> str:
        work, expression = ((level, name) for level in _LEVELS)
        return self._said.get(expression) or self._said.get(work, "")

    def facts(self) -> tuple[dict[str, str], list[tuple[int, Refusal]]]:
        """Return the facts, and what is missing."""
        number = self._of("FRBRnumber")
        language = self._of("FRBRlanguage").lower()
        said = number or self._of("FRBRname")
        facts = {
            "document": _slug(said),
            "title": one_line("".join(self._title)) or one_line(self._of("FRBRalias")),
            "symbol": number if number != _slug(number) else "",
            "on": self._of("FRBRdate").partition("T")[0],
            "language": LANGUAGES.get(language, language),
        }
        found = {key: text for key, text in facts.items() if text}
        return found, [(1, refusal) for refusal in _missing(found, said)]


def _missing(found: dict[str, str], said: str) -> Iterator[Refusal]:
    sources = {
        "title": "neither a docTitle nor a FRBRalias",
        "on": "no FRBRdate",
        "language": "no FRBRlanguage",
    }
    if not said:
        sources["document"] = "neither a FRBRnumber nor a FRBRname"
    for key, lacks in sources.items():
        if key not in found:
            yield Rejected(f"the document has {lacks}", f"the draft takes its {key} from it")
    if said and not 0 < len(found.get("document", "")) <= LONGEST:
        yield Rejected(
            f"{said[:LONGEST]!r} makes no name of a document",
            f"{LONGEST} letters and digits at most",
        )


def _slug(text: str) -> str:
    import re  # it is compiled once for a document

    return "-".join(re.findall(r"[a-z0-9]+", text.lower(), re.ASCII))
