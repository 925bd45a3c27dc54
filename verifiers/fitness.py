"""Proof that a release is fit to be measured: its tokens, its template, its loss on plain prose."""

from dataclasses import dataclass
from math import log

from kb.domain.errors import UserError
from kb.domain.weight_headers import WeightFacts
from verifiers.engines.protocol import Engine
from verifiers.tokenizing import PromptTokenizer

MAX_BITS_PER_BYTE = 1.30
PROSE = (
    "The harbour lay quiet in the early light. Two fishing boats had come in before dawn, and "
    "the men were already washing down the decks and stacking the empty crates along the wall. "
    "A woman walked past with a basket on her arm and asked whether there was any mackerel left. "
    "One of the men laughed and pointed to the last crate, where a dozen fish lay on the ice. "
    "She chose three of them, paid with coins, and went back up the hill towards the town. By "
    "nine o'clock the sun stood over the roofs, the market was full of people, and the boats "
    "were getting ready to go out again."
)


class UnfitReleaseError(UserError):
    """The weights as served are not the model that was released; nothing is measured on them."""


@dataclass(frozen=True)
class Fitness:
    """How well the served weights predict plain prose, in bits a byte of text."""

    bits_per_byte: float
    tokens: int


def check_tokenizer(facts: WeightFacts, tokenizer: PromptTokenizer) -> None:
    """Raise UnfitReleaseError unless tokenizer and template do as the release declares."""
    adds = tokenizer.adds_bos_by_itself()
    if facts.add_bos_token is not None and adds != facts.add_bos_token:
        wants = "wants a BOS token in front" if facts.add_bos_token else "wants no BOS token"
        does = "adds one" if adds else "adds none"
        raise UnfitReleaseError(f"the release {wants} and its tokenizer {does}")
    if facts.format == "gguf" and tokenizer.has_template != (facts.chat_template is not None):
        raise UnfitReleaseError("the release and its tokenizer disagree about the chat template")


def check_loss(engine: Engine, prompt: tuple[int, ...], has_bos: bool) -> Fitness:
    """Measure the loss on PROSE; raise UnfitReleaseError when it is out of bounds.

    Bits per byte compare across tokenizers. Small models that work lie near 1.0 on this text;
    the same ones without their BOS token, or with scrambled weights, lie above 1.6.
    """
    bits = -engine.score(prompt) / log(2) / len(PROSE.encode())
    if not 0 < bits <= MAX_BITS_PER_BYTE:
        raise UnfitReleaseError(
            f"plain prose costs {bits:.2f} bits a byte as served, at most {MAX_BITS_PER_BYTE} is "
            "expected of a working model; the conversion has broken it"
        )
    return Fitness(bits, len(prompt) - (1 if has_bos else 0))
