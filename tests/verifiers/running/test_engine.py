"""The real thing: a vLLM server on real released weights."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.tables import Environment, Trial
from tests.dumps import dump
from tests.processes import COMMAND, kill_kb_when, run_kb
from tests.verifiers.homes import LITTLE, copy_home, find_local
from verifiers.engines.refusals import Obstacle, WindowRefusedError
from verifiers.engines.vllm_server import make_options, serve
from verifiers.probes.accepted_window import find_next_window
from verifiers.serving.conversion import restore_bos
from verifiers.serving.preflight import PROSE, UnfitReleaseError, check_loss, check_tokenizer
from verifiers.serving.tokenizing import load_tokenizer
from verifiers.serving.weights import prepare_weights, read_local_facts

pytestmark = pytest.mark.engine


def engines():
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "name"])
        if "vllm.entrypoints" in " ".join(process.info["cmdline"] or ())
        or "EngineCore" in (process.info["name"] or "")
    ]


def test_verify_killed_and_run_again_ends_the_same(base, short_claim, tmp_path):
    """kill -9 in the middle of the questions; no engine is left; the end state is the same."""
    verify = ("verify", "--claim", short_claim, *LITTLE)
    done = run_kb(base, *verify)
    assert done.returncode == 0, done.stderr
    assert "29 questions asked" in done.stderr
    disturbed = Settings(home=tmp_path / "home")
    copy_home(base, disturbed)
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
    assert "0 tests run" in third.stderr
    assert engines() == []
    run_judge(disturbed)
    with open_session(disturbed.url) as session:
        view = next(row for row in read_claim_views(session) if row["id"] == short_claim)
        environments = session.exec(select(Environment)).all()
        trials = session.exec(select(Trial)).all()
    assert view["basis"] == "measured_here"
    score = next(m for m in view["measurements"] if m["metric"] == "length_score")
    assert score["low"] < score["value"] < score["high"]
    assert score["n"] == 26
    assert len(trials) == 28 + 1  # two rounds of fourteen, and one that fills the window
    assert {trial.scorer for trial in trials} == {"recall/1"}
    assert all(trial.prompt_tokens <= 512 - 24 for trial in trials)
    assert 0 < sum(trial.score for trial in trials) < len(trials)
    assert any(row.engine == "vLLM" and row.engine_version for row in environments)


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


def test_an_engine_that_dies_is_replaced(base, short_claim, tmp_path):
    """kill -9 on the engine itself, while it answers: another one goes on; the end is the same."""
    broken = Settings(home=tmp_path / "home")
    copy_home(base, broken)
    _forget_measurements(broken)
    run = subprocess.Popen(
        [*COMMAND, "verify", "--claim", short_claim, *LITTLE],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        env={**os.environ, "KB_HOME": str(broken.home)},
    )  # fmt: skip
    deadline = time.monotonic() + 300
    while _count_trials(broken) < 3:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.2)
    killed = engines()
    for pid in killed:
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).kill()
    told = run.communicate(timeout=400)[1]
    assert killed
    assert run.returncode == 0, told
    assert engines() == []
    assert dump(broken.url) == dump(base.url)


def test_a_window_that_memory_does_not_hold_is_refused_in_the_engines_words(base, tmp_path):
    """65,536 tokens take 3 GiB and there is one; the next window is the one vLLM says would do."""
    ready = prepare_weights(find_local(base, "smol"), base.home / "weights")
    longer = ("--hf-overrides", '{"max_position_embeddings": 65536}')
    options = replace(make_options(None, 65_536), cache_gib=1, extra=longer)
    with pytest.raises(WindowRefusedError) as refused, serve(ready.folder, options, tmp_path):
        pass
    refusal = refused.value.refusal
    assert refusal.obstacle is Obstacle.MEMORY
    assert "KV cache" in refusal.words
    assert str(tmp_path) not in refusal.words
    assert 16_384 < refusal.estimate_tokens < 32_768
    assert find_next_window(65_536, refusal.estimate_tokens) == refusal.estimate_tokens
    too_long = replace(options, window_tokens=16384, extra=())
    with pytest.raises(WindowRefusedError) as refused, serve(ready.folder, too_long, tmp_path):
        pass
    assert refused.value.refusal.obstacle is Obstacle.LIMIT
    assert refused.value.refusal.estimate_tokens == 8192


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
        loss = check_loss(engine, good.encode_plain(PROSE), True)
        assert loss.bits_per_byte < 1.1
        with pytest.raises(UnfitReleaseError, match="bits per byte"):
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
