"""`python -m kb.cli.figures`: the figures in README.md, written from a fresh base."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import run_publish
from kb.cli.console import as_plain_text, err
from kb.domain.errors import UserError
from kb.exports.told_figures import find_figures, parse_list, read_values, write_figures
from kb.settings import Settings

PROJECT = Path(__file__).parents[2]
PAGE, LIST = PROJECT / "README.md", PROJECT / "docs" / "figures.yml"


def read_fresh_values(records: Path) -> dict[str, str]:
    """Return every figure as a base gives it that holds nothing but the records."""
    with TemporaryDirectory(prefix="kb-figures-") as home:
        settings = Settings(home=Path(home), database_url=None)
        run_init(settings)
        run_load(settings, records)
        run_judge(settings)
        return read_values(run_publish(settings).file, parse_list(LIST.read_text()).queries)


def main() -> None:
    """Write the figures, and say which of them changed."""
    before = PAGE.read_text()
    after = write_figures(before, read_fresh_values(PROJECT / "records"))
    PAGE.write_text(after)
    for old, new in zip(find_figures(before), find_figures(after), strict=True):
        if old.words != new.words:
            words = f"{PAGE.name}:{new.line}: {new.name}: {old.words} → {new.words}"
            err.print(as_plain_text(words), soft_wrap=True)
    err.print(f"{len(find_figures(after))} figures in {PAGE.name} are those of the records")


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        err.print(as_plain_text(f"figures: {error}"), soft_wrap=True)
        sys.exit(1)
