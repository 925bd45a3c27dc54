"""The front page states no figure of its own: each is counted in the published file."""

import ast
import re

import duckdb

from dashboard.reads.overview import CLAIMED
from kb.exports.told_figures import find_unmarked_numbers
from tests.conftest import PROJECT
from tests.dashboard.page_runs import run_page


def test_no_figure_stands_in_the_code_of_the_front_page():
    tree = ast.parse((PROJECT / "dashboard" / "pages" / "front.py").read_text())
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    told = [text for text in words if list(find_unmarked_numbers(text, ("Llama 4",)))]
    assert told == []


def test_the_front_page_counts_what_the_file_holds(sample_home):
    with duckdb.connect(str(sample_home / "published.duckdb"), read_only=True) as file:
        counts = dict(file.execute(
            f"""select coalesce(outcome, 'untested'), count(*) from claims_vs_reality
            where {CLAIMED} group by 1"""
        ).fetchall())  # fmt: skip
    words = run_page("", sample_home)
    fell = sum(counts.get(name, 0) for name in ("overstated", "refuted", "wrong_artefact"))
    headline = (
        rf"Of {sum(counts.values())} claims about AI models, {counts['supported']} held up and "
        rf"{fell} did not"
    )
    assert re.search(headline, words), words[:500]
