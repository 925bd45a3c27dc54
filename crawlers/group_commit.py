"""Store documents in groups: what arrives while one group is written is the next group.

Writing a file, waiting for the disk and committing cost the same for one document as for a few
dozen. A response still waits until its own document is in the archive and in the database.
"""

import asyncio
from pathlib import Path

from scrapy.utils.asyncio import run_in_thread
from sqlmodel import Session

from kb.stages.snapshot import (
    Arrival,
    Stored,
    insert_snapshots,
    plan_snapshots,
    write_snapshots,
)

_MAX_GROUP = 64


class SnapshotWriter:
    """Stores documents for all spiders of a run; only the files are written in a thread."""

    def __init__(self, session: Session, archive: Path) -> None:
        self.session = session
        self.archive = archive
        self._waiting: list[tuple[Arrival, asyncio.Future[Stored]]] = []
        self._is_writing = False

    async def store(self, arrival: Arrival) -> Stored:
        """Return when `arrival` is stored; raise what went wrong with its group."""
        done: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        if not self._is_writing:
            self._is_writing = True
            try:
                while self._waiting:
                    group = self._waiting[:_MAX_GROUP]
                    del self._waiting[:_MAX_GROUP]
                    await self._store_group(group)
            finally:
                self._is_writing = False
        return await done

    async def _store_group(self, group: list[tuple[Arrival, asyncio.Future[Stored]]]) -> None:
        try:
            planned = plan_snapshots(self.session, [arrival for arrival, _ in group])
            written = await run_in_thread(write_snapshots, self.archive, planned)
            insert_snapshots(self.session, written)
        except Exception as error:  # noqa: BLE001 (each document of the group must hear of it)
            self.session.rollback()
            for _, done in group:
                done.set_exception(error)
            return
        for stored, (_, done) in zip(planned, group, strict=True):
            done.set_result(stored)
