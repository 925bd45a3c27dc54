"""Store documents in groups: what arrives while one group is written is the next group.

Writing a file, waiting for the disk and committing cost the same for one document as for a few
dozen, so spiders go on meanwhile; all they take from a response are links. A crawl that is killed
asks again for what was still waiting here.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from scrapy.utils.asyncio import run_in_thread
from sqlmodel import Session

from kb.stages.snapshot import (
    Arrival,
    Stored,
    insert_snapshots,
    pack_snapshots,
    plan_snapshots,
    write_snapshots,
)

_MAX_GROUP = 64
_MAX_WAITING = 128
_MAX_PACKED_HERE = 1_000_000
_MAX_WAITING_BYTES = 64_000_000


class SnapshotWriter:
    """Stores documents for all spiders of a run."""

    def __init__(
        self,
        session: Session,
        archive: Path,
        on_stored: Callable[[Arrival, Stored], None],
        on_error: Callable[[Arrival, Exception], None],
    ) -> None:
        self.session = session
        self.archive = archive
        self.on_stored = on_stored
        self.on_error = on_error
        self._waiting: list[Arrival] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, arrival: Arrival) -> None:
        """Take a document; when many wait already, return once they are stored."""
        self._waiting.append(arrival)
        if self._task is None:
            self._task = asyncio.create_task(self._store_all())
        size = sum(len(each.fetched.body) for each in self._waiting)
        if len(self._waiting) > _MAX_WAITING or size > _MAX_WAITING_BYTES:
            await self.drain()

    async def drain(self) -> None:
        """Return when everything taken so far is stored."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _store_all(self) -> None:
        while self._waiting:
            group = self._waiting[:_MAX_GROUP]
            del self._waiting[:_MAX_GROUP]
            await self._store(group)
        self._task = None

    async def _store(self, group: list[Arrival]) -> None:
        """Store a group; when it fails, each document alone, so that one spoils no other."""
        try:
            planned = plan_snapshots(self.session, group)
            insert_snapshots(self.session, await self._write(planned))
        except Exception as error:  # noqa: BLE001 (told for each document)
            self.session.rollback()
            if len(group) == 1:
                self.on_error(group[0], error)
                return
            for arrival in group:
                await self._store([arrival])
            return
        for arrival, stored in zip(group, planned, strict=True):
            self.on_stored(arrival, stored)

    async def _write(self, planned: list[Stored]) -> list[Stored]:
        """Write files in a thread.

        A thread that also packed small pages would take the interpreter from the crawl more often
        than it helps; large ones are packed in it, outside the interpreter's lock.
        """
        size = sum(len(each.arrival.fetched.body) for each in planned if each.arrival)
        if size > _MAX_PACKED_HERE:
            packed = await run_in_thread(pack_snapshots, self.archive, planned)
        else:
            packed = pack_snapshots(self.archive, planned)
        return await run_in_thread(write_snapshots, self.archive, packed)
