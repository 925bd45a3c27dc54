"""Join the headers of a release's safetensors files, and read the joined document.

Headers are documented at huggingface.co/docs/safetensors/metadata_parsing: 8 bytes of length,
then JSON. The joined document is JSON: repository, revision, base model, and for each file its
size and SHA-256 as the Hub states them and its header as it came.
"""

import hashlib
import json
import re
import struct
from typing import Any

from kb.domain.found import Extraction, FoundRelease, ReadDocument
from kb.domain.outcomes import Basis
from kb.models.architectures import PackedError, count_tensors
from kb.models.weight_headers import HeaderError, TensorInfo, parse_safetensors_header
from kb.reading.gathering import Gathering
from kb.text.trees import Node, parse_json
from kb.text.trees.node import read_integer


def join_headers(info: Node, release: FoundRelease, headers: dict[str, bytes]) -> str:
    """Return the joined document of `headers` (file name → length and header, as they came).

    Raises HeaderError when one of them is not a header.
    """
    stated = _read_stated(info)
    files = []
    for name, data in sorted(headers.items()):
        header = parse_safetensors_header(data)
        words = data[8 : header.size].decode("utf-8", "replace").strip()
        size, digest = stated.get(name, (None, None))
        files.append(
            f"{json.dumps(name)}: {{"
            f'"size": {json.dumps(size)}, "sha256": {json.dumps(digest)}, "header": {words}}}'
        )
    about = {
        "repository": release.repository,
        "revision": release.revision,
        "base_model": release.facts.get("base_model"),
    }
    return json.dumps(about)[:-1] + ', "files": {\n' + ",\n".join(files) + "\n}}\n"


def _read_stated(info: Node) -> dict[str, tuple[int | None, str | None]]:
    """Sizes and digests of large files, as the Hub states them when asked with `blobs`."""
    siblings = info.get("siblings")
    return {
        name: (read_integer(sibling.get("size")), _as_digest(sibling.words("lfs", "sha256")))
        for sibling in (siblings.entries if siblings else ())
        if (name := sibling.words("rfilename"))
    }


def _as_digest(text: str | None) -> str | None:
    return text if text and re.fullmatch(r"[0-9a-f]{64}", text) else None


def read_weights(document: ReadDocument) -> Extraction:
    """Return the release with its exact number of parameters.

    Raises HeaderError or TreeError when the document is not what `join_headers` makes.
    """
    joined = parse_json(document.text)
    found = Gathering(document.text)
    repository, files = joined.words("repository"), joined.get("files")
    if repository is None or files is None or not files.members:
        raise HeaderError("no headers in the document")
    owner, name = repository.split("/", 1)
    tensors = [tensor for node in files.members.values() for tensor in _read_tensors(node)]
    dtypes = _count_by_dtype(tensors)
    total = _count_parameters(found, files, tensors)
    base = joined.get("base_model")
    facts: dict[str, Any] = {
        "params_total": total,
        "params_by_dtype": dtypes,
        "tensors": len(tensors),
        "files": len(files.members),
        "base_model": base and (base.strings() or joined.words("base_model")),
    }
    found.releases.append(
        FoundRelease(
            model_name=name,
            vendor=owner,
            repository=repository,
            revision=joined.words("revision"),
            format="safetensors",
            precision=max(dtypes, key=lambda dtype: dtypes[dtype], default=None),
            manifest_sha256=_make_manifest(files),
            facts={key: value for key, value in facts.items() if value},
        )
    )
    return found.as_extraction()


def _count_parameters(found: Gathering, files: Node, tensors: list[TensorInfo]) -> int | None:
    """Count the parameters, packed ones by what they stand for; None where that is unknown."""
    first = next(iter(files.members.values()))
    try:
        total = count_tensors(tensors).total
    except PackedError as error:
        found.exclude(first, f"packed weights: {error}"[:200])
        return None
    where = f"headers of {len(files.members)} files, counted over {len(tensors):,} tensors"
    found.result(
        first, "params_total", float(total), unit="parameters", n=len(tensors) or None,
        n_unit="tensors", basis=Basis.READ_FROM_RELEASE, locator=where,
    )  # fmt: skip
    return total


def _read_tensors(file: Node) -> tuple[TensorInfo, ...]:
    """The tensors of one file; its header goes through the same checks as any other."""
    header = file.get("header")
    if header is None:
        raise HeaderError("a file without a header")
    words = json.dumps(_as_plain(header)).encode()
    return parse_safetensors_header(struct.pack("<Q", len(words)) + words).tensors


def _as_plain(node: Node) -> Any:
    if node.kind == "object":
        return {key: _as_plain(member) for key, member in node.members.items()}
    if node.kind == "list":
        return [_as_plain(entry) for entry in node.entries]
    return read_integer(node) if node.kind == "number" else node.text


def _count_by_dtype(tensors: list[TensorInfo]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for tensor in tensors:
        counts[tensor.dtype] = counts.get(tensor.dtype, 0) + tensor.elements
    return dict(sorted(counts.items()))


def _make_manifest(files: Node) -> str | None:
    """The digest of the one file, or that of the list of digests; None if any is not stated."""
    digests = {name: node.words("sha256") for name, node in sorted(files.members.items())}
    if None in digests.values() or not digests:
        return None
    if len(digests) == 1:
        return next(iter(digests.values()))
    lines = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    return hashlib.sha256(lines.encode()).hexdigest()
