"""How long a text a model takes in, and how long a one it puts out."""

from kb.domain.claim_types.kinds import ClaimType, Direction, Operator, ValueKind
from kb.domain.claim_types.recognition import LabelPattern, Recognition

TYPES = (
    ClaimType(
        order=10,
        name="context_length",
        label="Context length",
        asks="How long a text can the model take in, and how much of it can it actually use?",
        kind=ValueKind.QUANTITY,
        unit="tokens",
        direction=Direction.MORE,
        operator=Operator.AT_MOST,
        minimum=1,
        maximum=1e12,
        reading=Recognition(
            labels=(
                # Cards: "Context Length", "Max Seq Len (tokens)". Configs: `n_ctx`,
                # `max_position_embeddings`, and `model_max_length` in tokenizer_config.json.
                LabelPattern(
                    r"(?:max(?:imum)?|native|native|total|supported|model|input)?[ _]?"
                    r"(?:context|sequence|seq|ctx|input)"
                    r"(?:[ _]?(?:length|len|window|size|limit|tokens)){0,3}"
                    r"(?: \(?(?:in )?(?:tokens|k)\)?)?"
                    r"|max_position_embeddings|max_?seq_?len(?:gth)?|max_sequence_length"
                    r"|n_positions|n_ctx|model_max_length|context_?(?:length|size|window)"
                    r"|token (?:limit|window)"
                ),
            ),
            phrases=(
                "context length",
                "context window",
                "maximum sequence length",
                "longest input in tokens",
            ),
            low=64,
            high=5e9,
            said_low=100,
            said_high=5e9,
        ),
    ),
    ClaimType(
        order=20,
        name="output_length",
        label="Output length",
        asks="How long a text can the model produce in one go?",
        kind=ValueKind.QUANTITY,
        unit="tokens",
        direction=Direction.MORE,
        operator=Operator.AT_MOST,
        minimum=1,
        maximum=1e12,
        reading=Recognition(
            labels=(
                # Provider lists: "Max output", "Completion tokens". APIs: `max_new_tokens`.
                LabelPattern(
                    r"(?:max(?:imum)? )?(?:output|completion|generation)"
                    r"(?: tokens| length| limit| size)+"
                    r"|max(?:imum)? output|max[_ ]?(?:output|completion|new)[_ ]?tokens"
                ),
            ),
            phrases=("maximum output tokens", "longest answer in tokens"),
            low=16,
            high=5e8,
            said_low=100,
            said_high=5e7,
        ),
    ),
)
