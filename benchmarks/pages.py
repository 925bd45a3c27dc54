"""What a reader waits for at a hundred thousand claims: pages from a running server, searches."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode
from zlib import crc32

import duckdb
import httpx
import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.support.large_base import write_large_base
from benchmarks.support.measuring import Measured
from benchmarks.support.servers import DATASETTE, serve_dashboard, serve_datasette
from dashboard.reads.claim_search import Filters, count_claims, read_matching, read_nearest
from dashboard.reads.published import Edition, find_edition
from kb.cli.commands.pipeline.publish import run_publish
from kb.domain.encoding import Vectors
from kb.exports.derived.claim_meanings import WIDTH
from kb.settings import Settings

_CLAIMS, _MEASUREMENTS, _READERS, _ROUNDS = 100_000, 500_000, 20, 5
_FIRST = 7
_SEARCHES = ("licence window", "vendor 12", "tokens score", "elo rating", "model 2999")


def measure_pages(claims: int = _CLAIMS, measurements: int = _MEASUREMENTS) -> Measured:
    """Server time to the first whole front page, beside Datasette's page of the same claims.

    A page is whole when Streamlit has sent its last piece over the socket a browser would hold;
    Datasette's when its HTML has come. One reader at a time finds all caches empty, as the first
    one of a new edition does. Of twenty at once each asks for another claim; the notes give the
    median and the slowest of them, and the same of Datasette.
    """
    with _publish(claims, measurements) as home:
        file = home / "published.duckdb"
        with serve_dashboard(home) as address:
            ours = _measure_server(partial(_open_page, address), partial(_touch, file.resolve()))
        with serve_datasette(file) as address:
            theirs = _measure_server(partial(_open_table, address), lambda: None)
    notes = {f"ours, {name}": value for name, value in ours.items()}
    notes |= {f"Datasette, {name}": value for name, value in theirs.items()}
    return Measured(
        ours["front page, ms"], "ms", DATASETTE, theirs["front page, ms"], _ROUNDS,
        {"claims": claims, "measurements": measurements} | notes,
    )  # fmt: skip


def measure_search(claims: int = _CLAIMS) -> Measured:
    """Exact search (count and first hundred), beside a plain `ilike` on one column."""
    with _publish(claims, 0, _RandomVectors()) as home:
        edition = find_edition(home / "published.duckdb")
        ours = [_time(lambda text=text: _search(edition, text)) for text in _SEARCHES]
        near = [_time(lambda text=text: _search_nearest(edition, text)) for text in _SEARCHES]
        plain = [_time(lambda text=text: _search_plainly(edition.path, text)) for text in _SEARCHES]
    return Measured(
        1000 * median(ours), "ms", "ilike on claimed_text", 1000 * median(plain), len(_SEARCHES),
        {"slowest, ms": 1000 * max(ours), "by meaning, without encoding, ms": 1000 * median(near),
         "claims": claims},
    )  # fmt: skip


class _RandomVectors:
    """Stands in for the sentence embeddings: as many numbers, and none of the encoder's time."""

    name = "random vectors"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text."""
        seed = crc32(" ".join(texts).encode())
        rows = np.random.default_rng(seed).standard_normal((len(texts), WIDTH), np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@contextmanager
def _publish(
    claims: int, measurements: int, encoder: _RandomVectors | None = None
) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        write_large_base(home / "kb.sqlite", claims, measurements)
        run_publish(Settings(home=home), encoder)
        yield home


def _measure_server(
    open_page: Callable[[str | None], None], forget: Callable[[], None]
) -> dict[str, float]:
    """Milliseconds for a front page (None) and claims' pages, for one reader and for twenty."""
    open_page(None)  # imports
    found = {}
    for name, keys in (("front page", [None] * _READERS), ("claim page", _name_claims())):
        alone = []
        for key in keys[:_ROUNDS]:
            forget()
            alone.append(_time(partial(open_page, key)))
        forget()
        with ThreadPoolExecutor(_READERS) as readers:
            crowd = list(readers.map(lambda key: _time(partial(open_page, key)), keys))
        found |= {
            f"{name}, ms": 1000 * median(alone),
            f"{name}, median of {_READERS} at once, ms": 1000 * median(crowd),
            f"{name}, slowest of {_READERS} at once, ms": 1000 * max(crowd),
        }
    return found


def _name_claims() -> list[str | None]:
    return [f"clm_{_FIRST + n:016x}" for n in range(_READERS)]


def _time(function: Callable[[], object]) -> float:
    begun = perf_counter()
    function()
    return perf_counter() - begun


def _touch(file: Path) -> None:
    """Make the edition look new: what a server remembers of it counts no more."""
    os.utime(file)


def _open_page(address: str, claim: str | None) -> None:
    """Ask for a page over the socket as a browser does, and wait for its last piece."""
    asked = BackMsg()
    if claim is not None:
        asked.rerun_script.page_name = "claim"
        asked.rerun_script.query_string = urlencode({"id": claim})
    else:
        asked.rerun_script.query_string = ""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(url, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        socket.send(asked.SerializeToString())
        pieces = 0
        while True:
            piece = ForwardMsg.FromString(bytes(socket.recv()))
            if piece.WhichOneof("type") == "script_finished":
                break
            pieces += piece.WhichOneof("type") == "delta"
    if pieces < 10:
        raise RuntimeError(f"the page of {claim} came with {pieces} pieces only")


def _open_table(address: str, claim: str | None) -> None:
    asked = {"_facet": ["vendor", "outcome"]} if claim is None else {"claim_id": claim}
    url = f"{address}/kb/claims_vs_reality?{urlencode(asked, doseq=True)}"
    httpx.get(url, timeout=300).raise_for_status()


def _search(edition: Edition, text: str) -> None:
    filters = Filters(text=text)
    count_claims(edition, filters)
    read_matching(edition, filters, 100)


def _search_nearest(edition: Edition, text: str) -> None:
    (vector,) = _RandomVectors().encode([text])
    read_nearest(edition, Filters(), str(vector.tolist()), 100)


def _search_plainly(file: Path, text: str) -> None:
    words = [f"%{word}%" for word in text.split()]
    where = " and ".join("claimed_text ilike ?" for _ in words)
    with duckdb.connect(str(file), read_only=True) as connection:
        query = f"select * from claims_vs_reality where {where} limit 100"  # noqa: S608
        connection.execute(query, words).fetchall()
