"""`kb validate`: told to people, programs and pull requests; quotes looked for where they stood."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from kb.cli.contributing.problem_formats import render_annotation, render_summary
from kb.records.files import Problem, Severity
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

RECORD = """\
model: {{name: Toy 1B, vendor: Toys, availability: announced, availability_source: blog}}
sources:
  blog: {{url: "{url}/blog", publisher: Toys, kind: vendor_page, read_on: {today}}}
  gone: {{url: "{url}/gone", publisher: Toys, kind: vendor_page}}
  shut: {{url: "{url}/shut", publisher: Toys, kind: vendor_page}}
claims:
  - type: context_length
    claimed: 128K tokens
    sightings:
      - {{source: blog, quote: "a window of 128K tokens & more"}}
      - {{source: blog, quote: "a window of 256K tokens"}}
      - {{source: gone, quote: 128K}}
      - {{source: shut, quote: 128K}}
"""
BLOG = b"<html><body><p>It has a <b>window</b> of\n 128K&nbsp;tokens &amp; more.</p></body></html>"
ROBOTS = b"User-agent: *\nDisallow: /shut\n"


@pytest.fixture
def warned(tmp_path):
    """A record with a warning and no error."""
    path = tmp_path / "toy.yaml"
    text = RECORD.format(url="https://toys.example", today="2026-01-01")
    path.write_text(text.replace("availability: announced, availability_source: blog", "note: x"))
    return path


def test_a_warning_is_no_failure(settings, warned):
    done = run_kb(settings, "validate", str(warned))
    assert done.returncode == 0
    assert f"{warned}:1: warning: nothing says whether" in done.stderr.replace("\n", "")
    told = json.loads(run_kb(settings, "validate", str(warned), "--json").stdout)
    assert [problem["severity"] for problem in told["problems"]] == ["warning"]


def test_annotations_and_summary_for_a_pull_request(settings, warned, tmp_path):
    summary = tmp_path / "summary.md"
    warned.write_text(warned.read_text().replace("claimed: 128K", "claimed: 12% of 128K"))
    done = run_kb(
        settings, "validate", str(warned), "--format", "github", "--summary", str(summary)
    )
    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file={warned},line=7::")
    assert "<td><code>" in summary.read_text()


def test_only_hushes_doubts_about_other_files(settings, warned, records):
    other = warned.with_name("other.yaml")
    shutil.copy(records / "google-gemma-3-270m.yaml", other)
    done = run_kb(settings, "validate", str(warned.parent), "--only", str(other))
    assert (done.returncode, "no problems" in done.stderr) == (0, True)
    done = run_kb(settings, "validate", str(warned.parent), "--only", str(warned))
    assert "no problems" not in done.stderr


def test_only_names_a_file_of_the_folder(settings, warned, records):
    """Or it would say that all is well, and have looked at nothing."""
    done = run_kb(settings, "validate", str(records), "--only", str(warned))
    assert done.returncode == 1
    assert "has no such record" in done.stderr


def test_an_untrusted_text_is_no_command_and_no_markup():
    text = "x\n::set-env name=A::b\r%0A<script>alert(1)</script>|[a](javascript:1)\u202e"
    problem = Problem("a,b:c.yaml", 3, text, Severity.WARNING)
    line = render_annotation(problem)
    assert line.startswith("::warning file=a%2Cb%3Ac.yaml,line=3::x%0A::set-env")
    assert len(line.splitlines()) == 1
    assert "\u202e" not in line
    summary = render_summary("one", [problem])
    assert "<script>" not in summary
    assert not [line for line in summary.splitlines() if line.startswith("::")]


@pytest.mark.crawl
def test_quotes_are_looked_for_in_their_pages(settings, tmp_path):
    pages = {"/blog": Page(BLOG, "text/html; charset=utf-8"), "/robots.txt": Page(ROBOTS)}
    with serve(pages) as (url, asked):
        path = tmp_path / "toy.yaml"
        path.write_text(RECORD.format(url=url, today=datetime.now(UTC).date()))
        done = run_kb(settings, "validate", str(path), "--fetch", "--json")
        closed = run_kb(settings, "validate", str(path), "--fetch", "--json", KB_ALLOW_LOOPBACK="0")
    told = {problem["line"]: problem for problem in json.loads(done.stdout)["problems"]}
    assert done.returncode == 1
    assert told.keys() == {11, 4, 5}  # not 10: that quote stands there, markup aside
    assert told[11]["severity"] == "error"
    assert "'a window of 256K tokens' is not in 'blog'" in told[11]["message"]
    assert (told[4]["severity"], told[5]["severity"]) == ("note", "note")
    assert "404" in told[4]["message"]
    assert "robots.txt forbids" in told[5]["message"]
    assert not asked["/shut"]
    refused = json.loads(closed.stdout)["problems"]
    assert {problem["severity"] for problem in refused} == {"note"}
    assert "loopback" in refused[0]["message"]
    assert not (settings.home / "archive").exists()
