"""How well a model does: ratings, scores, comparisons, and what was shown of them."""

from kb.domain.claim_types.kinds import ClaimType, Direction, ValueKind
from kb.domain.claim_types.recognition import CountPattern, LabelPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (Unit("elo", r"elo", "Elo", "Elo points"),)
TYPES = (
    ClaimType(
        order=40,
        name="elo",
        label="Elo rating",
        asks="How often do people prefer its answers to another model's?",
        kind=ValueKind.QUANTITY,
        unit="elo",
        direction=Direction.MORE,
        minimum=-2000,
        maximum=5000,
        reading=Recognition(
            # "LMArena Elo", "Arena Score", "Elo rating"
            labels=(
                LabelPattern(
                    r"(?:lm ?)?arena(?: elo| score)?|elo(?: rating| score)?|chatbot arena(?: elo)?"
                ),
            ),
            after_number=(CountPattern(r"\s*elo\b"),),  # "1417 Elo"
            before_number=(
                # "an ELO score of 1417"
                CountPattern(r"\belo(?: score| rating)?(?: of| is| at|:)?\s*$"),
                # "on LMArena it has a score of 1417"
                CountPattern(
                    r"(?:arena|leaderboard)\b.{0,60}\b(?:score|rating)s?(?: of| at|:| is)?\s*$"
                    r"|\belo\b.{0,25}\bof\s*$"
                    r"|\b(?:rated|scor(?:es|ed|ing))(?: an| at)?\s*(?=$)(?<=scored )(?<!.)"
                ),
            ),
            low=-2000,
            high=5000,
            said_low=500,
            said_high=3500,
            takes_small_figures=True,
        ),
    ),
    ClaimType(
        order=120,
        name="benchmark_score",
        label="Benchmark score",
        asks="What does it score on a named test?",
        kind=ValueKind.QUANTITY,
        unit="percent",
        other_units=("points",),
        direction=Direction.MORE,
        minimum=0,
        needs_metric=True,
        reading=Recognition(has_metrics=True),
    ),
    ClaimType(
        order=130,
        name="benchmark_comparison",
        label="Comparison",
        asks="Is it better than another model on a named test?",
    ),
    ClaimType(
        order=140,
        name="refusal_rate",
        label="Refusal rate",
        asks="How often does it decline to answer?",
        kind=ValueKind.QUANTITY,
        unit="percent",
        direction=Direction.LESS,
        minimum=0,
        maximum=100,
    ),
    ClaimType(
        order=190,
        name="task_quality",
        label="Quality at a task",
        asks="Does it do a named task well?",
    ),
    ClaimType(
        order=230,
        name="benchmark_selection",
        label="Choice of benchmarks",
        asks="Which results were shown, and which were left out?",
        needs_weights=False,
    ),
    ClaimType(
        order=270,
        name="variant",
        label="Identity of the tested model",
        asks="Is the model that was tested the model that was released?",
        needs_weights=False,
    ),
)
