"""Store documents in groups: a few dozen at a time, or whatever arrived in a fifth of a second.

Waiting for the disk, asking the database and committing cost about the same for one document as
for a few dozen, so spiders go on meanwhile; all they take from a response are links. A crawl that
is killed asks again for what was still waiting here.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scrapy.utils.asyncio import run_in_thread
from sqlmodel import Session

from kb.stages.snapshot import (
    Arrival,
    Begun,
    Stored,
    begin_snapshots,
    finish_snapshots,
    plan_snapshots,
)
from kb.store.archive.warc_files import NamesThere

_GROUP = 64
_GROUP_BYTES = 4_000_000
_PATIENCE_S = 0.2
_MAX_WAITING = 192
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
        self.there = NamesThere(archive)
        self.on_stored = on_stored
        self.on_error = on_error
        self._waiting: list[Arrival] = []
        self._waiting_bytes = 0
        self._is_full = asyncio.Event()
        self._drains = 0
        self._task: asyncio.Task[None] | None = None

    async def add(self, arrival: Arrival) -> None:
        """Take a document; if many are waiting already, return once they are stored."""
        self._waiting.append(arrival)
        self._waiting_bytes += len(arrival.fetched.body)
        if self._is_group():
            self._is_full.set()
        if self._task is None:
            self._task = asyncio.create_task(self._store_all())
        if len(self._waiting) > _MAX_WAITING or self._waiting_bytes > _MAX_WAITING_BYTES:
            await self.drain()

    async def drain(self) -> None:
        """Return when everything taken so far is stored."""
        self._drains += 1
        self._is_full.set()
        try:
            if self._task is not None:
                await asyncio.shield(self._task)
        finally:
            self._drains -= 1

    async def _store_all(self) -> None:
        while self._waiting:
            if not self._drains and not self._is_group():
                self._is_full.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._is_full.wait(), _PATIENCE_S)
            await self._store(self._take_group())
        self._task = None

    def _is_group(self) -> bool:
        return len(self._waiting) >= _GROUP or self._waiting_bytes > _GROUP_BYTES

    def _take_group(self) -> list[Arrival]:
        group = self._waiting[:_GROUP]
        del self._waiting[:_GROUP]
        self._waiting_bytes -= sum(len(arrival.fetched.body) for arrival in group)
        return group

    async def _store(self, group: list[Arrival]) -> None:
        """Store a group; if that fails, store each document alone, so that one spoils no other."""
        try:
            planned = plan_snapshots(self.session, group)
            begun = await self._begin(planned)
            await run_in_thread(begun.wait)
            finish_snapshots(self.session, begun)
        except Exception as error:  # noqa: BLE001 (reported for each document)
            self.session.rollback()
            if len(group) == 1:
                self.on_error(group[0], error)
                return
            for arrival in group:
                await self._store([arrival])
            return
        for arrival, stored in zip(group, planned, strict=True):
            self.on_stored(arrival, stored)

    async def _begin(self, planned: list[Stored]) -> Begun:
        """Write small files at once, large ones in a thread.

        A thread takes the interpreter from the crawl more often than small files are worth;
        large ones are packed outside the interpreter's lock.
        """
        size = sum(len(stored.arrival.fetched.body) for stored in planned if stored.arrival)
        if size > _MAX_PACKED_HERE:
            return await run_in_thread(begin_snapshots, self.there, planned)
        return begin_snapshots(self.there, planned)
