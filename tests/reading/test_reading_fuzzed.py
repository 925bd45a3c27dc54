"""Reading 100,000 documents that chance made: no crash, no hang, every quote at its place."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reading import read_text
from tests.reading.test_documents import CARD, HTML
from tests.reading.test_keys import CONFIG, OBJECT
from tests.reading.test_tables import BY_COLUMN, BY_ROW

pytestmark = pytest.mark.long

DOCUMENTS = 100_000
SLOWEST_S = 5.0
SHARDS = 10
PIECES = (
    "Toyla-3-40B", "Llama 4 Scout", "128K", "10M", "1,417", "17B", "2.5%", "$0.50", " tokens", " parameters",
    " context length", " experts", " Elo", " per 1M input tokens", " license", "MIT", "Apache 2.0", "MMLU",
    " | ", "\n|---|---|\n", "\n", "\n\n", "# ", "- ", "**", "`", "```", "<table>", "<tr>", "<td colspan=9>",
    "</table>", "<!--", "-->", "&amp;", "&#0;", "[", "](", ")", "{", "}", '"', "'", ":", ",", "---\n", "\x00",
    "\u202e", "\ud7ff", "é", "字", "\r\n", "\t", "\\", "~", "up to ", "both ", "and ", "of ", "99999999999999999",
    "<script>", "=", "(", "!", "/", "1e999", "-5", "0", ".", "trained on ", "vocabulary size ", "June 2025",
)  # fmt: skip
NAMES = ("a.md", "a.html", "a.json", "a.ts", "a.txt", "a.yaml", "LICENSE", "")
SEEDS = (CARD, BY_COLUMN, BY_ROW, HTML, CONFIG, OBJECT)


def make_text(random_numbers):
    """A document: pieces thrown together, or one of ours with some of it cut, doubled, replaced."""
    if random_numbers.random() < 0.5:
        return "".join(random_numbers.choices(PIECES, k=random_numbers.randint(1, 60)))
    text = random_numbers.choice(SEEDS)
    for _ in range(random_numbers.randint(1, 6)):
        start = random_numbers.randrange(len(text) + 1)
        end = min(len(text), start + random_numbers.randint(0, 40))
        middle = random_numbers.choice(
            [
                "",
                text[start:end] * 2,
                random_numbers.choice(PIECES),
                chr(random_numbers.randrange(0xD800)),
            ]
        )
        text = text[:start] + middle + text[end:]
    return text


def check(text, name):
    started = time.process_time()
    found = read_text(text, name=name)
    assert time.process_time() - started < SLOWEST_S
    assert found.kept + len(found.excluded) + len(found.failed) == found.candidates
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
    return found


@pytest.mark.parametrize("shard", range(SHARDS))
def test_documents_made_by_chance(shard):
    random_numbers = random.Random(shard)
    kept = 0
    for _ in range(DOCUMENTS // SHARDS):
        text = make_text(random_numbers)
        try:
            kept += check(text, random_numbers.choice(NAMES)).kept
        except Exception as error:
            raise AssertionError(f"shard {shard}: {text!r}") from error
    assert kept > 1000  # else the documents were nothing like ones that hold claims


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.sampled_from(NAMES))
def test_any_text(text, name):
    check(text, name)


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("<div>", 40_000), ("<!--", 100_000), ("<", 400_000), ('"', 400_000), ("`\\", 200_000),
        ("|", 400_000), ("123 ", 100_000), ('{"a":', 50_000), ("[", 300_000), ("](a", 100_000),
        ("Llama 4 ", 40_000), ("MMLU 12.5% ", 30_000), ("<tr><td colspan=60 rowspan=60>1", 5_000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.json"])
def test_hundreds_of_thousands_of_one_thing(piece, times, name):
    check("<table>" * ("<tr" in piece) + piece * times, name)
