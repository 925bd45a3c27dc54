"""A real HTTP server on loopback with many pages behind an index; each page holds a claim."""

import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_A_PAGE = 100
_FILLER = "It was trained on many texts and answers in many tongues. " * 60


def make_page(number):
    """An article of about 4 KB that claims a context window."""
    name = ("Toy 1B", "Toy 7B", "Toy 70B")[number % 3]
    return (
        f"<html><head><title>News {number}</title></head><body><h1>News {number}</h1>"
        f"<p>{name} has a context window of {number + 1}K tokens.</p><p>{_FILLER}</p></body></html>"
    ).encode()


def make_index(number, pages):
    """A page of links to articles, and to the next such page."""
    first = number * _A_PAGE
    last = min(first + _A_PAGE, pages)
    links = [f'<a href="/news/{n}">News {n}</a>' for n in range(first, last)]
    if last < pages:
        links.append(f'<a href="/index/{number + 1}">older</a>')
    return f"<html><body>{''.join(links)}</body></html>".encode()


class Server(ThreadingHTTPServer):
    """Python's own queue of 5 would drop connections, which then wait for minutes."""

    daemon_threads = True
    request_queue_size = 128


@contextmanager
def serve_wide(pages):
    """Serve `pages` articles; count what was asked and what was answered 304."""
    counts = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self):
            _, name, *rest = self.path.split("/")
            if name not in ("news", "index"):
                return self.send(404, b"", "")
            number = int(rest[0])
            body = make_page(number) if name == "news" else make_index(number, pages)
            etag = f'"{name}-{number}"'
            if self.headers["If-None-Match"] == etag:
                return self.send(304, b"", etag)
            return self.send(200, body, etag)

        def send(self, status, body, etag):
            counts[status] += 1
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", counts
    finally:
        server.shutdown()
        server.server_close()
