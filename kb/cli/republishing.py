"""Judge and publish in the background, while results are still coming in."""

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self


class Republisher:
    """Calls `republish` in a thread of its own after each request, until the block ends.

    Requests that come during a call are met by one further call, so a slow edition holds up no
    test and a burst of results makes one edition. An error ends the thread; the block raises it
    at its end.
    """

    def __init__(self, republish: Callable[[], None]) -> None:
        self._republish = republish
        self._requested = Event()
        self._is_over = False
        self._error: Exception | None = None
        self._thread = Thread(target=self._work, name="republish")

    def request(self) -> None:
        """Ask for an edition that includes everything stored so far."""
        self._requested.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over = True
        self._requested.set()
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def _work(self) -> None:
        while self._requested.wait() and not self._is_over:
            self._requested.clear()
            try:
                self._republish()
            except Exception as error:  # noqa: BLE001 (raised where the block ends)
                self._error = error
                return
