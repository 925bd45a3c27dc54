"""Where a model can be had, what it costs, and how many use it."""

from kb.domain.claim_types.kinds import ClaimType, Direction, ValueKind
from kb.domain.claim_types.recognition import CountPattern, LabelPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (
    Unit(
        "usd_per_mtok",
        # "$3 per million tokens", "0.15 / 1M", "USD per Mtok"
        r"(?:usd |\$ ?)?(?:per|/) ?(?:1 ?m|million|mtok)(?: tokens)?",
        "USD per million tokens",
        "US$ per million tokens",
    ),
    Unit("eur_per_mtok", None, "EUR per million tokens"),
    Unit("downloads", r"downloads?"),
    Unit("people", r"(?:monthly )?(?:active )?(?:users?|people)"),
)
TYPES = (
    ClaimType(
        order=240,
        name="downloads",
        label="Downloads",
        asks="How often was it downloaded?",
        kind=ValueKind.QUANTITY,
        unit="downloads",
        direction=Direction.MORE,
        minimum=0,
        needs_weights=False,
    ),
    ClaimType(
        order=250,
        name="users",
        label="Users",
        asks="How many people use it?",
        kind=ValueKind.QUANTITY,
        unit="people",
        direction=Direction.MORE,
        minimum=0,
        needs_weights=False,
        knowable=False,
    ),
    ClaimType(
        order=260,
        name="availability",
        label="Availability",
        asks="Is it available, where, and since when?",
        needs_weights=False,
    ),
    ClaimType(
        order=280,
        name="price",
        label="Price",
        asks="What does a million tokens cost?",
        kind=ValueKind.QUANTITY,
        unit="usd_per_mtok",
        other_units=("eur_per_mtok",),
        direction=Direction.LESS,
        minimum=0,
        needs_weights=False,
        reading=Recognition(
            labels=(
                # "Input price (per 1M tokens)", "Prompt price" in lists of providers
                LabelPattern(
                    r"input (?:price|cost|pricing)(?: .{0,30})?"
                    r"|price(?:s|d)? ?\(?input\)?(?: .{0,30})?|prompt price",
                    "input",
                ),
                LabelPattern(
                    r"output (?:price|cost|pricing)(?: .{0,30})?"
                    r"|price(?:s|d)? ?\(?output\)?(?: .{0,30})?|completion price",
                    "output",
                ),
            ),
            after_number=(
                # "$0.19/Mtok", "$3 per million input tokens"
                CountPattern(
                    r"\s*(?:USD |EUR )?(?:/|per)\s*"
                    r"(?:1\s?M\b|1\s?million|million|M\b|Mtok|1,000,000)"
                    r"(?:[- ](?P<side>input|output|prompt|completion))?"
                ),
                # "$0.002 / 1K tokens", as prices were given until 2024
                CountPattern(
                    r"\s*(?:USD )?(?:/|per)\s*(?:1\s?K\b|1,?000|thousand)"
                    r"(?: (?P<side>input|output|prompt|completion))?",
                    factor=1000.0,
                ),
            ),
            high=1e4,
            takes_small_figures=True,
            has_metrics=True,
        ),
    ),
    ClaimType(
        order=290,
        name="cost",
        label="Value for money",
        asks="How much quality does a given sum buy?",
    ),
)
