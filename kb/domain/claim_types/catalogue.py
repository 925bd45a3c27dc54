"""The table of claim types. A new type is one entry here."""

from difflib import get_close_matches

from kb.domain.claim_types.kinds import ClaimType, Direction, Operator, ValueKind

_QUANTITY = ValueKind.QUANTITY
_MORE = Direction.MORE

CLAIM_TYPES: tuple[ClaimType, ...] = (
    ClaimType(
        "context_length",
        "Context length",
        "How long a text can the model take in, and how much of it does it still use?",
        _QUANTITY,
        "tokens",
        direction=_MORE,
        operator=Operator.AT_MOST,
        minimum=1,
        maximum=1e12,
        probes=("config_facts", "accepted_window", "context_ladder"),
    ),
    ClaimType(
        "output_length",
        "Output length",
        "How long a text can the model put out at once?",
        _QUANTITY,
        "tokens",
        direction=_MORE,
        operator=Operator.AT_MOST,
        minimum=1,
        maximum=1e12,
    ),
    ClaimType(
        "vocab_size",
        "Vocabulary",
        "How many different tokens does it know?",
        _QUANTITY,
        "tokens",
        minimum=1,
        maximum=1e9,
        relative_tolerance=0.01,
    ),
    ClaimType(
        "elo",
        "Elo rating",
        "How often do people prefer its answers to another model's?",
        _QUANTITY,
        "elo",
        direction=_MORE,
        minimum=-2000,
        maximum=5000,
    ),
    ClaimType(
        "license",
        "Licence",
        "Under which licence are the weights given out?",
        needs_weights=False,
    ),
    ClaimType(
        "license_term",
        "Licence term",
        "What does the licence allow, demand or forbid?",
        needs_weights=False,
    ),
    ClaimType(
        "params_total",
        "Parameters",
        "How many numbers is the model made of?",
        _QUANTITY,
        "parameters",
        minimum=1,
        maximum=1e16,
        relative_tolerance=0.01,
        probes=("config_facts",),
    ),
    ClaimType(
        "params_active",
        "Active parameters",
        "How many of them take part in producing one token?",
        _QUANTITY,
        "parameters",
        minimum=1,
        maximum=1e16,
        relative_tolerance=0.01,
        probes=("config_facts",),
    ),
    ClaimType(
        "experts",
        "Experts",
        "Into how many expert blocks is the model divided?",
        _QUANTITY,
        "experts",
        minimum=1,
        maximum=1e5,
    ),
    ClaimType(
        "hardware_fit",
        "Hardware fit",
        "What machine does it take to run the model?",
        probes=("memory_fit",),
    ),
    ClaimType(
        "joint",
        "Claims made together",
        "Can what is claimed of one product all hold at once?",
    ),
    ClaimType(
        "benchmark_score",
        "Benchmark score",
        "What does it score on a named test?",
        _QUANTITY,
        "percent",
        other_units=("points",),
        direction=_MORE,
        minimum=0,
    ),
    ClaimType(
        "benchmark_comparison",
        "Comparison",
        "Is it better than another model on a named test?",
    ),
    ClaimType(
        "refusal_rate",
        "Refusal rate",
        "How often does it decline to answer?",
        _QUANTITY,
        "percent",
        direction=Direction.LESS,
        minimum=0,
        maximum=100,
    ),
    ClaimType("throughput", "Speed", "How fast does it produce text?"),
    ClaimType("modality", "Modalities", "Which kinds of input can it read?"),
    ClaimType("languages", "Languages", "Which languages does it speak?"),
    ClaimType(
        "knowledge_cutoff",
        "Knowledge cutoff",
        "Up to which month did it read?",
        needs_weights=False,
        knowable=False,
    ),
    ClaimType("task_quality", "Quality at a task", "Does it do a named task well?"),
    ClaimType(
        "training_compute",
        "Training compute",
        "How much computing went into training it?",
        _QUANTITY,
        "flop",
        other_units=("times", "gpu_hours", "gpus"),
        minimum=0,
        needs_weights=False,
        knowable=False,
    ),
    ClaimType(
        "training_tokens",
        "Training tokens",
        "On how much text was it trained?",
        _QUANTITY,
        "tokens",
        minimum=1,
        needs_weights=False,
        knowable=False,
    ),
    ClaimType("training_data", "Training data", "What was, or was not, in the training data?"),
    ClaimType(
        "benchmark_selection",
        "Choice of benchmarks",
        "Which results were shown, and which were left out?",
        needs_weights=False,
    ),
    ClaimType(
        "downloads",
        "Downloads",
        "How often was it downloaded?",
        _QUANTITY,
        "downloads",
        direction=_MORE,
        minimum=0,
        needs_weights=False,
    ),
    ClaimType(
        "users",
        "Users",
        "How many people use it?",
        _QUANTITY,
        "people",
        direction=_MORE,
        minimum=0,
        needs_weights=False,
        knowable=False,
    ),
    ClaimType(
        "availability",
        "Availability",
        "Can it be had, where, and since when?",
        needs_weights=False,
    ),
    ClaimType(
        "variant",
        "Identity of the tested model",
        "Is the model that was tested the model that was released?",
        needs_weights=False,
    ),
    ClaimType(
        "price",
        "Price",
        "What does a million tokens cost?",
        _QUANTITY,
        "usd_per_mtok",
        other_units=("eur_per_mtok",),
        direction=Direction.LESS,
        minimum=0,
        needs_weights=False,
    ),
    ClaimType("cost", "Value for money", "How much quality does a given sum buy?"),
)

_BY_NAME = {claim_type.name: claim_type for claim_type in CLAIM_TYPES}


def find_claim_type(name: str) -> ClaimType:
    """Return the type called `name`; raise KeyError naming the known ones."""
    try:
        return _BY_NAME[name]
    except KeyError:
        near = get_close_matches(name, _BY_NAME, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        words = f"unknown claim type {name!r}{meant}; known: {', '.join(_BY_NAME)}"
        raise KeyError(words) from None
