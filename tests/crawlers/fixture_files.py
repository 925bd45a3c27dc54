"""Fixtures of extraction: a folder each, `<source>/<case>/` with input, metadata and expected.

    python -m tests.crawlers.fixture_files huggingface/card    writes expected.json of a case anew

Inputs are written by us in the shape of the real thing. Look at what changed before you commit.
"""

import json
import sys
from datetime import date
from pathlib import Path

from crawlers.sources.source import EXTRACTORS
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, ReadDocument

FIXTURES = Path(__file__).parent / "fixtures"


def list_cases() -> list[str]:
    """Names of the cases, `source/case`."""
    return sorted(str(path.parent.relative_to(FIXTURES)) for path in FIXTURES.glob("*/*/meta.json"))


def open_case(name: str) -> ReadDocument:
    """The document of a case."""
    folder = FIXTURES / name
    meta = json.loads((folder / "meta.json").read_text())
    published = meta.pop("published_on", None)
    return ReadDocument(
        body=get_input(name),
        kind=SourceKind(meta.pop("kind")),
        published_on=date.fromisoformat(published) if published else None,
        **meta,
    )


def get_input(name):
    """The bytes of a case."""
    (path,) = (FIXTURES / name).glob("input.*")
    return path.read_bytes()


def read_case(name):
    """What the source's extractor says of a case, ready for JSON."""
    extractor = EXTRACTORS[name.split("/")[0]]
    try:
        return extractor.read(open_case(name))
    except ValueError as error:
        return error


def as_json(found):
    """An extraction, or the error instead of one, as it stands in expected.json."""
    if isinstance(found, Extraction):
        return found.model_dump(mode="json", exclude_defaults=True)
    return {"error": str(found)}


def write_expected(name):
    """Write what is found now as what is expected."""
    text = json.dumps(as_json(read_case(name)), indent=1, ensure_ascii=False)
    (FIXTURES / name / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    for case in sys.argv[1:] or list_cases():
        write_expected(case)
