"""What a model can read, which languages it speaks, and up to when it knows the world."""

from kb.domain.claim_types.kinds import ClaimType
from kb.domain.claim_types.recognition import CountPattern, LabelPattern, Recognition
from kb.domain.claim_types.unit import Unit

UNITS = (Unit("languages", None, "languages"),)
TYPES = (
    ClaimType(
        order=160,
        name="modality",
        label="Modalities",
        asks="Which kinds of input can it read?",
        reading=Recognition(
            # "Input modalities" in Llama's cards, "Modality" in lists of providers
            labels=(LabelPattern(r"input(?:s)? modalit(?:y|ies)|modalit(?:y|ies)"),),
            takes_words=True,
        ),
    ),
    ClaimType(
        order=170,
        name="languages",
        label="Languages",
        asks="Which languages does it speak?",
        reading=Recognition(
            # "Supported languages", "Language(s)" without its brackets
            labels=(LabelPattern(r"(?:supported |natural )?languages?(?: supported)?"),),
            after_number=(
                # "supports 119 languages", "over 100 human languages"
                CountPattern(
                    r"\s+(?:supported |natural |human |different |major |additional )?languages\b"
                ),
            ),
            unit="languages",
            low=1,
            high=8000,
            said_high=1000,
            takes_small_figures=True,
            takes_words=True,
        ),
    ),
    ClaimType(
        order=180,
        name="knowledge_cutoff",
        label="Knowledge cutoff",
        asks="What is the latest month covered by its training data?",
        needs_weights=False,
        knowable=False,
        reading=Recognition(
            labels=(
                # "Knowledge cutoff", "Cut-off date", "Data Freshness" in Llama's cards
                LabelPattern(
                    r"(?:knowledge|training data|data|pre-?training data|training)[ _-]?"
                    r"(?:cut-?[ _]?off)(?:[ _]date)?|cut-?off(?: date)?|data freshness"
                ),
            ),
            phrases=(
                "knowledge cutoff",
                "date of the newest training data",
                "training data cutoff",
            ),
        ),
    ),
)
