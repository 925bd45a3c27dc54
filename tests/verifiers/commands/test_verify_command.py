"""`kb verify` where no engine is needed: headers, time that is over, claims it cannot test."""

import json

from tests.crawlers.weights import make_gguf
from tests.processes import run_kb


def crawl_toy(settings, folder):
    make_gguf(folder / "Toy-1B.gguf")
    assert run_kb(settings, "crawl", "--no-installed", "--path", str(folder)).returncode == 0


def test_no_time_measures_headers_and_says_what_is_left_out(settings, tmp_path):
    crawl_toy(settings, tmp_path)
    done = run_kb(settings, "verify", "--max-minutes", "0", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["measured"], report["questions"]) == (2, 0)
    assert [words for words in report["left_out"] if "no time left" in words]
    runs = json.loads(run_kb(settings, "runs", "--json").stdout)
    assert runs[0]["status"] == "finished"
    assert runs[0]["left_out"] == report["left_out"]


def test_header_figures_are_judged(settings, tmp_path):
    crawl_toy(settings, tmp_path)
    run_kb(settings, "verify", "--max-minutes", "0")
    run_kb(settings, "judge")
    claims = json.loads(run_kb(settings, "claims", "--json").stdout)
    count = next(claim for claim in claims if claim["type"] == "params_total")
    assert (count["outcome"], count["basis"]) == ("refuted", "read_from_release")
    assert count["measurements"][0]["value"] == 128


def test_weights_that_cannot_be_served_are_told(settings, tmp_path):
    crawl_toy(settings, tmp_path)
    done = run_kb(settings, "verify")
    assert done.returncode == 1
    assert "cannot be converted for the engine" in done.stderr
    assert "Traceback" not in done.stderr


def test_changed_weights_are_not_measured(settings, tmp_path):
    crawl_toy(settings, tmp_path)
    with (tmp_path / "Toy-1B.gguf").open("ab") as file:
        file.write(b"one byte more")
    done = run_kb(settings, "verify")
    assert "has changed since it was crawled" in done.stderr


def test_an_unknown_claim_is_told(settings, tmp_path):
    crawl_toy(settings, tmp_path)
    done = run_kb(settings, "verify", "--claim", "nonsense")
    assert done.returncode == 1
    assert "nothing to test for nonsense" in done.stderr
