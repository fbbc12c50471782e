"""The names of the record: what each is the name of, looked up by name, alias and title."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from negotrack.index.file import IndexFile


class RegisteredName(NamedTuple):
    """A name of the record: what it is, and the days and time zone of it where it is a session.

    ``detail`` is the kind of a delegation or the options of an issue, ``id`` the entry that brought
    the name in.
    """

    noun: str
    name: str
    title: str
    detail: str
    first: str | None
    last: str | None
    zone: str | None
    id: str


class RegisteredNames:
    """The names of an index."""

    def __init__(self, file: "IndexFile") -> None:
        """Look at an index that is caught up."""
        self._db = file.db

    def negotiations(self) -> list[str]:
        """Return the slugs of the negotiations."""
        sql = "SELECT negotiation FROM name WHERE noun = 'negotiation' ORDER BY 1"
        return [slug for (slug,) in self._db.execute(sql)]

    def registered(self, negotiation: str, *nouns: str) -> list[RegisteredName]:
        """Return everything that has a name, or what is of one of the nouns, sorted by name."""
        of = f" AND noun IN ({','.join('?' * len(nouns))})" if nouns else ""
        sql = (
            "SELECT noun, name, title, detail, first, last, zone, id FROM name"
            f" WHERE negotiation = ?{of} ORDER BY noun, name"
        )
        return list(map(RegisteredName._make, self._db.execute(sql, (negotiation, *nouns))))

    def known_as(self, negotiation: str, key: str, nouns: tuple[str, ...]) -> list[RegisteredName]:
        """Return what is known by a name or alias, which are compared by their keys."""
        sql = (
            "SELECT n.noun, n.name, n.title, n.detail, n.first, n.last, n.zone, n.id"
            " FROM alias a JOIN name n ON n.negotiation = a.negotiation AND n.name = a.name"
            " WHERE a.negotiation = ? AND a.key = ? ORDER BY n.name"
        )
        names = map(RegisteredName._make, self._db.execute(sql, (negotiation, key)))
        return [name for name in names if name.noun in nouns]
