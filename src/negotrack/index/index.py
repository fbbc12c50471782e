"""The index of a store, open for reading: slices, names, coverage, the order of recording."""

from functools import cached_property
from typing import TYPE_CHECKING, Self

from negotrack.index.coverage import Coverage
from negotrack.index.file import IndexFile
from negotrack.index.registered_names import RegisteredNames
from negotrack.index.slices import Slices

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.index.recording import Recording
    from negotrack.record.stores.protocol import Store


class Index:
    """An open index. Each of its parts answers one kind of question about the same file."""

    def __init__(self, file: IndexFile) -> None:
        """Read from an index file that fits its store."""
        self.file = file
        self.slices = Slices(file)
        self.names = RegisteredNames(file)
        self.coverage = Coverage(file, self.slices)

    @cached_property
    def recording(self) -> "Recording":
        """The order in which entries were recorded, which few questions are about."""
        from negotrack.index.recording import Recording

        return Recording(self.file)

    @classmethod
    def make(cls, path: "Path", store: "Store") -> Self:
        """Open the index of a store, made anew where there is none that fits."""
        return cls(IndexFile.make(path, store))

    @classmethod
    def fitting(cls, path: "Path", store: "Store") -> Self | None:
        """Open the index if there is one of this store and layout; None, and no change, if not."""
        file = IndexFile.fitting(path, store)
        return None if file is None else cls(file)

    def position(self) -> int:
        """Return the notification id up to which the index is caught up."""
        return self.file.position()

    def oldest(self) -> str:
        """Return the earliest recorded_at of the record, empty for none."""
        return self.file.oldest()

    def newest(self) -> str:
        """Return the latest recorded_at of the record, empty for none."""
        return self.file.newest()

    def close(self) -> None:
        """Close the file."""
        self.file.close()
