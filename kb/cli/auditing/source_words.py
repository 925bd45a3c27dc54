"""The sources of drawn facts in their own words, from the archive, if it has them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kb.records.audits.drafts import FactDraft
from kb.records.audits.wanted import list_wanted, tell_fetching, tell_place
from kb.settings import Settings
from kb.store.archive.words import SourceWords, find_words
from kb.store.database import open_session

FindWords = Callable[[FactDraft], SourceWords]


@contextmanager
def open_words(settings: Settings) -> Iterator[FindWords]:
    """Give what finds the words of a fact's source; without a base, none are found."""
    if settings.database_url is None and not (settings.home / "kb.sqlite").exists():
        yield lambda _fact: SourceWords(why="there is no base here")
        return
    with open_session(settings.url) as session:
        yield lambda fact: find_words(
            session, settings.archive, str(fact.source["url"]), fact.source.get("sha256"),
            list_wanted(fact),
        )  # fmt: skip


def tell_words(fact: FactDraft, words: SourceWords) -> str:
    """Return the source's words with their day, or where they stand and how to get them."""
    if words.text is None:
        place = f"It stands {tell_place(fact)}; {tell_fetching(fact)}."
        return f"Not shown: {words.why}. {place}"
    bytes_read = "the bytes that were read" if words.is_as_read else "perhaps not the bytes read"
    return f"As archived on {words.fetched_on} ({bytes_read}): {words.text}"
