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
    """The metadata of a document while it is read; those of its components are left out."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values: dict[tuple[str, str], str] = {}
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
                self._values.setdefault((self._level, name), value)
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
        return self._values.get(expression) or self._values.get(work, "")

    def facts(self) -> tuple[dict[str, str], list[tuple[int, Refusal]]]:
        """Return the facts that are there, and a refusal at line 1 for each that is missing."""
        number = self._of("FRBRnumber")
        language = self._of("FRBRlanguage").lower()
        name = number or self._of("FRBRname")
        values = {
            "document": _slug(name),
            "title": one_line("".join(self._title)) or one_line(self._of("FRBRalias")),
            "symbol": number if number != _slug(number) else "",
            "on": self._of("FRBRdate").partition("T")[0],
            "language": LANGUAGES.get(language, language),
        }
        facts = {key: text for key, text in values.items() if text}
        return facts, [(1, refusal) for refusal in _missing(facts, name)]


def _missing(facts: dict[str, str], name: str) -> Iterator[Refusal]:
    sources = {
        "title": "neither a docTitle nor a FRBRalias",
        "on": "no FRBRdate",
        "language": "no FRBRlanguage",
    }
    if not name:
        sources["document"] = "neither a FRBRnumber nor a FRBRname"
    for key, lacks in sources.items():
        if key not in facts:
            yield Rejected(f"the document has {lacks}", f"the draft takes its {key} from it")
    if name and not 0 < len(facts.get("document", "")) <= LONGEST:
        yield Rejected(
            f"{name[:LONGEST]!r} makes no name of a document",
            f"{LONGEST} letters and digits at most",
        )


def _slug(text: str) -> str:
    import re  # it is compiled once for a document

    return "-".join(re.findall(r"[a-z0-9]+", text.lower(), re.ASCII))
