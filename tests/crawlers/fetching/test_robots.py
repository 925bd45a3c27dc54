"""robots.txt is heeded by every request, at once, after redirects, on each host and port."""

import json
import time

import pytest

from tests.crawlers.site import Page, serve
from tests.processes import run_kb

pytestmark = pytest.mark.crawl
RULES = b"User-agent: *\nDisallow: /forbidden\n"
MANY = [f"/forbidden/{n}" for n in range(20)]


def answer_late(handler):
    """Rules that come when many requests wait for them."""
    time.sleep(0.5)
    handler.answer(200, RULES, "text/plain")


def redirect_to(location):
    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def crawl_pages(settings, urls):
    """Crawl them all at once; return the report."""
    arguments = [word for url in urls for word in ("--url", url)]
    done = run_kb(settings, "crawl", "--json", *arguments, KB_CRAWL_CONCURRENCY="32")
    return json.loads(done.stdout)


def test_all_that_wait_for_robots_txt_heed_it(settings):
    page = Page(b"<p>Toy 1B</p>", "text/html")
    pages = {"/robots.txt": answer_late, "/good": page, **dict.fromkeys(MANY, page)}
    with serve(pages) as (url, asked):
        report = crawl_pages(settings, [url + path for path in (*MANY, "/good")])
    assert dict(asked) == {"/robots.txt": 1, "/good": 1}
    assert set(report["refused"]) == {url + path for path in MANY}
    assert set(report["refused"].values()) == {"refused: robots.txt forbids it"}


def test_what_a_redirect_leads_to_is_judged_by_the_rules_of_its_own_port(settings):
    page = Page(b"<p>Toy 1B</p>", "text/html")
    strict = {"/robots.txt": answer_late, "/open": page, **dict.fromkeys(MANY, page)}
    with serve(strict) as (there, asked_there):
        moved = {f"/to{path}": redirect_to(there + path) for path in (*MANY, "/open")}
        moved["/back"] = redirect_to("/forbidden/here")
        free = {"/robots.txt": RULES, "/forbidden/here": page, **moved}
        with serve(free) as (here, asked_here):
            report = crawl_pages(settings, [here + path for path in moved])
    assert dict(asked_there) == {"/robots.txt": 1, "/open": 1}
    assert asked_here["/forbidden/here"] == 0
    assert len(report["refused"]) == len(MANY) + 1
    assert all("robots.txt forbids it" in why for why in report["refused"].values())
