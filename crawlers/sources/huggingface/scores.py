"""Read the results that a repository reports of its own model, as claims about a score.

Two formats: `model-index` in the front matter of a card (github.com/huggingface/hub-docs,
modelcard.md) and `.eval_results/*.yaml` (same place, eval_results.yaml and
docs/hub/eval-results.md). Neither names the unit. Shares of right answers are written as
0.412 by some and as 41.2 by others. One above 1 is a percentage. One up to 1 is a fraction if all
shares in the document are; among percentages it could be either, and is left out.
"""

from dataclasses import dataclass
from typing import Any

from kb.domain.drafts import Conditions
from kb.reading.gathering import Gathering
from kb.text.dates import parse_date
from kb.text.trees import Kind, Node
from kb.text.trees.node import read_number

_SHARES = frozenset(
    {"acc", "accuracy", "exact_match", "em", "f1", "pass@1", "pass@10", "pass@100", "acc_norm",
     "mc1", "mc2", "inst_level_strict_acc and prompt_level_strict_acc", "strict accuracy"}
)  # fmt: skip
_DEFAULT = ("default", "main", "all")


@dataclass(frozen=True)
class _Score:
    node: Node
    benchmark: str
    measure: str
    values: dict[str, Any]

    @property
    def is_share(self) -> bool:
        return self.measure.lower() in _SHARES


def gather_model_index(found: Gathering, index: Node | None) -> None:
    """Keep the results under `model-index`."""
    scores: list[_Score] = []
    for model in index.entries if index else ():
        results = model.get("results")
        for result in results.entries if results else ():
            scores += _read_result(found, result)
    _keep(found, scores, "front matter, model-index")


def _read_result(found: Gathering, result: Node) -> list[_Score]:
    dataset = result.get("dataset")
    metrics = result.get("metrics")
    if dataset is None or metrics is None:
        return []
    name = dataset.words("name") or dataset.words("type")
    scores = []
    for metric in metrics.entries:
        measure = metric.words("type") or metric.words("name")
        node = metric.get("value")
        if node is None:
            continue
        if name is None or measure is None:
            found.fail(node, "a result without a benchmark or a metric")
            continue
        values = {
            "conditions": _make_conditions(dataset.words("type"), dataset, metric.words("name"))
        }
        scores.append(_Score(node, name, measure, values))
    return scores


def _make_conditions(test: str | None, dataset: Node, note: str | None) -> Conditions:
    """Name a part of a benchmark, such as one subject of MMLU, apart from the whole."""
    part = dataset.words("config") or dataset.words("task_id")
    if part is not None and part.lower() not in _DEFAULT and test is not None:
        return Conditions(benchmark=f"{test}, {part}"[:500], note=note)
    return Conditions(note=note)


def gather_eval_results(found: Gathering, listing: Node) -> None:
    """Keep the results of one `.eval_results` file."""
    scores = []
    for entry in listing.entries:
        dataset, node = entry.get("dataset"), entry.get("value")
        if dataset is None or node is None:
            continue
        benchmark = dataset.words("id")
        if benchmark is None:
            found.fail(node, "a result without a benchmark or a metric")
            continue
        said_on = parse_date(entry.words("date"))
        values = {
            "conditions": _make_conditions(benchmark, dataset, entry.words("notes")),
            "said_by": entry.words("source", "user"),
            "said_on": said_on.isoformat() if said_on else None,
        }
        scores.append(_Score(node, benchmark.rsplit("/")[-1], "accuracy", values))
    _keep(found, scores, "evaluation results")


def _keep(found: Gathering, scores: list[_Score], where: str) -> None:
    shares = [read_number(score.node) for score in scores if score.is_share]
    is_mixed = any(share is not None and share > 1 for share in shares)
    for score in scores:
        value = read_number(score.node)
        if value is None:
            reason = "not a number" if score.node.kind is not Kind.WORD else "no result is given"
            found.fail(score.node, reason)
        elif score.is_share and (value == 1.0 or (is_mixed and 0 < value < 1)):
            found.exclude(score.node, "a fraction or a percentage; which one is unclear")
        else:
            _keep_score(found, score, value, where)


def _keep_score(found: Gathering, score: _Score, value: float, where: str) -> None:
    unit, metric = "points", f"{score.benchmark}, {score.measure}"
    if score.is_share and 0 <= value <= 100:
        unit, metric = "percent", score.benchmark
        value = round(value * 100, 10) if value < 1 else value
    found.claim(
        score.node, "benchmark_score", score.node.text.strip(), metric=metric[:500],
        claimed_value=value, unit=unit, locator=where, **score.values,
    )  # fmt: skip
