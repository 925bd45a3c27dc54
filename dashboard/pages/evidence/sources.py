"""Sources: every document that a claim or result comes from, and the copies we keep."""

from collections import Counter

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head, show_section
from dashboard.reads.published import Row
from dashboard.reads.sources import read_snapshots, read_sources
from dashboard.wording.markup import Content, link_out, make_table, tag
from dashboard.wording.words import join_words, name_key, write_time
from kb.text.counting import count_things


def show_page() -> None:
    """Lay out the sources and their snapshots."""
    edition = get_edition()
    sources = read_sources(edition)
    show_head("Sources", "Where claims and results come from", _tell_kinds(sources))
    if sources:
        heads = (
            "Source",
            "Type",
            "Sightings",
            "Results",
            "Snapshots",
            "Read on",
            "Fingerprint of the text (SHA-256)",
        )
        show(make_table(heads, (_make_cells(row) for row in sources), css="ac-sources"))
    else:
        show_empty("There are no sources yet. Run `kb load` and `kb publish`.")
    _show_snapshots(read_snapshots(edition))


_NOUNS = {"press": "press article", "research": "research item", "forum": "forum thread"}


def _count_kind(kind: str, count: int) -> str:
    return count_things(count, _NOUNS.get(kind) or name_key(kind))


def _tell_kinds(sources: list[Row]) -> str:
    kinds = Counter(row["kind"] for row in sources)
    told = join_words(_count_kind(kind, count) for kind, count in kinds.most_common())
    return f"{count_things(len(sources), 'source')}: {told}." if sources else ""


def _make_cells(row: Row) -> list[Content]:
    counts = (row["sightings"], row["results"], row["snapshots"])
    digest = row["text_sha256"]
    return [
        tag("span", link_out(row["url"], row["title"]), tag("small", row["publisher"])),
        name_key(row["kind"]),
        *(f"{count:,}" for count in counts),
        tag("span", str(row["read_on"] or ""), css="ac-day"),
        tag("code", digest, title=digest) if digest else "",
    ]


def _show_snapshots(snapshots: list[Row]) -> None:
    show_section(
        "Snapshots",
        "Copies of pages and files as they were fetched, kept in WARC, the web archives' format.",
    )
    if not snapshots:
        show_empty("Nothing has been fetched yet. Run `kb crawl`.")
        return
    heads = ("Source", "Fetched", "HTTP status", "Media type", "Bytes", "Fingerprint (SHA-256)")
    show(make_table(heads, (_make_snapshot(row) for row in snapshots), css="ac-sources"))


def _make_snapshot(row: Row) -> list[Content]:
    return [
        tag("span", link_out(row["url"], row["title"]), tag("small", row["publisher"])),
        write_time(row["fetched_at"]),
        row["http_status"],
        row["media_type"],
        f"{row['size_bytes']:,}",
        tag("code", row["sha256"], title=row["sha256"]),
    ]


PAGE = Page("Sources", "sources", show_page, Group.EVIDENCE, order=10)
