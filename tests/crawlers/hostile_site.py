"""A real HTTP server on loopback that does what hostile, broken and strict sites do."""

import contextlib
import gzip
import threading
import time
import zlib
from collections import defaultdict
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import brotli
from backports import zstd

MAIN, PATIENCE, ENDLESS, WIDE, CLOSED, SLOW_ROBOTS = (f"127.0.0.{n}" for n in range(1, 7))
_ZEROS = b"\x00" * (1 << 20)
_INJECTION = "<script>alert(1)</script> [x](javascript:alert(1)) `*_ \x1b[31m \u202e ${7*7}"


def _gzip_bomb():
    """10 GB: a member of 100 MB, a hundred times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    member = b"".join(packer.compress(_ZEROS) for _ in range(100)) + packer.flush()
    return member * 100


def _deflate_bomb():
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(_ZEROS) for _ in range(500)) + packer.flush()


def _brotli_bomb():
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(_ZEROS) for _ in range(500)) + packer.finish()


def _zstd_bomb():
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(_ZEROS) for _ in range(500)) + packer.flush()


BOMBS = {
    "/bomb/gzip": ("gzip", _gzip_bomb),
    "/bomb/gzip-in-gzip": ("gzip, gzip", lambda: gzip.compress(_gzip_bomb())),
    "/bomb/deflate": ("deflate", _deflate_bomb),
    "/bomb/brotli": ("br", _brotli_bomb),
    "/bomb/zstd": ("zstd", _zstd_bomb),
}


def make_page(title, text="Toy 1B has a context window of 128K tokens.", links=()):
    anchors = "".join(f'<a href="{link}">on</a>' for link in links)
    return f"<html><head><title>{title}</title></head><body><p>{text}</p>{anchors}</body></html>"


def make_table(rows):
    cells = "".join(f"<tr><td>Toy {i}B</td><td>{i}K tokens</td></tr>" for i in range(rows))
    return make_page("table", f"<table><tr><th>Model</th><th>Window</th></tr>{cells}</table>")


def _nest(depth):
    return "<div>" * depth + "Toy 1B" + "</div>" * depth


PAGES = {
    "/table": ("text/html", make_table(20_000)),
    "/deep-40": ("text/html", make_page("deep", _nest(40))),
    "/deep-40000": ("text/html", make_page("deep", _nest(40_000))),
    "/deep-json": ("application/json", "[" * 100_000 + "]" * 100_000),
    "/inject": ("text/html", make_page(_INJECTION, _INJECTION)),
    "/markdown": ("text/markdown", f"# {_INJECTION}\n\n| a | b |\n|---|---|\n|{_INJECTION}|1|\n"),
    "/nul": ("text/html", "<p>Toy\x00 1B has\x00 \x00128K tokens</p>"),
    "/wrong-charset": ("text/html; charset=utf-16", "<p>Toy 1B, 128K tokens, caf\xe9!</p>"),
    "/no-charset-at-all": ("text/html; charset=zlib", "<p>Toy 1B, 128K tokens</p>"),
    "/escapes": ("text/html; charset=unicode_escape", "<p>\\ud800 \\x00 Toy 1B</p>"),
    "/etag": ("text/html", make_page("same")),
    "/links": (
        "text/html",
        make_page("links", links=(
            "file:///etc/passwd", "http://10.0.0.1/", "javascript:alert(1)", "data:text/html,x",
            "http://user:word@127.0.0.1/", "/good/linked", "//169.254.169.254/x", "http://[::1]/",
        )),
    ),
}  # fmt: skip


class HostileSite:
    """What was asked, when, by which host; where redirects are to lead."""

    def __init__(self, port, other_port):
        self.port = port
        self.other_port = other_port
        self.asked = defaultdict(list)
        self.referers = set()

    @property
    def redirects(self):
        other = self.other_port
        return {
            "/loop": "/loop",
            "/ping": "/pong",
            "/pong": "/ping",
            "/to/other-port": f"http://127.0.0.1:{other}/secret",
            "/to/localhost": f"http://localhost:{other}/secret",
            "/to/decimal": f"http://2130706433:{other}/secret",
            "/to/mapped": f"http://[::ffff:127.0.0.1]:{other}/secret",
            "/to/unspecified": f"http://0.0.0.0:{other}/secret",
            "/to/private": "http://10.0.0.1/secret",
            "/to/metadata": "http://169.254.169.254/latest/meta-data/",
            "/to/nat64": "http://[64:ff9b::7f00:1]/secret",
            "/to/file": "file:///etc/passwd",
            "/to/credentials": f"http://user:word@127.0.0.1:{self.port}/good/0",
            "/moved": "/good/moved",
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: HostileSite

    def do_GET(self):
        host = self.headers["Host"].split(":")[0]
        times = self.site.asked[host, self.path]
        times.append(time.monotonic())
        self.site.referers.add(self.headers["Referer"])
        with contextlib.suppress(OSError):
            self.answer(host, urlsplit(self.path).path, len(times))

    def answer(self, host, path, nth):
        if path == "/robots.txt":
            self.answer_robots(host)
        elif path.startswith(("/good/", "/secret")):
            self.send(200, make_page(path).encode())
        elif path in self.site.redirects:
            self.send(302, b"", {"Location": self.site.redirects[path]})
        elif path in BOMBS:
            encoding, make = BOMBS[path]
            self.send(200, make(), {"Content-Encoding": encoding})
        elif path in PAGES:
            self.answer_page(path)
        elif path.startswith(("/endless/", "/wide/")):
            self.answer_endless(path)
        else:
            getattr(self, "answer_" + path.strip("/").replace("-", "_"))(nth)

    def answer_robots(self, host):
        if host == SLOW_ROBOTS:
            return self.send(503, b"not now", {"Retry-After": "0"})
        forbidden = "/" if host == CLOSED else "/forbidden"
        return self.send(200, f"User-agent: *\nDisallow: {forbidden}\n".encode(), kind="text/plain")

    def answer_page(self, path):
        kind, text = PAGES[path]
        etag = f'"{zlib.crc32(text.encode())}"'
        if path == "/etag" and self.headers["If-None-Match"] == etag:
            return self.send(304, b"", {"ETag": etag})
        encoding = "latin-1" if path in ("/wrong-charset", "/nul") else "utf-8"
        return self.send(200, text.encode(encoding), {"ETag": etag}, kind)

    def answer_endless(self, path):
        name, number = path.strip("/").split("/")
        steps = range(1, 2 if name == "endless" else 40)
        links = [f"/{name}/{int(number) * len(steps) + step}" for step in steps]
        self.send(200, make_page(path, links=links).encode())

    def answer_limited(self, nth):
        self.send(*((429, b"", {"Retry-After": "2"}) if nth == 1 else (200, b"<p>at last</p>")))

    def answer_limited_until(self, nth):
        when = formatdate(time.time() + 3, usegmt=True)
        self.send(*((503, b"", {"Retry-After": when}) if nth == 1 else (200, b"<p>at last</p>")))

    def answer_patience(self, nth):
        self.send(429, b"", {"Retry-After": "86400"})

    def answer_flaky(self, nth):
        self.send(*((500, b"") if nth == 1 else (200, b"<p>well again</p>")))

    def answer_picture(self, nth):
        self.send(200, b"\x89PNG\r\n\x1a\n" + b"\x00\xff" * 500, kind="image/png")

    def answer_big(self, nth):
        self.start(200, {"Content-Length": str(200 << 20)})
        self.pour()

    def answer_big_stream(self, nth):
        self.start(200, {"Connection": "close"})
        self.pour()

    def pour(self):
        self.close_connection = True
        for _ in range(200):
            self.wfile.write(_ZEROS)

    def answer_slow(self, nth):
        self.start(200, {"Content-Length": "100000"})
        self.close_connection = True
        for _ in range(600):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def answer_cut(self, nth):
        self.start(200, {"Content-Length": "1000"})
        self.wfile.write(b"<p>half")
        self.close_connection = True

    def answer_long_header(self, nth):
        self.send(200, b"<p>x</p>", {"X-Long": "a" * (1 << 20)})

    def answer_many_headers(self, nth):
        self.start(200, {}, end=False)
        self.close_connection = True
        while True:
            self.wfile.write(b"X-More: " + b"a" * 8000 + b"\r\n")

    def answer_no_http(self, nth):
        self.wfile.write(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
        self.close_connection = True

    def start(self, status, headers, kind="text/html", end=True):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        if end:
            self.end_headers()
        else:
            self.flush_headers()

    def send(self, status, body, headers=None, kind="text/html"):
        length = {} if status == 304 else {"Content-Length": str(len(body))}
        self.start(status, {**(headers or {}), **length}, kind)
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


@contextlib.contextmanager
def serve_hostile():
    """Serve on one port of six loopback addresses, and on another port that nobody may ask."""
    handler = type("OneHandler", (Handler,), {})
    first = Server((MAIN, 0), handler)
    other = Server((MAIN, 0), handler)
    port = first.server_port
    rest = [
        Server((host, port), handler) for host in (PATIENCE, ENDLESS, WIDE, CLOSED, SLOW_ROBOTS)
    ]
    handler.site = HostileSite(port, other.server_port)
    servers = [first, other, *rest]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield handler.site
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
