"""What readers are told of the probe, and of a plan that was carried out."""

from kb.text.counting import count_things
from verifiers.probing.probe import Parameters

ABOUT = """\
A model may accept far more text than it can use. The effective context is the longest prompt at \
which it still uses what it reads.

Thirteen kinds of questions are asked about texts that we make ourselves: finding facts, following \
a value from name to name, counting words, answering a question among distractors. They come in \
rounds of one question of each kind, at lengths that double up to the claim, and the mean score is \
drawn against the length. A fourteenth kind, the non-lexical needle, whose question and fact have \
no words in common, is shown separately.

Two rules say where the effective context ends, and both are always shown. The absolute rule asks \
for a mean of 85.6% at a length and at all shorter ones, the threshold that RULER set for its own \
thirteen tasks; ours are modelled on them but differ, so results must not be mixed. The relative \
rule, after NoLiMa, asks for 85% of the model's own score at the shortest length. A model that \
misses the absolute threshold even at the shortest length fails these tasks at any length; then \
its own score decides.

Asking every question five hundred times at every length takes billions of tokens for one model. \
We ask until the answer is clear. After each round, in effect, one bet is placed that the score \
lies above the threshold and another that it lies below; nobody gets rich in a fair game, so a \
stake that has grown twentyfold or more is evidence. This holds however often one looks, and the \
stated error rate covers all lengths and both rules together.

Lengths that were skipped because a longer one passed get a short check, and a full test if the \
check goes badly. When the budget is spent before the answer is clear, the verdict is too close to \
call. A cheaper mode, the ratio test, decides sooner, but may go either way for scores within two \
points of the threshold; results name the mode."""


def describe_ladder(parameters: Parameters, asked: int) -> str:
    """Say what was asked at which lengths, when it was enough, and by which rules."""
    lengths = ", ".join(f"{length:,}" for length in parameters["lengths"])
    rules = parameters["rules"]
    return (
        f"The released weights were served here and asked {count_things(asked, 'question')}, in "
        f"rounds of fourteen kinds, on texts of {lengths} tokens. Asking stopped once the answer "
        f"was clear, or at {parameters['budget_tokens']:,} tokens in all. A length counts as used "
        f"at a mean score of {rules['absolute']:.1%} by one rule, and at {rules['relative']:.0%} "
        "of the score at the shortest length by the other. The error rate of the whole test is at "
        f"most {parameters['alpha']:.0%}."
    )
