"""Sites' articles over real HTTP: sitemaps, feeds, pages that name them; caps; hostile lists."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from crawlers.articles.attribution import find_attribution
from crawlers.articles.discovery import read_links
from crawlers.articles.page_facts import read_page_facts
from crawlers.articles.same_site import is_same_site
from kb.store.database import open_session
from kb.tables import Claim, Sighting, Source
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

NEW = datetime.now(UTC).date() - timedelta(days=3)
OLD = NEW - timedelta(days=400)
HTML = "text/html; charset=utf-8"
XML = "application/xml"


def make_article(name, window, extra=""):
    text = (
        f"<html><head>{extra}</head><body><h1>{name} is here</h1>"
        f"<p>Toys said that {name} has a context window of {window} tokens.</p></body></html>"
    )
    return Page(text.encode(), HTML)


def make_sitemap(url, pages):
    rows = "".join(
        f"<url><loc>{url}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in pages
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{rows}</urlset>'.encode()


def make_index(url, *paths):
    rows = "".join(f"<sitemap><loc>{url}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{rows}</sitemapindex>".encode()


def read_windows(settings):
    with open_session(settings.url) as session:
        return {claim.subject_text: claim.claimed_value for claim in session.exec(select(Claim))}


@pytest.mark.crawl
def test_a_sitemap_with_index_and_gzip(settings):
    pages = {}
    with serve(pages) as (url, asked):
        listed = [("/blog/a", NEW), ("/blog/b", None), ("/blog/old", OLD), ("/jobs/x", NEW)]
        pages |= {
            "/sitemap.xml": Page(
                make_index(url, "/one.xml.gz", "/one.xml.gz", "/sitemap.xml"), XML
            ),
            "/one.xml.gz": Page(gzip.compress(make_sitemap(url, listed)), "application/gzip"),
            "/blog/a": make_article("Toybox-7B", "32,000"),
            "/blog/b": make_article("Toybox-70B", "128,000"),
        }
        done = run_kb(
            settings, "crawl", "--site", f"{url}/sitemap.xml", "--publisher", "Toys", "--vendor",
            "Toys", "--only", "/blog/", "--max-age-days", "90",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not {"/blog/old", "/jobs/x"} & set(asked)
    assert asked["/one.xml.gz"] == 1
    assert read_windows(settings) == {"Toybox-7B": 32_000, "Toybox-70B": 128_000}
    with open_session(settings.url) as session:
        sources = session.exec(select(Source)).all()
    assert {source.kind for source in sources} == {"vendor_page"}
    assert {source.publisher for source in sources} == {"Toys"}


@pytest.mark.crawl
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_of_the_press_that_a_page_names(settings, form):
    pages = {}
    with serve(pages) as (url, asked):
        rss = (
            f"<rss version='2.0'><channel><link>{url}/</link><item><title>x</title>"
            f"<link>{url}/toy</link><pubDate>{NEW:%a, %d %b %Y} 08:00:00 GMT</pubDate></item>"
            "<item><link>https://elsewhere.example/toy</link></item></channel></rss>"
        )
        atom = (
            "<feed xmlns='http://www.w3.org/2005/Atom'>"
            f"<link rel='self' href='{url}/feed'/><entry><link rel='alternate' href='/toy'/>"
            f"<published>{NEW}T08:00:00Z</published></entry></feed>"
        )
        front = f"<html><link rel='alternate' type='application/{form}+xml' href='/feed'>x</html>"
        facts = "<meta property='og:site_name' content='The Toy Times'>"
        pages |= {
            "/": Page(front.encode(), HTML),
            "/feed": Page((rss if form == "rss" else atom).encode(), XML),
            "/toy": make_article("Toybox-70B", "128,000", facts),
        }
        done = run_kb(settings, "crawl", "--site", f"{url}/", "--kind", "press", "--vendor", "Toys")
    assert done.returncode == 0, done.stderr
    assert ("1 link to other sites" in done.stderr) == (form == "rss")
    assert set(asked) == {"/robots.txt", "/", "/feed", "/toy"}
    with open_session(settings.url) as session:
        (sighting,) = session.exec(select(Sighting)).all()
        (source,) = session.exec(select(Source)).all()
    assert sighting.said_on == NEW.isoformat()
    assert (source.kind, source.published_on) == ("press", NEW)


@pytest.mark.crawl
def test_a_page_without_a_feed_gives_its_links_within_the_cap(settings):
    pages = {}
    links = "".join(f"<a href='/p/{n}'>x</a>" for n in range(30))
    with serve(pages) as (url, asked):
        pages |= {f"/p/{n}": make_article(f"Toybox-{n + 1}B", "4,000") for n in range(30)}
        pages["/"] = Page(f"<html><a href='javascript:x'>{links}</html>".encode(), HTML)
        done = run_kb(settings, "crawl", "--site", f"{url}/", "--max-pages", "5")
    assert "more than 5 pages" in done.stderr
    assert len([path for path in asked if path.startswith("/p/")]) == 5
    assert len(read_windows(settings)) == 5


@pytest.mark.crawl
def test_lists_without_end_are_ended(settings):
    """A sitemap index that names a deeper one for ever, and one good page on the way."""
    pages = {}
    with serve(pages) as (url, asked):
        for depth in range(20):
            deeper = make_index(url, f"/{depth + 1}.xml").decode()
            rows = f"<url><loc>{url}/toy</loc></url></sitemapindex>"
            pages[f"/{depth}.xml"] = Page(deeper.replace("</sitemapindex>", rows).encode(), XML)
        pages["/toy"] = make_article("Toybox-70B", "128,000")
        done = run_kb(settings, "crawl", "--site", f"{url}/0.xml")
    assert "lists more than 3 deep" in done.stderr
    assert not asked["/5.xml"]
    assert read_windows(settings) == {"Toybox-70B": 128_000}


def test_an_entity_bomb_and_other_files_stay_small():
    body = b'<!DOCTYPE x [<!ENTITY a "' + b"z" * 1000 + b'">'
    for one, two in zip("abcdefgh", "bcdefghi", strict=False):
        body += f'<!ENTITY {two} "{f"&{one};" * 10}">'.encode()
    body += b"]><urlset><url><loc>https://t.example/&i;</loc></url></urlset>"
    assert all(len(link.url) < 3000 for link in read_links(body, "https://t.example/"))
    outside = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://t.example/&f;</loc></url></urlset>'
    assert "root" not in str(read_links(outside, "https://t.example/"))
    for body in (
        b"",
        b"\x00",
        b"<",
        b"<urlset>",
        b"PK\x03\x04",
        b"<rss><item><link/></item></rss>",
    ):
        assert read_links(body, "https://t.example/") == []


def test_a_gzip_bomb_in_a_sitemap_is_refused():
    bomb = gzip.compress(b"\0" * 80_000_000)
    with pytest.raises(Exception, match=r"exceed|larger|max"):
        read_links(bomb, "https://t.example/")


def test_facts_of_a_page():
    page = "<html>{}</html>"
    cases = {
        '<script type="application/ld+json">[{"@type":["Report","NewsArticle"],'
        '"datePublished":"2026-01-02"}]</script>': (None, "2026-01-02"),
        '<script type="application/ld+json">{"@type":"Person","datePublished":"2026-01-02"}'
        "</script>": (None, None),
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>": (None, None),
        '<meta property="og:site_name" content=" A\x07B "><meta name="date" '
        'content="Tue, 03 Feb 2026 10:00:00 +0100">': ("AB", "2026-02-03"),
        '<article><time datetime="2026-04-05T01:00:00Z">x</time></article>': (None, "2026-04-05"),
        '<meta property="article:published_time" content="9999-99-99">': (None, None),
    }
    for head, expected in cases.items():
        facts = read_page_facts(page.format(head))
        assert (facts.publisher, facts.published_on) == expected


@pytest.mark.parametrize(
    ("sentence", "vendor", "expected"),
    [
        ("Toys said that {}.", "Toys", True),
        ("The company claims {}.", "Toys", True),
        ("The company claims {}.", None, False),
        ("According to <b>Toys</b>, {}.", "Toys", True),
        ("{}, Toys announced.", "Toys", True),
        ("{}.", "Toys", False),
        ("Others said that {}.", "Toys", False),
        ("Toys said no. We measured {}.", "Toys", False),
        ("</p><p>Toys said it.</p><p>{}</p>", "Toys", False),
    ],
)
def test_who_speaks(sentence, vendor, expected):
    fact = "it reads 128K tokens"
    text = sentence.format(fact)
    start = text.index(fact)
    found = find_attribution(text, start, start + len(fact), vendor)
    assert (found is not None) is expected
    if found is not None:
        assert (found.who, found.how) == (vendor, "reported")  # never charged to the vendor
        assert found.words in " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_sites():
    assert is_same_site("https://blog.toys.co.uk/a", "https://www.toys.co.uk/")
    assert not is_same_site("https://dolls.co.uk/a", "https://toys.co.uk/")
    assert not is_same_site("http://127.0.0.1/a", "http://127.0.0.2/")
    assert is_same_site("http://127.0.0.1:1/a", "http://127.0.0.1:2/")
