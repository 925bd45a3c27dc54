"""Carry out the probe `accepted_window`: start engines with falling windows until one serves."""

from sqlmodel import Session

from kb.domain.results import Result, Scored
from kb.stages.measure import insert_trial, read_trials
from kb.tables import Environment
from verifiers.engines.protocol import EngineDiedError, EngineError
from verifiers.engines.refusals import Obstacle, Refusal, WindowRefusedError, parse_refusal
from verifiers.probes import accepted_window, context_ladder
from verifiers.running.jobs import Job
from verifiers.serving.asking import Asker
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench, EngineSession, record_bench


def find_window(
    session: Session, job: Job, engine: EngineSession, listener: Listener
) -> tuple[Environment, list[Result]]:
    """Return the accepted length, with what stopped longer windows.

    Raises EngineError when no window at all is served.
    """
    parameters = job.plan.parameters
    window: int | None = parameters["first_window"]
    refusals: list[Refusal] = []
    while window is not None:
        listener.start(f"{job.title}: a window of {window:,} tokens", 1)
        try:
            bench = engine.open_bench(window)
            environment = record_bench(session, bench)
            prompt_tokens = _fill_window(session, job, bench, environment.id, window)
        except (WindowRefusedError, EngineDiedError) as error:
            refusals.append(_make_refusal(window, error))
            engine.discard()
            window = accepted_window.find_next_window(window, refusals[-1].estimate_tokens)
            continue
        listener.advance(1)
        stopped = [f"{each.window_tokens:,}: {each.obstacle}, “{each.words}”" for each in refusals]
        return environment, accepted_window.make_results(parameters, window, prompt_tokens, stopped)
    raise EngineError(f"no window is served at all; the last words: {refusals[-1].words}")


def _make_refusal(window: int, error: EngineError) -> Refusal:
    if isinstance(error, WindowRefusedError):
        return error.refusal
    refusal = parse_refusal(window, str(error))
    return Refusal(window, Obstacle.CRASH, refusal.words)


def _fill_window(session: Session, job: Job, bench: Bench, environment_id: str, window: int) -> int:
    """Ask a question that fills the window, unless that is on record; return its prompt tokens."""
    question = accepted_window.make_question(window, job.plan.seed, bench.tokenizer.encode_prompt)
    known = read_trials(session, job.plan.id).get(question.item)
    if known is not None:
        return known.prompt_tokens
    with Asker(bench.engine, lambda _: question, lambda: bench.engine) as asker:
        (asked,) = asker.ask([question.item])
    text = asked.completion.text
    scored = Scored(
        text,
        context_ladder.SCORER,
        context_ladder.score(text, question.expected),
        asked.completion.finish_reason,
    )
    insert_trial(
        session, job.plan.id, environment_id, question, scored, asked.asked_at, asked.duration_ms
    )
    return len(question.prompt)
