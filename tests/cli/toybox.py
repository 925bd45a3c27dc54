"""A toy model's page and record, and `kb add` told what the page says."""

from kb.records.files import parse_record
from tests.crawlers.site import Page
from tests.processes import run_kb

PAGE = Page(
    b"<html><head><title>Toybox-7B is here</title>"
    b'<meta property="article:published_time" content="2026-01-31"></head><body>'
    b"<h1>Toybox-7B is here</h1><p>Toybox-7B has a context window of 128K tokens.</p>"
    b"<p>It has 7 billion parameters.</p></body></html>",
    "text/html; charset=utf-8",
)

RECORD = """\
# yaml-language-server: $schema=../schema/record.schema.json
model:
  name: Toybox-7B
  vendor: Toys
  availability: released
  availability_source: card

sources:
  card:   # the first we read
    url: https://toys.example/card
    publisher: "Toys"
    kind: model_card

claims:
  # Order matters to us.
  - type: params_total
    claimed: '7B'
    sightings:
      - {source: card, quote: 7B}
  - type: task_quality
    claimed: summarises long documents
    sightings:
      - source: card
        quote: long documents
  # The end of the claims.

results:
  - metric: effective_context
    value: 1000
    unit: tokens
    reported_by: A
    source: card
"""

TOLD = ("--model", "Toybox-7B", "--vendor", "Toys", "--said-by", "Toys", "--yes", "--json")

WINDOW = ("--type", "context_length", "--claimed", "128K tokens", "--quote", "128K tokens")


def read(path):
    return parse_record(path.read_bytes(), str(path)).draft


def add_unread(settings, record, *told, url="https://toys.example/blog"):
    """`kb add` into the folder of a record, the source taken as read."""
    told = (*told, "--to", str(record.parent))
    return run_kb(settings, "add", "--no-fetch", "--url", url, *told)
