"""What a record notes as corrected becomes rows; what it changes without a note draws a warning."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from kb.records.files import RecordError
from kb.stages.load import read_records
from kb.store.database import open_session
from kb.tables import Claim
from tests.processes import run_kb
from tests.stages.living_base import CARD, RECORD, archive, dump_in_force, load, make_base, read
from tests.stages.test_living_base import CHANGES, change

ON, WHY = "2026-11-28", "we misread the page"
SIGHTING = "claims__0__sightings__0"


def note(**was):
    return [{"on": ON, "was": was, "why": WHY}]


WITHDRAWN = RECORD["claims"][1] | {"on": ON, "why": WHY}
NOTED = {
    "figure": {"claims__0__claimed": "200K tokens",
               "claims__0__corrected": note(claimed="256K tokens")},
    "speaker": {f"{SIGHTING}__said_by": "News", f"{SIGHTING}__corrected": note(said_by="Toys")},
    "alias": {"model__aliases": ["Toy-2-Instruct"],
              "model__corrected": note(aliases=["Toy-2-Chat"])},
    "vendor": {"model__vendor": "Other Toys", "model__corrected": note(vendor="Toys")},
    "release": {"releases__0__repository": "toys/toy-2-chat",
                "releases__0__corrected": note(repository="toys/toy-2")},
    "result": {"results__0__value": 32000, "results__0__corrected": note(value=64000)},
    "withdrawn": {"claims": RECORD["claims"][:1], "withdrawn": [WITHDRAWN]},
}  # fmt: skip
UNNOTED = {
    "figure": (
        "- type: context_length",
        "the context_length claim '256K tokens' stood here before",
    ),
    "speaker": ("- type: context_length", "here a document had 'Toys' as the speaker before"),
    "alias": ("aliases:", "'Toy-2-Chat' was an alias before"),
    "vendor": ("model:", "the model was Toys 'Toy 2' before"),
    "release": ("- repository: toys/toy-2-chat", "the release 'toys/toy-2' stood here before"),
    "result": (
        "- metric: accepted_context",
        "the result accepted_context '64000' stood here before",
    ),
    "withdrawn": ("claims:", "the params_total claim '7B' stood here before"),
}


def list_corrections(settings):
    return dump_in_force(settings)["correction"]


@pytest.mark.parametrize("name", NOTED)
def test_a_note_tells_what_was_wrong_and_draws_no_warning(tmp_path, name):
    settings = make_base(tmp_path)
    load(settings, RECORD)
    report = load(settings, change(**NOTED[name]))
    assert report.unnoted == ()
    rows = list_corrections(settings)
    assert {(row["why"], str(row["corrected_on"]), row["record"]) for row in rows} == {
        (WHY, ON, "toy-2.yaml")
    }
    fresh = make_base(tmp_path / "fresh")
    load(fresh, change(**NOTED[name]))
    assert list_corrections(fresh) == rows


@pytest.mark.parametrize("name", UNNOTED)
def test_a_change_without_a_note_draws_a_warning_that_says_how(tmp_path, name):
    settings = make_base(tmp_path)
    load(settings, RECORD)
    changed = {key: value for key, value in NOTED[name].items() if "corrected" not in key}
    changed.pop("withdrawn", None)
    report = load(settings, change(**changed))
    line, words = UNNOTED[name]
    (problem,) = [problem for problem in report.unnoted if words in problem.message]
    lines = (settings.home / "records" / "toy-2.yaml").read_text().splitlines()
    assert lines[problem.line - 1].strip() == line
    assert problem.file.endswith("toy-2.yaml")
    assert "corrected: [{on: 20" in problem.message
    if name != "vendor":  # then every claim is another one
        assert report.unnoted == (problem,)


def test_a_corrected_figure_leads_from_the_old_claim_to_the_new(tmp_path):
    settings = make_base(tmp_path)
    load(settings, RECORD)
    with open_session(settings.url) as session:
        old = {claim["claimed_text"]: claim["id"] for claim in dump_in_force(settings)["claim"]}
    load(settings, change(**NOTED["figure"]))
    new = {claim["claimed_text"]: claim["id"] for claim in dump_in_force(settings)["claim"]}
    (row,) = list_corrections(settings)
    assert (row["kind"], row["field"], row["was"], row["now"]) == (
        "claim", "claimed", "256K tokens", "200K tokens",
    )  # fmt: skip
    assert (row["old_id"], row["new_id"]) == (old["256K tokens"], new["200K tokens"])
    with open_session(settings.url) as session:
        assert session.get(Claim, row["old_id"]) is not None, "the old one stays in the history"


def test_two_corrections_of_one_claim_both_lead_to_what_stands(tmp_path):
    settings = make_base(tmp_path)
    notes = [
        {"on": "2026-11-20", "was": {"claimed": "256K tokens"}, "why": "misread"},
        {"on": "2026-11-25", "was": {"claimed": "300K tokens"}, "why": "misread again"},
    ]
    ids = []
    for record in (
        RECORD,
        change(claims__0__claimed="300K tokens", claims__0__corrected=notes[:1]),
        change(claims__0__claimed="200K tokens", claims__0__corrected=notes),
    ):
        assert load(settings, record).unnoted == ()
        claims = dump_in_force(settings)["claim"]
        ids += [row["id"] for row in claims if row["claim_type"] == "context_length"]
    rows = sorted(list_corrections(settings), key=lambda row: row["corrected_on"])
    assert [(row["was"], row["now"]) for row in rows] == [
        ("256K tokens", "300K tokens"), ("300K tokens", "200K tokens"),
    ]  # fmt: skip
    assert [(row["old_id"], row["new_id"]) for row in rows] == [(ids[0], ids[2]), (ids[1], ids[2])]


def test_another_vendor_moves_the_model_and_its_claims(tmp_path):
    settings = make_base(tmp_path)
    load(settings, RECORD)
    old = {row["claimed_text"]: row["id"] for row in dump_in_force(settings)["claim"]}
    load(settings, change(**NOTED["vendor"]))
    new = {row["claimed_text"]: row["id"] for row in dump_in_force(settings)["claim"]}
    moved = {row["old_id"]: row["new_id"] for row in list_corrections(settings)}
    assert moved == {"toys/toy-2": "other-toys/toy-2"} | {old[text]: new[text] for text in old}


WRONG = {
    "stands": (note(claimed="256K tokens"), "`was` says what stands there now"),
    "field": (note(claim="1M tokens"), "`was` names 'claim'; it may name claimed, "),
    "no_figure": (note(claimed="a lot"), "as it stood it was no claim"),
    "future": (
        [{"on": (datetime.now(UTC) + timedelta(days=9)).date(), "was": {"claimed": "1M tokens"},
          "why": WHY}],
        "which is in the future",
    ),
    "why": ([{"on": ON, "was": {"claimed": "1M tokens"}}], "why: is missing and must be given"),
    "nothing": ([{"on": ON, "was": {}, "why": WHY}], "was: "),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_note_that_cannot_be_is_refused_with_its_line(tmp_path, name):
    notes, words = WRONG[name]
    text = yaml.safe_dump(change(claims__0__corrected=notes), sort_keys=False)
    (tmp_path / "toy.yaml").write_text(text)
    with pytest.raises(RecordError) as refused:
        read_records(tmp_path)
    assert words in str(refused.value)
    first = text[: text.index("corrected")].count("\n") + 1
    assert all(first <= problem.line <= first + 5 for problem in refused.value.problems)


def test_what_is_withdrawn_must_be_gone(tmp_path):
    text = yaml.safe_dump(change(withdrawn=[WITHDRAWN]), sort_keys=False)
    (tmp_path / "toy.yaml").write_text(text)
    with pytest.raises(RecordError, match=r"the claim that was wrong still stands on line \d+"):
        read_records(tmp_path)


def test_the_command_tells_what_was_superseded_and_warns(settings):
    load(settings, RECORD)
    path = settings.home / "records" / "toy-2.yaml"
    path.write_text(yaml.safe_dump(CHANGES["figure"], sort_keys=False))
    done = run_kb(settings, "load", str(path.parent))
    assert done.returncode == 0, done.stderr
    assert "2 rows superseded" in done.stderr
    assert "toy-2.yaml:25: warning: the context_length claim '256K tokens'" in done.stderr
    path.write_text(yaml.safe_dump(RECORD, sort_keys=False))
    report = json.loads(run_kb(settings, "load", str(path.parent), "--json").stdout)
    assert report["superseded"] == 2
    assert "'200K tokens' stood here before" in report["unnoted"][0]


def test_names_that_change_have_archived_documents_read_again(settings):
    load(settings, RECORD)
    archive(settings, {"https://toys.example/card": CARD})
    read(settings)
    assert "toys/toy-2-turbo" in {row["id"] for row in dump_in_force(settings)["model"]}
    path = settings.home / "records" / "toy-2.yaml"
    path.write_text(yaml.safe_dump(CHANGES["alias"], sort_keys=False))
    done = run_kb(settings, "load", str(path.parent))
    assert done.returncode == 0, done.stderr
    assert "1 archived document to read again" in done.stderr
    assert {row["id"] for row in dump_in_force(settings)["model"]} == {"toys/toy-2"}
    assert "to read again" not in run_kb(settings, "load", str(path.parent)).stderr


def test_a_record_whose_file_is_gone_is_taken_back_when_asked(settings):
    other = change(model__name="Toy 3", model__aliases=[])
    load(settings, RECORD, other, names=("toy-2.yaml", "toy-3.yaml"))
    both = dump_in_force(settings)
    report = load(settings, RECORD)
    assert (report.elsewhere, dump_in_force(settings)) == (("toy-3.yaml",), both)
    folder = str(settings.home / "records")
    for _ in range(2):
        done = run_kb(settings, "load", folder, "--retire", "toy-3.yaml")
        assert done.returncode == 0, done.stderr
        assert {row["id"] for row in dump_in_force(settings)["model"]} == {"toys/toy-2"}
    wrong = run_kb(settings, "load", folder, "--retire", "toy-2.yaml")
    assert (wrong.returncode, "is no record file to take back" in wrong.stderr) == (1, True)
    load(settings, RECORD, other, names=("toy-2.yaml", "toy-3.yaml"))
    assert dump_in_force(settings) == both
