"""A proxy before a real server, over real HTTP, that fails in ways of which servers fail."""

import itertools
import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


def pass_on(body, ask):
    """Do no harm."""
    return ask(body)


def truncate(body, ask):
    """Answer the second half of what was asked, as if it were all."""
    prompt = body["prompt"]
    is_long = isinstance(prompt, list) and len(prompt) > 300
    return ask({**body, "prompt": prompt[len(prompt) // 2 :]}) if is_long else ask(body)


def count_otherwise(body, ask):
    """Use a tokenizer that makes a tenth more of a text."""
    answer = ask(body)
    if isinstance(body["prompt"], str):
        answer["usage"]["prompt_tokens"] = int(answer["usage"]["prompt_tokens"] * 1.1)
    return answer


def babble(body, ask):
    """Answer in words that no model finds likely."""
    answer = ask(body)
    answer["choices"][0]["text"] = " quantum 7 lemon of the if zebra below ran 12 oblique tin"
    return answer


def say_nothing(body, ask):
    """Answer with an object that holds no answer."""
    return {"object": "text_completion", "choices": []}


def hang(body, ask):
    """Take long over every question but the short ones that come first."""
    if isinstance(body["prompt"], list) and len(body["prompt"]) > 300:
        time.sleep(30)
    return ask(body)


class Handler(BaseHTTPRequestHandler):
    """Hands requests on; `mode`, `window` and `dies_every` are set by `serve_badly`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        answer = httpx.get(f"{self.server.target}{self.path}", timeout=60)
        text = answer.text
        if self.path == "/v1/models" and self.server.window:
            listing = answer.json()
            listing["data"][0]["max_model_len"] = self.server.window
            text = json.dumps(listing)
        self.reply(answer.status_code, text)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.dies_every and next(self.server.asked) % self.server.dies_every == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.reply(200, json.dumps(self.server.mode(body, self.ask)))

    def ask(self, body):
        url = f"{self.server.target}{self.path}"
        return httpx.post(url, json=body, timeout=600).raise_for_status().json()

    def reply(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


@contextmanager
def serve_badly(target, mode=pass_on, window=None, dies_every=None):
    """Serve on a free port of loopback; yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.target, server.mode, server.window = target, mode, window
    server.dies_every, server.asked = dies_every, itertools.count(1)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
