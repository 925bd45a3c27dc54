"""What a model is made of, in numbers: parameters, experts, vocabulary."""

from kb.domain.claim_types.kinds import ClaimType, ValueKind
from kb.domain.claim_types.recognition import LabelPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (
    Unit(
        "parameters",
        # "17B active" and "400B total" leave the word out.
        r"(?:active |activated |total )?(?:parameters?|params?)|activated|active|total",
        "parameters",
    ),
    Unit("experts", r"experts?", "experts"),
)
TYPES = (
    ClaimType(
        order=30,
        name="vocab_size",
        label="Vocabulary",
        asks="How many different tokens does it know?",
        kind=ValueKind.QUANTITY,
        unit="tokens",
        minimum=1,
        maximum=1e9,
        relative_tolerance=0.01,
        reading=Recognition(
            labels=(
                # Cards: "Vocabulary size". Configs: `vocab_size`, `padded_vocab_size` (ChatGLM).
                LabelPattern(
                    r"vocab(?:ulary)?(?:[ _]size)?|n_vocab|padded_vocab_size|tokenizer size"
                ),
            ),
            phrases=("vocabulary size", "entries in the vocabulary"),
            low=100,
            high=5e7,
            said_low=1000,
            said_high=5e6,
        ),
    ),
    ClaimType(
        order=70,
        name="params_total",
        label="Parameters",
        asks="How many numbers is the model made of?",
        kind=ValueKind.QUANTITY,
        unit="parameters",
        minimum=1,
        maximum=1e16,
        relative_tolerance=0.01,
        reading=Recognition(
            labels=(
                # "# Params", "#Total Params", "Parameters (B)", "n_params", and plain "Size".
                LabelPattern(
                    r"(?:# ?|n_|num_)?(?:(?:num(?:ber)?|count|amount) of )?"
                    r"(?:total |model |trainable )?(?:params?|parameters?|paras)"
                    r"(?: count| size| number| \(?(?:in )?(?P<pb>billions?|b)\)?)?"
                    r"|(?:model |parameter )sizes?|total params?(?:eters)?|parameter count|size"
                ),
            ),
            phrases=(
                "number of parameters",
                "total parameter count",
                "how many weights the model has",
            ),
            low=1e5,
            high=1e15,
            said_low=1e5,
        ),
    ),
    ClaimType(
        order=80,
        name="params_active",
        label="Active parameters",
        asks="How many of its parameters take part in producing one token?",
        kind=ValueKind.QUANTITY,
        unit="parameters",
        minimum=1,
        maximum=1e16,
        relative_tolerance=0.01,
        reading=Recognition(
            labels=(
                # "Activated Params", "# Active parameters per token", and "Active" beside "Total".
                LabelPattern(
                    r"(?:# ?)?(?:num(?:ber)?(?: of)? )?(?:activated|active)[ _]?"
                    r"(?:params?|parameters)?(?: count| size)?(?: per token)?"
                    r"|(?:# ?)?params? (?:active|activated)|active"
                ),
            ),
            phrases=("active parameters", "parameters used per token", "activated parameters"),
            low=1e5,
            high=1e14,
            said_low=1e5,
        ),
    ),
    ClaimType(
        order=90,
        name="experts",
        label="Experts",
        asks="Into how many expert blocks is the model divided?",
        kind=ValueKind.QUANTITY,
        unit="experts",
        minimum=1,
        maximum=1e5,
        reading=Recognition(
            labels=(
                # `n_routed_experts` (DeepSeek), `num_local_experts` (Mixtral), `moe_num_experts`.
                LabelPattern(
                    r"(?:num_|n_|moe_num_|# ?|number of |total |routed )*(?:local_|routed_)?experts"
                    r"(?: \(?total\)?| count)?|n_routed_experts|num_local_experts|moe_num_experts"
                    r"|(?:# ?|number of )?(?:total |routed )?experts(?: \(total\))?",
                    "total",
                ),
                # `num_experts_per_tok`, `moe_topk`, "Activated experts", "Experts used per token".
                LabelPattern(
                    r"num_experts_per_tok(?:en)?|moe_top_?k|top_k_experts|experts_per_token"
                    r"|num_selected_experts"
                    r"|(?:number of |# ?)?(?:activated|active|selected) experts(?: per token)?"
                    r"|experts per token|moe_topk|selected experts per token"
                    r"|experts? (?:activated|active|used)(?: per token)?",
                    "active per token",
                ),
            ),
            low=1,
            high=5000,
            said_high=5000,
            takes_small_figures=True,
            has_metrics=True,
        ),
    ),
)
