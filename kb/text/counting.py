"""Words that follow from figures, alike on the terminal and on pages."""


def count_things(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: 1 claim, 45 claims."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
