"""The archived documents in a bundle: their digests, and the quotes and figures in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.bundles.accounts import list_accounts, list_told
from kb.bundles.bundle import Bundle
from kb.bundles.judging_again import pick
from kb.bundles.making import MAX_BODY_BYTES
from kb.domain.outcomes import Basis
from kb.reading.quotes import contains_quote
from kb.store.archive.snapshots import make_snapshot_id
from kb.store.archive.warc_files import unpack_snapshot
from kb.tables import Measurement, Sighting, Snapshot, Source
from kb.tables.base import Table
from kb.text.counting import count_things

_LEAST_DIGITS = 3  # a shorter number stands in nearly every document


@dataclass
class DocumentCheck:
    """What was checked in the bytes, what could not be and why, and what differs."""

    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def check_documents(bundle: Bundle, rows: Sequence[Table]) -> DocumentCheck:
    """Check all that archived bytes can tell of a verdict's rows."""
    found = DocumentCheck()
    texts = _read_texts(bundle, pick(rows, Snapshot), found)
    _check_account(bundle, rows, found)
    sources = {source.id: source for source in pick(rows, Source)}
    _check_quotes(rows, sources, texts, found)
    _check_figures(bundle, rows, sources, texts, found)
    return found


Texts = Mapping[str, tuple[Snapshot, str]]


def _read_texts(bundle: Bundle, rows: Sequence[Snapshot], found: DocumentCheck) -> Texts:
    """The texts of the snapshots that are here and undamaged, by the id of the snapshot."""
    left_out = {str(left.get("name")) for left in bundle.about["left_out"]}
    missing = {row.archive_name for row in rows} - set(bundle.snapshots) - left_out
    found.differences += [
        f"{name}: is neither here nor named as left out" for name in sorted(missing)
    ]
    texts: dict[str, tuple[Snapshot, str]] = {}
    by_name = {row.archive_name: row for row in rows}
    for name, packed in bundle.snapshots.items():
        row = by_name.get(name)
        if row is None:
            found.differences.append(f"{name}: no snapshot of that name among the rows")
            continue
        try:
            texts[row.id] = row, _unpack(row, packed)
        except ValueError as error:
            found.differences.append(str(error))
    if texts:
        words = count_things(len(texts), "archived document")
        found.checked.append(f"{words} against the SHA-256 on record")
    return texts


def _unpack(row: Snapshot, packed: bytes) -> str:
    """The text that offsets count in; raises ValueError where bytes and row do not fit."""
    fetched = unpack_snapshot(packed, row.archive_name, min(MAX_BODY_BYTES, row.size_bytes))
    if fetched.sha256 != row.sha256:
        raise ValueError(f"{row.archive_name}: SHA-256 {fetched.sha256}, recorded {row.sha256}")
    if make_snapshot_id(row.source_id, row.sha256, row.previous_id) != row.id:
        raise ValueError(f"{row.id}: the id does not fit what the row says")
    return fetched.body.decode("utf-8", "replace")


def _check_account(bundle: Bundle, rows: Sequence[Table], found: DocumentCheck) -> None:
    """The manifest must say of each document what is here; older bundles say nothing of it."""
    left_out = {str(left.get("name")): str(left.get("why")) for left in bundle.about["left_out"]}
    accounts = list_accounts(rows, bundle.snapshots, left_out)
    if "sources" in bundle.about and bundle.about["sources"] != accounts:
        found.differences.append("the manifest says otherwise which documents are here")
    for account in accounts:
        if account["why_not"] is not None:
            behind = " and ".join(account["behind"])
            words = f"{account['url']}, behind the {behind}: {account['why_not']}"
            found.not_checked.append(words)


def _check_quotes(
    rows: Sequence[Table], sources: Mapping[str, Source], texts: Texts, found: DocumentCheck
) -> None:
    at_offsets, somewhere = 0, 0
    for sighting in pick(rows, Sighting):
        if not sighting.quote:
            continue
        if sighting.snapshot_id in texts and sighting.quote_start is not None:
            text = texts[sighting.snapshot_id or ""][1]
            if text[sighting.quote_start : sighting.quote_end] == sighting.quote:
                at_offsets += 1
            else:
                words = "the quote does not stand at its offsets in the archived bytes"
                found.differences.append(f"{sighting.id}: {words}")
        elif sighting.snapshot_id is None:
            somewhere += _find_quote(sighting, sources[sighting.source_id], texts, found)
    if at_offsets:
        found.checked.append(f"{count_things(at_offsets, 'quote')} at their offsets in the bytes")
    if somewhere:
        found.checked.append(f"{count_things(somewhere, 'quote')} in the text of the bytes")


def _find_quote(sighting: Sighting, source: Source, texts: Texts, found: DocumentCheck) -> bool:
    """Whether a person's quote stands in a copy of its source; where there is none, say nothing."""
    copies = [(row, text) for row, text in texts.values() if row.source_id == source.id]
    if any(contains_quote(text, str(sighting.quote), source.url) for _, text in copies):
        return True
    if any(row.sha256 == source.text_sha256 for row, _ in copies):
        words = "the quote does not stand in the bytes that were read"
        found.differences.append(f"{sighting.id}: {words}")
    elif copies:
        words = "the quote is not in the archived copy, which is not the version that was read"
        found.not_checked.append(f"{source.url}: {words}")
    return False


def _check_figures(
    bundle: Bundle,
    rows: Sequence[Table],
    sources: Mapping[str, Source],
    texts: Texts,
    found: DocumentCheck,
) -> None:
    """Figures that others reported: whether they stand in the copy of their source."""
    count = 0
    for result in _list_reported(rows):
        copies = [text for row, text in texts.values() if row.source_id == result.source_id]
        if any(form in text for text in copies for form in _find_forms(result, text)):
            count += 1
        elif copies:
            url = sources[str(result.source_id)].url
            where = f" at {result.locator}" if result.locator else ""
            words = "its figure was not found in the archived copy by itself; read it there"
            found.not_checked.append(f"{result.metric} ({result.id}): {words}: {url}{where}")
    if count:
        words = count_things(count, "reported figure")
        found.checked.append(f"{words} in the archived copy of the source")


def _list_reported(rows: Sequence[Table]) -> list[Measurement]:
    return [row for row in list_told(rows) if row.source_id and row.basis != Basis.MEASURED_HERE]


def _find_forms(result: Measurement, text: str) -> Iterator[str]:
    """The spellings of a figure that stand in the text as a number of their own."""
    if result.value is None:
        if result.text and result.text in text:
            yield result.text
        return
    forms = {f"{result.value:{style}}" for style in (",.10g", ".10g", ".1f", ".2f")}
    if 0 < result.value < 1:
        forms.add(f"{100 * result.value:.10g}")
    for form in sorted(forms):
        is_long = sum(character.isdigit() for character in form) >= _LEAST_DIGITS
        if is_long and re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d|[.,]\d)", text):
            yield form
