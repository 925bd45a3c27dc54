"""Read what lists a site's pages: sitemap, sitemap index, RSS, Atom, or a page that names a feed.

Sitemaps: sitemaps.org/protocol.html (an index lists sitemaps, which list pages; at most
50,000 per file, packed with gzip or not). RSS 2.0: rssboard.org/rss-specification. Atom: RFC 4287.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin

from lxml import etree
from parsel import Selector
from scrapy.utils.gz import gunzip

from kb.text.dates import parse_date

_MAX_LINKS = 50_000
_MAX_UNPACKED = 50_000_000
_MAX_URL = 2000
_FEEDS = ("application/rss+xml", "application/atom+xml")
_LISTS = ("sitemapindex", "urlset", "rss", "feed", "RDF")


@dataclass(frozen=True)
class Link:
    """A page, or (`is_list`) another list; `day` is when it was published or last changed."""

    url: str
    is_list: bool = False
    day: date | None = None
    is_publication: bool = False


def read_links(body: bytes, base: str) -> list[Link]:
    """Return the links in a sitemap, a feed, or a page; in the page's order, without repeats.

    A page that names feeds gives those, any other page the pages it links to. What is packed
    larger than the bound raises an error of Scrapy's.
    """
    if body[:2] == b"\x1f\x8b":
        body = gunzip(body, max_size=_MAX_UNPACKED)
    root = _parse_xml(body)
    if root is not None and _name(root) in _LISTS:
        links = _read_list(root, base)
    else:
        links = _read_page(body, base)
    unique = {link.url: link for link in reversed(links) if link.url.startswith("http")}
    return [unique[url] for url in reversed(unique) if len(url) <= _MAX_URL][:_MAX_LINKS]


def _parse_xml(body: bytes) -> etree._Element | None:
    """Parse without expanding entities, fetching anything or building huge trees."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _read_list(root: etree._Element, base: str) -> list[Link]:
    links = []
    for entry in root.iter():
        kind = _name(entry)
        if kind in ("sitemap", "url"):
            links += _make_link(entry, base, "loc", ("lastmod",), kind == "sitemap")
        elif kind == "item":
            links += _make_link(entry, base, "link", ("pubDate", "date"), False)
        elif kind == "entry":
            links += _make_link(entry, base, "link", ("published", "updated"), False)
        if len(links) >= _MAX_LINKS:
            break
    return links


def _make_link(
    entry: etree._Element, base: str, key: str, days: tuple[str, ...], is_list: bool
) -> list[Link]:
    children: dict[str, etree._Element] = {}
    for child in entry:
        name = _name(child)
        is_other = name == "link" and child.get("rel") not in (None, "alternate")
        if not is_other:
            children.setdefault(name, child)
    if key not in children:
        return []
    where = (children[key].text or "").strip() or children[key].get("href") or ""
    named = next((name for name in days if name in children), None)
    day = parse_date(children[named].text) if named else None
    url = _join(base, where) if where else None
    return [Link(url, is_list, day, named in ("pubDate", "published", "date"))] if url else []


def _read_page(body: bytes, base: str) -> list[Link]:
    page = Selector(text=body.decode("utf-8", "replace") or "<html/>", type="html")
    feeds = [
        Link(url, True)
        for link in page.css("link[rel~=alternate][href]")
        if link.attrib.get("type") in _FEEDS and (url := _join(base, link.attrib["href"]))
    ]
    links = page.css("a::attr(href)").getall()
    return feeds or [Link(url) for href in links if (url := _join(base, href))]


def _join(base: str, href: str) -> str | None:
    try:
        return urldefrag(urljoin(base, href.strip())).url
    except ValueError:
        return None
