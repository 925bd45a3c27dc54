"""What a crawl prints when it is over."""

from crawlers.archiving.context import CrawlReport
from kb.cli.console import as_plain_text, err
from kb.stages.extract import ExtractReport
from kb.stages.replay import ReplayReport
from kb.text.counting import count_things

_MAX_SHOWN = 50


def print_report(replayed: ReplayReport, crawled: CrawlReport, read: ExtractReport) -> None:
    """Print the counts, then every refusal and failure with its reason."""
    if replayed.documents or replayed.failed:
        records = count_things(replayed.documents, "record")
        err.print(f"replay: {records} ({replayed.new_snapshots} new)")
    for reason, count in sorted(replayed.left_out.items()):
        err.print(as_plain_text(f"  left out: {count} {reason}"), soft_wrap=True)
    err.print(
        f"crawl: {count_things(crawled.documents, 'document')} ({crawled.new_snapshots} new); "
        f"read {read.documents}: {count_things(read.releases, 'release')}, "
        f"{count_things(read.kept, 'claim or result', 'claims and results')} kept, "
        f"{read.excluded} left out, {read.failed} failed"
    )
    _print_reasons("", crawled.refused)
    _print_reasons("failed: ", {**replayed.failed, **crawled.failed, **read.unread})
    for stopped in crawled.stopped:
        err.print(as_plain_text(f"  stopped early: {stopped}; run the same command to continue"))


def _print_reasons(word: str, reasons: dict[str, str]) -> None:
    """Print one line per address, cut short where there are very many; --json has them all."""
    for place, reason in list(reasons.items())[:_MAX_SHOWN]:
        first = reason.splitlines()[0] if reason else "no reason given"
        err.print(as_plain_text(f"  {word}{place[:300]}: {first[:300]}"), soft_wrap=True)
    if len(reasons) > _MAX_SHOWN:
        err.print(f"  and {len(reasons) - _MAX_SHOWN} more (--json lists them)")
