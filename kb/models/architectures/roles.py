"""What a tensor does, told from its name in a weights file (safetensors or GGUF)."""

import re

from kb.models.architectures.parts import Role

_LAYER = re.compile(r"(?:^|\.)(?:layers|blk|h)\.(\d+)\.")

# Tried in order: the first that fits says what it is.
_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.VISION, r"vision|visual|multi_modal|mm_projector|audio|image_newline"),
        (Role.NORMS, r"norm(?!al)|(?:^|\.)ln_"),
        (Role.SHARED, r"shared_expert|shexp"),
        (Role.ROUTER, r"router|gate_inp|(?:mlp|moe)\.gate\.|e_score_correction|exp_probs_b"),
        (Role.EXPERTS, r"(?:^|\.)experts?\.|_exps\b"),
        (Role.RECURRENT, r"mamba|linear_attn|ssm_"),
        (Role.ATTENTION, r"attn|attention"),
        (Role.OUTPUT, r"lm_head|^output\."),
        (Role.EMBEDDING, r"embed_tokens|token_embd|tok_embeddings|\bwte\b"),
        (Role.DENSE, r"mlp|feed_forward|ffn"),
    )
)


def find_role(name: str, layers: int | None = None) -> Role:
    """Return the role of the tensor `name`.

    A layer beyond the `layers` of the model, where their number is known, predicts further
    tokens and is no part of it (DeepSeek-V3, README_WEIGHTS.md).
    """
    number = _LAYER.search(name)
    if number and layers is not None and int(number[1]) >= layers and "vision" not in name:
        return Role.PREDICTION
    lowered = name.lower()
    return next((role for role, pattern in _NAMES if pattern.search(lowered)), Role.OTHER)
