"""Hostile strings in every field of a record and of a proposal: told or shown as text, no more."""

import csv
import io
import json
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache

import pytest
from typer.testing import CliRunner

from benchmarks.support.servers import serve_dashboard
from kb.cli.app import make_app
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import run_publish
from kb.cli.contributing.problem_formats import render_annotation, render_summary
from kb.records.files import RecordError, parse_record
from kb.records.proposals import ProposalError, parse_proposal
from kb.settings import ProposalLimits, Settings
from kb.stages.load import check_folder
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.home.proposals import insert_proposal
from tests.hostile_strings import STRINGS, assert_terminal_safe
from tests.store.test_proposals import CLAIM, REPLY

RECORD = {
    "model": {"name": "Toy", "vendor": "Toys", "aliases": ["toy-1b"], "not_the_same_as": ["toy-2b"],
              "note": "A note.", "availability": "announced", "availability_source": "card"},
    "sources": {"card": {"url": "https://toys.example/card", "publisher": "Toys",
                         "kind": "model_card", "title": "A card", "read_on": "2026-01-01"}},
    "claims": [
        {"type": "task_quality", "claimed": "writes", "metric": "A test",
         "subject_text": "Toy",
         "conditions": {"note": "A note.", "hardware": "H100", "quote": "words", "board": "B",
                        "artefacts": ["toy"]},
         "sightings": [{"source": "card", "quote": "writes", "locator": "Top", "said_by": "Toys",
                        "said_on": "2026-01-01", "figure_of": "A board",
                        "attribution": {"who": "A person", "of": "Toys", "how": "quoted",
                                        "words": "she said"}}]},
    ],
    "results": [
        {"metric": "task_quality", "text": "it does", "unit": "words", "n": 3, "n_unit": "tries",
         "reported_by": "A", "as_of": "2026-01-01", "source": "card", "locator": "Top",
         "conditions": {"board": "B", "note": "A note."}},
    ],
}  # fmt: skip
RUNNER = CliRunner()


def list_places(tree, path=()):
    """Every place of a value in the record, and every key of a source."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from list_places(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from list_places(value, (*path, index))
    else:
        yield path


PLACES = list(list_places(RECORD))


def put(tree, path, value):
    changed = deepcopy(tree)
    inner = changed
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return changed


def as_yaml(tree):
    return json.dumps(tree).encode()  # JSON is YAML


def parse(tree):
    try:
        return parse_record(as_yaml(tree), "toy.yaml"), []
    except RecordError as error:
        return None, error.problems


@cache
def fill(name):
    """The record with a string in every field that takes it."""
    tree = put(RECORD, ("model", "name"), f"Toy {name}")
    tree = put(tree, ("model", "aliases"), [f"toy-{name}"])
    tree["sources"]["card"]["url"] += f"/{name}"
    taken = []
    for place in PLACES:
        if place in (("model", "name"), ("claims", 0, "type")):
            changed = put(tree, place, f"{STRINGS[name]} {name}")
        else:
            changed = put(tree, place, STRINGS[name])
        if parse(changed)[0] is not None and place[-1] not in ("source", "availability_source"):
            tree, taken = changed, [*taken, place]
    return tree, taken


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
@pytest.mark.parametrize("name", STRINGS)
def test_what_is_refused_is_told_safely(name, place):
    _, problems = parse(put(RECORD, place, STRINGS[name]))
    for problem in problems:
        line = render_annotation(problem)
        assert len(line.splitlines()) == 1
        assert_terminal_safe(line)
        assert len(str(problem).splitlines()) == 1
    assert "<script" not in render_summary("x", problems)


@pytest.mark.parametrize("name", ["null", "escapes", "long"])
def test_some_are_taken_nowhere(name):
    assert not fill(name)[1]


def test_others_are_taken_as_text():
    """Else the tests below would look at nothing."""
    taken = {name: len(fill(name)[1]) for name in STRINGS}
    assert all(taken[name] > 15 for name in STRINGS if name not in ("null", "escapes", "long"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A base of records that hold hostile strings wherever they were taken, published."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "records").mkdir()
    for name in STRINGS:
        tree, taken = fill(name)
        if taken:
            (folder / "records" / f"{name}.yaml").write_bytes(as_yaml(tree))
    settings = Settings(home=folder / "home")
    run_init(settings)
    run_load(settings, folder / "records")
    run_judge(settings)
    run_publish(settings)
    return settings.home


def tell(home, *words):
    done = RUNNER.invoke(make_app(), list(words), env={"KB_HOME": str(home)})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def test_the_terminal_stays_as_it_is(home):
    with open_session(Settings(home=home).url) as session:
        ids = [view["id"] for view in read_claim_views(session)]
    assert len(ids) == 7
    assert_terminal_safe(tell(home, "claims"))
    for claim_id in ids:
        assert_terminal_safe(tell(home, "show", claim_id))
    told = tell(home, "validate", str(home.parent / "records"))
    assert "7 records" in told
    assert_terminal_safe(told)


def test_a_spreadsheet_finds_no_formula(home, tmp_path):
    tell(home, "export", "--format", "csv", "--to", str(tmp_path / "claims.csv"))
    with (tmp_path / "claims.csv").open(newline="") as file:
        rows = list(csv.reader(io.StringIO(file.read())))
    assert len(rows) == 8
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=") for cell in cells)
    for cell in cells:
        assert not cell.startswith(("=", "+", "@", "\t", "\r"))
        assert_terminal_safe(cell)


def test_lint_says_nothing_unsafe(home):
    _, problems = check_folder(home.parent / "records", datetime.now(UTC).date())
    for problem in problems:
        assert_terminal_safe(render_annotation(problem))


MISTAKE = {"kind": "mistake", "claim": "S01", "text": "wrong", "url": "https://toys.example/x"}
FORMS = {"claim": CLAIM, "reply": REPLY, "mistake": MISTAKE}
FIELDS = [(kind, field) for kind, form in FORMS.items() for field in form]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_proposals_are_refused_or_shown_as_text(tmp_path, kind, field):
    settings = Settings(home=tmp_path)
    for value in STRINGS.values():
        try:
            proposal = parse_proposal({**FORMS[kind], field: value})
        except ProposalError as error:
            assert_terminal_safe("\n".join(error.problems))
            continue
        key, _ = insert_proposal(settings.queue, proposal, "x", ProposalLimits(of_one=100))
        assert_terminal_safe(tell(tmp_path, "review", "show", key))
    assert_terminal_safe(tell(tmp_path, "review", "list"))


@pytest.mark.browser
def test_a_browser_runs_loads_and_breaks_nothing(home):
    pytest.importorskip("playwright", reason="install the Python package `playwright`")
    from tests.dashboard.browser.browser_session import (
        Watch,
        check_nothing_broke_out,
        launch_chromium,
        open_page,
    )

    with open_session(Settings(home=home).url) as session:
        ids = [view["id"] for view in read_claim_views(session)]
    paths = ["/", "/claims", "/models", "/sources", "/licences", "/memory", "/claim?id=<script>"]
    paths += [f"/claim?id={claim_id}" for claim_id in ids]
    with serve_dashboard(home) as address, launch_chromium() as browser:
        page = browser.new_page()
        watch = Watch(page, address)
        for path in paths:
            open_page(page, address + path, "As Claimed")
            check_nothing_broke_out(page)
        assert watch.wrong == []
