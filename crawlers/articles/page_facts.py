"""What a page says about itself: publisher, title and day of publication.

JSON-LD of an article (schema.org/Article: datePublished, publisher), else Open Graph
(ogp.me: article:published_time, og:site_name), else the usual meta tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from parsel import Selector

from kb.text.dates import parse_date
from kb.text.trees import Kind, Node, TreeError, parse_json

_ARTICLES = ("Article", "BlogPosting", "Report")
_MAX_SCRIPTS, _MAX_SCRIPT = 20, 500_000
_DAYS = (
    'meta[property="article:published_time"]::attr(content)',
    'meta[property="og:article:published_time"]::attr(content)',
    'meta[itemprop="datePublished"]::attr(content)',
    'meta[name="date"]::attr(content)',
    "article time[datetime]::attr(datetime)",
)
_TITLES = ('meta[property="og:title"]::attr(content)', "title::text", "h1::text")
_NAMES = ('meta[property="og:site_name"]::attr(content)',)


@dataclass(frozen=True)
class PageFacts:
    """Who publishes a page, its day (ISO) and its title; None where it does not say."""

    publisher: str | None = None
    published_on: str | None = None
    title: str | None = None


def read_page_facts(html: str) -> PageFacts:
    """Return what an HTML page says about itself."""
    page = Selector(text=html or "<html/>", type="html")
    publisher = day = None
    for article in _find_articles(page):
        publisher = publisher or article.words("publisher", "name")
        found = parse_date(article.words("datePublished"))
        day = day or found
    publisher = publisher or _find_first(page, _NAMES)
    for query in _DAYS:
        day = day or parse_date(page.css(query).get())
    title = _clean(_find_first(page, _TITLES))
    return PageFacts(_clean(publisher), day.isoformat() if day else None, title)


def _find_articles(page: Selector) -> Iterator[Node]:
    scripts = page.css('script[type="application/ld+json"]::text').getall()
    for script in scripts[:_MAX_SCRIPTS]:
        if len(script) > _MAX_SCRIPT:
            continue
        try:
            tree = parse_json(script)
        except TreeError:
            continue  # the page's text is read all the same
        yield from (node for node in _list_objects(tree) if _is_article(node))


def _list_objects(tree: Node) -> Iterator[Node]:
    """The objects at the top: one, a list of them, or a @graph."""
    graph = tree.get("@graph")
    for node in (tree, *tree.entries, *(graph.entries if graph else ())):
        if node.kind is Kind.OBJECT:
            yield node


def _is_article(node: Node) -> bool:
    kind = node.get("@type")
    names = [*(kind.strings() if kind else ()), node.words("@type") or ""]
    return any(name.endswith(_ARTICLES) for name in names)


def _find_first(page: Selector, queries: tuple[str, ...]) -> str | None:
    return next((found for query in queries if (found := page.css(query).get())), None)


def _clean(name: str | None) -> str | None:
    words = "".join(c for c in name or "" if c.isprintable()).strip()
    return words[:200] or None
