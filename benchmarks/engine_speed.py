"""The benchmark of asking: tokens a second of a ladder run beside vLLM offline.

Same weights, prompts and settings. The baseline is given all prompts at once and does nothing
else; the ladder run makes its questions, asks them over HTTP as its climb wants them, scores and
stores each answer. Both engines are up; each repetition has prompts of its own, so that neither
finds them in its cache.
"""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from sqlmodel import Session

from benchmarks.support.measuring import Measured
from benchmarks.support.offline_engine import MARK
from crawlers.commands.running import run_crawl
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.settings import Settings
from kb.stages.measure import read_trials
from kb.stages.plan import insert_plan
from kb.store.database import open_session
from kb.tables import Trial
from verifiers.engines.vllm_server import make_environment, make_options
from verifiers.probes.context_ladder import PROBE, climbing
from verifiers.probing.probe import Effort
from verifiers.running.jobs import Job, plan_jobs
from verifiers.running.plan_context import PlanContext
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench, EngineSession

_WINDOW, _BUDGET, _REPEATS = 2048, 33_000, 3
_RECORD = """\
model: {name: SmolLM2-135M-Instruct, vendor: HuggingFaceTB}
sources:
  note: {url: "https://example.org/", publisher: Bench, kind: press, read_on: 2026-01-02}
claims:
  - {type: context_length, claimed: 2048 tokens, said_by: Bench, sightings: [{source: note}]}
"""


def measure_engine() -> Measured:
    """Prompt tokens a second, ours and offline; the ratio is ours over offline."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        with (
            _open_job(settings) as (session, job),
            EngineSession(settings, job.local, lambda words: None) as engine,
        ):
            bench = engine.open_bench(_WINDOW)
            with _start_offline(settings, bench.weights.folder) as offline:
                pairs = [_run_pair(session, job, engine, offline, n) for n in range(_REPEATS)]
    ours, theirs = zip(*pairs, strict=True)  # both have answered something before
    notes = {f"ratio, run {n}": a / b for n, (a, b) in enumerate(pairs, 1)}
    return Measured(
        median(ours), "tokens/s", "vllm.LLM.generate, all prompts at once", median(theirs),
        _REPEATS, notes,
    )  # fmt: skip


@contextmanager
def _open_job(settings: Settings) -> Iterator[tuple[Session, Job]]:
    run_init(settings)
    record = settings.home / "bench.yaml"
    record.write_text(_RECORD)
    run_load(settings, record)
    run_crawl(settings)
    with open_session(settings.url) as session:
        effort = Effort(profile="full", budget_tokens=_BUDGET)
        jobs = plan_jobs(session, settings, effort, [])
        yield (
            session,
            next(
                job
                for job in jobs
                if job.plan.probe == PROBE.name and job.claim.claimed_value == _WINDOW
            ),
        )


@contextmanager
def _start_offline(settings: Settings, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    options = make_options(settings.engine_python, _WINDOW)
    command = [
        options.python, "-m", "benchmarks.support.offline_engine",
        str(folder), options.dtype, str(_WINDOW),
    ]  # fmt: skip
    environment = make_environment(options)
    with (settings.home / "offline.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            _read(process)
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # its engine has processes of its own
            process.wait()


def _run_pair(
    session: Session,
    job: Job,
    engine: EngineSession,
    offline: "subprocess.Popen[str]",
    number: int,
) -> tuple[float, float]:
    plan = insert_plan(
        session, job.claim.id, job.release.id, job.plan.probe, job.plan.probe_version,
        job.plan.parameters, random_seed=number,
    )  # fmt: skip
    job = Job(plan, job.claim, job.release, job.local)
    context = PlanContext(session, job, engine, Listener())
    began = time.perf_counter()
    PROBE.run(context)
    seconds = time.perf_counter() - began
    trials = list(read_trials(session, plan.id).values())
    tokens = sum(trial.prompt_tokens for trial in trials)
    return tokens / seconds, tokens / _ask_offline(
        offline, engine.open_bench(_WINDOW), plan.seed, trials
    )


def _ask_offline(
    offline: "subprocess.Popen[str]", bench: Bench, random_seed: int, trials: list[Trial]
) -> float:
    encode = bench.tokenizer.encode_prompt
    questions = [climbing.make_question(trial.item, random_seed, encode) for trial in trials]
    given = [(question.prompt, question.max_tokens) for question in questions]
    assert offline.stdin is not None
    offline.stdin.write(json.dumps(given) + "\n")
    offline.stdin.flush()
    return float(_read(offline))


def _read(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        mark, _, words = line.partition(" ")
        if mark == MARK:
            return words
    raise RuntimeError("vLLM offline ended; see offline.log in the benchmark's home")
