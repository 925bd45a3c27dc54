"""A real HTTP server on loopback that answers like the Hub."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPOSITORY = "toys/Toy-1B"
REVISION = "0123456789abcdef0123456789abcdef01234567"
CARD = "---\nlicense: apache-2.0\n---\n# Toy 1B <script>alert(1)</script>\n"
CONFIG = {"architectures": ["ToyForCausalLM"], "max_position_embeddings": 4096}


def make_pages():
    base = f"/{REPOSITORY}/resolve/{REVISION}"
    info = {"id": REPOSITORY, "sha": REVISION, "safetensors": {"total": 1_000_000_000}}
    return {
        f"/api/models/{REPOSITORY}": json.dumps(info).encode(),
        f"{base}/config.json": json.dumps(CONFIG, indent=1).encode(),
        f"{base}/README.md": CARD.encode(),
        f"{base}/LICENSE": b"Apache License\n",
    }


@contextmanager
def serve(pages):
    """Serve `pages` (path → bytes, or a list of statuses and bytes in turn); count requests."""
    asked = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked[self.path] += 1
            page = pages.get(self.path)
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            status, body = (404, b"") if page is None else (200, page)
            if isinstance(page, int):
                status, body = page, b""
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
