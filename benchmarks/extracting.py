"""The entry about reading claims: documents a second, against plain parsers of the same ones."""

from dataclasses import replace

from markdown_it import MarkdownIt
from parsel import Selector

from benchmarks.support.measuring import Measured, time_beside
from crawlers.sources.source import EXTRACTORS
from kb.domain.found import Extractor, ReadDocument
from tests.crawlers.fixture_files import list_cases, open_case

_TIMES = 50
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def measure_extraction() -> Measured:
    """Reading the project's own HTML and Markdown fixtures, against parsing them only."""
    documents = _load_documents()
    timed = time_beside(
        lambda: [extractor.read(document) for extractor, document in documents],
        "parsel (HTML) and markdown-it (Markdown), all texts of the same documents",
        lambda: [_parse(document) for _, document in documents],
    )
    notes = {
        "documents": len(documents),
        "bytes_per_document": sum(len(document.body) for _, document in documents) / len(documents),
        "ms_per_document": 1000 * timed.value / len(documents),
    }
    ours, theirs = (len(documents) / seconds for seconds in (timed.value, timed.baseline_value))
    return replace(timed, value=ours, unit="docs/s", baseline_value=theirs, notes=notes)


def _load_documents() -> list[tuple[Extractor, ReadDocument]]:
    """Return each fixture that is a text for people, many times, with its extractor."""
    found = [(EXTRACTORS[name.split("/")[0]], open_case(name)) for name in list_cases()]
    return [case for case in found if _is_html(case[1]) or _is_markdown(case[1])] * _TIMES


def _is_html(document: ReadDocument) -> bool:
    return "html" in document.headers.get("content-type", "")


def _is_markdown(document: ReadDocument) -> bool:
    return document.url.endswith(".md")


def _parse(document: ReadDocument) -> list[str]:
    if _is_html(document):
        return Selector(document.text).xpath("//text()").getall()
    return [token.content for token in _MARKDOWN.parse(document.text)]
