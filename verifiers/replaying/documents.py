"""What the documents in a bundle tell of its rows: digests, quotes, figures; and what is absent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.bundles.accounts import is_copy, list_accounts, list_told, map_sources
from kb.bundles.bundle import Bundle
from kb.bundles.judging_again import pick
from kb.domain.outcomes import Basis
from kb.tables import Sighting, Snapshot
from kb.tables.base import Table
from kb.text.counting import count_things
from verifiers.replaying.copies import Copy, read_copies


@dataclass
class DocumentCheck:
    """What was checked in the bytes, what could not be and why, and what differs."""

    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def count(self, number: int, one: str, rest: str) -> None:
        """Note how many things were checked, if any."""
        if number:
            self.checked.append(f"{count_things(number, one)} {rest}")


def check_documents(bundle: Bundle, rows: Sequence[Table]) -> DocumentCheck:
    """Check all that archived bytes can tell of a verdict's rows."""
    found = DocumentCheck()
    copies, differences = read_copies(bundle, pick(rows, Snapshot))
    found.differences += differences
    found.count(len(copies), "archived document", "against the SHA-256 on record")
    _check_account(bundle, rows, found)
    _check_quotes_at_offsets(rows, copies, found)
    _check_quotes_of_people(rows, copies, found)
    _check_figures(rows, copies, found)
    return found


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
        elif account["is_as_read"] is False:
            words = "archived here in another version than the one that was read"
            found.not_checked.append(f"{account['url']}: {words}")


def _check_quotes_at_offsets(
    rows: Sequence[Table], copies: Sequence[Copy], found: DocumentCheck
) -> None:
    """Quotes that machines read: each stands at its offsets in its copy."""
    by_id = {copy.row.id: copy for copy in copies}
    right = 0
    for sighting in pick(rows, Sighting):
        copy = by_id.get(sighting.snapshot_id or "")
        if copy is None or not sighting.quote:
            continue
        if copy.has_at_offsets(sighting):
            right += 1
        else:
            words = "the quote does not stand at its offsets in the archived bytes"
            found.differences.append(f"{sighting.id}: {words}")
    found.count(right, "quote", "at the offsets on record in the archived bytes")


def _check_quotes_of_people(
    rows: Sequence[Table], copies: Sequence[Copy], found: DocumentCheck
) -> None:
    """Quotes that people recorded without offsets; where no copy is here, that is told already."""
    sources = map_sources(rows)
    right = 0
    for sighting in pick(rows, Sighting):
        source = sources[sighting.source_id]
        of_source = [copy for copy in copies if is_copy(copy.row, source)]
        if sighting.snapshot_id is not None or not sighting.quote or not of_source:
            continue
        if any(copy.has_quote(sighting.quote, source.url) for copy in of_source):
            right += 1
        elif any(copy.row.sha256 == source.text_sha256 for copy in of_source):
            words = "the quote does not stand in the bytes that were read"
            found.differences.append(f"{sighting.id}: {words}")
        else:
            words = "the quote is not in the archived copy"
            found.not_checked.append(f"{source.url}: {words}")
    found.count(right, "quote", "in the text of the archived bytes")


def _check_figures(rows: Sequence[Table], copies: Sequence[Copy], found: DocumentCheck) -> None:
    """Figures that others reported: whether they stand in a copy of their source."""
    sources = map_sources(rows)
    right = 0
    for result in list_told(rows):
        source = sources.get(result.source_id or "")
        if source is None or result.basis == Basis.MEASURED_HERE:
            continue
        of_source = [copy for copy in copies if is_copy(copy.row, source)]
        if not of_source:
            continue
        if any(copy.has_figure(result) for copy in of_source):
            right += 1
        else:
            where = f" at {result.locator}" if result.locator else ""
            words = "not found in the archived copy as it is written there; read it there"
            at = f"{source.url}{where}"
            found.not_checked.append(f"{result.metric} ({result.id}): {words}: {at}")
    found.count(right, "reported figure", "in the archived copy of the source")
