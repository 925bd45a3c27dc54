"""What went into training a model."""

from kb.domain.claim_types.kinds import ClaimType, ValueKind
from kb.domain.claim_types.recognition import CountPattern, LabelPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (
    Unit("gpu_hours", r"gpu[- ]hours?", "GPU hours", "GPU hours"),
    Unit("gpus", r"(?:nvidia )?(?:h100s?|gpus?)(?: gpus?)?", "GPUs", "GPUs"),
    Unit("flop", r"flops?", label="floating-point operations"),
)
TYPES = (
    ClaimType(
        order=200,
        name="training_compute",
        label="Training compute",
        asks="How much computing went into training it?",
        kind=ValueKind.QUANTITY,
        unit="flop",
        other_units=("times", "gpu_hours", "gpus"),
        minimum=0,
        needs_weights=False,
        knowable=False,
        reading=Recognition(
            labels=(
                # "Training Time (GPU hours)" in Llama's cards, "H800 GPU hours" in DeepSeek's
                LabelPattern(
                    r"(?:pre-?)?(?:training )?(?:time )?"
                    r"\(?(?:gpu|h100|h800|a100|tpu)[ -]hours?\)?"
                    r"|training time \(?gpu hours\)?|time \(gpu hours\)",
                    "GPU hours",
                ),
            ),
            after_number=(
                # "2.788M H800 GPU hours"
                CountPattern(
                    r"[\s-]*(?:million |m )?(?:[A-Z]\w+ )?"
                    r"(?:GPU|H100|H800|A100|H200|B200|TPU(?:v\d)?)[\s-]hours?\b",
                    "GPU hours",
                ),
            ),
            unit="gpu_hours",
            low=1,
            high=1e12,
            takes_small_figures=True,
        ),
    ),
    ClaimType(
        order=210,
        name="training_tokens",
        label="Training tokens",
        asks="On how much text was it trained?",
        kind=ValueKind.QUANTITY,
        unit="tokens",
        minimum=1,
        needs_weights=False,
        knowable=False,
        reading=Recognition(
            labels=(
                # "Token count" in Llama's cards, "Training tokens (T)", "Pre-training corpus size"
                LabelPattern(
                    r"(?:# ?|num(?:ber)?(?: of)? |total |pre-?)?(?:training )?"
                    r"token(?:s| count)(?: trained(?: on)?)?"
                    r"|(?:pre-?)?train(?:ing|ed)? tokens|training data size"
                    r"|(?:pre-?training )?corpus size|tokens trained"
                    r"|(?:# ?)?training tokens(?: \(?(?:in )?(?:trillions?|t)\)?)?"
                ),
            ),
            phrases=(
                "training tokens",
                "tokens seen in pretraining",
                "size of the training corpus in tokens",
            ),
            low=1e6,
            high=1e16,
        ),
    ),
    ClaimType(
        order=220,
        name="training_data",
        label="Training data",
        asks="What was, or was not, in the training data?",
    ),
)
