"""Go through readings at the terminal: one key for each decision, committed at once."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlmodel import Session

from kb.cli.console import as_plain_text, err
from kb.cli.contributing.reviewing.showing import show_reading, write_claim
from kb.domain.errors import UserError
from kb.domain.review.decisions import Choice, Scope
from kb.linking.mended_readings import Mending
from kb.stages.review import Said, decide
from kb.store.review.readings import MachineReading
from kb.text.counting import count_things

KEYS = "a accept · r reject · m mend · s skip · t whole table or document · u undo · q quit"
REASONS = {
    Choice.ACCEPTED: "the words say so",
    Choice.REJECTED: "the words do not say this",
    Choice.MENDED: "the words say something else",
    Choice.WITHDRAWN: "decided by mistake",
}


@dataclass
class ReviewSession:
    """One sitting: what waits, who decides, what was decided so far."""

    session: Session
    archive: Path
    waiting: Sequence[MachineReading]
    author: str
    reason: str | None = None
    read_key: Callable[[], str] = click.getchar
    ask: Callable[[str], str] = input
    counts: Counter[str] = field(default_factory=Counter)
    keys_pressed: int = 0
    _at: int = 0
    _done: set[str] = field(default_factory=set)
    _steps: list[tuple[int, list[MachineReading]]] = field(default_factory=list)

    def run(self) -> None:
        """Show one reading after the other until none waits, or the reviewer stops."""
        started = time.monotonic()
        err.print(KEYS, style="dim")
        actions = {
            "a": lambda reading: self._decide([reading], Choice.ACCEPTED),
            "r": lambda reading: self._decide([reading], Choice.REJECTED),
            "m": lambda reading: self._mend([reading]),
            "s": self._skip,
            "t": self._decide_many,
            "u": self._undo,
        }
        while (reading := self._find_next()) is not None:
            progress = f"{len(self._done) + 1} of {len(self.waiting)}"
            show_reading(reading, reading.find_surroundings(self.archive), progress)
            key = self._press()
            if key == "q":
                break
            try:
                actions.get(key, self._explain)(reading)
            except UserError as error:
                err.print(as_plain_text(f"  not done: {error}", "yellow"), soft_wrap=True)
        self._sum_up(time.monotonic() - started)

    def _find_next(self) -> MachineReading | None:
        while self._at < len(self.waiting) and self.waiting[self._at].key in self._done:
            self._at += 1
        return self.waiting[self._at] if self._at < len(self.waiting) else None

    def _press(self) -> str:
        self.keys_pressed += 1
        key = self.read_key()
        return "q" if key in ("\x03", "\x04", "") else key.lower()

    def _explain(self, _reading: MachineReading) -> None:
        err.print(f"  {KEYS}", style="yellow")

    def _skip(self, reading: MachineReading) -> None:
        self._done.add(reading.key)
        self._steps.append((self._at, [reading]))
        self.counts["skipped"] += 1

    def _decide(
        self,
        readings: list[MachineReading],
        choice: Choice,
        scope: Scope = Scope.ONE,
        mending: Mending | None = None,
    ) -> None:
        said = Said(choice, self.author, self.reason or REASONS[choice], scope, mending)
        decide(self.session, readings, said)
        self._done |= {reading.key for reading in readings}
        self._steps.append((self._at, readings))
        self.counts[choice.value] += len(readings)
        err.print(f"  {choice.value}: {count_things(len(readings), 'reading')}", style="green")

    def _decide_many(self, reading: MachineReading) -> None:
        """All that waits in the same table, or in the same document."""
        left = [other for other in self.waiting if other.key not in self._done]
        document = [other for other in left if other.snapshot.id == reading.snapshot.id]
        table = [other for other in document if other.table == reading.table and other.table]
        err.print(f"  t this table ({len(table)}) · d this document ({len(document)})")
        scope = {"t": Scope.TABLE, "d": Scope.DOCUMENT}.get(self._press())
        chosen = {Scope.TABLE: table, Scope.DOCUMENT: document}.get(scope or Scope.ONE, [])
        if scope is None or not chosen:
            raise UserError("nothing was chosen")
        for other in chosen:
            err.print(as_plain_text(f"    {write_claim(other)}"), soft_wrap=True)
        err.print(f"  a accept · r reject · m mend all {len(chosen)}; any other key: none of them")
        choice = self._press()
        if choice == "m":
            self._mend(chosen, scope)
        elif choice in "ar":
            self._decide(chosen, Choice.ACCEPTED if choice == "a" else Choice.REJECTED, scope)

    def _mend(self, readings: list[MachineReading], scope: Scope = Scope.ONE) -> None:
        err.print("  Enter keeps what was read.")
        parts = {
            "model": self._ask("model"),
            "claimed": self._ask("value, with its unit") if len(readings) == 1 else None,
            "type": self._ask("claim type"),
            "metric": self._ask("test, for a score"),
        }
        try:
            self._decide(readings, Choice.MENDED, scope, Mending(**parts))
        except UserError as error:
            if "name its vendor" not in str(error):
                raise
            parts["vendor"] = self._ask(f"{error}; vendor")
            self._decide(readings, Choice.MENDED, scope, Mending(**parts))

    def _ask(self, words: str) -> str | None:
        err.print(as_plain_text(f"  {words}: "), end="")
        given = self.ask("").strip()
        self.keys_pressed += len(given) + 1
        return given or None

    def _undo(self, _reading: MachineReading) -> None:
        if not self._steps:
            raise UserError(
                "nothing was decided yet; `kb review readings --withdraw KEY` undoes more"
            )
        self._at, readings = self._steps.pop()
        self._done -= {reading.key for reading in readings}
        said = Said(Choice.WITHDRAWN, self.author, REASONS[Choice.WITHDRAWN])
        decide(self.session, readings, said)
        self.counts["undone"] += len(readings)

    def _sum_up(self, seconds: float) -> None:
        told = (
            ", ".join(f"{n} {name}" for name, n in sorted(self.counts.items())) or "nothing decided"
        )
        left = len(self.waiting) - len(self._done)
        err.print(
            f"{told or 'nothing decided'}; {self.keys_pressed} keys in {seconds:.0f} s; "
            f"{left} still wait; "
            "next: kb judge, kb publish"
        )
