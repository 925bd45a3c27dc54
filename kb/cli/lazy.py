"""A group whose commands are imported when they are called, and no sooner."""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kb.cli.catalogue import Entry, list_entries
from kb.cli.sections import OTHERS, SECTIONS


class LazyCommand(TyperCommand):
    """Stands for a command: knows its name and help line, and loads the rest when it is called."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.name)
        self._entry = entry

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the help line, whole."""
        return self._entry.read_help_line()

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Hand over to the command itself; its context runs it, completes it or prints its help."""
        command = get_command(self._entry.load())
        command.name = self.name
        return command.make_context(info_name, args, parent, **extra)


class LazyGroup(TyperGroup):
    """All commands that are installed, listed by section."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {entry.name: LazyCommand(entry) for entry in list_entries()}

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each section with its commands and their help lines."""
        width = max(map(len, self.commands))  # one column for all sections
        for title, names in self._list_sections():
            rows = [(name.ljust(width), self.commands[name].get_short_help_str()) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows)

    def _list_sections(self) -> Iterator[tuple[str, list[str]]]:
        placed = {name for names in SECTIONS.values() for name in names}
        others = sorted(self.commands.keys() - placed)
        for title, names in [*SECTIONS.items(), (OTHERS, others)]:
            found = [name for name in names if name in self.commands]
            if found:
                yield title, found
