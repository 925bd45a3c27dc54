"""Servers that benchmarks and tests read from: the dashboard, Datasette on the same file."""

import json
import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

_ROOT = Path(__file__).parents[1]
_VENV = _ROOT / ".cache" / "datasette"
_INSTALLED = _VENV / "installed"
# datasette-parquet writes SQL with named parameters; sqlglot after 10 spells those another way.
_DATASETTE = ("datasette==0.65.5", "datasette-parquet==0.6.1", "sqlglot==10.6.4", "duckdb==2.0.0")
DATASETTE = "Datasette 0.65.5 with datasette-parquet 0.6.1"
_ONE = "1"  # the plugin has one connection for all threads; with more it answers half with errors
_PATIENCE_S = 120


@contextmanager
def serve_dashboard(home: Path) -> Iterator[str]:
    """Run `kb dashboard` on the data in `home`; yield its address, as http://host:port."""
    port = find_free_port()
    start = "from kb.cli.app import main; main()"
    words = [sys.executable, "-c", start, "dashboard", "--no-open", "--port", str(port)]
    env = os.environ | {"KB_HOME": str(home), "PYTHONPATH": str(_ROOT)}
    address = f"http://127.0.0.1:{port}"
    with _serve(words, env, address, "/_stcore/health"):
        yield address


@contextmanager
def serve_datasette(file: Path) -> Iterator[str]:
    """Serve a DuckDB file with Datasette, which is installed first where it is not."""
    python = _VENV / "bin" / "python"
    if not _INSTALLED.exists():
        venv.create(_VENV, with_pip=True, clear=True)
        words = [python, "-m", "pip", "install", "--quiet", *_DATASETTE]
        subprocess.run(words, check=True)  # noqa: S603 (our own words)
        _INSTALLED.touch()
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "metadata.json"
        database = {"kb": {"file": str(file.resolve())}}
        settings.write_text(json.dumps({"plugins": {"datasette-parquet": database}}))
        port = str(find_free_port())
        words = [str(python), "-m", "datasette", "serve", "--metadata", str(settings),
                 "--port", port, "--setting", "num_sql_threads", _ONE]  # fmt: skip
        address, quiet = f"http://127.0.0.1:{port}", subprocess.DEVNULL  # it tells of each request
        with _serve(words, dict(os.environ), address, "/-/versions.json", quiet):
            yield address


@contextmanager
def _serve(
    words: list[str], env: dict[str, str], address: str, health: str, output: int | None = None
) -> Iterator[None]:
    server = subprocess.Popen(words, cwd=_ROOT, env=env, stdout=output, stderr=output)  # noqa: S603
    try:
        _await(server, f"{address}{health}")
        yield
    finally:
        server.kill()
        server.wait()


def _await(server: "subprocess.Popen[bytes]", url: str) -> None:
    for _ in range(4 * _PATIENCE_S):
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended with {server.returncode}")
        with suppress(httpx.TransportError):
            if httpx.get(url, timeout=2).is_success:
                return
        time.sleep(0.25)
    raise RuntimeError(f"no answer from {url} in {_PATIENCE_S} s")


def find_free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
