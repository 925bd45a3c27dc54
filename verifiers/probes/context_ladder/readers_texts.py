"""What readers are told of the probe, and of a plan that was carried out."""

from collections.abc import Sequence

from kb.text.counting import count_things
from verifiers.probing.claim_under_test import Parameters

ABOUT = """\
The effective context is the longest prompt at which the model still answers well enough. A model \
may accept far more text than it can use.

To find the effective context, we ask thirteen kinds of question about texts that we generate: \
find a fact, follow a value from name to name, count words, answer a question hidden among \
distractors. One round asks one question of each kind. Prompt lengths double up to the claimed \
length, and we plot the mean score at each. A fourteenth kind, the non-lexical needle, has no \
words in common with the fact it asks about; we report it separately.

Two rules say where the effective context ends, and we always show both. The first, the fixed \
score, requires a mean of 85.6% at a length and at every shorter one. That is the threshold that \
the RULER benchmark set for its own thirteen tasks; ours are modelled on them but not the same, \
so the results are not interchangeable. The other rule, after the NoLiMa benchmark, compares a \
model with its own score: it requires 85% of the score on the shortest texts. If a model misses \
the fixed score even on the shortest texts, the tasks are too hard for it at any length, and only \
its own score decides.

Asking five hundred questions of each kind at every length can take billions of tokens for one \
model. Instead, we stop as soon as the answer is clear. After each round we place two imaginary \
bets: one that the true score is above the threshold, one that it is below. In a fair game nobody \
gets rich, so a bet that has grown twentyfold is strong evidence. We may check as often as we \
like, and the stated error rate covers all lengths and both rules.

If a long prompt passes, we skip the shorter ones, apart from a few rounds at each; if those go \
badly, we test that length in full. If the token budget runs out before the answer is clear, the \
verdict is 'not settled'. A cheaper mode, the sequential probability ratio test, decides \
sooner but can go either way when the score is within two points of the threshold. Each result \
names the mode that produced it."""


def join_lengths(lengths: Sequence[int], conjunction: str = "and") -> str:
    """Return prompt lengths as a sentence has them: 512, 1,024 and 2,048."""
    *others, last = [f"{length:,}" for length in lengths]
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def describe_ladder(parameters: Parameters, asked: int) -> str:
    """Say what was asked at which lengths, when it was enough, and by which rules."""
    lengths = join_lengths(parameters["lengths"])
    rules = parameters["rules"]
    return (
        f"We served the released weights and asked {count_things(asked, 'question')} in rounds "
        "of fourteen, one of each kind. The planned lengths of text were "
        f"{lengths} tokens; the results name any that were not reached. We were to stop once the "
        f"answer was clear, or after at most {parameters['budget_tokens']:,} tokens. By the fixed "
        f"score, a length passes with a mean of {rules['absolute']:.1%}; by the model's own score, "
        f"with {rules['relative']:.0%} of what it scored on the shortest texts. The "
        f"error rate of the whole test is at most {parameters['alpha']:.0%}."
    )
