"""A rating of weights that nobody can have, found from the history of a board alone.

The tables are served on loopback as the board's dated files; no record says that anything was
withheld, and no record holds a rating.
"""

import csv
import re
from collections import defaultdict

import pytest
import yaml
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.reads import read_latest_verdicts
from kb.tables import Claim, Model
from tests.crawlers.site import serve
from tests.processes import run_kb
from tests.reviewing import accept_all

pytestmark = pytest.mark.crawl
HEADS = ["rank", "model", "arena_score", "95_pct_ci", "votes"]
WITHHELD = "meta/llama-4-maverick-0326-experimental"


def make_tables(path):
    """The dated rows of ratings as the board's own files, without a word about weights."""
    by_day = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["metric"] == "elo":
                by_day[row["as_of"]].append(row)
    return {f"/lmarena_text_{day.replace('-', '')}.csv": make_table(rows)
            for day, rows in by_day.items()}  # fmt: skip


def make_table(rows):
    lines = [",".join(HEADS)]
    for row in rows:
        value, low, high = (int(row[name]) for name in ("value", "low", "high"))
        rank = next((w.removeprefix("rank ") for w in row["conditions"].split("; ")
                     if w.startswith("rank ")), "")  # fmt: skip
        votes = row["n"].removesuffix(" votes")
        lines.append(f"{rank},{row['subject']},{value},+{high - value}/-{value - low},{votes}")
    return "\n".join(lines).encode() + b"\n"


def write_records_without_ratings(records, folder):
    """The released model and its family as they are on record, with no result at all."""
    folder.mkdir()
    for name in ("meta-llama-4", "meta-llama-4-maverick"):
        text = (records / f"{name}.yaml").read_text(encoding="utf-8")
        # PyYAML reads a bare `on` as true
        record = yaml.safe_load(re.sub(r"(?m)^([ -]*)on:", r"\1'on':", text))
        record.pop("results", None)
        record["model"].pop("not_the_same_as", None)
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(record, sort_keys=False))
    return folder


def crawl_tables(settings, tables):
    with serve(tables) as (url, _):
        addresses = [part for path in tables for part in ("--leaderboard", url + path)]
        done = run_kb(settings, "crawl", "--source", "lmarena", *addresses, KB_HUB_URL=url)
    assert "read" in done.stderr, done.stderr
    views, _ = judge(settings)
    assert {views[seed]["outcome"] for seed in ("S09", "S16")} == {"untested"}, "not reviewed"
    accept_all(settings)


def judge(settings):
    run_judge(settings)
    with open_session(settings.url) as session:
        views = {view["seed"]: view for view in read_claim_views(session) if view["seed"]}
        seeds = {claim.id: claim.seed for claim in session.exec(select(Claim))}
        numbers = {seeds[k]: v.numbers for k, v in read_latest_verdicts(session).items()}
        return views, numbers


def test_the_board_alone_shows_the_wrong_artefact(settings, records, shared, tmp_path):
    run_load(settings, write_records_without_ratings(records, tmp_path / "records"))
    before, _ = judge(settings)
    assert before["S09"]["outcome"] == before["S16"]["outcome"] == "untested"
    crawl_tables(settings, make_tables(shared / "facts" / "llama4_evidence.csv"))
    with open_session(settings.url) as session:
        assert session.get_one(Model, WITHHELD).availability == "unknown"
    views, numbers = judge(settings)
    assert views["S09"]["outcome"] == "wrong_artefact"
    assert views["S16"]["outcome"] == "refuted"
    for seed in ("S09", "S16"):
        words, figures = views[seed]["explanation"], numbers[seed]
        assert "1,273 (interval 1,261 to 1,283) at rank 35" in words
        assert "On 11 April 2025, the nearest day on record when the board rated both," in words
        assert "130 points lower" in words
        assert "no release is on record" in words
        assert (figures["rated"], figures["rated_low"], figures["rated_high"]) == (1417, 1405, 1430)
        assert (figures["rated_votes"], figures["released_votes"]) == (2520, 2662)
        assert figures["gap_win_rate"] == pytest.approx(0.3212, abs=1e-4)
        assert figures["gap_low"] < 130 < figures["gap_high"]
        assert (figures["gap"], figures["same_day"]) == (130, "2025-04-11")
        assert figures["withheld_variants_on_board"] == 1


def test_without_a_rating_of_the_released_model_nobody_is_accused(
    settings, records, shared, tmp_path
):
    run_load(settings, write_records_without_ratings(records, tmp_path / "records"))
    tables = make_tables(shared / "facts" / "llama4_evidence.csv")
    first = {path: body for path, body in tables.items() if "20250406" in path}
    crawl_tables(settings, first)
    views, _ = judge(settings)
    assert views["S09"]["outcome"] == "inconclusive"
    assert "Whether its weights were released is not on record" in views["S09"]["explanation"]
    assert views["S16"]["outcome"] == "untested"
