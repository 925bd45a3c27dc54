"""Copies of documents in a bundle: unpacked, held against their digests, and looked into."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.bundles.bundle import Bundle
from kb.bundles.making import MAX_BODY_BYTES
from kb.models.weight_headers import HeaderError, parse_gguf_header
from kb.reading.quotes import contains_quote
from kb.store.archive.snapshots import make_snapshot_id
from kb.store.archive.warc_files import unpack_snapshot
from kb.tables import Measurement, Sighting, Snapshot

_GGUF = b"GGUF"
_LEAST_DIGITS = 3  # a shorter number stands in nearly every document


@dataclass(frozen=True)
class Copy:
    """An undamaged copy of a document: its row and its bytes."""

    row: Snapshot
    body: bytes

    @cached_property
    def text(self) -> str:
        """The text that offsets count in."""
        return self.body.decode("utf-8", "replace")

    def has_at_offsets(self, sighting: Sighting) -> bool:
        """Whether a quote stands where the sighting says; in a header it is a key's value."""
        start, end = sighting.quote_start, sighting.quote_end
        if not self.body.startswith(_GGUF):
            return self.text[start:end] == sighting.quote
        key = self.body[start:end].decode("utf-8", "replace")
        try:
            values = parse_gguf_header(self.body).metadata
        except HeaderError:
            return False
        return key in values and f"{key} = {values[key]}" == sighting.quote

    def has_quote(self, quote: str, name: str) -> bool:
        """Whether a quote stands anywhere in it, markup and white space aside."""
        return contains_quote(self.text, quote, name)

    def has_figure(self, result: Measurement) -> bool:
        """Whether a reported figure stands in it, as a number of its own."""
        if result.value is None:
            return bool(result.text) and str(result.text) in self.text
        return any(
            re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d|[.,]\d)", self.text)
            for form in _write_figure(result.value)
        )


def _write_figure(value: float) -> Iterator[str]:
    """How sources write a figure: 1,401 and 1401, 0.85 and 85.0; short ones say too little."""
    forms = {f"{value:{style}}" for style in (",.10g", ".10g", ".1f", ".2f")}
    if 0 < value < 1:
        forms |= {f"{100 * value:.10g}", f"{100 * value:.1f}"}
    for form in sorted(forms):
        if sum(character.isdigit() for character in form) >= _LEAST_DIGITS:
            yield form


def read_copies(bundle: Bundle, rows: Sequence[Snapshot]) -> tuple[list[Copy], list[str]]:
    """Return the copies that are what their rows say, and how the others differ."""
    left_out = {str(left.get("name")) for left in bundle.about["left_out"]}
    missing = {row.archive_name for row in rows} - set(bundle.snapshots) - left_out
    differences = [f"{name}: is neither here nor named as left out" for name in sorted(missing)]
    copies: list[Copy] = []
    by_name = {row.archive_name: row for row in rows}
    for name, packed in bundle.snapshots.items():
        try:
            copies.append(_unpack(by_name.get(name), name, packed))
        except ValueError as error:
            differences.append(str(error))
    return copies, differences


def _unpack(row: Snapshot | None, name: str, packed: bytes) -> Copy:
    """The copy; raises ValueError where bytes and row do not fit."""
    if row is None:
        raise ValueError(f"{name}: no snapshot of that name among the rows")
    fetched = unpack_snapshot(packed, name, min(MAX_BODY_BYTES, row.size_bytes))
    if fetched.sha256 != row.sha256:
        raise ValueError(f"{name}: SHA-256 {fetched.sha256}, recorded {row.sha256}")
    if make_snapshot_id(row.source_id, row.sha256, row.previous_id) != row.id:
        raise ValueError(f"{row.id}: the id does not fit what the row says")
    return Copy(row, fetched.body)
