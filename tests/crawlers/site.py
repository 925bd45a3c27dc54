"""A real HTTP server on loopback that answers like the Hub, and like other sites."""

import json
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

from tests import loopback

REPOSITORY = "toys/Toy-1B"
REVISION = "0123456789abcdef0123456789abcdef01234567"
CARD = "---\nlicense: apache-2.0\n---\n# Toy 1B <script>alert(1)</script>\n"
CONFIG = {"architectures": ["ToyForCausalLM"], "max_position_embeddings": 4096}


@dataclass(frozen=True)
class Page:
    """A body with its media type; `ranges` says whether the server heeds Range."""

    body: bytes
    media_type: str = "text/plain; charset=utf-8"
    ranges: bool = True


def make_pages():
    base = f"/{REPOSITORY}/resolve/{REVISION}"
    info = {"id": REPOSITORY, "sha": REVISION, "safetensors": {"total": 1_000_000_000}}
    return {
        f"/api/models/{REPOSITORY}?blobs=true": json.dumps(info).encode(),
        f"{base}/config.json": json.dumps(CONFIG, indent=1).encode(),
        f"{base}/README.md": CARD.encode(),
        f"{base}/LICENSE": b"Apache License\n",
    }


class Asked(Counter):
    """How often each path was asked for; `sent` counts the bytes of bodies that went out."""

    sent = 0


@contextmanager
def serve(pages):
    """Serve `pages` (path → bytes or Page, or a list of statuses and bytes in turn).

    A callable makes its own answer: it is given the handler. Yields the address and what was
    asked.
    """
    asked = Asked()

    class Handler(loopback.Handler):
        def do_GET(self):
            asked[self.path] += 1
            page = pages.get(self.path)
            if callable(page):
                page(self)
                return
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            if page is None or isinstance(page, int):
                self.answer(page or 404, b"", "text/plain")
                return
            page = page if isinstance(page, Page) else Page(page)
            wanted = re.fullmatch(r"bytes=0-(\d+)", self.headers.get("Range") or "")
            if wanted and page.ranges:
                self.answer(206, page.body[: int(wanted[1]) + 1], page.media_type)
            else:
                self.answer(200, page.body, page.media_type)

        def answer(self, status, body, media_type):
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for start in range(0, len(body), 65536):
                try:
                    asked.sent += self.wfile.write(body[start : start + 65536])
                except (BrokenPipeError, ConnectionResetError):
                    return

    with loopback.run_server(Handler) as url:
        yield url, asked
