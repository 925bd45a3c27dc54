"""What it takes to run a model, and how fast it then is."""

from kb.domain.claim_types.kinds import ClaimType
from kb.domain.claim_types.recognition import CountPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (Unit("tokens_per_s", r"(?:tokens?|toks?)(?: per second|/s(?:ec)?)", "tokens per second"),)
TYPES = (
    ClaimType(
        order=100,
        name="hardware_fit",
        label="Hardware fit",
        asks="What machine does it take to run the model?",
    ),
    ClaimType(
        order=110,
        name="joint",
        label="Claims made together",
        asks="Can everything claimed of one product be true at once?",
    ),
    ClaimType(
        order=150,
        name="throughput",
        label="Speed",
        asks="How fast does it produce text?",
        reading=Recognition(
            after_number=(
                # "1,200 tokens per second", "95 tok/s"
                CountPattern(
                    r"[\s-]*tokens?(?: of (?:text|output))?(?: per |/|\s?p)s(?:ec(?:ond)?)?\b"
                    r"|\s*tok(?:ens)?/s"
                ),
            ),
            unit="tokens_per_s",
            high=1e7,
            takes_small_figures=True,
        ),
    ),
)
