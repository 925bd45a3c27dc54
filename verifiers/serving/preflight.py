"""Pre-flight check: a served model is served correctly before anything is measured.

Its special tokens and chat template are those the release declares, the engine counts tokens as
its tokenizer does, plain prose costs what it costs a working model, and what the engine answers
is what the same weights find likely.
"""

from dataclasses import dataclass
from math import log

from kb.domain.errors import UserError
from kb.models.weight_headers import WeightFacts
from verifiers.engines.protocol import Engine
from verifiers.serving.tokenizing import PromptTokenizer

MAX_BITS_PER_BYTE = 1.30
MIN_ANSWER_LOGPROB = (
    -3.0
)  # a greedy token's mean, in nats; small models lie near -1.4, garbage near -8
_ANSWER_TOKENS = 24
_CUT = 2 / 3  # of PROSE is given; the engine continues it
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
    """What is served is not the model that was released; nothing is measured on it."""


@dataclass(frozen=True)
class ProseLoss:
    """How well the served model predicts plain prose, in bits per byte of text."""

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
    if facts.chat_template is not None and tokenizer.template != facts.chat_template:
        raise UnfitReleaseError(
            "the chat template of the tokenizer is not the one that the release declares"
        )


def check_counts(engine: Engine, tokenizer: PromptTokenizer) -> None:
    """Raise UnfitReleaseError unless engine and tokenizer split a text into as many tokens."""
    ours, theirs = len(tokenizer.tokenizer(PROSE).input_ids), engine.count_tokens(PROSE)
    if ours != theirs:
        raise UnfitReleaseError(
            f"the engine splits a text into {theirs} tokens, the release's tokenizer into {ours}; "
            "lengths would not mean what they say"
        )


def check_answers(engine: Engine, tokenizer: PromptTokenizer) -> None:
    """Raise UnfitReleaseError unless the model itself finds its greedy answer likely.

    This catches an engine that answers garbage, or with another model, though it scores well.
    """
    beginning = PROSE[: int(len(PROSE) * _CUT)].rsplit(" ", 1)[0]
    prompt = tokenizer.encode_plain(beginning)
    answer = engine.complete(prompt, _ANSWER_TOKENS)
    whole = (*prompt, *tokenizer.encode_more(answer.text))
    added = len(whole) - len(prompt)
    mean = engine.score(whole, len(prompt)) / added if added else float("-inf")
    if mean < MIN_ANSWER_LOGPROB:
        raise UnfitReleaseError(
            f"what the engine answers is not what its weights find likely: {mean:.1f} nats per "
            f"token, at least {MIN_ANSWER_LOGPROB} is expected of a greedy answer"
        )


def check_loss(engine: Engine, prompt: tuple[int, ...], has_bos: bool) -> ProseLoss:
    """Measure the loss on PROSE; raise UnfitReleaseError when it is out of bounds.

    Bits per byte compare across tokenizers. Small models that work lie near 1.0 on this text;
    the same ones without their BOS token, or with scrambled weights, lie above 1.6.
    """
    bits = -engine.score(prompt) / log(2) / len(PROSE.encode())
    if not 0 < bits <= MAX_BITS_PER_BYTE:
        raise UnfitReleaseError(
            f"plain prose costs {bits:.2f} bits per byte as served, at most {MAX_BITS_PER_BYTE} "
            "is expected of a working model; the conversion has broken it"
        )
    return ProseLoss(bits, len(prompt) - (1 if has_bos else 0))
