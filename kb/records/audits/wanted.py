"""What to look for in a source to find the place that a fact was read from."""

from collections.abc import Iterator
from typing import Any

from kb.records.audits.drafts import FactDraft


def list_wanted(fact: FactDraft) -> list[str]:
    """Return words that mark the place, the surest first."""
    says = fact.says
    sighting, claim = says.get("sighting", {}), says.get("claim", {})
    words = [
        sighting.get("quote"), claim.get("claimed"), says.get("text"),
        *_write_value(says.get("value")), says.get("revision"), says.get("repository"),
        sighting.get("locator"), says.get("locator"), says.get("model"),
    ]  # fmt: skip
    return [str(word) for word in words if word]


def _write_value(value: Any) -> Iterator[str]:
    """A figure as sources write it: 328,000 and 328000; a proportion as a percentage too."""
    if isinstance(value, int | float):
        yield f"{value:,.10g}"
        yield f"{value:.10g}"
        if 0 < value < 1:
            yield f"{100 * value:.10g}"


def tell_place(fact: FactDraft) -> str:
    """Return where in the source the fact stands, as far as the record says."""
    sighting = fact.says.get("sighting", {})
    locator = sighting.get("locator") or fact.says.get("locator")
    quote = sighting.get("quote")
    where = f"under “{locator}”" if locator else "at a place that the record does not name"
    return f"{where}, quoted as “{quote}”" if quote else where


def tell_fetching(fact: FactDraft) -> str:
    """Return how to get the source."""
    url = str(fact.source["url"])
    if url.startswith("pkg:"):
        return f"install the package {url.removeprefix('pkg:')} and read it there"
    return f"open {url}, or archive it with `kb crawl --url {url}` and ask again"
