"""The kinds of entry by the nouns that people type."""

from __future__ import annotations

from negotrack.errors import Usage


def type_of_noun(noun: str) -> str:
    """Return the entry type that a noun, or the type itself, means."""
    from negotrack.domain.catalogue import BY_NOUN
    from negotrack.domain.names import near

    types = {name: kind.type for name, kind in BY_NOUN.items()}
    if noun in types.values():
        return noun
    if noun not in types:
        close = near(noun, types)
        hint = f"did you mean {', '.join(close)}?" if close else f"it is one of {', '.join(types)}"
        raise Usage(f"no kind of entry {noun}", hint)
    return types[noun]
