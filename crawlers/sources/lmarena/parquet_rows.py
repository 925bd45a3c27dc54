"""Decode a stranger's Parquet file in a process of its own, within memory, time and rows.

A page in such a file may unpack to two gigabytes whatever the file's index says, and the
decoder is no place to find out. So this file is run as a script that imports nothing of ours:
bytes come in, JSON goes out, and the process may use so much and no more.
"""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MEMORY_BYTES = 3 * 1024**3
_SECONDS = 60
_MAX_UNPACKED = 300_000_000
_MAX_COLUMNS = 500
_MAX_CELL = 2000


class ParquetError(ValueError):
    """The file is not read; the message says why."""


def decode_parquet(data: bytes, wanted: list[str], max_rows: int) -> list[list[Any]]:
    """Return the rows of the columns in `wanted`, the names of those found first.

    Raises ParquetError for a file that is broken, too large, or has other than plain values.
    """
    command = [sys.executable, "-I", str(Path(__file__)), json.dumps([wanted, max_rows])]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and file)
            command,
            input=base64.b64encode(data),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ParquetError(f"took more than {_SECONDS} s to decode") from None
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ParquetError((lines[-1] if lines else "the decoder died")[:300])
    rows: list[list[Any]] = json.loads(done.stdout)
    return rows


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # not on this system; bounds on rows and bytes still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _decode(data: bytes, wanted: list[str], max_rows: int) -> Iterator[list[Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(data), thrift_string_size_limit=1_000_000)
    if file.metadata.num_rows > max_rows:
        raise ValueError(f"{file.metadata.num_rows:,} rows; at most {max_rows:,} are read")
    names = file.schema_arrow.names
    if len(names) > _MAX_COLUMNS:
        raise ValueError(f"{len(names):,} columns")
    chosen = [name for name in names if _make_key(name) in wanted]
    for name in chosen:
        _check_type(name, file.schema_arrow.field(name).type)
    _check_size(file, chosen)
    yield list(chosen)
    count = 0
    for batch in file.iter_batches(batch_size=1000, columns=chosen, use_threads=False):
        columns = [batch.column(name).to_pylist() for name in chosen]
        for cells in zip(*columns, strict=True):
            count += 1
            if count > max_rows:
                raise ValueError(f"more than {max_rows:,} rows")
            yield [_as_plain(cell) for cell in cells]


def _make_key(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


def _check_type(name: str, kind: Any) -> None:
    import pyarrow.types as types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    plain = (
        types.is_string, types.is_large_string, types.is_integer, types.is_floating,
        types.is_date, types.is_timestamp, types.is_decimal, types.is_null,
    )  # fmt: skip
    if not any(is_kind(kind) for is_kind in plain):
        raise ValueError(f"column {name!r} holds {kind}, not plain values; it is not read")


def _check_size(file: Any, chosen: list[str]) -> None:
    unpacked = 0
    for group in range(file.metadata.num_row_groups):
        row_group = file.metadata.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            if column.path_in_schema in chosen:
                unpacked += column.total_uncompressed_size
    if unpacked > _MAX_UNPACKED:
        raise ValueError(f"{unpacked:,} bytes unpacked; at most {_MAX_UNPACKED:,} are read")


def _as_plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell if len(cell) <= _MAX_CELL else None
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return cell if cell - cell == 0 else None  # neither NaN nor infinite
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


if __name__ == "__main__":
    _limit_this_process()
    try:
        arguments = json.loads(sys.argv[1])
        body = base64.b64decode(sys.stdin.buffer.read())
        json.dump(list(_decode(body, *arguments)), sys.stdout)
    except MemoryError:
        sys.exit("takes more memory than a table of this kind may")
    except Exception as error:  # noqa: BLE001 (every failure is one line for the parent)
        sys.exit(f"not read: {[*str(error).splitlines(), type(error).__name__][0]}")
