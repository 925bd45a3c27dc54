"""What a label stands for: a table's column, a row's name, a key before a colon.

Rules first; what they leave open is decided by the meaning of the words, when an encoder is given.
"""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Label:
    """A claim type, its metric where one belongs to it, and the scale of bare numbers."""

    claim_type: str
    metric: str | None = None
    factor: float = 1.0


_RULES: tuple[tuple[str, Label], ...] = (
    (r"(?:max(?:imum)? )?(?:output|completion|generation)(?: tokens| length| limit| size)+"
     r"|max(?:imum)? output|max[_ ]?(?:output|completion|new)[_ ]?tokens", Label("output_length")),
    (r"(?:max(?:imum)?|native|native|total|supported|model|input)?[ _]?(?:context|sequence|seq|ctx|input)"
     r"(?:[ _]?(?:length|len|window|size|limit|tokens)){0,3}(?: \(?(?:in )?(?:tokens|k)\)?)?"
     r"|max_position_embeddings|max_?seq_?len(?:gth)?|max_sequence_length|n_positions|n_ctx"
     r"|model_max_length|context_?(?:length|size|window)|token (?:limit|window)", Label("context_length")),
    (r"(?:# ?)?(?:num(?:ber)?(?: of)? )?(?:activated|active)[ _]?(?:params?|parameters)?(?: count| size)?"
     r"(?: per token)?|(?:# ?)?params? (?:active|activated)|active", Label("params_active")),
    (r"(?:# ?|n_|num_)?(?:(?:num(?:ber)?|count|amount) of )?(?:total |model |trainable )?(?:params?|parameters?|paras)"
     r"(?: count| size| number| \(?(?:in )?(?P<pb>billions?|b)\)?)?|(?:model |parameter )sizes?"
     r"|total params?(?:eters)?|parameter count|size", Label("params_total")),
    (r"(?:num_|n_|moe_num_|# ?|number of |total |routed )*(?:local_|routed_)?experts"
     r"(?: \(?total\)?| count)?|n_routed_experts|num_local_experts|moe_num_experts"
     r"|(?:# ?|number of )?(?:total |routed )?experts(?: \(total\))?", Label("experts", "total")),
    (r"num_experts_per_tok(?:en)?|moe_top_?k|top_k_experts|experts_per_token|num_selected_experts"
     r"|(?:number of |# ?)?(?:activated|active|selected) experts(?: per token)?|experts per token|moe_topk"
     r"|selected experts per token|experts? (?:activated|active|used)(?: per token)?",
     Label("experts", "active per token")),
    (r"(?:# ?|num(?:ber)?(?: of)? |total |pre-?)?(?:training )?token(?:s| count)(?: trained(?: on)?)?"
     r"|(?:pre-?)?train(?:ing|ed)? tokens|training data size|(?:pre-?training )?corpus size|tokens trained"
     r"|(?:# ?)?training tokens(?: \(?(?:in )?(?:trillions?|t)\)?)?", Label("training_tokens")),
    (r"vocab(?:ulary)?(?:[ _]size)?|n_vocab|padded_vocab_size|tokenizer size", Label("vocab_size")),
    (r"(?:model |weights? |code )?licen[sc]es?(?:[ _](?:name|type|id))?", Label("license")),
    (r"(?:knowledge|training data|data|pre-?training data|training)[ _-]?(?:cut-?[ _]?off)(?:[ _]date)?"
     r"|cut-?off(?: date)?|data freshness", Label("knowledge_cutoff")),
    (r"(?:lm ?)?arena(?: elo| score)?|elo(?: rating| score)?|chatbot arena(?: elo)?", Label("elo")),
    (r"input (?:price|cost|pricing)(?: .{0,30})?|price(?:s|d)? ?\(?input\)?(?: .{0,30})?|prompt price",
     Label("price", "input")),
    (r"output (?:price|cost|pricing)(?: .{0,30})?|price(?:s|d)? ?\(?output\)?(?: .{0,30})?"
     r"|completion price", Label("price", "output")),
    (r"(?:pre-?)?(?:training )?(?:time )?\(?(?:gpu|h100|h800|a100|tpu)[ -]hours?\)?"
     r"|training time \(?gpu hours\)?|time \(gpu hours\)", Label("training_compute", "GPU hours")),
    (r"input(?:s)? modalit(?:y|ies)|modalit(?:y|ies)", Label("modality")),
    (r"(?:supported |natural )?languages?(?: supported)?", Label("languages")),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), label) for pattern, label in _RULES)
_SUBJECT = re.compile(
    r"(?:base |our |the )?models?(?: ?(?:name|id|variant|version|card|type))?s?|name|variant|model series|checkpoint"
    r"|llms?|system|methods?|architecture name|download", re.IGNORECASE,
)  # fmt: skip
_BENCHMARK_AXIS = re.compile(
    r"(?:benchmark|task|dataset|evaluation|eval|test|metric|capability|domain|category|subject|area"
    r"|bench)s?(?: ?\(?(?:metric|name|shots?)\)?)?|benchmark \(metric\)|tests? set|.{0,20}benchmarks?",
    re.IGNORECASE,
)
_SHOTS = re.compile(r"(?:# ?|num(?:ber)? of |n[-_ ]?)?shots?|shot count", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"metrics?|setting|settings|prompt(?:ing)?|mode|config(?:uration)?|eval(?:uation)? (?:type|mode)|split"
    r"|# ?shots?|language|method", re.IGNORECASE,
)  # fmt: skip
_CATEGORY = re.compile(
    r"category|capability|domain|type|area|group|subject|skill|source|notes?|comments?|date|link|url"
    r"|release(?: date)?|launch date|tokenizer|precision|architecture", re.IGNORECASE,
)  # fmt: skip


@lru_cache(maxsize=4096)
def find_label(text: str) -> Label | None:
    """Return what a label stands for, or None."""
    words = clean_label(text)
    for pattern, label in _COMPILED:
        if pattern.fullmatch(words):
            return label
    return None


def clean_label(text: str) -> str:
    """Return a label without the marks around it: "**Context length** (tokens):" → …"""
    words = re.sub(r"[↑↓*^†‡:?]+|(?<=[a-z])\.(?=\s|$)", " ", text[:200])
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", words) if " " not in words.strip() else words
    return re.sub(r"\s+", " ", words).strip(" -–—.,").replace("_", "_")


def is_subject_label(text: str) -> bool:
    """Whether a column of this name holds the models."""
    return _SUBJECT.fullmatch(clean_label(text)) is not None


def is_benchmark_label(text: str) -> bool:
    """Whether a column of this name holds names of benchmarks."""
    return _BENCHMARK_AXIS.fullmatch(clean_label(text)) is not None


def is_shots_label(text: str) -> bool:
    """Whether a column of this name tells how many examples were shown."""
    return _SHOTS.fullmatch(clean_label(text)) is not None


def is_qualifier_label(text: str) -> bool:
    """Whether a column of this name tells how a score was made."""
    return _QUALIFIER.fullmatch(clean_label(text)) is not None


def is_category_label(text: str) -> bool:
    """Whether a column of this name only sorts the rows."""
    return _CATEGORY.fullmatch(clean_label(text)) is not None
