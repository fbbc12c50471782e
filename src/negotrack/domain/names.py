"""Names of things: slugs, delegation codes, near misses and look-alikes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from negotrack.errors import Cure

if TYPE_CHECKING:
    from collections.abc import Iterable

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
"""Lower-case words joined by ``-``, levels by ``/``: ``scope``, ``art-6/2``, ``preamble/3``."""

CODE = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
"""Upper-case code of a delegation: ``KEN``, ``EU``, ``ACCESS-NOW``. A state has its ISO code."""

ENGLISH = "en"
"""The language of a text where an entry names none; it is never written."""

LONGEST = 64
"""The most characters of a slug or a code."""

_SUGGESTIONS = 3
_PREFIX = r"[0-9a-f]{4,64}"

# Letters of other alphabets that look like Latin ones; only for suggestions, never for lookup.
_LOOKALIKES = str.maketrans(
    "АВСЕНІКМОРТХУаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIKMOPTXYaeopcyxiABEZHIKMNOPTYX"
)


def follows(pattern: str, name: str) -> bool:
    """Whether a name follows a grammar, to its last character."""
    return re.fullmatch(pattern, name, re.ASCII) is not None


def key(name: str) -> str:
    """Return the form in which names are compared: letter case does not matter, nothing else."""
    if name.isascii():
        return name.casefold()
    import unicodedata

    # A letter that is only a form of another (Kelvin sign, long s, full width) equals no other.
    return "".join(c.casefold() if unicodedata.normalize("NFKC", c) == c else c for c in name)


def a(noun: str) -> str:
    """Return a noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def is_id_prefix(text: str) -> bool:
    """Whether the text could be the beginning of an entry id: four or more hexadecimal digits."""
    return re.fullmatch(_PREFIX, text) is not None


def _skeleton(name: str) -> str:
    import unicodedata  # only a refusal pays for it

    folded = unicodedata.normalize("NFKD", name).translate(_LOOKALIKES)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


def _code_points(name: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in name if not " " <= c <= "~")


def near(text: str, names: Iterable[str]) -> list[str]:
    """Return up to three names that someone who typed ``text`` may have meant."""
    from difflib import get_close_matches  # only a refusal pays for it
    from os.path import commonprefix  # the same

    by_skeleton: dict[str, str] = {}
    for name in names:
        by_skeleton.setdefault(_skeleton(name), name)
    typed = _skeleton(text)
    skeletons = get_close_matches(typed, by_skeleton, n=4 * _SUGGESTIONS, cutoff=0.6)
    skeletons.sort(key=lambda name: len(commonprefix((name, typed))), reverse=True)  # noqa: RUF071
    return [by_skeleton[skeleton] for skeleton in skeletons[:_SUGGESTIONS]]


def unknown(noun: str, name: str, names: Iterable[str]) -> tuple[str, str | Cure]:
    """Return the sentence and the cure for a name that nothing has."""
    sentence = f"no {noun} {name}"
    odd = _code_points(name)
    if odd:
        sentence += f" (it contains {odd})"
    close = near(name, names)
    if close:
        return sentence, f"did you mean {', '.join(close)}?"
    return sentence, Cure.by("list-names", "look at the names that are known")
