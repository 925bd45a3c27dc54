"""Download handler for files on disk: of weights it reads the header, of the rest not too much."""

from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response, TextResponse
from scrapy.utils.asyncio import run_in_thread
from w3lib.url import file_uri_to_path

from crawlers.fetching.guard import RefusedError
from kb.models.weight_headers.facts import read_header_bytes
from kb.store.files import compute_sha256

WEIGHTS_SUFFIXES = (".gguf", ".safetensors")
_MAX_BYTES = 20_000_000


class LocalFileHandler(BaseDownloadHandler):
    """Answers `file:` requests; a header holds the digest of a whole weights file."""

    async def download_request(self, request: Request) -> Response:
        """Read the file in a thread; HeaderError and OSError go to the errback.

        Raises RefusedError for a file that no spider asked for by itself: a link or a redirect
        must never lead to this machine's files.
        """
        if request.meta.get("local_file") != request.url:
            raise RefusedError("refused: a file on this machine")
        path = Path(file_uri_to_path(request.url))
        if path.suffix.lower() in WEIGHTS_SUFFIXES:
            body = await run_in_thread(read_header_bytes, path)
            digest = await run_in_thread(compute_sha256, path)
            headers = {"x-file-sha256": digest, "x-file-bytes": str(path.stat().st_size)}
            return Response(request.url, headers=headers, body=body)
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise OSError(f"{path.name}: {size:,} bytes; at most {_MAX_BYTES:,} are read")
        body = await run_in_thread(path.read_bytes)
        return TextResponse(request.url, body=body, encoding="utf-8")
