"""What one may do with the weights."""

from kb.domain.claim_types.kinds import ClaimType
from kb.domain.claim_types.recognition import LabelPattern, Recognition

TYPES = (
    ClaimType(
        order=50,
        name="license",
        label="Licence",
        asks="Under which licence are the weights released?",
        needs_weights=False,
        reading=Recognition(
            # "License", "Model License", "Weights licence", `license_name` in front matter.
            labels=(
                LabelPattern(r"(?:model |weights? |code )?licen[sc]es?(?:[ _](?:name|type|id))?"),
            ),
            phrases=("license", "licensing", "terms of use of the weights"),
        ),
    ),
    ClaimType(
        order=60,
        name="license_term",
        label="Licence term",
        asks="What does the licence allow, require or forbid?",
        needs_weights=False,
    ),
)
