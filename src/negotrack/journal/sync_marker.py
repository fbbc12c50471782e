"""When store and journal were last in step: a note beside the store that makes sync cheap.

While neither the store nor a journal file has changed since, there is nothing to compare. A note
that is lost or cannot be read costs one full comparison, and nothing else.
"""

from typing import TYPE_CHECKING, NamedTuple

from negotrack.journal.files import Status, files

if TYPE_CHECKING:
    from negotrack.places import Places
    from negotrack.record.stores.protocol import Store

_HEADER = "negotrack in step 1"


class SyncMarker(NamedTuple):
    """When store and journal were in step: which store, up to where, and which files."""

    store: str = ""
    position: int = 0
    files: tuple[tuple[str, Status], ...] = ()


def read_marker(places: "Places") -> SyncMarker:
    """Return the noted state; the empty one where there is no usable note."""
    try:
        header, *rows = places.sync_marker.read_text(
            encoding="utf-8", errors="surrogateescape"
        ).splitlines()
        version, store, position = header.rsplit(" ", 2)
        noted = [row.split(" ", 4) for row in rows]
        if version != _HEADER:
            return SyncMarker()
        return SyncMarker(
            store,
            int(position),
            tuple((name, Status(*map(int, numbers))) for *numbers, name in noted),
        )
    except (OSError, ValueError, TypeError):
        return SyncMarker()


def write_marker(places: "Places", step: SyncMarker) -> None:
    """Note a state; a note that is lost costs one full comparison."""
    rows = [f"{_HEADER} {step.store} {step.position}"]
    rows += [" ".join(map(str, status)) + f" {name}" for name, status in step.files]
    beside = places.sync_marker.with_name("in-step.new")
    beside.write_text("\n".join(rows) + "\n", encoding="utf-8", errors="surrogateescape")
    beside.replace(places.sync_marker)


def journal_now(places: "Places") -> tuple[tuple[str, Status], ...]:
    """Return the journal files and their statuses as they are now."""
    cut = len(str(places.root)) + 1
    return tuple((path[cut:], status) for path, status in files(str(places.events)))


def is_in_step(places: "Places", store: "Store") -> bool:
    """Whether neither replica has changed since both were last found equal."""
    step = read_marker(places)
    return (
        step.store == store.identity
        and step.position == store.last()
        and step.files == journal_now(places)
    )
