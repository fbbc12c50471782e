"""Keeping store, journal and index in step, so that reading and writing can forget about it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from negotrack import clock
from negotrack.errors import Failed, Refusal, trouble
from negotrack.index.file import remove
from negotrack.index.index import Index
from negotrack.journal.sync_marker import is_in_step
from negotrack.places import Places
from negotrack.record.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from negotrack.domain.entries import Entry
    from negotrack.journal.sync import Synced
    from negotrack.record.application import Transaction
    from negotrack.record.stores.protocol import Store


class Storage:
    """The store, the journal and the index of one workspace.

    ``notices`` collects what a person should be told; ``progress`` is called with what is being
    done, how many entries of it are, and of how many, or 0 where that is not known.
    """

    def __init__(self, root: Path) -> None:
        """Name the places; nothing is opened before it is asked for."""
        self.notices: list[str] = []
        self.progress: Callable[[str, int, int], None] = lambda _what, _count, _of: None
        self._private: str | None = None
        self._store: Store | None = None
        self._index: Index | None = None
        self._wrote = False
        self.places = self._usable(Places(root))

    def close(self) -> None:
        """Close store and index; remove a private copy."""
        if self._index is not None:
            self._index.close()
        if self._store is not None:
            self._store.close()
        self._index = self._store = None
        if self._private is not None:
            import shutil  # only a read-only workspace pays

            shutil.rmtree(self._private, ignore_errors=True)

    def _usable(self, places: Places) -> Places:
        """Return the places, with the state elsewhere where it cannot be written."""
        try:
            places.state.mkdir(exist_ok=True)
        except OSError:
            pass
        else:
            files = [p for p in (places.store, places.lock, places.index) if p.exists()]
            if os.access(places.state, os.W_OK | os.X_OK) and all(
                os.access(path, os.W_OK) for path in files
            ):
                return places
        import tempfile
        from pathlib import Path

        self._private = tempfile.mkdtemp(prefix="negotrack-")
        self.notices.append(f"{places.state} cannot be written: reading from a private copy")
        return Places(places.root, Path(self._private))

    # -- reading ------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """The store, in step with the journal."""
        if self._store is None and self.places.store.exists():
            self._store = SqliteStore(self.places.store)
        if self._store is None or not is_in_step(self.places, self._store):
            with self._lock():
                self._sync()
        assert self._store is not None
        return self._store

    @property
    def index(self) -> Index:
        """The index, caught up with the store."""
        store = self.store
        if self._index is None:
            self._index = Index.fitting(self.places.index, store)
        if self._index is None or self._index.position() != store.last():
            with self._lock():
                self._catch_up()
        assert self._index is not None
        self._wrote = False
        return self._index

    @property
    def cached_index(self) -> Index:
        """The index as it was last caught up: for what one question asks more than once.

        Names are resolved by it, and what belongs to a question is read from it. A question itself
        begins with :attr:`index`.
        """
        return self.index if self._index is None or self._wrote else self._index

    # -- keeping in step ----------------------------------------------------------------------

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the workspace, with its store open. A private copy needs no lock."""
        if self._private is not None:
            self.open_store()
            yield
            return
        from negotrack.record.lock import only_writer  # readers in step need none

        with only_writer(self.places.lock):
            self.open_store()
            yield

    def open_store(self) -> Store:
        """Return the store as it is open now, made where there is none; in step or not."""
        if self._store is None:
            if not self.places.store.exists():
                from negotrack.record.stores.sqlite_recorder import make_store_file

                make_store_file(self.places.store)
            self._store = SqliteStore(self.places.store)
        return self._store

    def sync(self) -> Synced:
        """Make store and journal hold the same entries; a no-op where they already do."""
        with self._lock():
            return self._sync()

    def _sync(self) -> Synced:
        from negotrack.journal.sync import Synced, sync

        store = self.open_store()
        self._drop_index_ahead(store)
        if is_in_step(self.places, store):
            return Synced()
        done = sync(self.places, store, mend=self._private is None)
        self.notices += [
            f"a torn last line was moved to {path}; the rest is used" for path in done.quarantined
        ]
        return done

    def _drop_index_ahead(self, store: Store) -> None:
        """Remove an index that knows of more than the store holds: an older store was put back."""
        if self._index is None:
            self._index = Index.fitting(self.places.index, store)
        if self._index is not None and self._index.position() > store.last():
            self._index.close()
            self._index = None
            remove(self.places.index)

    def _catch_up(self) -> Index:
        store = self.open_store()
        self._drop_index_ahead(store)
        if self._index is None:
            self._index = Index.make(self.places.index, store)
        if self._index.position() != store.last():
            from negotrack.index.catchup import catch_up

            missing = store.last() - self._index.position()
            catch_up(self._index.file.db, store, lambda n: self.progress("indexing", n, missing))
        return self._index

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def changing(
        self, *, dry_run: bool = False
    ) -> Iterator[tuple[Transaction, Index, Callable[[Entry], Entry]]]:
        """Hand out a transaction, the index before it, and a stamp for drafts.

        Takes the lock and syncs first. At the end of the body the entries are committed to the
        store (from then on they are acknowledged) and appended to the journal; the index follows
        when it is next asked. With ``dry_run``, or where the body raises, nothing is kept.
        """
        from negotrack.record.stamping import stamper

        self._refuse_private()
        with self._lock():
            self._sync()
            index = self._catch_up()
            stamp = stamper(index.newest(), self.notices)
            with self.open_store().transaction(keep=not dry_run) as transaction:
                yield transaction, index, stamp
            if not dry_run:
                self._wrote = True
                self._sync()

    def rebuild(self, *, store: bool = False) -> int:
        """Make the index anew from the store; return the number of entries.

        With ``store``, set the store file aside first and make it anew from the journal.
        """
        from negotrack.record.lock import only_writer

        self._refuse_private()
        with only_writer(self.places.lock):
            if store:
                self._save_what_can_be_read()
            self.close()
            remove(self.places.index)
            if store:
                self._set_store_aside()
        return self.index.position()

    def _save_what_can_be_read(self) -> None:
        """Complete the journal from the store that is to be set aside, where it still can be."""
        try:
            if self.places.store.exists():
                self._sync()
        except Exception as error:
            refusal = error if isinstance(error, Refusal) else trouble(error)
            if refusal is None:
                raise
            self.notices.append(f"the old store could not be read to its end: {refusal.sentence}")

    def _set_store_aside(self) -> None:
        aside = f"store-{clock.now():%Y%m%dT%H%M%S%f}.aside"
        for suffix in ("", "-wal", "-shm"):
            path = self.places.store.with_name(self.places.store.name + suffix)
            if path.exists():
                path.rename(path.with_name(aside + suffix))
        self.notices.append(
            f"the old store is kept as {self.places.relative(self.places.state)}/{aside}"
        )

    def recorder(self) -> str:
        """Return by what name entries are stamped."""
        from negotrack.record.stamping import recorder

        return recorder()

    def _refuse_private(self) -> None:
        if self._private is not None:
            raise Failed(
                f"cannot write to {self.places.root / '.negotrack'}: no permission",
                "check the permissions of the folder and of the files in it",
            )
