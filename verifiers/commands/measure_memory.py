"""`kb measure-memory`: the memory an engine takes, beside what was predicted."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import Session, col, select

from kb.cli.console import as_plain_text, make_progress, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.domain.results import Result
from kb.settings import Settings, load_settings
from kb.store.database import open_session
from kb.store.home.local_weights import LocalWeights, find_local_weights
from kb.store.in_force import is_in_force
from kb.store.review.reads import read_shown_claims
from kb.tables import Claim, Release
from kb.text.counting import count_things
from verifiers.probes.memory_fit.probe import PROBE, make_parameters
from verifiers.probes.memory_fit.results import FITS
from verifiers.running.jobs import Job, make_plan
from verifiers.running.plan_context import PlanContext
from verifiers.running.runner import store_findings
from verifiers.serving.progress import make_listener
from verifiers.serving.session import EngineSession

_RANDOM_SEED = 0
_GIB = 1024**3
_BEARS_ON = ("hardware_fit", "context_length")
_MEASURED = {"peak_memory": "predicted_memory", "cache_capacity": "predicted_cache_capacity",
             "weights_memory": "predicted_weights_memory"}  # fmt: skip


def measure_memory(
    model: Annotated[str, typer.Argument(help="Part of a model's id, or of its weights' path.")],
    window: Annotated[
        list[int] | None, typer.Option(min=2, help="Context limit in tokens; may be repeated.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Measure an engine's memory at several context limits.

    The results stand beside what was predicted. For each limit vLLM starts afresh and answers one
    prompt that fills it. A refusal is recorded in the engine's words. Default limits: 512, 2,048
    and 8,192 tokens.

    Example: kb measure-memory smollm2 --window 1024 --window 4096
    """
    settings = load_settings()
    with open_session(settings.url) as session:
        claim, release, local = _find(session, settings, model)
        parameters = make_parameters(window or ())
        plan = make_plan(session, PROBE, claim, release, parameters, _RANDOM_SEED)
        job = Job(plan, claim, release, local)
        with make_progress() as progress:
            listener = make_listener(progress, f"memory of {model}")
            with EngineSession(settings, local, listener.say) as engine:
                findings = PROBE.run(PlanContext(session, job, engine, listener))
        store_findings(session, job, findings)
    rows = make_rows(findings.results)
    if as_json:
        print_json(rows)
    else:
        _print(rows)


def _find(session: Session, settings: Settings, model: str) -> tuple[Claim, Release, LocalWeights]:
    """Return the claim that the measurement concerns most, its release, and its weights."""
    found = []
    releases = select(Release).where(is_in_force(Release)).order_by(col(Release.id))
    for release in session.exec(releases):
        local = find_local_weights(settings.home, release.id)
        if (
            local is None
            or model.lower() not in f"{release.model_id} {Path(local.path).name}".lower()
        ):
            continue
        claims = read_shown_claims(session, release.model_id)
        if claims:
            found.append((min(claims, key=_rank), release, local))
    if len(found) != 1:
        raise UserError(
            f"{count_things(len(found), 'release')} with local weights and a claim found for "
            f"{model!r}, not one; `kb crawl` finds installed releases, a longer part of the id "
            "tells them apart"
        )
    return found[0]


def _rank(claim: Claim) -> tuple[int, str]:
    kinds = (*_BEARS_ON, claim.claim_type)
    return kinds.index(claim.claim_type), claim.id


def make_rows(results: list[Result]) -> list[dict[str, object]]:
    """Return one row per context limit: measured, predicted, and the error of the prediction."""
    by_window: dict[int, dict[str, object]] = {}
    for result in results:
        tokens = result.conditions.context_tokens or 0
        row = by_window.setdefault(tokens, {"window_tokens": tokens})
        row[result.metric] = result.text if result.text is not None else result.value
        if result.metric == "hardware_fit" and result.text != FITS:
            row["words"] = result.conditions.note
    for row in by_window.values():
        for measured, predicted in _MEASURED.items():
            if (error := _compute_error(row.get(predicted), row.get(measured))) is not None:
                row[f"{measured}_error"] = round(error, 4)
    return [by_window[tokens] for tokens in sorted(by_window)]


def _compute_error(predicted: object, measured: object) -> float | None:
    """Return the share by which a prediction is above (+) or below (-) the measurement."""
    if not isinstance(predicted, float) or not isinstance(measured, float) or not measured:
        return None
    return predicted / measured - 1


def _print(rows: list[dict[str, object]]) -> None:
    table = Table("context limit", "outcome", "peak, GiB", "predicted", "error", "KV cache, tokens",
                  "predicted", "error")  # fmt: skip
    for row in rows:
        table.add_row(
            f"{row['window_tokens']:,}",
            as_plain_text(str(row.get("words") or row.get("hardware_fit"))),
            *(_as_gib(row.get(key)) for key in ("peak_memory", "predicted_memory")),
            _as_share(row.get("peak_memory_error")),
            *(_as_count(row.get(key)) for key in ("cache_capacity", "predicted_cache_capacity")),
            _as_share(row.get("cache_capacity_error")),
        )
    out.print(table)


def _as_gib(value: object) -> str:
    return f"{value / _GIB:,.2f}" if isinstance(value, float) else ""


def _as_count(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else ""


def _as_share(value: object) -> str:
    return f"{value:+.1%}" if isinstance(value, float) else ""
