"""The real thing: a vLLM server on real released weights."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from sqlmodel import select

from kb.cli.base import run_init, run_judge, run_load
from kb.settings import Settings
from kb.store.claim_views import read_claim_views
from kb.store.database import open_session
from kb.store.local_weights import LocalWeights
from kb.tables import Environment, Trial
from tests.dumps import dump
from tests.processes import COMMAND, kill_kb_when, run_kb
from verifiers.conversion import restore_bos
from verifiers.engines.vllm_server import make_options, serve
from verifiers.fitness import PROSE, UnfitReleaseError, check_loss, check_tokenizer
from verifiers.tokenizing import load_tokenizer
from verifiers.weights import prepare_weights, read_local_facts

pytestmark = pytest.mark.engine

RECORD = """\
model: {name: SmolLM2-135M-Instruct, vendor: HuggingFaceTB}
sources:
  note: {url: "https://example.org/", publisher: Test, kind: press, read_on: 2026-01-02}
claims:
  - {type: context_length, claimed: 512 tokens, said_by: Test, sightings: [{source: note}]}
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A home with the installed releases crawled, and a claim that is short to test."""
    settings = Settings(home=tmp_path_factory.mktemp("engine") / "home")
    run_init(settings)
    record = settings.home / "toy.yaml"
    record.write_text(RECORD)
    run_load(settings, record)
    done = run_kb(settings, "crawl")
    if "2 releases" not in done.stderr:
        pytest.skip("the two small models are not installed; `make setup` installs them")
    return settings


@pytest.fixture(scope="module")
def short_claim(base):
    with open_session(base.url) as session:
        views = read_claim_views(session)
    return next(view["id"] for view in views if view["claimed_value"] == 512)


def find_local(settings, part):
    for path in (settings.home / "local_releases").glob("*.json"):
        local = LocalWeights(**json.loads(path.read_text()))
        if part in local.path.lower():
            return local
    raise AssertionError(part)


def engines():
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "name"])
        if "vllm.entrypoints" in " ".join(process.info["cmdline"] or ())
        or "EngineCore" in (process.info["name"] or "")
    ]


def test_verify_killed_and_run_again_ends_the_same(base, short_claim, tmp_path):
    """kill -9 in the middle of the questions; no engine is left; the end state is the same."""
    verify = ("verify", "--claim", short_claim)
    done = run_kb(base, *verify)
    assert done.returncode == 0, done.stderr
    assert "questions asked" in done.stderr
    disturbed = Settings(home=tmp_path / "home")
    shutil.copytree(base.home, disturbed.home)
    _forget_measurements(disturbed)
    assert kill_kb_when(disturbed, lambda: _count_trials(disturbed) >= 5, *verify)
    deadline = time.monotonic() + 60
    while engines() and time.monotonic() < deadline:
        time.sleep(0.5)
    assert engines() == []
    answered = _count_trials(disturbed)
    again = run_kb(disturbed, *verify)
    assert again.returncode == 0, again.stderr
    assert f"{_count_trials(disturbed) - answered} questions asked" in again.stderr
    assert dump(disturbed.url) == dump(base.url)
    third = run_kb(disturbed, *verify)
    assert "0 plans carried out" in third.stderr
    assert engines() == []
    run_judge(disturbed)
    with open_session(disturbed.url) as session:
        view = next(each for each in read_claim_views(session) if each["id"] == short_claim)
        environments = session.exec(select(Environment)).all()
        trials = session.exec(select(Trial)).all()
    assert view["basis"] == "measured_here"
    accuracy = next(m for m in view["measurements"] if m["metric"] == "needle_accuracy")
    assert accuracy["low"] < accuracy["value"] <= accuracy["high"]
    assert accuracy["n"] == len(trials) == 22
    assert all(trial.prompt_tokens <= 512 - 16 for trial in trials)
    assert any(each.engine == "vLLM" and each.engine_version for each in environments)


def _forget_measurements(settings):
    from sqlalchemy import delete

    from kb.tables import Measurement, Plan

    with open_session(settings.url) as session:
        for table in (Trial, Measurement, Plan, Environment):
            session.exec(delete(table))
        session.commit()


def _count_trials(settings):
    with open_session(settings.url) as session:
        return len(session.exec(select(Trial.id)).all())


def test_an_engine_that_dies_is_told_and_the_next_starts_clean(base, short_claim, tmp_path):
    """kill -9 on the engine itself, while it answers: its last words, then a clean start."""
    verify = ("verify", "--claim", short_claim)
    broken = Settings(home=tmp_path / "home")
    shutil.copytree(base.home, broken.home)
    _forget_measurements(broken)
    run = subprocess.Popen(
        [*COMMAND, *verify], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        env={**os.environ, "KB_HOME": str(broken.home)},
    )  # fmt: skip
    deadline = time.monotonic() + 300
    while _count_trials(broken) < 3:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.2)
    for pid in engines():
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).kill()
    told = " ".join(run.communicate(timeout=120)[1].split())
    assert run.returncode == 1
    assert "not measured" in told
    assert "last words" in told
    assert engines() == []
    assert 3 <= _count_trials(broken) < 22
    again = run_kb(broken, *verify)
    assert again.returncode == 0, again.stderr
    assert dump(broken.url) == dump(base.url)


def test_a_model_that_lost_its_bos_token_is_caught(base, tmp_path):
    """Gemma's GGUF wants a BOS token; a conversion that forgets it is refused, not judged."""
    local = find_local(base, "gemma")
    facts = read_local_facts(local)
    assert facts.add_bos_token is True
    ready = prepare_weights(local, base.home / "weights")
    good = load_tokenizer(ready.folder, None)
    check_tokenizer(facts, good)
    forgetful = tmp_path / "forgetful"
    shutil.copytree(ready.folder, forgetful, ignore=shutil.ignore_patterns("*.safetensors"))
    _forget_bos(forgetful)
    with pytest.raises(UnfitReleaseError, match="wants a BOS token in front"):
        check_tokenizer(facts, load_tokenizer(forgetful, None))
    restore_bos(forgetful, facts)
    check_tokenizer(facts, load_tokenizer(forgetful, None))
    with serve(ready.folder, make_options(None, 512), tmp_path) as engine:
        fitness = check_loss(engine, good.encode_plain(PROSE), True)
        assert fitness.bits_per_byte < 1.1
        with pytest.raises(UnfitReleaseError, match="bits a byte"):
            check_loss(engine, good.encode_plain(PROSE)[1:], False)
    assert engines() == []


def _forget_bos(folder: Path):
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text())
    tokenizer["post_processor"] = None
    path.write_text(json.dumps(tokenizer))
    config = json.loads((folder / "tokenizer_config.json").read_text())
    config.pop("add_bos_token", None)
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
