"""Numbers, units and metrics in plain words."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.outcomes import BASIS_LABELS, Basis
from kb.domain.units import name_unit

_METRICS = {kind.name: kind.label for kind in CLAIM_TYPES} | {
    "accepted_context": "Longest prompt accepted",
    "effective_context": "Effective context",
    "served_context": "Longest context a provider lists",
    "declared_context": "Context length that the release declares",
    "longest_context": "Longest prompt that fits in memory, predicted",
    "peak_memory": "Server's peak memory",
    "predicted_memory": "Server's peak memory, predicted",
    "weights_memory": "Memory for the weights",
    "predicted_weights_memory": "Memory for the weights, predicted",
    "cache_capacity": "KV cache capacity",
    "predicted_cache_capacity": "KV cache capacity, predicted",
    "length_score": "Mean score at this prompt length",
    "length_score.retrieval": "Score at this prompt length: finding facts",
    "length_score.tracing": "Score at this prompt length: following chains",
    "length_score.aggregation": "Score at this prompt length: counting words",
    "length_score.question_answering": "Score at this prompt length: questions among distractors",
    "length_score.no_shared_words": "Score at this prompt length: non-lexical needles",
    "ladder_cost": "Tokens used, compared with the published method",
    "bits_per_byte": "Pre-flight check: how well the model predicts plain prose (its loss; lower "
    "is better)",
    "battle_win_rate": "Win rate in battles, ties as halves",
    "battle_gap": "Elo points above the opponent",
    "battle_elo": "Rating from battles run here",
    "judge_bias": "Bias that the judge showed when examined",
    "mmlu_pro": "MMLU-Pro (general knowledge)",
    "chartqa": "ChartQA (questions about charts)",
    "arena_hard_v2": "Arena-Hard v2 (hard questions from users)",
    "license_text": "Licence, identified from its text",
    "use_policy_text": "Use policy, identified from its text",
    "license_osi_approved": "OSI approval of the licence",
}
_RULE_KINDS = {"absolute": "by a fixed score", "relative": "by its own score"}
_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_OPERATORS = {
    "=": "",
    "~": "about",
    "<=": "up to",
    "<": "under",
    ">=": "at least",
    ">": "more than",
}
_KEYS = {"compared to": "compared with", "promised": "is it a promise?"}
_NO_SPACE_BEFORE = ("%", "×")


def name_metric(metric: str | None) -> str:
    """Return a metric in plain words."""
    if metric is None:
        return "Result"
    if metric.startswith("license_term."):
        return f"Licence term: {_word_key(metric.removeprefix('license_term.'))}"
    if metric in _METRICS:
        return _METRICS[metric]
    words = _word_key(metric)
    return words[:1].upper() + words[1:]


def _word_key(key: str) -> str:
    return " ".join("EU" if word == "eu" else word for word in key.split("_"))


def name_type(claim_type: str) -> str:
    """Return the reader's name of a claim type; one that is not declared keeps its key."""
    return next((kind.label for kind in CLAIM_TYPES if kind.name == claim_type), claim_type)


def ask_type(claim_type: str) -> str:
    """Return the question that claims of this type answer."""
    return next((kind.asks for kind in CLAIM_TYPES if kind.name == claim_type), "")


def name_basis(basis: str | None) -> str:
    """Return what a verdict or a result rests on."""
    known = {key.value: words for key, words in BASIS_LABELS.items()}
    return known.get(basis or Basis.NONE.value, str(basis))


def name_key(key: str) -> str:
    """Return a key of the data as words: press, model card, never released."""
    words = key.replace("_", " ").replace("license", "licence")
    return _KEYS.get(words, words)


def write_number(value: float | None) -> str:
    """Return a number as a newspaper would: 10 million, 1,273, 0.25."""
    if value is None:
        return "unknown"
    for size, word in _SIZES:
        scaled = value / size
        if abs(scaled) >= 1 and round(scaled, 3) == scaled:
            return f"{scaled:,.10g} {word}"
    return f"{value / 1e9:,.4g} billion" if abs(value) >= 1e9 else write_exact(value)


def write_exact(value: float | None) -> str:
    """Return a number with all its digits, thousands apart."""
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"


def write_quantity(value: float | None, unit: str | None) -> str:
    """Return a value with its unit; a proportion is written as a percentage."""
    if value is None:
        return "unknown"
    if unit == "proportion":
        return f"{value * 100:.3g}%"
    name = name_unit(unit)
    gap = "" if name in _NO_SPACE_BEFORE else " "
    return f"{write_number(value)}{gap}{name}".strip()


def write_reading(row: dict[str, Any]) -> str:
    """Return the claimed figure as it was read from the claim's words: up to 8,192 tokens."""
    bound = _OPERATORS.get(row["operator"] or "", row["operator"] or "")
    return f"{bound} {write_quantity(row['claimed_value'], row['unit'])}".strip()


def word_claim(row: dict[str, Any]) -> str:
    """Return a claim in words that stand alone: a bare figure gets what it is a figure of."""
    if row["claimed_value"] is None:
        return str(row["claimed_text"])
    name = name_metric(row["metric"]) if row["metric"] else name_type(row["claim_type"])
    return f"{name} {row['claimed_text']}"


def name_result(row: dict[str, Any]) -> str:
    """Return what a measurement is of, with the prompt length where that is its subject."""
    length = (row["conditions"] or {}).get("context_tokens")
    name = name_metric(row["metric"])
    if length:
        return name.replace("this prompt length", f"{length:,} tokens")
    kind = str((row["conditions"] or {}).get("rule") or "").partition(":")[0]
    return f"{name}, {_RULE_KINDS[kind]}" if kind in _RULE_KINDS else name


def write_interval(low: float | None, high: float | None, unit: str | None) -> str:
    """Return an interval in words, or nothing when none was given or it is a single value."""
    if low is None or high is None or low == high:
        return ""
    if unit == "proportion":
        return f"{low * 100:.3g}% to {high * 100:.3g}%"
    return f"{write_number(low)} to {write_number(high)}"


def write_result(row: dict[str, Any], prefix: str = "") -> str:
    """Return the value of a measurement, which is a text or a quantity.

    An effective context of 0 says that the model failed at the shortest length tested.
    """
    text, value = row.get(f"{prefix}text"), row.get(f"{prefix}value")
    if text is not None:
        return str(text)
    if value == 0 and row.get(f"{prefix}metric") == "effective_context":
        return "less than the shortest length tested"
    return write_quantity(value, row.get(f"{prefix}unit"))


def write_day(moment: datetime | str | None) -> str:
    """Return the day of a moment, as 21 November 2026."""
    if moment is None:
        return "no date"
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    when = when.astimezone(UTC) if when.tzinfo else when
    return f"{when.day} {when:%B %Y}"


def write_time(moment: datetime | None) -> str:
    """Return a moment to the minute, in UTC."""
    if moment is None:
        return ""
    return f"{write_day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def join_words(words: Iterable[str]) -> str:
    """Return a list as a sentence has it: vLLM, models.dev and Adobe Research."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} and {last}" if others else last
