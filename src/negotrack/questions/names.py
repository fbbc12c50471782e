"""What the words of people mean in a record: negotiations, names, aliases and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.addresses import is_below
from negotrack.domain.names import key, near, unknown
from negotrack.errors import Cure, Rejected, Usage

if TYPE_CHECKING:
    from negotrack.index.registered_names import RegisteredName, RegisteredNames
    from negotrack.storage import Storage


class NameBook:
    """The names of a record, by which everything that people type is resolved.

    Where a record has several negotiations and none is given, it is the one of the settings.
    """

    def __init__(self, storage: Storage) -> None:
        """Look names up in the index as it was last caught up."""
        self._storage = storage

    @property
    def _names(self) -> RegisteredNames:
        return self._storage.cached_index.names

    def oldest(self) -> str:
        """Return when the first entry was recorded, empty for an empty record."""
        return self._storage.cached_index.oldest()

    def negotiations(self) -> list[str]:
        """Return the slugs of the negotiations."""
        return self._names.negotiations()

    def negotiation(self, slug: str | None = None) -> str:
        """Return the negotiation asked for, the only one, or the one of the settings."""
        known = self._names.negotiations()
        if slug is None:
            slug = known[0] if len(known) == 1 else self._setting("negotiation")
        if slug is None:
            if not known:
                raise Rejected(
                    "the record is empty",
                    Cure.by("open-first-negotiation", "open a negotiation first"),
                )
            raise Usage(
                f"there are {len(known)} negotiations: {', '.join(known)}",
                Cure.by("choose-negotiation", "choose one"),
            )
        if slug not in known:
            raise Rejected(*unknown("negotiation", slug, known))
        return slug

    def _setting(self, name: str) -> str | None:
        import tomllib  # only where there are several negotiations

        path = self._storage.places.settings
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Rejected(f"{path} is not valid TOML: {error}") from error
        value = settings.get(name)
        return None if value is None else str(value)

    def registered(self, *nouns: str, negotiation: str | None = None) -> list[RegisteredName]:
        """Return everything of the record that has a name, or what is of some kinds."""
        return self._names.registered(self.negotiation(negotiation), *nouns)

    def is_known(self, word: str, *nouns: str, negotiation: str) -> bool:
        """Whether something of one of the kinds is known by a name or alias."""
        return bool(self._names.known_as(negotiation, key(word), nouns))

    def resolve(self, word: str, *nouns: str, negotiation: str | None = None) -> RegisteredName:
        """Return what a name or alias means; :class:`Rejected` with suggestions where nothing."""
        slug = self.negotiation(negotiation)
        if not isinstance(word, str):
            raise Rejected(f"{word!r} is no name", "give one name, as a text")
        names = self._names.known_as(slug, key(word), nouns)
        if not names and "delegation" in nouns:
            names = self._names.known_as(slug, key(self._registered_state(word, slug)), nouns)
        exact = [name for name in names if name.name == word] or names
        if len(exact) == 1:
            return exact[0]
        label = nouns[0] if len(nouns) == 1 else "name" if "delegation" in nouns else "target"
        if names:
            candidates = ", ".join(name.name for name in names)
            raise Rejected(f"{label} {word} is ambiguous", f"it could be {candidates}")
        known = self._names.registered(slug, *nouns)
        codes, titles = [name.name for name in known], [name.title for name in known if name.title]
        raise Rejected(*unknown(label, word, codes if near(word, codes) else titles))

    def _registered_state(self, word: str, negotiation: str) -> str:
        """Return the code of the state of this name; refuse one that is not registered."""
        from negotrack.domain.states import STATES  # only a refusal pays for it

        for state in STATES.values():
            if key(word) in map(key, (state.code, state.name, *state.aliases)):
                if self.is_known(state.code, "delegation", negotiation=negotiation):
                    return state.code
                raise Rejected(
                    f"{state.code} ({state.name}) is not registered in {negotiation}",
                    Cure.by("register", "register it first", code=state.code),
                )
        return word

    def addressed(self, word: str, *nouns: str, negotiation: str | None = None) -> tuple[str, str]:
        """Return (noun, name) of a provision or of another of the nouns.

        Where a record words paragraphs of an article and not the article, the article may be asked
        for.
        """
        try:
            name = self.resolve(word, *nouns, negotiation=negotiation)
        except Rejected:
            provisions = self.registered("provision", negotiation=negotiation)
            if not any(is_below(provision.name, word) for provision in provisions):
                raise
            return "provision", word
        return name.noun, name.name
