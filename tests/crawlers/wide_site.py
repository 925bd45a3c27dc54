"""A real HTTP server on loopback with many pages behind an index; each page holds a claim."""

from collections import Counter
from contextlib import contextmanager

from tests import loopback

_A_PAGE = 100
_FILLER = "It was trained on many texts and answers in many tongues. "
_NAMES = ("Toy 1B", "Toy-7B", "Toy 7B", "Toy 70B Instruct", "Toy 70B (instruct)")


def make_page(number, sentences=60):
    """An article (of about 4 KB) that claims a context window."""
    name = _NAMES[number % len(_NAMES)]
    return (
        f"<html><head><title>News {number}</title></head><body><h1>News {number}</h1>"
        f"<p>{name} has a context window of {number + 1}K tokens.</p>"
        f"<p>{_FILLER * sentences}</p></body></html>"
    ).encode()


def make_index(number, pages, make_path):
    """A page of links to articles, and to the next such page."""
    first = number * _A_PAGE
    last = min(first + _A_PAGE, pages)
    links = [f'<a href="{make_path(n)}">News {n}</a>' for n in range(first, last)]
    if last < pages:
        links.append(f'<a href="/index/{number + 1}">older</a>')
    return f"<html><body>{''.join(links)}</body></html>".encode()


def make_plain_path(number):
    """Each article stands where its link says, and is told from a changed one by its tag."""
    return f"/news/{number}"


def make_mixed_path(number):
    """Of fifty articles one is moved, one fails every other time, one is always sent anew."""
    kinds = {7: "untagged", 13: "flaky", 21: "moved"}
    return f"/{kinds.get(number % 50, 'news')}/{number}"


@contextmanager
def serve_wide(pages, make_path=make_plain_path, sentences=60):
    """Serve `pages` articles; count what was answered, by status and by path."""
    counts = Counter()

    class Handler(loopback.Handler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self):
            _, kind, *rest = self.path.split("/")
            if kind not in ("news", "index", "untagged", "flaky", "moved"):
                return self.send(404, b"")
            number = int(rest[0])
            counts[self.path] += 1
            if kind == "moved":
                return self.send(302, b"", Location=f"/news/{number}")
            if kind == "flaky" and counts[self.path] % 2:
                return self.send(500, b"")
            etag = f'"{kind}-{number}"'
            if self.headers["If-None-Match"] == etag:
                return self.send(304, b"", ETag=etag)
            index = kind == "index"
            body = make_index(number, pages, make_path) if index else make_page(number, sentences)
            return self.send(200, body, **({} if kind == "untagged" else {"ETag": etag}))

        def send(self, status, body, **headers):
            counts[status] += 1
            self.reply(body, status, Content_Type="text/html; charset=utf-8", **headers)

    with loopback.run_server(Handler) as url:
        yield url, counts
